// Running the command line as people do: through the shell, with what it says and how it ends.
#ifndef ROLLCALL_TESTS_TOOLS_PROGRAM_HPP
#define ROLLCALL_TESTS_TOOLS_PROGRAM_HPP

#include <filesystem>
#include <string>
#include <string_view>

namespace rollcall::tests {

struct Run {
  std::string out;
  std::string err;
  int exit = -1;
};

// Whatever a shell can do; the program is `"$ROLLCALL"` there.
[[nodiscard]] Run run_shell(const std::string& command, const std::filesystem::path& folder = ".");

// `arguments` is what stands behind the name of the program, in the words of a shell.
[[nodiscard]] Run run_rollcall(const std::string& arguments,
                               const std::filesystem::path& folder = ".");

// (A check that fails shows the text.)
[[nodiscard]] bool holds(const std::string& text, std::string_view part);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_TOOLS_PROGRAM_HPP
