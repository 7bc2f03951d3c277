# Makes one object library of each floor that has sources, as cmake/layers.txt lists them, and puts
# them together as the static library `rollcall`. A floor links only what its line in layers.txt
# lets it include, so a forbidden library fails to compile before the tidy test says why.
include_guard()

set(rollcall_layers_file ${PROJECT_SOURCE_DIR}/cmake/layers.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${rollcall_layers_file})

# rollcall_externals(<out> <folder>): the targets whose headers this folder may include.
function(rollcall_externals out folder)
  set(targets)
  file(STRINGS ${rollcall_layers_file} lines REGEX "^external ")
  foreach(line IN LISTS lines)
    separate_arguments(words UNIX_COMMAND "${line}")
    list(POP_FRONT words keyword header target)
    if(TARGET ${target} AND (folder IN_LIST words OR "*.cpp" IN_LIST words))
      list(APPEND targets ${target})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES targets)
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

# The flags of the SIMD kernels. Each is a file of its own, because only code that has asked the CPU
# may run it; what such a file shares with others must not be an inline function of either.
function(rollcall_kernel_flags)
  set(avx2 -mavx2 -mbmi -mbmi2 -mlzcnt -mpopcnt)
  set(avx512 -mavx512f -mavx512bw -mavx512vl -mavx512vbmi -mavx512vbmi2
      -mbmi -mbmi2 -mlzcnt -mpopcnt)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Its own avx512fintrin.h warns of "used uninitialized" wherever an undefined vector is made.
    list(APPEND avx512 -Wno-uninitialized -Wno-maybe-uninitialized)
  endif()
  set_property(SOURCE ${PROJECT_SOURCE_DIR}/src/csv/kernel_avx2.cpp
               PROPERTY COMPILE_OPTIONS ${avx2})
  set_property(SOURCE ${PROJECT_SOURCE_DIR}/src/csv/kernel_avx512.cpp
               PROPERTY COMPILE_OPTIONS ${avx512})
  # Headers that were compiled for one processor are not those of another.
  set_property(SOURCE ${PROJECT_SOURCE_DIR}/src/csv/kernel_avx2.cpp
                      ${PROJECT_SOURCE_DIR}/src/csv/kernel_avx512.cpp
               PROPERTY SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# rollcall_foreign_kernels(<out>): a pattern of the kernels that this processor cannot have.
function(rollcall_foreign_kernels out)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set(pattern "/kernel_neon\\.cpp$")
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
    set(pattern "/kernel_avx[0-9]+\\.cpp$")
  else()
    set(pattern "/kernel_(avx[0-9]+|neon)\\.cpp$")
  endif()
  set(${out} ${pattern} PARENT_SCOPE)
endfunction()

# Floors that are libraries of their own, for who wants what they bring along.
set(rollcall_parts xlsx)

# rollcall_add_part(<library> <folder>): such a floor, over the library of the others.
function(rollcall_add_part library folder)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp)
  rollcall_externals(externals ${folder})
  list(REMOVE_ITEM externals Boost::headers fmt::fmt-header-only)
  add_library(${library}_${folder} STATIC ${sources})
  set_target_properties(${library}_${folder} PROPERTIES EXPORT_NAME ${folder})
  rollcall_defaults(${library}_${folder})
  target_include_directories(${library}_${folder} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${library}_${folder} PUBLIC ${library} PRIVATE ${externals})
  add_library(${library}::${folder} ALIAS ${library}_${folder})
endfunction()

# rollcall_add_floors(<library>): the floors, and the library of all of them.
function(rollcall_add_floors library)
  rollcall_kernel_flags()
  rollcall_foreign_kernels(foreign)
  set(floors)
  set(externals)
  file(STRINGS ${rollcall_layers_file} lines REGEX "^layer ")
  foreach(line IN LISTS lines)
    separate_arguments(words UNIX_COMMAND "${line}")
    list(GET words 2 folder)
    file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "${foreign}")
    if(folder STREQUAL "store" AND NOT ROLLCALL_SQLITE)
      continue()
    endif()
    if(NOT sources OR folder IN_LIST rollcall_parts)
      continue()
    endif()
    rollcall_externals(allowed ${folder})
    add_library(rollcall_${folder} OBJECT ${sources})
    rollcall_defaults(rollcall_${folder})
    target_include_directories(rollcall_${folder}
      PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(rollcall_${folder} PUBLIC Boost::headers PRIVATE ${allowed})
    list(APPEND floors $<TARGET_OBJECTS:rollcall_${folder}>)
    list(APPEND externals ${allowed})
  endforeach()

  if(floors)
    add_library(${library} STATIC ${floors})
    # (librollcall is the C library, whose symbols are others.)
    set_target_properties(${library} PROPERTIES OUTPUT_NAME ${library}_cpp)
    list(REMOVE_DUPLICATES externals)
    # Of header-only libraries nothing is left to link once the floors are compiled.
    list(REMOVE_ITEM externals Boost::headers fmt::fmt-header-only)
    target_link_libraries(${library} PUBLIC Boost::headers PRIVATE ${externals})
    set(scope PUBLIC)
    rollcall_defaults(${library})
  else()
    add_library(${library} INTERFACE)
    target_link_libraries(${library} INTERFACE Boost::headers)
    set(scope INTERFACE)
  endif()
  target_compile_features(${library} ${scope} cxx_std_20)
  target_include_directories(${library} ${scope}
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  add_library(rollcall::${library} ALIAS ${library})
endfunction()
