// Random bytes of the operating system: getrandom(2), which waits at boot until there is chance
// enough and needs no file that a jail might lack.
#include <sys/random.h>

#include <cerrno>

#include "rollcall/seams.hpp"

namespace rollcall {

Result<void> SystemRandom::fill(std::span<std::byte> into)
{
  while (!into.empty()) {
    const ssize_t count = ::getrandom(into.data(), into.size(), 0);
    if (count < 0) {
      if (errno == EINTR) {
        continue;
      }
      return Error{ErrorCode::no_randomness, {}, errno};
    }
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return success();
}

} // namespace rollcall
