// What a job is about on the command line: the host that it asks, the format, and its options.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using rollcall::tests::holds;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::TemporaryFolder;
using namespace std::string_literals;

TEST_CASE("what changes or shows objects needs a host")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID\n1\n");
  for (const std::string& words : {"execute users.csv"s, "export"s}) {
    const Run run = run_rollcall(words + " --format clusterpbx --role client", folder.path());
    CHECK(run.exit == 2);
    CHECK(holds(run.err, "there is no host: --directory FILE or --db FILE names it"));
  }
}

#ifdef ROLLCALL_SQLITE
TEST_CASE("a host in a database is made once, worked on, and written out")
{
  TemporaryFolder folder;
  folder.write("host.json", R"({"user": [], "tenant": {"name": "acme"}})");
  folder.write("broken.json", R"({"user": [)");
  folder.write("users.csv", "ID\n1\n");
  const auto run = [&](const std::string& words) { return run_rollcall(words, folder.path()); };
  CHECK(run("init host.db --directory broken.json").exit == 6);
  CHECK_FALSE(std::filesystem::exists(folder.path_of("host.db")));
  CHECK(run("init host.db --directory host.json").exit == 0);
  CHECK(run("init host.db --directory host.json").exit == 2);
  const std::string format = " --format clusterpbx --role client";
  CHECK(run("export --db host.db" + format).exit == 0);
  CHECK(run("export --db none.db" + format).exit == 2);
  CHECK(run("export --db users.csv" + format).exit == 6);
  const Run both = run("export --db host.db --directory host.json" + format);
  CHECK(both.exit == 2);
  CHECK(holds(both.err, "--directory and --db are two hosts"));
  CHECK(run("validate users.csv --db host.db --report host.db" + format).exit == 2);
  CHECK(holds(run("dump host.db").out, "\"name\": \"acme\""));
  CHECK(run("dump host.db -o host.db").exit == 2);
}
#endif

TEST_CASE("an option that the format does not know, or no such value, is wrong use")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID\n1\n");
  folder.write("mine.json", R"({"id": "mine", "title": "Mine", "roles": [{"name": "r"}],
    "options": [{"name": "create_missing", "is": "boolean"}, {"name": "depth", "is": "integer"},
                {"name": "style"}],
    "kinds": [{"name": "user", "key": {"name": "id"}}],
    "columns": [{"field": "id", "header": "ID"}],
    "objects": [{"kind": "user", "key": "id", "create": "true"}]})");
  const auto validated = [&](const std::string& option) {
    return run_rollcall("validate users.csv --format mine.json --role r --option " + option,
                        folder.path());
  };
  for (const std::string option :
       {"create_missing", "create_missing=true", "create_missing=false", "depth=3", "style=plain"})
    CHECK(validated(option).exit == 5);
  const auto check = [&](const std::string& option, const std::string& says) {
    CAPTURE(option);
    const Run run = validated(option);
    CHECK(run.exit == 2);
    CHECK(holds(run.err, says));
  };
  check("creat_missing", "the format mine has no option 'creat_missing'; did you mean create_miss");
  check("create_missing=yes", "the option create_missing is create_missing=true or");
  check("create_missing=", "the option create_missing is create_missing=true or");
  check("depth", "the option depth cannot be 'true' here; use --context");
  check("depth=3x", "the option depth cannot be '3x' here");
  CHECK(run_rollcall("validate users.csv --format clusterpbx --role client --option foo",
                     folder.path())
            .exit == 2);
}

TEST_CASE("it is said when nothing is kept, and when there was no host to judge by")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,a@x.de,101\n");
  folder.write("host.json", R"({"user": []})");
  const std::string as_client = "users.csv --format clusterpbx --role client ";
  const auto said = [&](const std::string& words) {
    const Run run = run_rollcall(words, folder.path());
    CHECK(run.exit == 0);
    return run.out + run.err;
  };
  const std::string nothing_kept = "host.json is as it was; --directory-out FILE keeps what came";
  CHECK(holds(said("execute " + as_client + "--directory host.json"), nothing_kept));
  CHECK(said("execute " + as_client + "--directory host.json --directory-out after.json")
            .find("as it was") == std::string::npos);
  CHECK(said("validate " + as_client + "--directory host.json").find("as it was") ==
        std::string::npos);
  CHECK(said("plan -o plan.jsonl " + as_client + "--directory host.json").find("as it was") ==
        std::string::npos);
  CHECK(holds(said("apply plan.jsonl --directory host.json --role client"), nothing_kept));

  const std::string no_host = "there is no host, so no object was known: ";
  CHECK(holds(said("validate " + as_client), no_host));
  CHECK(holds(run_rollcall("validate --findings jsonl " + as_client, folder.path()).err, no_host));
  CHECK(said("validate " + as_client + "--directory host.json").find("no host") ==
        std::string::npos);
}

