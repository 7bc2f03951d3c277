// users.hpp: a phone system of any size, files about it, and how long something took.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_USERS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_USERS_HPP

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

// Users of a phone system who are alike but for what only one may have.
struct Users {
  std::string directory;
  std::string changed; // all of them, and of every tenth another name
  std::string new_ones;
};

[[nodiscard]] Users make_users(std::uint64_t count);

// Seconds of the clock asked for.
[[nodiscard]] double timed(Clock clock, const std::function<void()>& what);

// Throws std::runtime_error if not.
void expect(bool holds, std::string_view what);

void remove_database(const std::string& path);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_USERS_HPP
