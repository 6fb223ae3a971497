# Warnings and sanitizers, as one target that is linked privately and never exported.
add_library(copydesk_flags INTERFACE)
target_compile_options(copydesk_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false positives of this kind inside the standard library and fmt.
  target_compile_options(copydesk_flags INTERFACE -Wno-restrict)
endif()

if(COPYDESK_SANITIZE)
  add_compile_options(-fsanitize=${COPYDESK_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${COPYDESK_SANITIZE})
  if(COPYDESK_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

# The build is generic and kernels choose their instruction set at run time; a build for one
# processor would silently move all other code to that processor too.
if(CMAKE_CXX_FLAGS MATCHES "-march|-mavx|-msse4|-mcpu")
  message(FATAL_ERROR "copydesk is built for the generic processor: remove -march and its kin "
                      "from CMAKE_CXX_FLAGS (kernels dispatch at run time)")
endif()
