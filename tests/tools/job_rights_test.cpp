// Who may see which jobs, fetch what of them and remove them, and what a purge tells.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/must.hpp"
#include "support/temporary_folder.hpp"
#include "tools/program.hpp"

#ifdef ROLLCALL_SQLITE

#include "rollcall/sqlite_store.hpp"

using rollcall::tests::holds;
using rollcall::tests::must;
using rollcall::tests::Run;
using rollcall::tests::run_rollcall;
using rollcall::tests::TemporaryFolder;

namespace {

// Two formats share a host. A client of clusterpbx may do all, a reseller only export and look; of
// ctu neither knows anything.
class Desk {
 public:
  Desk()
  {
    folder_.write("host.json", R"({"user": [{"id": "1", "login": "ada", "first_name": "Ada",
"last_name": "Ek", "email": "ada@x.de", "extension": "101"}], "phone_model": [],
"provisioning_template": [], "user_profile": [], "permission_group": [{"name": "Agent"}],
"team": [{"name": "Sales"}]})");
    folder_.write("users.csv",
                  "ID,First Name,Last Name,Email,Extension,Web Passwords\n"
                  ",Ben,Lee,ben@x.de,102,\n,Cem,Lee,cem@x,103,Secret-of-Cem\n");
    folder_.write("ada.csv",
                  "ID,First Name,Last Name,Email,Extension\n1,Ada,Lovelace,ada@x.de,101\n");
    folder_.write("agents.csv",
                  "First Name,Last Name,Login,Password,Permission Group,Primary Team\n"
                  "Ann,Smith,,Welcome-Ann1,Agent,Sales\n");
    folder_.write(
        "mona.json",
        R"({"actor": {"name": "Mona", "permission_group": "Agent", "teams": ["Sales"]}})");
    CHECK(run("init host.db --directory host.json").exit == 0);
  }
  [[nodiscard]] Run run(const std::string& words) const
  {
    return run_rollcall(words, folder_.path());
  }
  [[nodiscard]] Run client(const std::string& words) const
  {
    return run(words + " --db host.db --role client --actor Kay");
  }
  [[nodiscard]] Run reseller(const std::string& words) const
  {
    return run(words + " --db host.db --role reseller --actor Rhea");
  }
  [[nodiscard]] Run agent(const std::string& words) const
  {
    return run(words + " --db host.db --context mona.json");
  }
  // All jobs up to this one are gone, as after their time.
  void forget(std::uint64_t last) const
  {
    rollcall::SystemSeams system;
    auto store = must(rollcall::SqliteStore::open(folder_.path_of("host.db"), system.seams()));
    struct Count final : rollcall::JobSink {
      std::uint64_t jobs = 0;
      void job(const rollcall::JobRecord&) override { ++jobs; }
    } count;
    must(store.jobs(count));
    must(store.purge_expired({.jobs = count.jobs - last}));
  }

 private:
  TemporaryFolder folder_;
};

} // namespace

TEST_CASE("files that show secrets are for who may execute, or who has given them")
{
  const Desk desk;
  CHECK(desk.client("execute users.csv --format clusterpbx").exit == 1);
  for (const std::string artifact : {"report", "result", "error_log", "plan"})
    CHECK(desk.reseller("download 1 " + artifact).exit == 0);
  for (const std::string artifact : {"source", "error_rows", "secrets"}) {
    const Run refused = desk.reseller("download 1 " + artifact);
    CHECK(refused.exit == 5);
    CHECK(refused.out.empty());
    CHECK(holds(desk.client("audit --access --refused --json").out,
                R"("actor": "Rhea", "role": "reseller", "what": "download )" + artifact + "\""));
  }
  CHECK(holds(desk.client("download 1 error_rows").out, "Secret-of-Cem"));
  CHECK(holds(desk.client("download 1 secrets").out, "web_password"));

  CHECK(desk.reseller("export --format clusterpbx -o users-then.csv").exit == 0);
  CHECK(holds(desk.reseller("download 2 result").out, "Ben,Lee"));
  CHECK(desk.reseller("download 2 source").exit == 6); // there is none
  CHECK(desk.reseller("purge 1").exit == 5);
  CHECK(desk.reseller("cancel 1").exit == 5);
  const Run over = desk.reseller("cancel 2"); // his own kind of job, which has ended
  CHECK(over.exit == 2);
  CHECK(holds(over.err, "has ended"));
}

