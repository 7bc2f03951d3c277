# Debian packages, by `cpack` in a build: the shared library, what one builds with, the command
# line, and the Python package.
#
# Configure with -DCMAKE_INSTALL_PREFIX=/usr, so that libraries lie where Debian has them.
include_guard()

set(ROLLCALL_MAINTAINER "rollcall <rollcall@localhost>" CACHE STRING
  "Who answers for the packages that this build makes")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rollcall)
set(CPACK_PACKAGE_VENDOR rollcall)
set(CPACK_PACKAGE_CONTACT ${ROLLCALL_MAINTAINER})
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "bulk changes of a phone system's users")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
# Modes of what is installed are those of the package, not of who packs it.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime development tools python)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

get_property(abi GLOBAL PROPERTY rollcall_abi)
set(runtime librollcall${abi})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${PROJECT_BINARY_DIR}/packages/triggers)
file(WRITE ${PROJECT_BINARY_DIR}/packages/triggers "activate-noawait ldconfig\n")
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
  "Reads a vendor's CSV of users, checks every row as the vendor's own page\n\
would, plans the changes, applies them, and can resume and undo.\n\
This is the shared library with a C interface.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME librollcall-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "${runtime} (= ${PROJECT_VERSION}), libboost-dev (>= 1.74), libsimdjson-dev, libutf8proc-dev")
if(ROLLCALL_SQLITE)
  string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", libsqlite3-dev (>= 3.38)")
endif()
if(ROLLCALL_XLSX)
  string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", libxlsxwriter-dev")
endif()
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
  "Headers of the C and C++ libraries for bulk changes of a phone system's\n\
users, the static libraries, and what CMake and pkg-config ask for.")

set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME rollcall)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SECTION admin)
set(CPACK_COMPONENT_TOOLS_DESCRIPTION
  "Validates, plans, executes, resumes and undoes imports of users into a phone\n\
system, from the vendor's own CSV.\n\
This is the command line.")

set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-rollcall)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PYTHON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "python3 (>= 3.9), ${runtime} (>= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "python3-pandas, python3-rich, python3-tqdm")
set(CPACK_COMPONENT_PYTHON_DESCRIPTION
  "Validates, plans, executes, resumes and undoes imports of users into a phone\n\
system, from the vendor's own CSV; with hosts that are written in Python.\n\
This is the Python package.")

# Where Debian looks for the licence and for what has changed.
set(about ${PROJECT_BINARY_DIR}/packages)
file(READ LICENSE licence)
file(WRITE ${about}/copyright "Copyright (C) 2026 the authors of rollcall\n\n${licence}")
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${about}/changelog
  "rollcall (${PROJECT_VERSION}) unstable; urgency=medium\n\n"
  "  * What has changed stands in CHANGELOG.md of the sources.\n\n"
  " -- ${ROLLCALL_MAINTAINER}  ${date}\n")
execute_process(COMMAND gzip -9nf ${about}/changelog)
foreach(component IN ITEMS RUNTIME DEVELOPMENT TOOLS PYTHON)
  string(TOLOWER ${component} set)
  set(folder ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${component}_PACKAGE_NAME})
  install(FILES ${about}/copyright ${about}/changelog.gz
    DESTINATION ${folder} COMPONENT ${set})
endforeach()

# What Debian's Python does where a package comes and goes.
file(WRITE ${about}/postinst "#!/bin/sh\nset -e\n"
  "if command -v py3compile >/dev/null 2>&1; then\n  py3compile -p python3-rollcall\nfi\n")
file(WRITE ${about}/prerm "#!/bin/sh\nset -e\n"
  "if command -v py3clean >/dev/null 2>&1; then\n  py3clean -p python3-rollcall\nfi\n")
file(CHMOD ${about}/postinst ${about}/prerm FILE_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA ${about}/postinst ${about}/prerm)

include(CPack)
