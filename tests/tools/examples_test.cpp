// The example of every verb does what it shows, typed as it stands.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

#ifdef ROLLCALL_SQLITE

using namespace rollcall::tests;

namespace {

// Of the table of verbs, by verb.
std::map<std::string, std::string> examples()
{
  std::map<std::string, std::string> found;
  std::istringstream list{run_rollcall("help").out};
  for (std::string line; std::getline(list, line);) {
    if (!line.starts_with("  ") || line[2] == ' ' || line.find("  ", 3) == line.npos) continue;
    const std::string verb = line.substr(2, line.find(' ', 2) - 2);
    const std::string page = run_rollcall("help " + verb).out;
    const std::size_t begin = page.find("\nExample\n  ");
    REQUIRE(begin != page.npos);
    found[verb] = page.substr(begin + 11, page.find("\n\n", begin) - begin - 11);
  }
  return found;
}

std::string users(int count, const std::string& more)
{
  std::string file = "ID,First Name,Last Name,Email,Extension\n17,Ada,Lovelace,ada@x.example,201\n";
  for (int i = 0; i != count; ++i) {
    const std::string n = std::to_string(10'000 + i);
    file += ",Ben,Lee,ben" + n + "@x.example," + n + "\n";
  }
  return file + more;
}

// The files that examples name, with a host that remembers sixteen jobs: the next one is the 17th.
class Desk {
 public:
  explicit Desk(const TemporaryFolder& made)
  {
    std::filesystem::copy(made.path(), folder_.path(), std::filesystem::copy_options::recursive);
  }
  // `rollcall` is found as it is found where it is installed.
  [[nodiscard]] Run type(const std::string& command) const
  {
    return run_shell("rollcall() { \"$ROLLCALL\" \"$@\"; }\n" + command, folder_.path());
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

  static void make(const TemporaryFolder& folder)
  {
    folder.write("directory.json",
                 R"({"user": [{"id": "17", "first_name": "Ada", "last_name": "Byron",
"email": "ada@x.example", "extension": "201"}], "phone_model": []})");
    folder.write("users.csv", users(1, ""));
    const Run run = run_shell(
        "\"$ROLLCALL\" init host.db --directory directory.json && for i in 1 2 3 4 5 6 7 8 9 10 11 "
        "12 13 14 15 16; do \"$ROLLCALL\" validate users.csv --format clusterpbx --role client "
        "--db host.db --quiet || exit; done",
        folder.path());
    REQUIRE(run.exit == 0);
  }

 private:
  TemporaryFolder folder_;
};

// A job 17 that waits for who reads its report, in the background as $pid.
const std::string waits =
    "mkfifo pipe; exec 9<>pipe\n"
    "\"$ROLLCALL\" execute users.csv --format clusterpbx --role client --db host.db --report pipe "
    "& pid=$!\nuntil \"$ROLLCALL\" job 17 --db host.db --role client 2>/dev/null | grep -q ";

} // namespace

TEST_CASE("the example of every verb works as it stands, where the files are that it names")
{
  const TemporaryFolder made;
  Desk::make(made);
  const std::map<std::string, std::string> all = examples();
  CHECK(all.size() > 25);
  for (const auto& each : all) {
    const auto& verb = each.first;
    const auto& example = each.second;
    CAPTURE(example);
    const Desk desk{made};
    std::string before = ":";
    std::string after = ":";
    if (verb == "init") before = "rm host.db*";
    if (verb == "show" || verb == "apply") before = all.at("plan");
    if (verb == "execute-job") before = all.at("validate");
    if (verb == "job" || verb == "undo" || verb == "download" || verb == "purge")
      before = all.at("execute");
    if (verb == "retry") {
      desk.folder().write("users.csv", users(1, ",Cem,Lee,cem@,203\n"));
      before = all.at("execute");
    }
    if (verb == "resume" || verb == "cancel") {
      desk.folder().write("users.csv", users(2'000, ""));
      before = waits + "groups; do sleep 0.02; done";
      (verb == "resume" ? before : after) += "; kill -KILL $pid; wait $pid 2>/dev/null; exec 9>&-";
    }
    const std::string begin = "{ " + before + "; } >/dev/null 2>&1\n";
    const Run run = desk.type(begin + example + "\ncode=$?\n{ " + after + "; } 2>/dev/null\n" +
                              "( exit $code )");
    CAPTURE(run.out);
    CAPTURE(run.err);
    // A row that was wrong is as wrong as it was.
    CHECK(run.exit == (verb == "retry" ? 1 : 0));
  }
}

#endif
