// Where outputs of the command line go: into the places of their targets when they are whole, never
// into the place of what is read, and to nobody else where they hold secrets.
#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::run_shell;
using rollcall::tests::TemporaryFolder;
using namespace std::string_literals;

TEST_CASE("an output takes the place of its target when it is whole, and only then")
{
  TemporaryFolder folder;
  folder.write("users.csv", "a;b\n1;2\n3;4\n");
  folder.write("clean.csv", "as it was");
  const std::string clean = "rows users.csv --to csv -o clean.csv";
  CHECK(run_rollcall(clean + " --limit rows=1", folder.path()).exit == 3);
  CHECK(folder.read("clean.csv") == "as it was");
  CHECK(run_rollcall(clean, folder.path()).exit == 0);
  CHECK(folder.read("clean.csv") == "a,b\r\n1,2\r\n3,4\r\n");
  CHECK(run_rollcall("rows users.csv -o nowhere/out.jsonl", folder.path()).exit == 2);
  CHECK(folder.file_count() == 2);
}

TEST_CASE("an output never takes the place of what is read")
{
  TemporaryFolder folder;
  const std::string text = "a;b\n1;2\n";
  folder.write("users.csv", text);
  CHECK(run_shell("ln -s users.csv link.csv", folder.path()).exit == 0);
  const std::string validate = "validate users.csv --format clusterpbx --role client ";
  for (const std::string& words :
       {"rows users.csv --to csv -o users.csv"s, "rows users.csv -o ./users.csv"s,
        "rows link.csv -o users.csv"s, "rows users.csv -o link.csv"s,
        validate + "--report users.csv", validate + "--directory-out users.csv"}) {
    CAPTURE(words);
    const Run run = run_rollcall(words, folder.path());
    CHECK(run.exit == 2);
    CHECK(holds(run.err, "which is read"));
    CHECK(folder.read("users.csv") == text);
  }
}

TEST_CASE("a plan's file is not replaced by what comes of the plan")
{
  TemporaryFolder folder;
  const std::string text = "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,a@x.de,201\n";
  folder.write("users.csv", text);
  CHECK(run_rollcall("init h.db", folder.path()).exit == 0);
  const std::string as = " --format clusterpbx --db h.db --role client ";
  CHECK(run_rollcall("plan users.csv -o p.jsonl" + as, folder.path()).exit == 0);
  for (const char* const option :
       {"--report", "--result", "--error-rows", "--error-log", "--secrets", "--directory-out"}) {
    CAPTURE(option);
    const Run run = run_rollcall("apply p.jsonl" + as + option + " users.csv", folder.path());
    CHECK(run.exit == 2);
    CHECK(holds(run.err, option + " would replace "s));
    CHECK(folder.read("users.csv") == text);
  }
  CHECK(run_rollcall("apply p.jsonl" + as + "--report r.jsonl", folder.path()).exit == 0);
}

TEST_CASE("nothing takes the place of a directory or a schema but the directory that comes of it")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID\n1\n");
  const std::string directory = R"({"user": []})";
  const std::string schema = run_rollcall("schema show clusterpbx").out;
  folder.write("host.json", directory);
  folder.write("mine.json", schema);
  const std::string given = " --format mine.json --directory host.json --role client ";
  for (const std::string& verb : {"validate users.csv"s, "execute users.csv"s}) {
    for (const std::string option :
         {"--report", "--result", "--error-rows", "--error-log", "--directory-out"}) {
      for (const std::string input : {"host.json", "mine.json"}) {
        if (option == "--directory-out" && input == "host.json") continue;
        CAPTURE(option);
        const Run run = run_rollcall(verb + given + option + " " + input, folder.path());
        CHECK(run.exit == 2);
        CHECK(holds(run.err, option + " would replace " + input + ", which is read"));
      }
    }
  }
  for (const std::string& words : {"export -o host.json"s, "export -o mine.json"s,
                                   "template -o host.json"s, "template -o ./mine.json"s}) {
    CAPTURE(words);
    const Run run = run_rollcall(words + given, folder.path());
    CHECK(run.exit == 2);
    CHECK(holds(run.err, "which is read"));
  }
  CHECK(folder.read("host.json") == directory);
  CHECK(folder.read("mine.json") == schema);
}

