# What `cmake --install` puts where, and the package that find_package(rollcall) reads afterwards.
include_guard()
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/rollcall)

install(TARGETS rollcall EXPORT rollcallTargets)
install(DIRECTORY include/rollcall DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT rollcallTargets NAMESPACE rollcall:: DESTINATION ${package_folder})
configure_package_config_file(cmake/rollcallConfig.cmake.in
  ${PROJECT_BINARY_DIR}/rollcallConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/rollcallConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/rollcallConfig.cmake ${PROJECT_BINARY_DIR}/rollcallConfigVersion.cmake
  cmake/FindUtf8proc.cmake
  DESTINATION ${package_folder})

if(TARGET rollcall_cli)
  install(TARGETS rollcall_cli)
endif()
