// Looks for secrets of a workload where none may be: in what a store shows, and, when its jobs are
// purged, in its bytes.
#ifndef ROLLCALL_TESTS_TORTURE_SECRECY_HPP
#define ROLLCALL_TESTS_TORTURE_SECRECY_HPP

#include <string>
#include <string_view>

namespace rollcall::torture {

// Stands in the secret cells of a file.
inline constexpr std::string_view canary = "zqOne";

// In a store that may be changed; empty: there are none. Jobs that have not ended are not purged,
// and then the bytes are not looked at.
[[nodiscard]] std::string look_for_secrets(const std::string& path);

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_SECRECY_HPP
