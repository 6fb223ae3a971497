# Debian packages: the program (copydesk) and the library (libcopydesk-dev). packaging/make.sh builds
# them, and the other kinds of package, in one run. lintian has one warning left: libcopydesk.pc stands in
# usr/lib/pkgconfig, where pkg-config finds it on this architecture alone.
set(CPACK_PACKAGE_NAME copydesk)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "deduplicate scraped text and write abstracts of articles")
set(CPACK_PACKAGE_CONTACT "The copydesk team <maintainers@copydesk.invalid>")
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL program dev)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_files.cmake)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS libsqlite3-0)  # for index export
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME copydesk)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
  "Finds near-duplicate documents, repeated blocks, copied passages and
 leaked evaluation items in corpora of text, verifies and explains each
 removal, and writes extractive abstracts.")
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libcopydesk-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
  "libbz2-dev, libeigen3-dev, libfmt-dev, libhwy-dev, libisal-dev, liblz4-dev, liblzma-dev, libsimdjson-dev, libstemmer-dev, libxxhash-dev, libzstd-dev, zlib1g-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION
  "The C++20 library of copydesk: a static library, public headers, and
 files for CMake and pkg-config.")
include(CPack)
