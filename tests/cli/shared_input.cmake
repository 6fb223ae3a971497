# SPDX-License-Identifier: Apache-2.0
#
# The files that the cases of one command share: COMMAND/input/, beside the folders of the cases.

# Copies those entries of the command's shared folder whose names stand in the text of the command
# lines. A case gets no file that it does not name, so a folder read as a whole holds what its case
# put there.
function(copy_shared_input case commands work)
  get_filename_component(command_folder "${case}" DIRECTORY)
  file(GLOB entries RELATIVE "${command_folder}/input" "${command_folder}/input/*")
  foreach(entry IN LISTS entries)
    # Two files of one age are one for file(COPY): what the case has must not be there before.
    if(EXISTS "${case}/input/${entry}")
      continue()
    endif()
    string(REPLACE "." "\\." expression "${entry}")
    if(commands MATCHES "(^|[^A-Za-z0-9_./-])${expression}($|[^A-Za-z0-9_.-])")
      file(COPY "${command_folder}/input/${entry}" DESTINATION "${work}")
    endif()
  endforeach()
endfunction()
