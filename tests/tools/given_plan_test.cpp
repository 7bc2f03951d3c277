// Plans that are given to apply: which it takes without being told their format, what it says of
// those that it cannot take, and where it looks for the file that was planned.
#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;

namespace {

const std::string at_host = " --directory host.json --role client";

// A plan that sets a password, which is in the file alone.
class Desk {
 public:
  Desk()
  {
    folder_.write("host.json", R"({"user": [], "phone_model": [], "provisioning_template": [],
"user_profile": []})");
    folder_.write("users.csv",
                  "ID,First Name,Last Name,Email,Extension,Web Passwords\n"
                  ",Ben,Lee,ben@x.de,102,Secret-of-Ben-1\n");
    CHECK(run("plan users.csv -o plan.jsonl --format clusterpbx" + at_host).exit == 0);
  }
  [[nodiscard]] Run run(const std::string& words) const
  {
    return run_rollcall(words, folder_.path());
  }
  [[nodiscard]] Run shell(const std::string& command) const
  {
    return run_shell(command, folder_.path());
  }
  // The plan with another path of the file that was planned, and the digest that goes with it.
  void plan_says(const std::string& path) const
  {
    CHECK(shell("text=$(sed -e 's|\"path\":\"[^\"]*\"|\"path\":\"" + path +
                "\"|' -e 's/,\"digest\":\".*//' plan.jsonl) && "
                "hex=$(printf %s \"$text\" | sha256sum | cut -c 1-64) && "
                "printf '%s,\"digest\":\"%s\"}}\\n' \"$text\" \"$hex\" >plan.jsonl")
              .exit == 0);
    CHECK(holds(folder_.read("plan.jsonl"), "\"path\":\"" + path + "\""));
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

} // namespace

TEST_CASE("a plan that cannot be read is refused by the reason, whether its format is named or not")
{
  const Desk desk;
  const std::string plan = desk.folder().read("plan.jsonl");
  const auto refused = [&](const std::string& text, const std::string& says) {
    desk.folder().write("odd.jsonl", text);
    for (const std::string format : {"", " --format clusterpbx"}) {
      const Run run = desk.run("apply odd.jsonl" + format + at_host);
      CAPTURE(format);
      CHECK(run.exit == 3);
      CHECK(run.out.starts_with("odd.jsonl: refused, "));
      CHECK(holds(run.out, "plan.invalid: the plan cannot be used: "));
      CHECK(holds(run.out, says));
      CHECK(holds(desk.run("apply odd.jsonl --json" + format + at_host).out, "plan.invalid"));
    }
  };
  refused("", "");
  refused("ID,First Name\n1,Ada\n", "");
  refused(plan.substr(0, 40), "");
  std::string newer = plan;
  const std::size_t at = newer.find("\"version\":[");
  REQUIRE(at != newer.npos);
  refused(newer.replace(at + 11, 1, "9"), "written by another version");
}

TEST_CASE("a file that was planned and has moved is asked for by its place and by --source")
{
  const Desk desk;
  CHECK(desk.shell("mv users.csv moved.csv").exit == 0);
  const Run lost = desk.run("apply plan.jsonl" + at_host);
  CHECK(lost.exit == 3);
  CHECK(holds(lost.out, "the file that was planned, which is not there: "));
  CHECK(holds(lost.out, "/users.csv; --source FILE says where it is"));
  CHECK(desk.run("apply plan.jsonl --source moved.csv" + at_host).exit == 0);
}

TEST_CASE("a plan leads to no stream, and to no path that hangs on where one is")
{
  const Desk desk;
  for (const std::string path : {"-", "users.csv", "./users.csv"}) {
    CAPTURE(path);
    desk.plan_says(path);
    const Run run = desk.run("apply plan.jsonl" + at_host + " <users.csv");
    CHECK(run.exit == 3);
    CHECK(holds(run.out, "which is not there: " + path + "; --source FILE"));
  }
  desk.plan_says(desk.folder().path_of("users.csv"));
  CHECK(desk.run("apply plan.jsonl" + at_host).exit == 0);
}
