# What every target of this project is compiled with. Nothing here is global: who takes rollcall in
# by add_subdirectory keeps his own flags, and rollcall keeps these.
include_guard()

set(rollcall_warnings
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-align -Wcast-qual
  -Wdouble-promotion -Wextra-semi -Wformat=2 -Wimplicit-fallthrough -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Wundef -Wunused)
set(rollcall_warnings_gcc
  -Wduplicated-branches -Wduplicated-cond -Wlogical-op -Wmissing-declarations)
if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees overlapping copies in operator+ of its own std::string, and an error that may be
  # uninitialized in every std::optional that is moved with -O1; the sanitizers look for those.
  list(APPEND rollcall_warnings_gcc -Wno-restrict -Wno-maybe-uninitialized)
  if(ROLLCALL_PRECOMPILE)
    # Nor does it then know a long literal's copy from one into the short form of a std::string.
    list(APPEND rollcall_warnings_gcc -Wno-array-bounds -Wno-stringop-overflow)
  endif()
elseif(ROLLCALL_SANITIZE)
  # With what the sanitizers put between, g++ no longer sees what is initialized where.
  list(APPEND rollcall_warnings_gcc -Wno-maybe-uninitialized)
endif()
set(rollcall_warnings_clang -Wcomma -Wunreachable-code)

# rollcall_precompile(<target>): the headers that nearly all include, read once for all libraries
# and once for all programs. Off unless asked for: it is for who builds the tree again and again.
function(rollcall_precompile target)
  get_target_property(type ${target} TYPE)
  if(NOT ROLLCALL_PRECOMPILE OR type STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  set(position -fPIC)
  set(precompiled rollcall_precompiled)
  if(type STREQUAL "EXECUTABLE")
    set(position -fPIE)
    set(precompiled rollcall_precompiled_for_programs)
  endif()
  if(NOT TARGET ${precompiled})
    set(source ${PROJECT_BINARY_DIR}/${precompiled}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "")
    add_library(${precompiled} OBJECT ${source})
    rollcall_compile_like_all(${precompiled})
    set_target_properties(${precompiled} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${precompiled} PRIVATE ${position})
    target_link_libraries(${precompiled} PRIVATE Boost::headers)
    target_precompile_headers(${precompiled}
      PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${precompiled})
endfunction()

# rollcall_defaults(<target>): what every target of ours is compiled with.
function(rollcall_defaults target)
  rollcall_compile_like_all(${target})
  rollcall_precompile(${target})
endfunction()

# The language, the visibility, the warnings, the sanitizers. (This alone is for a program that
# takes nothing of the library.)
function(rollcall_compile_like_all target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE ${rollcall_warnings})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE ${rollcall_warnings_gcc})
    else()
      target_compile_options(${target} PRIVATE ${rollcall_warnings_clang})
    endif()
    if(ROLLCALL_WERROR)
      target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(ROLLCALL_PRECOMPILE)
      # For ccache: it must see what was precompiled, and that must not know when it was made.
      target_compile_options(${target} PRIVATE
        $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
        $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>)
    endif()
  endif()
  foreach(sanitizer IN LISTS ROLLCALL_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${sanitizer} -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${sanitizer})
    if(sanitizer STREQUAL "undefined")
      target_compile_options(${target} PRIVATE -fno-sanitize-recover=undefined)
    endif()
  endforeach()
  if(ROLLCALL_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()
