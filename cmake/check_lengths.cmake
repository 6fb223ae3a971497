# Test house.lengths: no source over 450 lines. Split along a noun, never into _helpers.
#   cmake -D SOURCE_DIR=... -P check_lengths.cmake
cmake_minimum_required(VERSION 3.25)
set(faults "")
foreach(folder core tools tests bench datasets)
  file(GLOB_RECURSE sources "${SOURCE_DIR}/${folder}/*.h" "${SOURCE_DIR}/${folder}/*.cpp"
    "${SOURCE_DIR}/${folder}/*.py")
  foreach(path IN LISTS sources)
    file(READ "${path}" content)
    string(REGEX MATCHALL "\n" line_feeds "${content}")
    list(LENGTH line_feeds lines)
    if(lines GREATER 450)
      string(APPEND faults "${path}: ${lines} lines\n")
    endif()
  endforeach()
endforeach()
if(faults)
  message(FATAL_ERROR "sources over 450 lines:\n${faults}")
endif()
