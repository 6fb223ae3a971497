# find_package(copydesk) and pkg-config for an installed copy.
include(CMakePackageConfigHelpers)

install(TARGETS copydesk EXPORT copydesk-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/copydesk-internal COMPONENT dev)
include(public_headers)
foreach(header IN LISTS copydesk_public_headers)
  get_filename_component(folder copydesk/${header} DIRECTORY)
  install(FILES core/copydesk/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${folder} COMPONENT dev)
endforeach()
if(TARGET copydesk_cli)
  install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
  install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program
    FILES_MATCHING PATTERN "*.md" PATTERN "*.png")
  install(TARGETS copydesk_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  set(reference ${PROJECT_BINARY_DIR}/tools/reference)
  install(DIRECTORY ${reference}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program
    FILES_MATCHING PATTERN "*.1")
  install(FILES ${reference}/completions/copydesk.bash RENAME copydesk
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program OPTIONAL)
  install(FILES ${reference}/completions/_copydesk
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program OPTIONAL)
  install(FILES ${reference}/completions/copydesk.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program OPTIONAL)
endif()

set(copydesk_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/copydesk)
install(EXPORT copydesk-targets NAMESPACE copydesk:: DESTINATION ${copydesk_config_dir} COMPONENT dev)
configure_package_config_file(
  cmake/copydesk-config.cmake.in ${PROJECT_BINARY_DIR}/copydesk-config.cmake
  INSTALL_DESTINATION ${copydesk_config_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/copydesk-config-version.cmake COMPATIBILITY SameMinorVersion)
set(copydesk_pc_isal "")
if(TARGET copydesk_dep::isal)
  set(copydesk_pc_isal " libisal")
endif()
foreach(library lzma lz4)
  if(TARGET copydesk_dep::${library})
    string(APPEND copydesk_pc_isal " lib${library}")
  endif()
endforeach()
set(copydesk_pc_bzip2 "")
if(TARGET copydesk_dep::bzip2)
  set(copydesk_pc_bzip2 " -lbz2")  # which Debian ships without a file for pkg-config
endif()
set(copydesk_pc_parquet "")
if(TARGET copydesk_dep::parquet)
  set(copydesk_pc_parquet " -lcopydesk_parquet -ldl -lm")
endif()
file(RELATIVE_PATH copydesk_pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/copydesk.pc.in ${PROJECT_BINARY_DIR}/copydesk.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/copydesk.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
install(FILES
  ${PROJECT_BINARY_DIR}/copydesk-config.cmake
  ${PROJECT_BINARY_DIR}/copydesk-config-version.cmake
  cmake/dependencies.cmake
  DESTINATION ${copydesk_config_dir} COMPONENT dev)
include(packaging)
