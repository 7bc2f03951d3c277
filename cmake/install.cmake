# What `cmake --install` puts where, and the packages that find_package and pkg-config read.
#
# Four sets, which packages keep apart: `runtime` is the shared library, `development` what one
# builds with, `tools` the command line, `python` the Python package.
include_guard()
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/rollcall)

# The C++ library: headers and a static library. It promises no ABI.
install(TARGETS rollcall EXPORT rollcall_cpp_targets
  ARCHIVE COMPONENT development LIBRARY COMPONENT development)
install(EXPORT rollcall_cpp_targets NAMESPACE rollcall::
  FILE rollcall-cpp.cmake DESTINATION ${package_folder} COMPONENT development)
if(TARGET rollcall_xlsx)
  install(TARGETS rollcall_xlsx EXPORT rollcall_xlsx_targets
    ARCHIVE COMPONENT development LIBRARY COMPONENT development)
  install(EXPORT rollcall_xlsx_targets NAMESPACE rollcall::
    FILE rollcall-xlsx.cmake DESTINATION ${package_folder} COMPONENT development)
endif()
install(DIRECTORY include/rollcall DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development)

# The C library, shared and static, each with a file of targets of its own: who asks for the shared
# one needs nothing that it is made of. The static one is linked with the C++ library.
foreach(name IN ITEMS capi capi_static)
  if(TARGET rollcall_${name})
    install(TARGETS rollcall_${name} EXPORT rollcall_${name}_targets
      LIBRARY COMPONENT runtime NAMELINK_COMPONENT development ARCHIVE COMPONENT development)
    install(EXPORT rollcall_${name}_targets NAMESPACE rollcall::
      FILE rollcall-${name}.cmake DESTINATION ${package_folder} COMPONENT development)
  endif()
endforeach()
if(TARGET rollcall_capi)
  install(DIRECTORY capi/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
endif()

configure_package_config_file(cmake/rollcallConfig.cmake.in
  ${PROJECT_BINARY_DIR}/rollcallConfig.cmake INSTALL_DESTINATION ${package_folder})
# Before 1.0 a minor version may break.
set(compatible SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(compatible SameMinorVersion)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/rollcallConfigVersion.cmake
  COMPATIBILITY ${compatible})
install(FILES
  ${PROJECT_BINARY_DIR}/rollcallConfig.cmake ${PROJECT_BINARY_DIR}/rollcallConfigVersion.cmake
  cmake/FindUtf8proc.cmake cmake/FindXlsxwriter.cmake
  DESTINATION ${package_folder} COMPONENT development)

# For pkg-config. The files find their prefix from where they lie, so a tree can be moved.
file(RELATIVE_PATH from_pkgconfig
  /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
set(private_packages "simdjson libutf8proc")
if(ROLLCALL_SQLITE)
  string(APPEND private_packages " sqlite3")
endif()
set(packages rollcall)
if(TARGET rollcall_capi)
  list(APPEND packages rollcall-capi)
endif()
if(TARGET rollcall_xlsx)
  list(APPEND packages rollcall-xlsx)
endif()
foreach(name IN LISTS packages)
  configure_file(cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()

if(TARGET rollcall_cli)
  install(TARGETS rollcall_cli RUNTIME COMPONENT tools)
  set(share ${PROJECT_BINARY_DIR}/share)
  install(DIRECTORY ${share}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT tools)
  install(FILES ${share}/rollcall.bash RENAME rollcall
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tools)
  install(FILES ${share}/rollcall.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT tools)
  # Debian's zsh looks elsewhere for what packages bring than for what is installed by hand.
  set(zsh_folder site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(zsh_folder vendor-completions)
  endif()
  install(FILES ${share}/rollcall.zsh RENAME _rollcall
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${zsh_folder} COMPONENT tools)
endif()

# The Python package, which loads the shared library by its SONAME.
if(TARGET rollcall_capi)
  set(ROLLCALL_PYTHON_FOLDER lib/python3/dist-packages CACHE STRING
    "Where under the prefix Python looks for packages")
  mark_as_advanced(ROLLCALL_PYTHON_FOLDER)
  install(DIRECTORY bindings/python/rollcall DESTINATION ${ROLLCALL_PYTHON_FOLDER}
    COMPONENT python FILES_MATCHING PATTERN "*.py" PATTERN "py.typed"
    PATTERN "__pycache__" EXCLUDE)
  set(python_info ${PROJECT_BINARY_DIR}/rollcall-${PROJECT_VERSION}.dist-info)
  file(WRITE ${python_info}/METADATA
    "Metadata-Version: 2.1\nName: rollcall\nVersion: ${PROJECT_VERSION}\n"
    "Summary: ${PROJECT_DESCRIPTION}\nLicense: BSL-1.0\nRequires-Python: >=3.9\n")
  install(DIRECTORY ${python_info} DESTINATION ${ROLLCALL_PYTHON_FOLDER} COMPONENT python)
endif()

# All that is installed, without tests and benchmarks.
add_custom_target(rollcall_installable)
foreach(name IN ITEMS rollcall rollcall_xlsx rollcall_capi rollcall_capi_static rollcall_manual)
  if(TARGET ${name})
    add_dependencies(rollcall_installable ${name})
  endif()
endforeach()

# What is in it, for who has to account for that: an SPDX document.
include(cmake/sbom.cmake)
install(FILES ${PROJECT_BINARY_DIR}/rollcall.spdx.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/rollcall COMPONENT development)