TEST_CASE("who is known by objects alone is told that there is no host")
{
  TemporaryFolder folder;
  folder.write("users.csv", "First Name,Last Name,Login\nAda,Ek,a@x.de\n");
  folder.write("host.json", R"({"user": []})");
  const std::string no_host = "there is no host, so no object was known: --directory FILE or --db";
  for (const std::string& words :
       {"template --format ctu"s, "validate users.csv --format ctu"s, "fix users.csv --format ctu"s,
        "convert users.csv --format clusterpbx --to ctu -o out.csv"s}) {
    for (const std::string& who : {""s, " --actor-field permission_group=Manager"s}) {
      CAPTURE(words + who);
      const Run run = run_rollcall(words + who, folder.path());
      CHECK(run.exit == 5);
      CHECK(holds(run.out + run.err, no_host));
    }
  }
  const auto is_silent = [&](const std::string& words) {
    const Run run = run_rollcall(words, folder.path());
    CHECK(run.exit == 5);
    return (run.out + run.err).find("no host") == std::string::npos;
  };
  CHECK(is_silent("template --format ctu --directory host.json"));
  CHECK(is_silent("template --format clusterpbx --role nobody"));
}

TEST_CASE("template and export refuse in the words of the others")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID\n1\n");
  folder.write("host.json", R"({"user": []})");
  const std::string nobody = " --format clusterpbx --role nobody --directory host.json";
  const auto words = [](const std::string& name) {
    return name + ": not allowed\n  actor.not_allowed: the role nobody may not ";
  };
  CHECK(run_rollcall("validate users.csv" + nobody, folder.path())
            .out.starts_with(words("users.csv")));
  for (const std::string& verb : {"template"s, "export"s}) {
    const Run run = run_rollcall(verb + nobody, folder.path());
    CHECK(run.exit == 5);
    CHECK(run.out.empty());
    CHECK(run.err.starts_with(words(verb)));
    const Run into = run_rollcall(verb + " -o out.csv" + nobody, folder.path());
    CHECK(into.exit == 5);
    CHECK(into.out.starts_with(words(verb)));
    CHECK(into.err.empty());
    CHECK(run_rollcall("rows out.csv", folder.path()).exit == 3); // it is not there
  }
}

TEST_CASE("a schema that is not there or has faults is wrong use, whatever it is for")
{
  TemporaryFolder folder;
  folder.write("users.csv", "ID\n1\n");
  folder.write("faulty.json", R"({"id": "x", "titel": "X", "kinds": [{"name": "a b"}]})");
  const std::string faults = run_rollcall("schema check faulty.json", folder.path()).out;
  CHECK(std::count(faults.begin(), faults.end(), '\n') == 3);
  for (const std::string& verb : {"validate users.csv --format "s, "template --format "s,
                                  "explain x.y --format "s, "schema show "s}) {
    CAPTURE(verb);
    const Run absent = run_rollcall(verb + "absent.json", folder.path());
    CHECK(absent.exit == 2);
    CHECK(holds(absent.err, "the schema absent.json cannot be read: "));
    const Run faulty = run_rollcall(verb + "faulty.json", folder.path());
    CHECK(faulty.exit == 2);
    CHECK(faulty.out.empty());
    CHECK(faulty.err.starts_with(faults));
    CHECK(holds(faulty.err, ": the schema faulty.json has 3 faults\n"));
    CHECK(run_rollcall(verb + "clusterpxb", folder.path()).exit == 2);
  }
  CHECK(run_rollcall("schema check absent.json", folder.path()).exit == 2);
}