TEST_CASE("what became of a job is told to nobody who may not carry it out")
{
  const Desk desk;
  CHECK(desk.client("validate ada.csv --format clusterpbx --delimiter ';'").exit == 3);
  const Run refused = desk.reseller("execute-job 1");
  CHECK(refused.exit == 5);
  CHECK(refused.err.find("was refused") == std::string::npos);
  CHECK(holds(desk.client("audit --access --refused --json").out, R"("what": "execute-job")"));
  const Run allowed = desk.client("execute-job 1");
  CHECK(allowed.exit == 2);
  CHECK(holds(allowed.err, "job 1 was refused: there is nothing to carry out"));
}

TEST_CASE("who has a template of a database, and who was refused one, stands in its access log")
{
  const Desk desk;
  CHECK(desk.client("validate ada.csv --format clusterpbx").exit == 0);
  CHECK(desk.client("template --format clusterpbx").exit == 0);
  CHECK(desk.run("template --format clusterpbx --db host.db --role nobody --actor Noah").exit == 5);
  const std::string all = desk.client("audit --access --json").out;
  CHECK(holds(all, R"("actor": "Kay", "role": "client", "what": "template")"));
  CHECK(holds(all, R"("actor": "Noah", "role": "nobody", "what": "template")"));
  const std::string only_refused = desk.client("audit --access --refused --json").out;
  CHECK(holds(only_refused, R"("actor": "Noah", "role": "nobody", "what": "template")"));
  CHECK(only_refused.find("Kay") == std::string::npos);
}

