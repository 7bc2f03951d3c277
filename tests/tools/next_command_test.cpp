// A command that is printed to be typed next does what it is printed for, as it stands there.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;

namespace {

class Terminal {
 public:
  [[nodiscard]] Run run(const std::string& words) const
  {
    return run_rollcall(words, folder.path());
  }
  [[nodiscard]] Run shell(const std::string& command) const
  {
    return run_shell(command, folder.path());
  }
  // What stands behind these words, to the end of the line, as somebody pastes it.
  [[nodiscard]] Run pasted(const std::string& text, const std::string& behind) const
  {
    CAPTURE(text);
    const std::string program = "rollcall ";
    const std::size_t at = text.find(behind + program);
    REQUIRE(at != text.npos);
    const std::size_t begin = at + behind.size() + program.size();
    return run(text.substr(begin, text.find('\n', begin) - begin));
  }

  TemporaryFolder folder;
};

} // namespace

TEST_CASE("the command that judges a mended copy has what was said of format, file, host and actor")
{
  const Terminal terminal;
  terminal.folder.write("host.json", R"({"user": [], "phone_model": []})");
  terminal.folder.write("who asks.json", R"({"actor": {"name": "Kay", "role": "client"}})");
  terminal.folder.write("users.csv",
                        "ID|First Name|Last Name|Email|Extension\n|Ada|Ek|mailto:ada@x.de|201\n");
  const Run fixed = terminal.run(
      "fix users.csv --format clusterpbx --directory host.json --context 'who asks.json' "
      "--delimiter '|' --limit rows=5000 -o 'it'\\''s $mended.csv'");
  CHECK(fixed.exit == 0);
  CHECK(
      holds(fixed.out,
            "  what of it goes in: rollcall validate 'it'\\''s $mended.csv' --format clusterpbx "
            "--directory host.json --context 'who asks.json' --delimiter '|' --limit rows=5000\n"));
  const Run judged = terminal.pasted(fixed.out, "what of it goes in: ");
  CHECK(judged.exit == 0);
  CHECK(holds(judged.out, "1  would be created"));
}

#ifdef ROLLCALL_SQLITE

TEST_CASE("the commands that fetch secrets have what was said of database and actor")
{
  const Terminal terminal;
  terminal.folder.write("host.json", R"({"user": [], "phone_model": []})");
  terminal.folder.write("users.csv",
                        "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,ada@x.de,201\n");
  CHECK(terminal.run("init \"my host.db\" --directory host.json").exit == 0);
  const std::string about = " --db \"my host.db\" --role client --actor \"O'Brien & Co\"";
  const Run done = terminal.run("execute users.csv --format clusterpbx" + about);
  CHECK(done.exit == 0);
  const std::string command =
      "rollcall download 1 secrets --db 'my host.db' --actor 'O'\\''Brien & Co' --role client\n";
  CHECK(holds(done.err, "to be fetched: " + command));
  const Run page = terminal.run("job 1" + about);
  CHECK(holds(page.out, "to be fetched: " + command));
  const Run fetched = terminal.pasted(page.out, "to be fetched: ");
  CHECK(fetched.exit == 0);
  CHECK(holds(fetched.out, ",web_password,"));
}

TEST_CASE("the command that goes on with a job has what its format asks of an actor")
{
  const Terminal terminal;
  terminal.folder.write("host.json", R"({"user": [],
"permission_group": [{"name": "Agent", "rank": 1}], "team": [{"name": "Sales"}]})");
  std::string rows = "First Name,Last Name,Login,Password,Permission Group,Primary Team\n";
  for (int i = 0; i != 1200; ++i) {
    const std::string n = std::to_string(i);
    rows += "Ann,Smith,ann" + n + ",Welcome-Ann" + n + ",Agent,Sales\n";
  }
  terminal.folder.write("agents.csv", rows);
  CHECK(terminal.run("init h.db --directory host.json").exit == 0);
  const std::string agent =
      " --db h.db --actor-field permission_group=Agent --actor-field teams=Sales";
  CHECK(
      terminal.shell("ulimit -f 300; \"$ROLLCALL\" execute agents.csv --format ctu" + agent).exit ==
      6);
  const Run page = terminal.run("job 1" + agent);
  CHECK(holds(page.out, "  to go on: rollcall resume 1" + agent + "\n"));
  CHECK(terminal.run("resume 1 --db h.db").exit == 5);
  CHECK(terminal.pasted(page.out, "to go on: ").exit == 0);
  CHECK(holds(terminal.run("jobs" + agent).out, "succeeded"));
  const Run slip = terminal.run("jobs --db h.db --actor-field permision_group=Agent");
  CHECK(slip.exit == 2);
  CHECK(holds(slip.err, "no format here asks anything of an actor called 'permision_group'"));
  CHECK(terminal.run("job 1 --db h.db --actor-field permision_group=Agent").exit == 2);
  // What another format than that of the job asks for is no slip.
  CHECK(terminal.run("job 1 --db h.db --actor-field teams=Sales").exit != 2);
}

#endif
