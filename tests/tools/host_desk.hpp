// A database of clusterpbx with one user, and the command line at work on it.
#ifndef ROLLCALL_TESTS_TOOLS_HOST_DESK_HPP
#define ROLLCALL_TESTS_TOOLS_HOST_DESK_HPP

#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

namespace rollcall::tests {

class HostDesk {
 public:
  HostDesk()
  {
    folder.write("host.json", R"({"user": [{"id": "1", "first_name": "Ada", "last_name": "Ek",
"email": "ada@x.de", "extension": "101"}], "phone_model": [], "provisioning_template": [],
"user_profile": []})");
    CHECK(run("init host.db --directory host.json").exit == 0);
  }
  [[nodiscard]] Run run(const std::string& words) const
  {
    return run_rollcall(words, folder.path());
  }
  [[nodiscard]] Run shell(const std::string& command) const
  {
    return run_shell(command, folder.path());
  }
  [[nodiscard]] Run about(const std::string& words) const
  {
    return run(words + " --db host.db --role client");
  }

  TemporaryFolder folder;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_TOOLS_HOST_DESK_HPP
