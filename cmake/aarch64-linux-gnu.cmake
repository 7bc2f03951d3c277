# Builds for 64-bit ARM on an x86-64 machine, and runs what was built under qemu-user, which is how
# the NEON kernel is tested where there is no ARM. Headers that are the same on every processor are
# the machine's own; the rest are Debian's arm64 packages, unpacked (never installed) by
# tools/dev/arm64_packages.sh into ROLLCALL_ARM64_PACKAGES.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

set(cache $ENV{HOME}/.cache)
if(NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(cache $ENV{XDG_CACHE_HOME})
endif()
set(ROLLCALL_ARM64_PACKAGES ${cache}/rollcall/arm64-packages
    CACHE PATH "Where the arm64 packages are unpacked")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ROLLCALL_ARM64_PACKAGES)

# The unpacked packages come first. Without the second root the header-only packages are not found.
set(CMAKE_FIND_ROOT_PATH ${ROLLCALL_ARM64_PACKAGES} /)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

# libstdc++ and libc of the cross compiler; the libraries themselves are found by their run path.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L /usr/aarch64-linux-gnu)
