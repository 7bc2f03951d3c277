// The frame of the command line: exit codes, wrong use, streams that are closed or full, pipes.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rollcall/code.hpp"
#include "rollcall/error.hpp"
#include "rollcall/limits.hpp"
#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;
using namespace std::string_literals;

namespace {

// One line on standard error, nothing else, exit 2.
void check_wrong(const std::string& arguments, const std::string& says)
{
  const Run run = run_rollcall(arguments);
  CAPTURE(arguments);
  CAPTURE(run.err);
  CHECK(run.exit == 2);
  CHECK(run.out.empty());
  CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 1);
  CHECK(holds(run.err, says));
}

} // namespace

TEST_CASE("wrong use is one sentence and exit 2, with the nearest right word")
{
  check_wrong("", "rollcall: a verb is missing; see rollcall help\n");
  check_wrong("row x.csv", "there is no verb 'row'; did you mean rows?");
  check_wrong("rows", "FILE");
  check_wrong("rows x.csv --encodign utf-8", "no option '--encodign'; did you mean --encoding?");
  check_wrong("rows x.csv y.csv", "unexpected 'y.csv'");
  check_wrong("rows x.csv --encoding utf8", "take one of utf-8");
  check_wrong("rows x.csv --delimiter :", "take one of , ; | tab");
  check_wrong("rows x.csv --limit fields=3",
              "there is no limit named 'fields'; did you mean field?");
  check_wrong("rows x.csv --limit row=65MiB", "at most 67108864 bytes");
  check_wrong("rows x.csv --limit row", "NAME=VALUE");
  check_wrong("rows x.csv --chunk 0", "--chunk");
  check_wrong("rows x.csv --chunk some", "--chunk");
  check_wrong("rows x.csv --chunk -1", "--chunk takes a number of bytes, 1 or more");
  check_wrong("rows x.csv --chunk 99999999999999999999", "--chunk takes a number");
  check_wrong("rows x.csv --chunk", "rollcall rows: --chunk needs a value; see");
  check_wrong("rows x.csv --delimiter , --delimiter ';'", "--delimiter is given more than once");
  for (const std::string option : {"--delimiter", "--encoding", "--to", "--output", "--chunk"})
    check_wrong("rows x.csv " + option + " ''", option + " cannot be empty");
  check_wrong("rows ''", "FILE cannot be empty");
  check_wrong("explain ''", "CODE cannot be empty");
  check_wrong("rows x.csv -- -y", "unexpected '-y'");
  check_wrong("rows -y -- x.csv", "no option '-y'");
  check_wrong("rows x.csv -o .", "rollcall rows: writing .: it is a folder\n");
  check_wrong("rows x.csv --to xml", "--to");
  check_wrong("rows x.csv --kernel sse2",
              "--kernel is best, swar, avx2, avx512 or neon, not 'sse2'");
  check_wrong("rows x.csv --quote ab", "--quote");
  check_wrong("rows - --mmap", "standard input cannot be mapped");
  check_wrong("convert x.csv --format ctu", "--to is required");
  check_wrong("convert x.csv --format ctu --to clusterpb", "did you mean clusterpbx?");
  check_wrong("convert x.csv --format ctu --to clusterpbx --set x", "takes FIELD=VALUE, not 'x'");
  check_wrong("convert x.csv --format ctu --to clusterpbx --map no.csv", "no such file or folder");
  check_wrong("convert x.csv --format ctu --to clusterpbx --json", "are both standard output");
  check_wrong("explain csv.qoute", "did you mean csv.quote?");
  check_wrong("help exlpain", "did you mean explain?");
  check_wrong("schema chekc x", "expected show or check, not 'chekc'; did you mean check?");
  check_wrong("download 1 reslt --db x", "error_log, plan or secrets, not 'reslt'; did you mean");
  check_wrong("jobs --db x --state queud", "--state is tick, ");
  check_wrong("apply p --format ctu --stale ro", "--stale is refuse or row, not 'ro'; did you");
  check_wrong("validate x --format ctu --findings txt", ", not 'txt'; did you mean text?");
  check_wrong("undo", "JOB is required");
  for (const std::string number : {"-1", "99999999999999999999", "x", "1.5"}) {
    check_wrong("purge --expired --db x --days " + number,
                "--days takes a number, not '" + number + "'");
    check_wrong("purge --expired --db x --jobs=" + number, "--jobs takes a number");
    check_wrong("jobs --db x --max-rows " + number, "--max-rows takes a number");
  }
  check_wrong("jobs --db x --kind undos", "not 'undos'; did you mean undo?");
  check_wrong("init -", "a database cannot go to standard output");
  check_wrong("--seed 3", "there is no verb '--seed'");
}

