# Writes a program of the examples in the comments of a header: each "// Example:" with the lines
# below it that begin with two more spaces. An example has at most ten lines.
#   include(write_examples); write_examples(HEADER PROGRAM NUMBER)
function(write_examples header program number)
  file(READ "${header}" text)
  # What means something in a list.
  string(REPLACE ";" "@semicolon@" text "${text}")
  string(REPLACE "[" "@open@" text "${text}")
  string(REPLACE "]" "@close@" text "${text}")
  string(REPLACE "\\" "@backslash@" text "${text}")
  string(REPLACE "\n" ";" lines "${text}")
  set(inside FALSE)
  set(count 0)
  set(size 0)
  set(bodies "")
  foreach(line IN LISTS lines)
    if(line STREQUAL "// Example:")
      set(inside TRUE)
      set(size 0)
      math(EXPR count "${count} + 1")
      string(APPEND bodies "void example_${count}() {\n")
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
  if(NOT count EQUAL number)
    message(FATAL_ERROR "${header}: ${count} examples instead of ${number}")
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
#include <string>
#include <vector>

#include \"copydesk/copydesk.h\"

using namespace copydesk;

namespace {

${bodies}}  // namespace

int main() {
${calls}}
")
endfunction()
