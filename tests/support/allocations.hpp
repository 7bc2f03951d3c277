// What a thread has allocated with new, and how much it may: for executables in which one file
// includes support/failing_new.hpp.
#ifndef ROLLCALL_TESTS_SUPPORT_ALLOCATIONS_HPP
#define ROLLCALL_TESTS_SUPPORT_ALLOCATIONS_HPP

#include <algorithm>
#include <cstddef>
#include <limits>

namespace rollcall::tests {

inline constexpr std::size_t unlimited_allocations = std::numeric_limits<std::size_t>::max();

inline thread_local std::size_t allocations_left = unlimited_allocations;

// Not given back yet.
inline thread_local std::ptrdiff_t allocations_alive = 0;
inline thread_local std::ptrdiff_t bytes_alive = 0;
inline thread_local std::ptrdiff_t bytes_alive_most = 0; // until somebody sets it back

inline void count_bytes(std::ptrdiff_t bytes) noexcept
{
  bytes_alive += bytes;
  bytes_alive_most = std::max(bytes_alive_most, bytes_alive);
}

// Within its scope so many allocations succeed.
class AllocationsLeft {
 public:
  explicit AllocationsLeft(std::size_t count) noexcept { allocations_left = count; }
  AllocationsLeft(const AllocationsLeft&) = delete;
  AllocationsLeft& operator=(const AllocationsLeft&) = delete;
  ~AllocationsLeft() { allocations_left = unlimited_allocations; }
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_ALLOCATIONS_HPP
