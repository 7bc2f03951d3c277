// The program under test is the one that was built beside the tests: ROLLCALL_PROGRAM.
#include "tools/program.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "support/temporary_folder.hpp"

namespace rollcall::tests {

Run run_shell(const std::string& command, const std::filesystem::path& folder)
{
  const TemporaryFolder into;
  const auto path = [&into](const char* name) { return "'" + into.path_of(name) + "'"; };
  const std::string whole = "{ ROLLCALL='" ROLLCALL_PROGRAM "'; cd '" + folder.string() + "' && " +
                            command + "\necho $? >" + path("exit") + "; } >" + path("out") + " 2>" +
                            path("err");
  if (std::system(whole.c_str()) == -1) return {};
  const std::string exit = into.read("exit");
  return {.out = into.read("out"),
          .err = into.read("err"),
          .exit = exit.empty() ? -1 : std::atoi(exit.c_str())};
}

Run run_rollcall(const std::string& arguments, const std::filesystem::path& folder)
{
  return run_shell("\"$ROLLCALL\" " + arguments, folder);
}

bool holds(const std::string& text, std::string_view part)
{
  CAPTURE(text);
  const bool is_there = text.find(part) != text.npos;
  if (!is_there) MESSAGE("not there: ", std::string{part});
  return is_there;
}

} // namespace rollcall::tests
