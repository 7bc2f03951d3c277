# Finds libxlsxwriter, which installs no CMake package: makes the target Xlsxwriter::Xlsxwriter.
find_path(Xlsxwriter_INCLUDE_DIR xlsxwriter.h)
find_library(Xlsxwriter_LIBRARY xlsxwriter)
mark_as_advanced(Xlsxwriter_INCLUDE_DIR Xlsxwriter_LIBRARY)

if(Xlsxwriter_INCLUDE_DIR)
  file(STRINGS ${Xlsxwriter_INCLUDE_DIR}/xlsxwriter.h line REGEX "^#define LXW_VERSION \"")
  string(REGEX REPLACE ".*\"([0-9.]+)\".*" "\\1" Xlsxwriter_VERSION "${line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Xlsxwriter
  REQUIRED_VARS Xlsxwriter_LIBRARY Xlsxwriter_INCLUDE_DIR VERSION_VAR Xlsxwriter_VERSION)

if(Xlsxwriter_FOUND AND NOT TARGET Xlsxwriter::Xlsxwriter)
  add_library(Xlsxwriter::Xlsxwriter UNKNOWN IMPORTED)
  set_target_properties(Xlsxwriter::Xlsxwriter PROPERTIES
    IMPORTED_LOCATION ${Xlsxwriter_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${Xlsxwriter_INCLUDE_DIR})
endif()
