// Looks at what a process has left, and for secrets of a workload where none may be: at each moment
// in which a process has died or failed, in what it said, in all files that it left, and in every
// table but for those that hold secrets as given; in every byte those that are gone; and, when all
// jobs have ended and are purged, in every byte all of them.
#ifndef ROLLCALL_TESTS_TORTURE_SECRECY_HPP
#define ROLLCALL_TESTS_TORTURE_SECRECY_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::torture {

// Stand in front of what is in the secret cells of a file: of texts, and of numbers.
inline constexpr std::string_view canary = "zqOne";
inline constexpr std::string_view canary_digits = "90817263";

// Those that were made, and that a store still has. (PINs are too short: they might stand in any
// number.)
[[nodiscard]] std::vector<std::string> made_secrets(const std::string& store);

struct Look {
  std::string store = {};  // may be changed: it is a copy of the one in
  std::string folder = {}; // where the process worked
  std::string_view said = {};
  std::vector<std::string> made_before = {}; // secrets that were there before
  std::uint64_t* groups = nullptr;           // gets how many of the last job are settled
};
// Empty: the store is sound, and there are none. Jobs that have not ended are not purged, and then
// the bytes are looked at only for those that are gone.
[[nodiscard]] std::string look_for_secrets(const Look& look);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_SECRECY_HPP
