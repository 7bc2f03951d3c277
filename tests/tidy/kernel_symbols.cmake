# Fails if the object of a SIMD kernel offers the linker anything but the kernel itself. An inline
# function that was compiled for AVX-512 might else be the copy that the linker keeps for everybody,
# and end the program on a processor without it.
#
#   cmake -DNM=nm -DOBJECTS=<objects> -P kernel_symbols.cmake
list(FILTER OBJECTS INCLUDE REGEX "/kernel_(avx2|avx512|neon)\\.cpp\\.o(bj)?$")
if(NOT OBJECTS)
  message(FATAL_ERROR "no kernel among the objects")
endif()
foreach(object IN LISTS OBJECTS)
  execute_process(
    COMMAND ${NM} -C --defined-only --extern-only ${object}
    OUTPUT_VARIABLE symbols OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" symbols "${symbols}")
  list(FILTER symbols EXCLUDE REGEX " T rollcall::csv::index_[a-z0-9]+\\(")
  if(symbols)
    list(JOIN symbols "\n" symbols)
    message(FATAL_ERROR "${object} must not offer\n${symbols}")
  endif()
endforeach()
