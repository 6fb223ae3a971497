# Every package the library needs, in one place: the build includes this file from the top, where
# imported targets are visible to all folders, and an installed copy includes it from
# copydesk-config.cmake. What only the program, the tests or the benchmarks need is asked for where
# those are switched on, so a consumer of the library does not have to install it.

# Whoever lacks several is told of all at once, in words, at the end.
set(copydesk_missing "")
macro(copydesk_find_package name words debian)
  find_package(${name} QUIET ${ARGN})
  if(NOT ${name}_FOUND)
    list(APPEND copydesk_missing "${words} (Debian: ${debian})")
  endif()
endmacro()

copydesk_find_package(fmt "fmt" libfmt-dev)
copydesk_find_package(Eigen3 "Eigen" libeigen3-dev)
copydesk_find_package(hwy "Google Highway" libhwy-dev)
copydesk_find_package(simdjson "simdjson" libsimdjson-dev)
copydesk_find_package(zstd "Zstandard" libzstd-dev)
set(ZLIB_USE_STATIC_LIBS ${COPYDESK_STATIC_LIBRARIES})
copydesk_find_package(ZLIB "zlib" zlib1g-dev)
find_package(Threads REQUIRED)
if(NOT COPYDESK_IS_INSTALLED)
  # For the tables of characters, which the build writes, and for tests that compare them with ICU.
  copydesk_find_package(ICU "ICU" libicu-dev COMPONENTS uc i18n data)
endif()

# Packages that Debian ships without a CMake configuration.
function(copydesk_find_library target header library)
  if(TARGET ${target})
    return()
  endif()
  string(MAKE_C_IDENTIFIER "COPYDESK_${target}" variable)
  set(names ${library})
  if(COPYDESK_STATIC_LIBRARIES)
    string(APPEND variable "_STATIC")
    set(names lib${library}.a ${library})
  endif()
  find_path(${variable}_INCLUDE ${header})
  find_library(${variable}_LIBRARY NAMES ${names})
  mark_as_advanced(${variable}_INCLUDE ${variable}_LIBRARY)
  if(${variable}_INCLUDE AND ${variable}_LIBRARY)
    add_library(${target} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES
      IMPORTED_LOCATION "${${variable}_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${${variable}_INCLUDE}")
  endif()
endfunction()

# Packages for systems that have none of these are smaller with what is called of an archive than with
# the whole library beside the program. That of xxHash lacks what chooses by processor, and that of bzip2
# is not made for modules.
set(copydesk_zstd zstd::libzstd_shared)
if(COPYDESK_STATIC_LIBRARIES AND TARGET zstd::libzstd_static)
  set(copydesk_zstd zstd::libzstd_static)
endif()
copydesk_find_library(copydesk_dep::xxhash xxhash.h libxxhash.so)
copydesk_find_library(copydesk_dep::isal isa-l/igzip_lib.h isal)
copydesk_find_library(copydesk_dep::stemmer libstemmer.h stemmer)
copydesk_find_library(copydesk_dep::lzma lzma.h lzma)
copydesk_find_library(copydesk_dep::bzip2 bzlib.h libbz2.so)
copydesk_find_library(copydesk_dep::lz4 lz4frame.h lz4)
if(NOT TARGET copydesk_dep::xxhash)
  list(APPEND copydesk_missing "xxHash (Debian: libxxhash-dev)")
endif()
if(NOT TARGET copydesk_dep::stemmer)
  list(APPEND copydesk_missing "libstemmer (Debian: libstemmer-dev)")
endif()
if(NOT TARGET copydesk_dep::isal)
  message(STATUS "ISA-L not found: gzip input is read with zlib, at a third of the speed")
endif()

foreach(library lzma bzip2 lz4)
  if(NOT TARGET copydesk_dep::${library})
    message(STATUS "${library} not found: input compressed so is refused")
  endif()
endforeach()

if(COPYDESK_BUILD_TOOLS)
  copydesk_find_package(CLI11 "CLI11, for the program" libcli11-dev)
  # The library is opened where it is needed (sqlite_library.h); building takes its header.
  find_path(COPYDESK_SQLITE_INCLUDE sqlite3.h)
  mark_as_advanced(COPYDESK_SQLITE_INCLUDE)
  if(NOT COPYDESK_SQLITE_INCLUDE)
    list(APPEND copydesk_missing "SQLite, for the program (Debian: libsqlite3-dev)")
  endif()
  copydesk_find_package(Boost "Boost.Beast, for the program" libboost-dev)
endif()
if(COPYDESK_BUILD_TESTS)
  copydesk_find_package(Boost "Boost.Test, for the tests" libboost-test-dev
    COMPONENTS unit_test_framework)
endif()
if(COPYDESK_BUILD_BENCHMARKS)
  copydesk_find_package(benchmark "Google Benchmark, for the benchmarks" libbenchmark-dev)
endif()

if(copydesk_missing)
  list(JOIN copydesk_missing "\n  " copydesk_missing)
  message(FATAL_ERROR "copydesk needs what is not installed here:\n  ${copydesk_missing}\n"
    "On Debian, ./cmake/install_packages.sh installs all of it.")
endif()