TEST_CASE("explain has a page for every code, and lists them all")
{
  const Run all = run_rollcall("explain");
  CHECK(all.exit == 0);
  for (const rollcall::Code code : rollcall::all_codes())
    CHECK(holds(all.out, std::string{rollcall::slug(code)}));
  for (const rollcall::ErrorCode code : rollcall::all_error_codes())
    CHECK(holds(all.out, std::string{rollcall::slug(code)}));
  CHECK(run_rollcall("explain csv.quote").out == rollcall::explain(rollcall::Code::csv_quote));
  CHECK(run_rollcall("explain CSV.Quote").out == rollcall::explain(rollcall::Code::csv_quote));
  CHECK(run_rollcall("explain disk_full").out == rollcall::explain(rollcall::ErrorCode::disk_full));
}

TEST_CASE("explain knows the codes that only a format has")
{
  const Run all = run_rollcall("explain");
  CHECK(holds(all.out, "Rules of clusterpbx\n"));
  CHECK(holds(all.out, "mac.required"));
  const Run page = run_rollcall("explain mac.required");
  CHECK(page.exit == 0);
  CHECK(page.out.starts_with("mac.required (error, of clusterpbx)\n\nWhat is said\n"));
  CHECK(run_rollcall("explain mac.required --format clusterpbx").out == page.out);
  check_wrong("explain mac.required --format call_manager", "there is no code 'mac.required'");
  check_wrong("explain mac.reqired", "did you mean mac.required?");
  CHECK(run_rollcall("explain 3010").out == rollcall::explain(rollcall::Code::value_mac));
  CHECK(run_rollcall("explain csv.quote --format ctu").out ==
        rollcall::explain(rollcall::Code::csv_quote));
}

TEST_CASE("limits shows what is in force, its default and its cap")
{
  const Run run = run_rollcall("limits --json --limit field=128KiB");
  CHECK(holds(run.out, R"({"name": "field", "value": 131072, "default": 65536, "cap": 16777216)"));
  CHECK(
      holds(run.out, R"({"name": "file", "value": 268435456, "default": 268435456, "cap": null)"));
  const std::string table = run_rollcall("limits").out;
  for (const rollcall::Limit& limit : rollcall::all_limits())
    CHECK(holds(table, std::string{limit.name}));
}

TEST_CASE("a full disk is exit 6 and named, a reader who has had enough is neither")
{
  TemporaryFolder folder;
  folder.write("users.csv", "a,b\n1,2\n");
  const Run full = run_rollcall("rows users.csv >/dev/full", folder.path());
  CHECK(full.exit == 6);
  CHECK(holds(full.err, "disk_full"));
  CHECK(run_rollcall("rows users.csv -o /dev/full", folder.path()).exit == 6);
  CHECK(run_rollcall("rows users.csv >&-", folder.path()).exit == 6);

  std::string large = "a,b\n";
  for (int i = 0; i < 200'000; ++i) large += "1,2\n";
  folder.write("large.csv", large);
  // The exit code of a pipe is that of its end, so that of its start is written down.
  const Run closed =
      run_shell("{ \"$ROLLCALL\" rows large.csv; echo $? >code; } | head -n 1", folder.path());
  CHECK(holds(closed.out, R"({"row": 0)"));
  CHECK(closed.err.empty());
  CHECK(folder.read("code") == "0\n");
}

TEST_CASE("standard input and output are called -, and have no name")
{
  TemporaryFolder folder;
  folder.write("users.csv", "a,b\n1,2\n");
  const Run piped = run_rollcall("rows - -o - <users.csv", folder.path());
  CHECK(piped.exit == 0);
  CHECK(holds(piped.out, R"({"file": {"name": null)"));
  const Run named = run_rollcall("rows users.csv", folder.path());
  CHECK(holds(named.out, R"({"file": {"name": "users.csv")"));
  const Run closed = run_rollcall("rows - <&-", folder.path());
  CHECK(closed.exit == 3);
  CHECK(holds(closed.out, "file.unreadable"));
}

TEST_CASE("what is converted, exported or planned goes through a pipe to the next verb")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,ada@x.de,101\n");
  folder.write("d.json", R"({"user": [{"id": "7", "first_name": "Bo", "last_name": "Ax",
    "email": "bo@x.de", "extension": "102"}]})");
  const std::string of = " --format clusterpbx --role client --directory d.json ";
  const auto run = [&](const std::string& command) { return run_shell(command, folder.path()); };
  const Run converted =
      run("\"$ROLLCALL\" convert users.csv --format clusterpbx --to ctu --role client 2>loss | "
          "\"$ROLLCALL\" rows - --count");
  CHECK(converted.exit == 0);
  CHECK(holds(converted.out, R"("name": null)"));
  CHECK(holds(folder.read("loss"), "1  written, in ctu"));
  const Run same = run("\"$ROLLCALL\" export" + of + "| \"$ROLLCALL\" validate -" + of + "--json");
  CHECK(same.exit == 0);
  CHECK(holds(same.out, R"("unchanged": 1)"));
  const Run applied = run("\"$ROLLCALL\" plan users.csv -o -" + of +
                          "2>/dev/null | \"$ROLLCALL\" apply -" + of + "--directory-out - --quiet");
  CHECK(applied.exit == 0);
  CHECK(holds(applied.out, "ada@x.de"));
  const Run rehosted =
      run("\"$ROLLCALL\" validate users.csv --format clusterpbx --role client "
          "--directory - --json <d.json");
  CHECK(holds(rehosted.out, R"("created": 1)"));
  // Nobody reads on: that is no failure of who writes, and nothing to speak of.
  const Run closed = run("{ \"$ROLLCALL\" rows users.csv; echo $? >code; } | true; cat code");
  CHECK(closed.out == "0\n");
  CHECK(closed.err.empty());
}

