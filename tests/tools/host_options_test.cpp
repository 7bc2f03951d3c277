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
