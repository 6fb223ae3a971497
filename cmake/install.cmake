# find_package(copydesk) for an installed copy.
include(CMakePackageConfigHelpers)

install(TARGETS copydesk EXPORT copydesk-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET copydesk_cli)
  install(TARGETS copydesk_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

set(copydesk_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/copydesk)
install(EXPORT copydesk-targets NAMESPACE copydesk:: DESTINATION ${copydesk_config_dir})
configure_package_config_file(
  cmake/copydesk-config.cmake.in ${PROJECT_BINARY_DIR}/copydesk-config.cmake
  INSTALL_DESTINATION ${copydesk_config_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/copydesk-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/copydesk-config.cmake
  ${PROJECT_BINARY_DIR}/copydesk-config-version.cmake
  cmake/dependencies.cmake
  DESTINATION ${copydesk_config_dir})
