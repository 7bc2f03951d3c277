// Looks for secrets of a workload where none may be: at each moment in which a process has died or
// failed, in all files that it left and in every table, but for those that hold secrets as given;
// and, when its jobs have ended and are purged, in every byte.
#ifndef ROLLCALL_TESTS_TORTURE_SECRECY_HPP
#define ROLLCALL_TESTS_TORTURE_SECRECY_HPP

#include <string>
#include <string_view>

namespace rollcall::torture {

// Stand in front of what is in the secret cells of a file: of texts, and of numbers.
inline constexpr std::string_view canary = "zqOne";
inline constexpr std::string_view canary_digits = "90817263";

// `store` may be changed: it is a copy of the one in `folder`. Empty: there are none. Jobs that
// have not ended are not purged, and then the bytes are not looked at.
[[nodiscard]] std::string look_for_secrets(const std::string& store, const std::string& folder);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_SECRECY_HPP
