# Whether Parquet can be built: sets COPYDESK_HAVE_CARGO, and then COPYDESK_CARGO with the variables
# it is to be called with. COPYDESK_WITH_PARQUET=ON makes it an error where it cannot; AUTO, the
# default, says why and goes on without; OFF does not look.
set(COPYDESK_WITH_PARQUET AUTO CACHE STRING "Read and write Parquet (ON, OFF, AUTO); needs cargo and rustc")
set_property(CACHE COPYDESK_WITH_PARQUET PROPERTY STRINGS AUTO ON OFF)
set(COPYDESK_HAVE_CARGO FALSE)
if(COPYDESK_WITH_PARQUET STREQUAL "OFF")
  return()
endif()

# The oldest Rust that the library builds with, as its Cargo.toml says.
file(STRINGS ${PROJECT_SOURCE_DIR}/core/copydesk/read/parquet/Cargo.toml line REGEX "^rust-version")
string(REGEX MATCH "[0-9.]+" needed "${line}")

set(missing "")
find_program(COPYDESK_CARGO cargo)
find_program(COPYDESK_RUSTC rustc)
mark_as_advanced(COPYDESK_CARGO COPYDESK_RUSTC)
if(NOT COPYDESK_CARGO OR NOT COPYDESK_RUSTC)
  set(missing "cargo or rustc is not there")
else()
  execute_process(COMMAND ${COPYDESK_RUSTC} --version
    OUTPUT_VARIABLE version ERROR_QUIET RESULT_VARIABLE result)
  string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" version "${version}")
  if(NOT result EQUAL 0 OR NOT version)
    set(missing "${COPYDESK_RUSTC} does not run")
  elseif(version VERSION_LESS needed)
    set(missing "rustc ${version} is too old, ${needed} is needed")
  else()
    set(COPYDESK_CARGO_ENVIRONMENT RUSTC=${COPYDESK_RUSTC})
    execute_process(COMMAND ${CMAKE_COMMAND} -E env ${COPYDESK_CARGO_ENVIRONMENT}
        ${COPYDESK_CARGO} fetch --locked --quiet
        --manifest-path ${PROJECT_SOURCE_DIR}/core/copydesk/read/parquet/Cargo.toml
      OUTPUT_QUIET ERROR_VARIABLE reason RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
      string(REGEX MATCH "[^\n]*" reason "${reason}")
      set(missing "cargo cannot get the crates it needs: ${reason}")
    endif()
  endif()
endif()
if(NOT missing)
  set(COPYDESK_HAVE_CARGO TRUE)
elseif(COPYDESK_WITH_PARQUET STREQUAL "AUTO")
  message(STATUS "Parquet is neither read nor written: ${missing} (Debian: cargo-web and rustc-web)")
else()
  message(FATAL_ERROR "COPYDESK_WITH_PARQUET: ${missing} (Debian: cargo-web and rustc-web)")
endif()
