# Finds what rollcall is built on. Everything is a Debian package and nothing is downloaded; which
# floor may use which is written in cmake/layers.txt.
include_guard()

list(APPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/cmake)

find_package(Boost 1.74 REQUIRED)
find_package(simdjson 3 REQUIRED)
find_package(Utf8proc 2.5 REQUIRED)
find_package(fmt 8 REQUIRED)
find_package(Threads REQUIRED)

if(ROLLCALL_SQLITE)
  find_package(SQLite3 3.38 REQUIRED)
endif()
if(ROLLCALL_XLSX)
  find_package(Xlsxwriter 1.1 REQUIRED)
endif()
if(ROLLCALL_TOOLS)
  find_package(CLI11 2 REQUIRED)
endif()
if(ROLLCALL_TESTS OR ROLLCALL_FUZZ)
  find_package(doctest 2.4 REQUIRED)
endif()
