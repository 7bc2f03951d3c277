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
elseif(ROLLCALL_SANITIZE)
  # With what the sanitizers put between, g++ no longer sees what is initialized where.
  list(APPEND rollcall_warnings_gcc -Wno-maybe-uninitialized)
endif()
set(rollcall_warnings_clang -Wcomma -Wunreachable-code)

# rollcall_defaults(<target>): the language, the visibility, the warnings, the sanitizers.
function(rollcall_defaults target)
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