TEST_CASE("who was refused a job stands in the log of accesses, with what he is")
{
  const Desk desk;
  const std::string ghost = " --format clusterpbx --db host.db --role ghost --actor Gus";
  const auto refused = [&](const std::string& words) {
    CHECK(desk.run(words + ghost).exit == 5);
    return desk.client("audit --access --refused --json --most 1").out;
  };
  for (const std::string verb : {"validate", "execute"})
    CHECK(holds(refused(verb + " ada.csv"),
                R"("actor": "Gus", "role": "ghost", "what": ")" + verb + R"(", "job": )"));
  CHECK(holds(refused("plan ada.csv -o plan.jsonl"), R"("what": "plan", "job": 3, "refusal": )"));
  CHECK(holds(refused("export"), R"("what": "export", "job": 4, "refusal": "the role ghost may)"));
  CHECK(desk.client("plan ada.csv --format clusterpbx -o plan.jsonl").exit == 0);
  CHECK(holds(refused("apply plan.jsonl"), R"("what": "apply", "job": 6, )"));

  // What is done with another job is noted with that, once.
  CHECK(desk.client("execute ada.csv --format clusterpbx").exit == 0);
  CHECK(desk.run("undo 7 --db host.db --role ghost --actor Gus").exit == 5);
  const std::string log = desk.client("audit --access --refused").out;
  CHECK(holds(log, "Gus (ghost)  undo job 7  refused: "));
  CHECK(std::count(log.begin(), log.end(), '\n') == 6);
}

TEST_CASE("jobs of formats that one may not see are not there, and pages are full all the same")
{
  const Desk desk;
  CHECK(desk.agent("execute agents.csv --format ctu").exit == 1);
  CHECK(desk.client("validate users.csv --format clusterpbx").exit == 1);
  CHECK(desk.agent("execute agents.csv --format ctu").exit == 1);
  CHECK(desk.client("export --format clusterpbx -o then.csv").exit == 0);
  const Run first = desk.agent("jobs --json --most 2");
  CHECK(holds(first.out, R"({"id": 3,)"));
  CHECK(holds(first.out, R"({"id": 1,)"));
  CHECK_FALSE(holds(first.out, "clusterpbx"));
  CHECK(desk.agent("job 2").exit == 5);
  CHECK(holds(desk.client("jobs --kind export,undo").out, "then.csv"));
  CHECK_FALSE(holds(desk.client("jobs --kind export,undo").out, "users.csv"));
  const Run none = desk.client("jobs --format ctu");
  CHECK(none.exit == 5); // there are some, not for him
  CHECK(desk.client("jobs --format call_manager").out == "no job is as asked; there are 2\n");
  CHECK(desk.run("jobs --db host.db --role nobody").exit == 5);

  const Run accesses = desk.agent("audit --access --json");
  CHECK(holds(accesses.out, R"("actor": "Mona")"));
  CHECK_FALSE(holds(accesses.out, R"("job": 2,)"));
  const std::string some = desk.agent("audit --access --json --most 3").out;
  CHECK(std::count(some.begin(), some.end(), '\n') == 3);
  CHECK(desk.agent("export --format ctu").exit == 2);
  CHECK_FALSE(holds(desk.agent("jobs --json").out, "export"));
}

TEST_CASE("a purge says what has gone, and what of it somebody still waited for")
{
  const Desk desk;
  CHECK(desk.client("execute users.csv --format clusterpbx").exit == 1);
  CHECK(holds(desk.client("job 1").out, "secrets wait to be fetched"));
  CHECK(desk.client("purge 1").out ==
        "the files and secrets of job 1 are gone; its record stays\n"
        "  it can be neither undone nor retried any more\n"
        "  3 secrets were never fetched\n");
  CHECK(desk.client("validate users.csv --format clusterpbx").exit == 1);
  CHECK(desk.client("purge --expired").out == "0 jobs are gone, with their files\n");
  CHECK(desk.client("purge --expired --jobs 1").out == "1 job is gone, with its files\n");
  CHECK(desk.client("purge --expired --jobs 0").out == "1 job is gone, with its files\n");
  CHECK(desk.client("jobs").out == "there are no jobs\n");
}

TEST_CASE("retention removes jobs of the formats of which one may, and says what stays, and why")
{
  const Desk desk;
  CHECK(desk.client("validate users.csv --format clusterpbx").exit == 1);
  CHECK(desk.agent("validate agents.csv --format ctu").exit == 1);
  CHECK(desk.reseller("purge --expired --jobs 0").exit == 5);
  const Run some = desk.client("purge --expired --jobs 0");
  CHECK(some.exit == 0);
  CHECK(holds(some.out, "1 job is gone, with its files\n  1 more stays: who asks may not undo"));
  CHECK(desk.agent("job 2").exit == 0);
}

TEST_CASE("a purge names the jobs that still have the file")
{
  const Desk desk;
  CHECK(desk.client("validate users.csv --format clusterpbx").exit == 1);
  CHECK(desk.client("execute-job 1").exit == 1);
  CHECK(desk.client("retry 2").exit == 1);
  CHECK(desk.client("execute users.csv --format clusterpbx").exit == 1);
  CHECK(holds(desk.client("purge 2").out,
              "  its file, or rows of it, are still kept by jobs 1, 3, 4\n"));
  CHECK(holds(desk.client("purge 1").out,
              "  its file, or rows of it, are still kept by jobs 3, 4\n"));
  CHECK(desk.client("purge 3").exit == 0);
  CHECK_FALSE(holds(desk.client("purge 4").out, "still kept"));
}

TEST_CASE("what is told of a job that is gone is told to who might see it before")
{
  const Desk desk;
  CHECK(desk.client("execute ada.csv --format clusterpbx").exit == 0);
  CHECK(desk.agent("execute agents.csv --format ctu").exit == 1);
  CHECK(desk.client("job 1").exit == 0);
  const auto check = [&] {
    CHECK(holds(desk.client("audit --json").out, "Lovelace"));
    CHECK(holds(desk.client("audit --access --json").out, R"("what": "see", "job": 1)"));
    CHECK_FALSE(holds(desk.agent("audit --json").out, "Lovelace"));
    CHECK_FALSE(holds(desk.agent("audit --json --kind user --key 1").out, "Lovelace"));
    CHECK_FALSE(holds(desk.agent("audit --access --json").out, R"("what": "see", "job": 1)"));
  };
  check();
  CHECK(desk.run("audit --db host.db --role nobody").exit == 5);
  CHECK(desk.agent("execute agents.csv --format ctu").exit == 1);
  desk.forget(1);
  CHECK(desk.client("job 1").exit == 2);
  check();
}

TEST_CASE("who may see jobs is shown no change where there is none that he may see")
{
  const Desk desk;
  CHECK(desk.client("execute ada.csv --format clusterpbx").exit == 0);
  CHECK(desk.agent("validate agents.csv --format ctu").exit == 1);
  CHECK(desk.agent("audit --json").exit == 0);
  CHECK(desk.agent("audit --json").out.empty());
  CHECK(desk.agent("audit").out == "there are no changes to be seen\n");
  CHECK(desk.agent("audit --kind user --key 1").out == "no change is as asked\n");
  CHECK_FALSE(holds(desk.client("audit --access --refused --json").out, "audit"));
}

TEST_CASE("who fetches the secrets of a job with the job itself is noted")
{
  const Desk desk;
  CHECK(desk.client("execute users.csv --format clusterpbx --secrets made.csv").exit == 1);
  const std::string fetched =
      R"("actor": "Kay", "role": "client", "what": "download secrets", "job": )";
  CHECK(holds(desk.client("audit --access --json").out, fetched + "1"));
  CHECK(desk.client("execute users.csv --format clusterpbx --secrets made.csv").exit == 1);
  CHECK_FALSE(holds(desk.client("audit --access --json").out, fetched + "2")); // it has made none
}

TEST_CASE("to go on with a job, or to stop it, takes the rights that it takes to begin it")
{
  const Desk desk;
  CHECK(desk.client("execute users.csv --format clusterpbx").exit == 1);
  CHECK(desk.reseller("export --format clusterpbx -o users-then.csv").exit == 0);
  CHECK(desk.reseller("resume 1").exit == 5);
  const Run over = desk.reseller("resume 2");
  CHECK(over.exit == 2);
  CHECK(holds(over.err, "has ended"));
  const std::string refused = desk.client("audit --access --refused --json").out;
  CHECK(holds(refused, R"("what": "resume", "job": 1)"));
  CHECK_FALSE(holds(refused, R"("what": "resume", "job": 2)"));
}

TEST_CASE("times are given to the millisecond, as they are shown")
{
  const Desk desk;
  const std::string now = " --now 2026-11-21T08:30:15Z";
  CHECK(desk.client("validate users.csv --format clusterpbx" + now).exit == 1);
  const auto has_one = [&](const std::string& bounds) {
    return desk.client("jobs --json " + bounds).out.size() > 1;
  };
  CHECK(has_one("--since 2026-11-21T08:30:15.000Z"));
  CHECK_FALSE(has_one("--since 2026-11-21T08:30:15.001Z"));
  CHECK_FALSE(has_one("--until 2026-11-21T08:30:15.000Z"));
  CHECK(has_one("--until 2026-11-21T08:30:15.001"));
  CHECK(has_one("--since 2026-11-21T08:30:15 --until 2026-11-21T08:31"));
  for (const std::string bad : {"2026-11-21T08:30:60", "2026-11-21T08:30:15.2", "2026-02-30"})
    CHECK(desk.client("jobs --since " + bad).exit == 2);
}

#endif