TEST_CASE("with --quiet there is no summary, but what is wrong is said, and files are written")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,ada@x.de,101\n");
  folder.write("broken.csv", "");
  folder.write("d.json", R"({"user": []})");
  const std::string of = " --format clusterpbx --role client --directory d.json ";
  const auto run = [&](const std::string& words) { return run_rollcall(words, folder.path()); };
  const Run quiet = run("validate users.csv -q --report r.jsonl" + of);
  CHECK(quiet.exit == 0);
  CHECK(quiet.out.empty());
  CHECK(quiet.err.empty());
  CHECK(holds(folder.read("r.jsonl"), "created"));
  CHECK(holds(run("validate users.csv --quiet --json" + of).out, "created"));
  CHECK(holds(run("validate users.csv --quiet --findings csv" + of).out, "Severity,"));
  const Run refused = run("validate broken.csv --quiet" + of);
  CHECK(refused.exit == 3);
  CHECK(refused.out.empty());
  CHECK(holds(refused.err, "header.missing"));
  const Run lost =
      run("convert users.csv -o agents.csv --to ctu -q --role client --format clusterpbx");
  CHECK(lost.out.empty());
  CHECK(lost.err.empty());
  for (const char* const words : {"fix users.csv -q", "fix users.csv -q -o mended.csv",
                                  "validate users.csv -q --fix mended.csv"}) {
    CAPTURE(words);
    const Run mended = run(words + of);
    CHECK(mended.exit == 0);
    CHECK(mended.out.empty());
    CHECK(mended.err.empty());
  }
  CHECK(folder.read("mended.csv") == folder.read("users.csv"));
  const Run unmended = run("fix broken.csv -q" + of);
  CHECK(unmended.exit == 3);
  CHECK(unmended.out.empty());
  CHECK(holds(unmended.err, "header.missing"));
}

TEST_CASE("an option that may be given again takes one value, and the file may follow it")
{
  TemporaryFolder folder;
  folder.write("users.csv", "a,b\n1,2\n");
  const Run run = run_rollcall("rows --limit rows=5 --limit field=9 users.csv", folder.path());
  CHECK(run.exit == 0);
  CHECK(run_rollcall("rows --limit rows=5 field=9 users.csv", folder.path()).exit == 2);
  CHECK(run_rollcall("validate --format clusterpbx --option a --option b users.csv", folder.path())
            .err.find("no option 'a'") != std::string::npos);
}

TEST_CASE("behind -- nothing is an option")
{
  TemporaryFolder folder;
  folder.write("-h", "a,b\n1,2\n");
  CHECK(run_rollcall("rows --count -- -h", folder.path()).exit == 0);
  CHECK(run_rollcall("rows -- -h --count", folder.path()).exit == 2);
}

TEST_CASE("with a seed and a time the same input makes the same bytes")
{
  TemporaryFolder folder;
  folder.write("d.json", R"({"user": []})");
  folder.write("users.csv", "First Name,Last Name,Email,Extension\nAda,Ek,a@x.de,101\n");
  const auto plan = [&](const std::string& how) {
    const Run run = run_rollcall(
        "plan users.csv --format clusterpbx --role client --directory d.json -o p.jsonl " + how,
        folder.path());
    CHECK(run.exit == 0);
    return folder.read("p.jsonl");
  };
  const std::string once = plan("--seed 7 --now 2026-11-21T18:00:00Z");
  CHECK(plan("--seed=7 --now=2026-11-21T18:00:00Z") == once);
  CHECK(plan("--seed 8") != once);
  CHECK(plan("") != plan(""));

  CHECK(
      run_rollcall("init h.db --directory d.json --now 2026-11-21T18:00:00Z", folder.path()).exit ==
      0);
  const std::string import =
      "execute users.csv --format clusterpbx --role client --db h.db --now 1970-01-02T00:00:01Z";
  CHECK(run_rollcall(import, folder.path()).exit == 0);
  CHECK(holds(run_rollcall("jobs --db h.db --role client --json", folder.path()).out,
              "1970-01-02T00:00:01.000Z"));
  for (const std::string wrong :
       {"--seed", "--seed x", "--seed -1", "--now noon", "--now 2026-02-30T00:00:00Z"})
    CHECK(run_rollcall("version " + wrong, folder.path()).exit == 2);
}

