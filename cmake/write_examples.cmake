# Writes a program of the examples in the comments of headers: each "// Example:" with the lines
# below it that begin with two more spaces. An example has at most ten lines.
#   include(write_examples); write_examples("HEADER;..." PROGRAM NUMBER)
# NUMBER is how many there must be; "each" asks for one and more in each header.
function(write_examples headers program number)
  set(count 0)
  set(bodies "")
  foreach(header IN LISTS headers)
    file(READ "${header}" text)
    # What means something in a list.
    string(REPLACE ";" "@semicolon@" text "${text}")
    string(REPLACE "[" "@open@" text "${text}")
    string(REPLACE "]" "@close@" text "${text}")
    string(REPLACE "\\" "@backslash@" text "${text}")
    string(REPLACE "\n" ";" lines "${text}")
    set(inside FALSE)
    set(size 0)
    set(before ${count})
    foreach(line IN LISTS lines)
      if(line STREQUAL "// Example:")
        set(inside TRUE)
        set(size 0)
        math(EXPR count "${count} + 1")
        string(APPEND bodies "void example_${count}() {  // of ${header}\n")
      elseif(inside AND line MATCHES "^//   (.*)$")
        math(EXPR size "${size} + 1")
        if(size GREATER 10)
          message(FATAL_ERROR "${header}: example ${count} has more than ten lines")
        endif()
        string(APPEND bodies "  ${CMAKE_MATCH_1}\n")
      elseif(inside)
        set(inside FALSE)
        string(APPEND bodies "}\n\n")
      endif()
    endforeach()
    if(number STREQUAL "each" AND count EQUAL before)
      message(FATAL_ERROR "${header}: no example")
    endif()
  endforeach()
  if(NOT number STREQUAL "each" AND NOT count EQUAL number)
    message(FATAL_ERROR "${headers}: ${count} examples instead of ${number}")
  endif()
  string(REPLACE "@backslash@" "\\" bodies "${bodies}")
  string(REPLACE "@semicolon@" ";" bodies "${bodies}")
  string(REPLACE "@open@" "[" bodies "${bodies}")
  string(REPLACE "@close@" "]" bodies "${bodies}")
  set(calls "")
  foreach(i RANGE 1 ${count})
    string(APPEND calls "  example_${i}();\n")
  endforeach()
  file(WRITE "${program}" "// Written by write_examples.cmake.
#undef NDEBUG
#include <cassert>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include \"copydesk/copydesk.h\"
#include \"copydesk/document_index.h\"
#include \"copydesk/read/batch_reader.h\"
#include \"copydesk/shingle/shingler.h\"
#include \"copydesk/sketch/sketcher.h\"
#include \"copydesk/text/utf8.h\"
#include \"copydesk/version.h\"

using namespace copydesk;

namespace {

${bodies}}  // namespace

int main() {
${calls}}
")
endfunction()
