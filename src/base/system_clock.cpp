// The clocks of the operating system.
#include <chrono>

#include "rollcall/seams.hpp"

namespace rollcall {

std::int64_t SystemClock::now_ms()
{
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::floor<std::chrono::milliseconds>(since_1970).count();
}

std::int64_t SystemClock::monotonic_ns()
{
  const auto since_some_time = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since_some_time).count();
}

} // namespace rollcall
