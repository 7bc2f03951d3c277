// Undo, retry and execute-job on the command line: what they print, leave behind, and end with.
#include <doctest/doctest.h>

#include <string>

#include "tools/host_desk.hpp"

using rollcall::tests::holds;
using rollcall::tests::HostDesk;
using rollcall::tests::Run;

namespace {

// A host with one user, and a file that renames him, makes another, and has a row that is no good.
class Desk : public HostDesk {
 public:
  Desk()
  {
    folder.write("users.csv",
                 "ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n"
                 ",Ben,Lee,ben@x.de,102\n,Cem,Lee,cem@x,103\n");
  }
};

} // namespace

TEST_CASE("a plan says which format it was made for, so apply need not be told")
{
  const Desk desk;
  CHECK(desk.about("plan users.csv --format clusterpbx -o plan.jsonl").exit == 1);
  const Run unread = desk.about("apply - < plan.jsonl");
  CHECK(unread.exit == 2);
  CHECK(holds(unread.err, "--format is required: a plan from standard input is read once"));
  CHECK(desk.about("apply plan.jsonl").exit == 1);
  CHECK(holds(desk.run("dump host.db").out, "Ben"));
  CHECK(desk.about("apply users.csv").exit == 3); // it is no plan, of whatever format
  CHECK(holds(desk.about("apply nothing.jsonl").err, "nothing.jsonl"));
}

TEST_CASE("the plan of an undo says what becomes of rows that were changed since, as apply does")
{
  const Desk desk;
  CHECK(desk.about("execute users.csv --format clusterpbx").exit == 1);
  CHECK(desk.run("export --format clusterpbx -o now.csv --db host.db --role client").exit == 0);
  CHECK(desk.shell("sed 's/Lee,ada/Byron,ada/' now.csv > edited.csv").exit == 0);
  CHECK(desk.about("execute edited.csv --format clusterpbx").exit == 0);
  const Run plan = desk.about("undo 1 -o undo.jsonl");
  CHECK(plan.exit == 1);
  CHECK(holds(plan.out, "1  would be taken back\n          1  would be kept: changed since\n"));
  CHECK(holds(plan.out, "rollcall apply undo.jsonl --db "));
  CHECK(holds(plan.out, "with `--stale row` it keeps these and takes the others back"));
  CHECK(holds(desk.run("show undo.jsonl").out,
              "stale     a row that was changed since: apply refuses all of it"));
  CHECK(desk.about("apply undo.jsonl").exit == 4);
  const Run done = desk.about("apply undo.jsonl --stale row");
  CHECK(done.exit == 1);
  CHECK(holds(done.out, "1  taken back\n          1  kept: changed since\n"));
  // Whoever is left alone is named.
  const Run again = desk.about("undo 1");
  CHECK(again.exit == 1);
  CHECK(holds(again.out, "line 2: last_name of user 1 was changed since: "));
  CHECK_FALSE(holds(desk.about("undo 1 --error-log log.txt").out, "line 2: "));
}

TEST_CASE("undo takes a job back, shows how, and says when there is nothing left of it")
{
  const Desk desk;
  CHECK(desk.about("execute users.csv --format clusterpbx").exit == 1);
  const Run plan = desk.about("undo 1 -o undo.jsonl --json");
  CHECK(plan.exit == 0);
  CHECK(holds(plan.out, R"("action": "undo")"));
  CHECK(holds(plan.out, R"("rows": 2)"));
  const Run shown = desk.run("show undo.jsonl");
  CHECK(shown.exit == 0);
  CHECK(holds(shown.out, "undoes    job 1, the last row of the file first"));
  CHECK(desk.about("undo 1 -o undo.jsonl --report report.jsonl").exit == 2);

  const Run undone = desk.about("undo 1 --report - --json");
  CHECK(undone.exit == 2); // both on standard output
  const Run report = desk.about("undo 1 --report -");
  CHECK(report.exit == 0);
  CHECK(holds(report.out, R"({"row": 1, "line": 3, "key": "2", "outcome": "updated", "changes": )"
                          R"([{"op": "delete", "kind": "user", "key": "2", )"));
  CHECK(holds(desk.run("dump host.db").out, R"("last_name": "Ek")"));
  CHECK_FALSE(holds(desk.run("dump host.db").out, "Ben"));
  const Run again = desk.about("undo 1");
  CHECK(again.exit == 4);
  CHECK(holds(again.out + again.err, "it has undone job 1 as a whole"));
  CHECK(holds(desk.about("job 1").out, "undone    by job 2\n"));
  CHECK(desk.about("undo 2").exit == 0);
  CHECK(holds(desk.about("job 1").out, "undone    by job 2 (undone by job 4)\n"));
  CHECK(desk.about("undo 9").exit == 2);
  CHECK(desk.about("undo x").exit == 2);
  CHECK(desk.run("undo 1 --db host.db --role nobody").exit == 5);
  CHECK(holds(desk.about("jobs --most 1").out, "users.csv (of job 1)"));
  CHECK(desk.about("undo 1 --result result.csv").exit == 2);

  const Run access = desk.about("audit --access --json");
  CHECK(holds(access.out, R"("what": "plan an undo", "job": 1)"));
  CHECK(holds(access.out, R"("what": "undo", "job": 2)"));
  CHECK(holds(desk.about("audit --access --refused --json").out, R"("what": "undo", "job": 1)"));
}

TEST_CASE("retry imports what was left, and execute-job what was judged, once")
{
  const Desk desk;
  CHECK(desk.about("validate users.csv --format clusterpbx").exit == 1);
  CHECK(desk.run("execute-job 1 --db host.db --role nobody").exit == 5);
  CHECK(desk.about("execute-job 1 --stale never").exit == 2);
  const Run executed = desk.about("execute-job 1 --json");
  CHECK(executed.exit == 1);
  CHECK(holds(executed.out, R"("action": "execute")"));
  CHECK(holds(executed.out, R"("updated": 1)"));
  CHECK(desk.about("execute-job 1").exit == 4);
  const Run retried = desk.about("retry 3 --json --error-rows rows.csv");
  CHECK(retried.exit == 1);
  CHECK(holds(retried.out, R"("rows": 1)"));
  CHECK(desk.run("retry 3 --db host.db --role nobody").exit == 5);
  CHECK(desk.about("undo 3").exit == 0);
  CHECK(desk.about("undo 1").exit == 2); // a validation
  const Run access = desk.about("audit --access --json");
  CHECK(holds(access.out, R"("what": "execute-job", "job": 1)"));
  CHECK(holds(access.out, R"("what": "retry", "job": 3)"));
}

TEST_CASE("retry makes an export again")
{
  const Desk desk;
  CHECK(desk.about("export --format clusterpbx -o users-then.csv").exit == 0);
  CHECK(desk.about("execute users.csv --format clusterpbx").exit == 1);
  CHECK(desk.about("retry 1 --report report.jsonl").exit == 2);
  const Run again = desk.about("retry 1 --result -");
  CHECK(again.exit == 0);
  CHECK(holds(again.out, "Lee"));
  CHECK(holds(desk.about("job 3 --json").out, R"("from": 1)"));
  CHECK(desk.about("download 3 result").out == again.out);
  CHECK(holds(desk.about("retry 1").out, "the export: rollcall download 4 result -o FILE "));
}