TEST_CASE("nothing that was typed reaches the terminal as it is")
{
  for (const std::string& words :
       {"validate x.csv --format \"$(printf '\\033[31m')\""s,
        "validate x.csv --format \"$(printf '\\033[31m').json\""s,
        "schema check \"$(printf '\\033[31m').json\""s, "\"$(printf '\\033[31m')\""s,
        "explain \"$(printf '\\033[31m')\""s,
        "execute \"$(printf '\\033[31m')\" --format ctu --directory /"s}) {
    CAPTURE(words);
    const Run run = run_rollcall(words);
    CHECK(run.exit != 0);
    CHECK_FALSE(run.err.empty());
    CHECK(run.err.find('\033') == run.err.npos);
    CHECK(run.out.find('\033') == run.out.npos);
  }
}

TEST_CASE("the outputs are the same by any number of threads, of which there are 1 to 256")
{
  TemporaryFolder folder;
  std::string users = "ID,First Name,Last Name,Email,Extension\n";
  for (int i = 0; i != 3'000; ++i)
    users += ",A,B,a" + std::to_string(i) + "@b.de," + std::to_string(1'000 + i % 2'990) + "\n";
  folder.write("users.csv", users);
  folder.write("host.json", R"({"user": []})");
  const std::vector<std::string> names = {"report", "result", "error-rows", "error-log",
                                          "directory-out"};
  std::vector<std::string> first;
  for (const std::string threads : {"1", "2", "256"}) {
    std::string words =
        "execute users.csv --format clusterpbx --role client --findings csv "
        "--directory host.json --threads " +
        threads;
    for (const std::string& name : names) words += " --" + name + " " + name;
    const Run run = run_rollcall(words, folder.path());
    CHECK(run.exit == 1);
    std::vector<std::string> outputs = {run.out, run.err};
    for (const std::string& name : names) outputs.push_back(folder.read(name));
    if (first.empty()) first = outputs;
    CHECK(outputs == first);
  }
  for (const std::string threads : {"0", "257", "-1", "two", "2x", "''"}) {
    CAPTURE(threads);
    const Run run =
        run_rollcall("validate users.csv --format clusterpbx --threads " + threads, folder.path());
    CHECK(run.exit == 2);
    CHECK(holds(run.err, "--threads"));
  }
}

TEST_CASE("a file without a name is standard input in the summary")
{
  const Run run =
      run_shell("printf 'ID\\n' | \"$ROLLCALL\" validate - --format clusterpbx --role client");
  CHECK(holds(run.out, "standard input: refused"));
}

TEST_CASE("every way to the bytes reads the same")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID;Name\n1;\"a;b\"\n2;\"x\"y\n\n3;\xE4\n4\n5;\"open\n");
  const Run usual = run_rollcall("rows users.csv", folder.path());
  CHECK(usual.exit == 1);
  for (const std::string way :
       {"--mmap", "--chunk 1", "--chunk 7", "--kernel swar", "--delimiter ';'"}) {
    CAPTURE(way);
    const Run other = run_rollcall("rows users.csv " + way, folder.path());
    CHECK(other.out == usual.out);
    CHECK(other.exit == 1);
  }
}

TEST_CASE("nothing in the environment that is not of rollcall changes what is read")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name\n,Ren\xC3\xA9,B\n,\xE9,C\n");
  folder.write("directory.json", R"({"user": [{"id": "1", "first_name": "Ren\u00e9"}]})");
  for (const std::string words :
       {"rows users.csv",
        "validate users.csv --format clusterpbx --role client --directory directory.json --json"}) {
    CAPTURE(words);
    const Run usual = run_rollcall(words, folder.path());
    CHECK(usual.exit < 6); // the directory could be read
    for (const std::string set :
         {"SIMDJSON_FORCE_IMPLEMENTATION=none", "SIMDJSON_FORCE_IMPLEMENTATION=fallback",
          "LC_ALL=tr_TR.UTF-8", "LC_ALL=POSIX"}) {
      CAPTURE(set);
      const Run other = run_shell(set + " \"$ROLLCALL\" " + words, folder.path());
      CHECK(other.out == usual.out);
      CHECK(other.err == usual.err);
      CHECK(other.exit == usual.exit);
    }
  }
}
