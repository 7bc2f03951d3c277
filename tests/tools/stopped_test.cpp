// The program is stopped, killed, watched and asked for what is not there; with a database that
// remembers its jobs.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

#ifdef ROLLCALL_SQLITE

using namespace rollcall::tests;

namespace {

const std::string as_client = " --format clusterpbx --role client --actor ops ";

std::string new_users(int count)
{
  std::string file = "ID,First Name,Last Name,Email,Extension\n";
  for (int i = 0; i != count; ++i) {
    const std::string n = std::to_string(100'000 + i);
    file += ",Ada,Ek,a" + n + "@x.de," + n + "\n";
  }
  return file;
}

// A host, and a file of new users.
class Office {
 public:
  explicit Office(int users)
  {
    folder_.write("dir.json", R"({"user": [], "phone_model": []})");
    folder_.write("new.csv", new_users(users));
    CHECK(run("\"$ROLLCALL\" init h.db --directory dir.json").exit == 0);
  }
  [[nodiscard]] Run run(const std::string& command) const
  {
    return run_shell(command, folder_.path());
  }
  [[nodiscard]] Run rollcall(const std::string& arguments) const
  {
    return run("\"$ROLLCALL\" " + arguments);
  }
  [[nodiscard]] std::string state() const
  {
    const std::string line = rollcall("job 1 --db h.db --role client --json").out;
    const std::size_t at = line.find("\"state\":");
    const std::size_t begin = line.find('"', at + 8) + 1;
    return at == line.npos ? line : line.substr(begin, line.find('"', begin) - begin);
  }
  [[nodiscard]] std::set<std::string> names() const
  {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder_.path()})
      names.insert(entry.path().filename());
    return names;
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

const std::set<std::string> whole = {"dir.json", "new.csv", "h.db", "h.db-jobs", "rep.jsonl"};

} // namespace

TEST_CASE("an interrupted job says how to go on, leaves nothing behind, and goes on")
{
  for (const char* const signal : {"INT", "TERM", "HUP"}) {
    CAPTURE(signal);
    const Office office{60'000};
    // As soon as something is applied. (A shell has what it runs in the background ignore SIGINT.)
    const Run run = office.run(
        ":\n{ until \"$ROLLCALL\" job 1 --db h.db --role client 2>/dev/null | grep -q groups; do "
        "sleep 0.02; done; kill -" +
        std::string{signal} +
        " $(cat pid); } & timeout 60 sh -c 'echo $$ >pid; exec \"$0\" execute new.csv --db h.db "
        "--report rep.jsonl --findings jsonl --threads 2 --directory-out to.json" +
        as_client + "' \"$ROLLCALL\"; code=$?; kill $! 2>/dev/null; rm pid; ( exit $code )");
    CHECK(run.exit == 130);
    CHECK(run.err ==
          "rollcall execute: interrupted; to go on: rollcall resume 1 --db h.db "
          "--actor ops --role client --report rep.jsonl --findings jsonl --threads 2\n"
          "for --directory-out, when it has ended: rollcall dump h.db -o to.json\n");
    CHECK(office.state() == "interrupted");
    CHECK(office.names() == std::set<std::string>{"dir.json", "new.csv", "h.db", "h.db-jobs"});
    const Run page = office.rollcall("job 1 --db h.db --role client");
    CHECK(page.out.find("groups of its plan are done") != std::string::npos);
    CHECK(page.out.find("there is no row in it") == std::string::npos);
    CHECK(page.out.find("to go on: rollcall resume 1 --db h.db --role client\n") !=
          std::string::npos);
    const Run on = office.rollcall("resume 1 --db h.db --role client --report rep.jsonl");
    CHECK(on.exit == 0);
    CHECK(on.err.find("secrets wait to be fetched: rollcall download 1 secrets") !=
          std::string::npos);
    CHECK(office.names() == whole);
    CHECK(office.state() == "succeeded");
    CHECK(office.run("grep -c created rep.jsonl").out == "60001\n");
  }
}

TEST_CASE("whenever the program is killed, a job that has ended has its report")
{
  const Office undisturbed{5'000};
  CHECK(undisturbed.rollcall("execute new.csv --db h.db --report rep.jsonl" + as_client).exit == 0);
  const std::string expected = undisturbed.folder().read("rep.jsonl");
  for (const char* const after : {"0.01", "0.1", "0.2", "0.3", "0.4", "0.5", "0.7", "1"}) {
    CAPTURE(after);
    const Office office{5'000};
    static_cast<void>(office.run("timeout -s KILL " + std::string{after} +
                                 " \"$ROLLCALL\" execute new.csv --db h.db --report rep.jsonl" +
                                 as_client));
    const std::string state = office.state();
    CAPTURE(state);
    if (state == "succeeded") {
      CHECK(office.folder().read("rep.jsonl") == expected);
      continue;
    }
    if (state != "interrupted") continue; // it did not come so far as to be a job
    const Run resumed = office.rollcall("resume 1 --db h.db --role client --report rep.jsonl");
    if (resumed.exit == 3) {
      CHECK(resumed.out.find("nothing was applied") != std::string::npos);
      CHECK(office.state() == "failed");
      continue;
    }
    CHECK(resumed.exit == 0);
    CHECK(office.folder().read("rep.jsonl") == expected);
    CHECK(office.names().contains("rep.jsonl"));
    for (const std::string& name : office.names()) CHECK(name.find(".tmp") == std::string::npos);
  }
}

TEST_CASE("a job that somebody carries out is not resumed, but by force; one whose process died is")
{
  const Office office{10};
  // It waits for the rest of its file.
  const std::string waits =
      "mkfifo pipe; \"$ROLLCALL\" execute pipe --db h.db" + as_client +
      " & pid=$!\nexec 9>pipe; head -n 5 new.csv >&9\n"
      "until \"$ROLLCALL\" job 1 --db h.db --role client >/dev/null 2>&1; do sleep 0.02; done\n";
  const Run busy = office.run(waits +
                              "\"$ROLLCALL\" jobs --db h.db --role client; "
                              "\"$ROLLCALL\" resume 1 --db h.db --role client; code=$?\n"
                              "kill -KILL $pid; wait $pid 2>/dev/null; exec 9>&-\n"
                              "\"$ROLLCALL\" jobs --db h.db --role client; ( exit $code )");
  CHECK(busy.exit == 6);
  CHECK(busy.err.find("carried out by another process (busy)") != std::string::npos);
  const std::size_t running = busy.out.find("running");
  const std::size_t interrupted = busy.out.find("interrupted");
  CHECK(running != std::string::npos);
  CHECK(interrupted != std::string::npos);
  CHECK(running < interrupted);
  const Run resumed = office.rollcall("resume 1 --db h.db --role client");
  CHECK(resumed.exit == 3); // its file was never kept
  CHECK(resumed.out.starts_with("pipe: "));
}

TEST_CASE("what is not there, or is something else, is told by its exit code")
{
  const Office office{3};
  for (const char* const verb : {"job", "resume"}) {
    const Run run = office.rollcall(std::string{verb} + " 99 --db h.db --role client");
    CHECK(run.exit == 2);
    CHECK(run.err.find("there is no job 99") != std::string::npos);
  }
  const Run no_plan = office.rollcall("apply none.jsonl --json --db h.db" + as_client);
  CHECK(no_plan.exit == 3);
  CHECK(no_plan.out.find("file.unreadable") != std::string::npos);
  CHECK(no_plan.out.find("\"action\": \"apply\"") != std::string::npos);
  CHECK(office.rollcall("plan none.csv -o p.jsonl --json --db h.db" + as_client)
            .out.find("\"action\": \"plan\"") != std::string::npos);
  CHECK(office.rollcall("plan new.csv -o p.jsonl --db h.db" + as_client).exit == 0);
  const Run other = office.rollcall("apply p.jsonl --json --db h.db --format ctu --role x");
  CHECK(other.exit == 3);
  CHECK(other.out.find("it was made for the format clusterpbx") != std::string::npos);
  const Run no_show = office.rollcall("show new.csv");
  CHECK(no_show.exit == 3);
  CHECK(no_show.out.starts_with("new.csv cannot be read as a plan: "));
  const Run no_right = office.rollcall("apply p.jsonl --db h.db --format clusterpbx --role nobody");
  CHECK(no_right.exit == 5);
  CHECK(no_right.out.starts_with("p.jsonl: "));
}

TEST_CASE("what belongs to a database is never an output")
{
  const Office office{3};
  for (const char* const suffix : {"-wal", "-shm", "-journal", "-jobs", ""}) {
    const Run run = office.rollcall("execute new.csv --db h.db --report ./h.db" +
                                    std::string{suffix} + as_client);
    CAPTURE(suffix);
    CHECK(run.exit == 2);
    CHECK(office.rollcall("dump h.db -o h.db" + std::string{suffix}).exit == 2);
  }
}

TEST_CASE("a file that may not grow further is exit 6, and no signal")
{
  const Office office{20'000};
  const Run run = office.run("ulimit -f 100; \"$ROLLCALL\" validate new.csv --directory dir.json" +
                             as_client + "--report rep.jsonl");
  CHECK(run.exit == 6);
  CHECK(run.err.find("writing rep.jsonl") != std::string::npos);
  CHECK_FALSE(office.names().contains("rep.jsonl"));
}

TEST_CASE("a terminal is told how far a job is, as wide as it is, and nothing of it stays")
{
  const Office office{20'000};
  // The file comes in two parts, with a second between them.
  const std::string fed =
      "mkfifo pipe; { head -n 15000 new.csv; sleep 1; tail -n +15001 new.csv; sleep 0.3; } > pipe "
      "& ";
  const Run seen = office.run(
      fed + "script -qec 'stty cols 30; \"'\"$ROLLCALL\"'\" validate pipe --directory dir.json" +
      as_client + "--json >/dev/null' /dev/null");
  CHECK(seen.exit == 0);
  CHECK(seen.out.find("\rpipe: ") != std::string::npos);
  CHECK(seen.out.find("rows judged") != std::string::npos);
  CHECK(seen.out.find('\x1B') == std::string::npos);
  CHECK(seen.out.ends_with(" \r"));
  const Office piped{10};
  CHECK(piped.rollcall("validate new.csv --directory dir.json" + as_client).err.empty());
}

TEST_CASE("of a file whose length is known a terminal sees a bar, and with --quiet nothing at all")
{
  const Office office{5'000};
  // Nobody takes what it writes for a second, so it lasts that long.
  const auto watched = [&](const std::string& words) {
    return office.run(
        "mkfifo rep; { sleep 1; cat rep >/dev/null; } & script -qec 'stty cols 100; \"'"
        "\"$ROLLCALL\"'\" " +
        words + " >/dev/null' /dev/null; code=$?; rm rep; (exit $code)");
  };
  const std::string validate = "validate new.csv --directory dir.json --report rep" + as_client;
  for (const std::string& words : {validate, "fix new.csv --directory dir.json -o rep" + as_client,
                                   std::string{"rows new.csv -o rep"}}) {
    CAPTURE(words);
    const Run seen = watched(words);
    CHECK(seen.exit == 0);
    CHECK(holds(seen.out, "\rnew.csv: ["));
    CHECK(holds(seen.out, " %  "));
  }
  const Run quiet = watched(validate + "--quiet");
  CHECK(quiet.exit == 0);
  CHECK(quiet.out.empty());
}

TEST_CASE("a setting that a format knows as objects is refused, in a database as in a file")
{
  const Office office{3};
  office.folder().write("odd.json", R"({"user": {"id": "3"}})");
  CHECK(office.rollcall("validate new.csv --directory odd.json" + as_client).exit == 6);
  CHECK(office.rollcall("init odd.db --directory odd.json").exit == 0); // no format is known yet
  const Run run = office.rollcall("execute new.csv --db odd.db" + as_client);
  CHECK(run.exit == 6);
  CHECK(run.err.find("user: expected a list") != std::string::npos);
  CHECK(office.run("\"$ROLLCALL\" dump odd.db | grep -c '\"user\"'").out == "1\n");
}

TEST_CASE("a dry run with another format changes nothing of what is written out")
{
  const Office office{3};
  const std::string validate = "validate new.csv --db h.db --role client --format ";
  static_cast<void>(office.rollcall(validate + "call_manager"));
  const std::string before = office.rollcall("dump h.db").out;
  CHECK(office.rollcall(validate + "clusterpbx").exit == 0);
  CHECK(office.rollcall("dump h.db").out == before);
}

#endif
