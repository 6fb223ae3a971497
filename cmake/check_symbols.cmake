# Test house.symbols: the library neither prints nor exits.
#   cmake -D LIBRARY=libcopydesk.a -D NM=nm -P check_symbols.cmake
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND "${NM}" --undefined-only "${LIBRARY}"
  OUTPUT_VARIABLE symbols RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${NM} failed on ${LIBRARY}")
endif()
set(forbidden
  "_ZSt4cout" "_ZSt4cerr" "_ZSt4clog" "_ZSt3cin" "printf" "fprintf" "vprintf" "vfprintf" "puts"
  "fputs" "putchar" "fputc" "fwrite" "stdout" "stderr" "perror" "exit" "_exit" "quick_exit"
  "system" "popen" "_ZN3fmt[^ ]*print[^ ]*P8_IO_FILE[^ ]*" "_ZN3fmt[^ ]*6vprintENS[^ ]*")
set(faults "")
foreach(symbol IN LISTS forbidden)
  if(symbols MATCHES " U ${symbol}(@[^\n]*)?\n")
    string(APPEND faults "${symbol} ")
  endif()
endforeach()
if(faults)
  message(FATAL_ERROR "the library uses: ${faults}")
endif()
