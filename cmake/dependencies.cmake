# Every package the library needs, in one place: the build includes this file from the top, where
# imported targets are visible to all folders, and an installed copy includes it from
# copydesk-config.cmake. What only the program, the tests or the benchmarks need is asked for where
# those are switched on, so a consumer of the library does not have to install it.

find_package(fmt REQUIRED)
find_package(Eigen3 REQUIRED)
find_package(hwy REQUIRED)
find_package(simdjson REQUIRED)
find_package(zstd REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
if(NOT COPYDESK_IS_INSTALLED)
  # For the tables of characters, which the build writes, and for tests that compare them with ICU.
  find_package(ICU REQUIRED COMPONENTS uc i18n data)
endif()

# Packages that Debian ships without a CMake configuration.
function(copydesk_find_library target header library)
  if(TARGET ${target})
    return()
  endif()
  string(MAKE_C_IDENTIFIER "COPYDESK_${target}" variable)
  find_path(${variable}_INCLUDE ${header})
  find_library(${variable}_LIBRARY ${library})
  mark_as_advanced(${variable}_INCLUDE ${variable}_LIBRARY)
  if(${variable}_INCLUDE AND ${variable}_LIBRARY)
    add_library(${target} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES
      IMPORTED_LOCATION "${${variable}_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${${variable}_INCLUDE}")
  endif()
endfunction()

copydesk_find_library(copydesk_dep::xxhash xxhash.h xxhash)
copydesk_find_library(copydesk_dep::isal isa-l/igzip_lib.h isal)
copydesk_find_library(copydesk_dep::stemmer libstemmer.h stemmer)
copydesk_find_library(copydesk_dep::lzma lzma.h lzma)
copydesk_find_library(copydesk_dep::bzip2 bzlib.h bz2)
copydesk_find_library(copydesk_dep::lz4 lz4frame.h lz4)
if(NOT TARGET copydesk_dep::xxhash)
  message(FATAL_ERROR "copydesk needs xxHash (Debian: libxxhash-dev)")
endif()
if(NOT TARGET copydesk_dep::stemmer)
  message(FATAL_ERROR "copydesk needs libstemmer (Debian: libstemmer-dev)")
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
  find_package(CLI11 REQUIRED)
endif()
if(COPYDESK_BUILD_TESTS)
  find_package(Boost REQUIRED COMPONENTS unit_test_framework)
endif()
if(COPYDESK_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
