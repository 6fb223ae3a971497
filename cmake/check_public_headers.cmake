# Test house.public_headers: public headers include no others of the library.
#   cmake -D SOURCE_DIR=... -P check_public_headers.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/public_headers.cmake)
set(faults "")
foreach(header IN LISTS copydesk_public_headers)
  file(STRINGS "${SOURCE_DIR}/core/copydesk/${header}" includes
    REGEX "^#include \"copydesk/")
  foreach(line IN LISTS includes)
    string(REGEX REPLACE "^#include \"copydesk/(.*)\".*$" "\\1" used "${line}")
    if(NOT used IN_LIST copydesk_public_headers)
      string(APPEND faults "${header} includes ${used}, which is not public\n")
    endif()
  endforeach()
endforeach()
if(faults)
  message(FATAL_ERROR "${faults}")
endif()
