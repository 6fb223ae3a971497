# Run by CPack between staging and packing: what Debian wants in every package. Copyright and changelog
# stand beside the documents, the changelog and manual pages are compressed.
set(folder ${CMAKE_CURRENT_LIST_DIR}/../packaging/debian)
foreach(part IN ITEMS program:copydesk dev:libcopydesk-dev)
  string(REPLACE ":" ";" part ${part})
  list(GET part 0 component)
  list(GET part 1 package)
  set(root ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr/share)
  if(NOT EXISTS ${CPACK_TEMPORARY_DIRECTORY}/${component})
    continue()
  endif()
  file(MAKE_DIRECTORY ${root}/doc/${package})
  file(COPY ${folder}/copyright ${folder}/changelog DESTINATION ${root}/doc/${package}
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  file(GLOB pages ${root}/man/man1/*.1)
  execute_process(COMMAND gzip -9nf ${root}/doc/${package}/changelog ${pages}
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