TEST_CASE("no file and no standard stream is used twice, but a directory may be brought up to date")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID\n1\n");
  folder.write("directory.json", "{}");
  const std::string validate = "validate users.csv --format clusterpbx --role client ";
  for (const std::string& words :
       {"validate - --format clusterpbx --role client --directory -"s,
        validate + "--directory - --context -", validate + "--report - --directory-out -",
        validate + "--report - --json", validate + "--report a --directory-out a"}) {
    CAPTURE(words);
    const Run run = run_rollcall(words, folder.path());
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    CHECK(holds(run.err, " are both "));
  }
  const Run both = run_rollcall(
      validate + "--directory directory.json --directory-out directory.json", folder.path());
  CHECK(both.exit < 6);
  CHECK(both.exit != 2);
  const Run nowhere =
      run_rollcall(validate + "--report /dev/null --directory-out /dev/null", folder.path());
  CHECK(nowhere.exit == both.exit);
}

TEST_CASE("what cannot be written is refused before anything is done")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,mailto:a@x.de,201\n");
  folder.write("host.json", R"({"user": [], "phone_model": []})");
  const std::string as = " --format clusterpbx --directory host.json --role client ";
  CHECK(run_rollcall("plan users.csv -o p.jsonl" + as, folder.path()).exit == 1);
  for (const std::string& words :
       {"validate users.csv --directory-out nowhere/x"s, "validate users.csv --fix nowhere/x"s,
        "validate users.csv --fix f --lineage nowhere/x"s, "fix users.csv -o nowhere/x"s,
        "execute users.csv --directory-out nowhere/x"s, "execute users.csv --directory-out ."s,
        "apply p.jsonl --directory-out nowhere/x"s, "init nowhere/x.db --directory host.json #"s}) {
    CAPTURE(words);
    const Run run = run_rollcall(words + as, folder.path());
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    const bool is_folder = words.ends_with(" .");
    CHECK(holds(run.err, is_folder ? "it is a folder\n" : ": there is no such folder\n"));
  }
  CHECK(folder.file_count() == 3);
}

TEST_CASE("of a mended copy and its lineage both are there, or neither is")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,mailto:a@x.de,201\n");
  const std::string fix = "fix users.csv --format clusterpbx --role client ";
  for (const std::string& words : {"-o f1 --lineage /dev/full"s, "-o /dev/full --lineage f2"s}) {
    CAPTURE(words);
    CHECK(run_rollcall(fix + words, folder.path()).exit == 6);
    CHECK(folder.file_count() == 1);
  }
  CHECK(run_rollcall(fix + "-o f1 --lineage f2", folder.path()).exit == 0);
  CHECK(folder.file_count() == 3);
}

TEST_CASE("of a converted file and what it lost both are there, or neither is")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,a@x.de,201\n");
  const std::string convert =
      "convert users.csv --format clusterpbx --to subscriber_import --role client ";
  for (const std::string& words : {"-o c1 --report /dev/full"s, "-o /dev/full --report c2"s}) {
    CAPTURE(words);
    CHECK(run_rollcall(convert + words, folder.path()).exit == 6);
    CHECK(folder.file_count() == 1);
  }
  const Run both = run_rollcall(convert + "-o c1 --report c2", folder.path());
  CAPTURE(both.err);
  CHECK(both.exit < 2);
  CHECK(folder.file_count() == 3);
}

TEST_CASE("a job whose host cannot be written out has ended all the same, and says so")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,a@x.de,201\n");
  folder.write("host.json", R"({"user": [], "phone_model": []})");
  CHECK(run_rollcall("init h.db --directory host.json", folder.path()).exit == 0);
  const std::string execute =
      "execute users.csv --format clusterpbx --role client --directory-out /dev/full ";
  const Run stored = run_rollcall(execute + "--db h.db", folder.path());
  CHECK(stored.exit == 6);
  CHECK(stored.out.starts_with("users.csv: imported\n"));
  CHECK(stored.err ==
        "job 1 has ended; the host's objects: rollcall dump h.db -o FILE\n"
        "3 secrets wait to be fetched: rollcall download 1 secrets --db h.db --role client\n"
        "rollcall execute: writing /dev/full: no space left on device (disk_full)\n");
  const Run lost = run_rollcall(execute + "--directory host.json", folder.path());
  CHECK(lost.exit == 6);
  CHECK(holds(lost.out, "\nhost.json is as it was; --directory-out FILE keeps what came of it\n"));
}

TEST_CASE("error rows, which hold secrets as given, are for their owner alone")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension,Web Passwords\n,,,,,s3cret\n");
  const Run run = run_rollcall(
      "validate users.csv --format clusterpbx --role client --error-rows e.csv --result r.csv",
      folder.path());
  CHECK(run.exit == 1);
  CHECK(holds(folder.read("e.csv"), "s3cret"));
  CHECK(run_shell("stat -c %a e.csv", folder.path()).out == "600\n");
  CHECK(run_shell("stat -c %a r.csv", folder.path()).out != "600\n");
}
