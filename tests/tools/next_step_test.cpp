// What somebody is told to do next: how to see what was found, what mends it, which word was wrong.
#include <doctest/doctest.h>

#include <string>

#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

using namespace rollcall::tests;

namespace {

// A file with a mend that is certain, a guess, and something that only a person can mend.
class Desk {
 public:
  Desk()
  {
    folder_.write("host.json", R"({"user": [], "phone_model": []})");
    folder_.write("users.csv",
                  "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,mailto:ada@x.de,201\n"
                  ",Ben,Ek,ben@x.de,2O2\n,Cem,Ek,cem,203\n");
    folder_.write("good.csv", "ID,First Name,Last Name,Email,Extension\n,Ada,Ek,ada@x.de,201\n");
  }
  [[nodiscard]] Run run(const std::string& words) const
  {
    return run_rollcall(words, folder_.path());
  }
  [[nodiscard]] Run client(const std::string& words) const { return run(words + as_client); }
  // On a terminal, which has line ends of its own.
  [[nodiscard]] Run seen(const std::string& words) const
  {
    return run_shell("script -qec 'NO_COLOR=1 \"'\"$ROLLCALL\"'\" " + words + as_client +
                         "' /dev/null | tr -d '\\r'",
                     folder_.path());
  }

 private:
  const std::string as_client = " --format clusterpbx --role client --directory host.json";
  TemporaryFolder folder_;
};

bool lacks(const std::string& text, const std::string& part)
{
  CAPTURE(text);
  return text.find(part) == text.npos;
}

} // namespace

TEST_CASE("a validation ends with what mends what it found, and where to read more")
{
  const Desk desk;
  CHECK(desk.client("validate users.csv")
            .out.ends_with(
                "\n`rollcall fix` mends 1 of these, 1 more with --unsafe-fixes; --findings text "
                "shows each, `rollcall explain CODE` says more\n"));
  CHECK(holds(desk.client("validate users.csv --findings text").out,
              "--findings jsonl lists each, `rollcall explain CODE` says more\n"));
  CHECK(holds(desk.client("validate users.csv --findings jsonl").err,
              "--unsafe-fixes; `rollcall explain CODE` says more\n"));
  CHECK(holds(desk.client("plan users.csv -o plan.jsonl").out, "`rollcall fix` mends 1 of these"));
  CHECK(lacks(desk.client("validate good.csv").out, "rollcall"));
  CHECK(lacks(desk.client("validate users.csv --json").out, "rollcall fix"));
  CHECK(lacks(desk.client("execute users.csv").out, "rollcall fix"));
}

TEST_CASE("on a terminal a validation and a plan show what was found, unless asked for less")
{
  const Desk desk;
  const std::string shown = "error[value.email]: ";
  CHECK(holds(desk.seen("validate users.csv").out, shown));
  CHECK(holds(desk.seen("plan users.csv -o plan.jsonl").out, shown));
  for (const std::string less : {"--findings none", "--quiet", "--json", "--report -"}) {
    CAPTURE(less);
    CHECK(lacks(desk.seen("validate users.csv " + less).out, shown));
  }
  CHECK(holds(desk.seen("validate users.csv --findings none").out, "--findings text shows each"));
  CHECK(holds(desk.seen("validate users.csv --findings csv").out, "Severity,Code,"));
  CHECK(lacks(desk.client("validate users.csv").out, shown));
  CHECK(lacks(desk.seen("execute users.csv").out, shown));
}

TEST_CASE("who names no role is told by what it is named")
{
  const Desk desk;
  const std::string said = "the format knows client, reseller; --role says which\n";
  const std::string host = " --format clusterpbx --directory host.json";
  CHECK(holds(desk.run("validate users.csv" + host).out, said));
  CHECK(holds(desk.run("fix users.csv" + host).out, said));
  CHECK(holds(desk.run("export" + host).err, said));
}

