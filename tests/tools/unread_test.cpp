// A reader of standard output who goes away: what he leaves unread is lost, and nothing else is.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;
using namespace std::string_literals;

namespace {

const std::string as_client =
    " --format clusterpbx --role client --seed 7 --now 2026-11-21T18:00:00Z ";
const std::string at_host = as_client + "--directory host.json ";

// Many rows, of every second of which something is to be said: more than a pipe holds.
class Office {
 public:
  Office()
  {
    std::string users = "ID,First Name,Last Name,Email,Extension\n";
    for (int i = 0; i != 3'000; ++i)
      users += ",Ada,Ek,a" + std::to_string(i) + (i % 2 == 0 ? "@x.de," : "@x,") +
               std::to_string(1'000 + i) + "\n";
    folder_.write("users.csv", users);
    folder_.write("host.json", R"({"user": []})");
  }
  [[nodiscard]] Run run(const std::string& words) const
  {
    return run_rollcall(words, folder_.path());
  }
  // Into a pipe whose reader is gone: before the first byte, or behind the first line. The exit
  // code is that of the program.
  [[nodiscard]] Run unread(const std::string& words) const
  {
    return run_shell(
        "rm -f pipe; mkfifo pipe; exec 3<>pipe 4>pipe 3<&-; \"$ROLLCALL\" " + words + " >&4",
        folder_.path());
  }
  [[nodiscard]] Run read_a_line(const std::string& words) const
  {
    return run_shell("{ \"$ROLLCALL\" " + words +
                         "; echo $? >code; } | head -n 1; read code <code; ( exit $code )",
                     folder_.path());
  }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
  // What is there, which is gone then.
  [[nodiscard]] std::string take(const std::string& name) const
  {
    std::string text = folder_.read(name);
    CHECK(run_shell("rm -f '" + name + "'", folder_.path()).exit == 0);
    return text;
  }

 private:
  TemporaryFolder folder_;
};

} // namespace

TEST_CASE("whoever stops reading what was found stops nothing of what is done or written")
{
  const Office office;
  struct Case {
    std::string words;
    std::vector<std::string> files;
  };
  const std::vector<Case> cases = {
      {"plan users.csv -o plan --findings jsonl" + at_host, {"plan"}},
      {"validate users.csv --fix mended --report report --findings jsonl" + at_host,
       {"mended", "report"}},
      {"validate users.csv --report - --error-log log" + at_host, {"log"}},
      {"execute users.csv --directory-out after --findings text" + at_host, {"after"}},
      {"execute users.csv --directory-out after --findings jsonl --threads 2" + at_host, {"after"}},
      {"fix users.csv -o mended --lineage lineage" + at_host, {"mended", "lineage"}},
      {"convert users.csv -o agents --to call_manager --report - --format clusterpbx --role owner",
       {"agents"}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.words);
    const Run whole = office.run(each.words);
    CHECK(whole.exit < 2);
    std::vector<std::string> files;
    for (const std::string& name : each.files) files.push_back(office.take(name));
    for (const auto way : {&Office::unread, &Office::read_a_line}) {
      const Run run = (office.*way)(each.words);
      CHECK(run.exit == whole.exit);
      CHECK(run.err == whole.err);
      for (std::size_t i = 0; i != files.size(); ++i) CHECK(office.take(each.files[i]) == files[i]);
    }
  }
}

TEST_CASE("a verb whose one output is not read any further ends at once, and has not failed")
{
  const Office office;
  CHECK(office.run("plan users.csv -o plan" + at_host).exit == 1);
  for (const std::string& words : {"rows users.csv"s, "rows users.csv --to csv"s, "show plan"s,
                                   "export" + at_host, "help"s, "man --markdown"s}) {
    CAPTURE(words);
    for (const auto way : {&Office::unread, &Office::read_a_line}) {
      const Run run = (office.*way)(words);
      CHECK(run.exit == 0);
      CHECK(run.err.empty());
    }
  }
  // What never ends is not read until it is too large.
  const Run endless = run_shell(
      "{ yes a,b | \"$ROLLCALL\" rows -; echo $? >code; } | head -n 1; read code <code; "
      "( exit $code )",
      office.folder());
  CHECK(endless.exit == 0);
}

TEST_CASE("secrets that nobody has read are no success")
{
  const Office office;
  const std::string execute = "execute users.csv --secrets - --directory-out after" + at_host;
  const Run lost = office.unread(execute);
  CHECK(lost.exit == 6);
  CHECK(holds(lost.err, "writing standard output: the reader has gone away"));
  CHECK(office.run("rows after").exit == 3); // it is not there
  CHECK(office.run(execute).exit == 1);
}

#ifdef ROLLCALL_SQLITE

TEST_CASE("a job of a database ends as it would have, whoever goes away")
{
  const Office office;
  CHECK(office.run("init host.db --directory host.json").exit == 0);
  const std::string at_database = " --db host.db" + as_client;
  const auto state = [&](const std::string& job) {
    const Run run = office.run("job " + job + " --json --db host.db --role client");
    const std::size_t at = run.out.find("\"state\": ");
    return at == run.out.npos ? run.out : run.out.substr(at, run.out.find(',', at) - at);
  };
  CHECK(office.unread("validate users.csv --findings jsonl" + at_database).exit == 1);
  CHECK(state("1") == R"("state": "partial")");
  CHECK(office.unread("execute users.csv --findings text" + at_database).exit == 1);
  CHECK(state("2") == R"("state": "partial")");
  CHECK(office.read_a_line("undo 2 --report - --db host.db --role client").exit == 0);
  CHECK(state("3") == R"("state": "succeeded")");
  CHECK(office.unread("undo 3 --report - --db host.db --role client").exit == 0);
  CHECK(state("4") == R"("state": "succeeded")");
  CHECK(office.unread("retry 2 --findings csv --db host.db --role client").exit == 1);
  CHECK(state("5") == R"("state": "failed")");
  CHECK(office.run("plan users.csv -o plan" + at_database).exit == 1);
  CHECK(office.unread("apply plan --report - --db host.db --role client").exit < 5);
  CHECK(office.unread("export" + at_database).exit == 0);
  CHECK(holds(office.run("jobs --kind export --db host.db --role client").out, "succeeded"));
}

TEST_CASE("secrets wait until somebody has fetched them")
{
  const Office office;
  CHECK(office.run("init host.db --directory host.json").exit == 0);
  CHECK(office.run("execute users.csv --db host.db" + as_client).exit == 1);
  const auto waiting = [&] { return office.run("job 1 --db host.db --role client").out; };
  const std::string before = waiting();
  CHECK(holds(before, "4,500 secrets wait to be fetched"));
  CHECK(office.run("init other.db --directory host.json").exit == 0);
  const Run with_job = office.unread("execute users.csv --secrets - --db other.db" + as_client);
  CHECK(with_job.exit == 6);
  CHECK(holds(with_job.err,
              "its secrets still wait: rollcall download 1 secrets --db other.db "
              "--role client\n"));
  const std::string download = "download 1 secrets --db host.db --role client";
  for (const auto way : {&Office::unread, &Office::read_a_line}) {
    const Run lost = (office.*way)(download);
    CHECK(lost.exit == 6);
    CHECK(holds(lost.err, "the reader has gone away"));
    CHECK(waiting() == before);
  }
  const Run fetched = office.run(download);
  CHECK(fetched.exit == 0);
  CHECK(fetched.out.size() > 100'000);
  CHECK(waiting().find("to be fetched") == std::string::npos);
  for (const char* const artifact : {"report", "source"})
    CHECK(office.unread("download 1 "s + artifact + " --db host.db --role client").exit == 0);
}

#endif