TEST_CASE("a format that asks for more of an actor than a role is told so, and says what it lacks")
{
  TemporaryFolder folder;
  folder.write("host.json", R"({"user": [], "permission_group": [{"name": "Agent", "rank": 1}],
"team": [{"name": "Sales"}, {"name": "Support"}]})");
  folder.write("agents.csv",
               "First Name,Last Name,Login,Password,Permission Group,Primary Team\n"
               "Ann,Smith,ann,Welcome-Ann1,Agent,Sales\nBen,Lee,ben,Welcome-Ben1,Agent,Support\n");
  const auto run = [&](const std::string& words) {
    return run_rollcall("validate agents.csv --format ctu --directory host.json " + words,
                        folder.path());
  };
  const Run nobody = run("");
  CHECK(nobody.exit == 5);
  CHECK(holds(nobody.out,
              "only a member of a listed permission group may validate, and no "
              "actor.permission_group is given; --actor-field permission_group=... says which\n"));
  const Run stranger = run("--actor-field permission_group=Agnet");
  CHECK(stranger.exit == 5);
  CHECK(holds(stranger.out, "may validate, and there is no permission_group Agnet\n"));
  const std::string agent = "--actor-field permission_group=Agent --actor-field teams=Sales";
  CHECK(run(agent).exit == 1); // not in the team of one of them
  CHECK(run(agent + " --actor-field teams=Support").exit == 0);
  folder.write("c.json", R"({"actor": {"permission_group": "Agnet", "teams": ["Support"]}})");
  CHECK(run("--context c.json " + agent).exit == 1); // what is typed goes before it
  CHECK(run("--context c.json --actor-field permission_group=Agent").exit == 1);
  for (const std::string wrong : {"--actor-field permision_group=Agent", "--actor-field teams"}) {
    CAPTURE(wrong);
    CHECK(run(wrong).exit == 2);
  }
  CHECK(holds(run("--actor-field permision_group=Agent").err, "did you mean permission_group?"));
}

TEST_CASE("a role that is nearly one of the format's is taken for a slip")
{
  const Desk desk;
  const std::string host = " --format clusterpbx --directory host.json";
  CHECK(holds(desk.run("validate users.csv --role cleint" + host).out,
              "the role cleint may not validate; the roles that may are client; did you mean "
              "client?\n"));
  CHECK(lacks(desk.run("validate users.csv --role reseller" + host).out, "did you mean"));
}

TEST_CASE("what only counts beside a mended copy is wrong use without one")
{
  const Desk desk;
  const Run unsafe = desk.client("validate users.csv --unsafe-fixes");
  CHECK(unsafe.exit == 2);
  CHECK(holds(unsafe.err, "--unsafe-fixes needs --fix FILE"));
  const Run lineage = desk.client("validate users.csv --lineage l.jsonl");
  CHECK(lineage.exit == 2);
  CHECK(holds(lineage.err, "--lineage needs --fix FILE"));
  CHECK(holds(desk.client("fix users.csv --lineage l.jsonl").out,
              "  lineage: l.jsonl\n  the file is not mended; -o FILE writes the mended copy\n"));
  CHECK(holds(desk.client("fix users.csv").out,
              "  nothing was written; -o FILE writes the mended copy\n"));
  CHECK(lacks(desk.client("fix users.csv -o m.csv").out, "-o FILE"));
  CHECK(holds(
      desk.client("fix users.csv -o m.csv").out,
      "  what of it goes in: rollcall validate m.csv --format clusterpbx --directory host.json "
      "--role client\n"));
}

TEST_CASE("a file that is named and not there is wrong use, and one that is worked on is refused")
{
  const Desk desk;
  const std::string format = " --format clusterpbx --role client";
  const auto check = [&](const std::string& words, const std::string& said) {
    CAPTURE(words);
    const Run run = desk.run(words);
    CHECK(run.exit == 2);
    CHECK(holds(run.err, said));
  };
  check("validate users.csv --directory no.json" + format,
        "--directory no.json: there is no such file");
  check("validate users.csv --context no.json" + format, "--context no.json: there is no such");
  check("init new.db --directory no.json", "--directory no.json: there is no such file");
  check("validate users.csv --report no/r.jsonl" + format,
        "writing no/r.jsonl: there is no such folder");
  check("fix users.csv -o no/m.csv" + format, "writing no/m.csv: there is no such folder");
  CHECK(desk.run("show no.jsonl").exit == 3);
  CHECK(holds(desk.run("show no.jsonl").err, "file.unreadable: no.jsonl cannot be read"));
  CHECK(desk.run("apply no.jsonl --directory host.json --role client").exit == 3);
  CHECK(desk.run("validate no.csv --directory host.json" + format).exit == 3);
#ifdef ROLLCALL_SQLITE
  check("validate users.csv --db no.db" + format, "--db no.db: there is no such file");
  check("jobs --db no.db", "--db no.db: there is no such file");
  check("dump no.db", "DB no.db: there is no such file");
#endif
}
