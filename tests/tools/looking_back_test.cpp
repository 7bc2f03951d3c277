// What is asked about jobs and accesses: words that do not go together, answers that are empty, a
// database that somebody else holds, and one that can only be read.
#include <doctest/doctest.h>

#ifdef ROLLCALL_SQLITE

#include <string>

#include "rollcall/sqlite_store.hpp"
#include "support/must.hpp"
#include "tools/host_desk.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using namespace std::string_literals;

namespace {

const std::string as_client = " --format clusterpbx --role client --db host.db";

const std::string make_own_format =
    "\"$ROLLCALL\" schema show clusterpbx | sed 's/\"clusterpbx\"/\"mine\"/' >mine.json";

// A host with one user, and the job that has changed him.
class Desk : public HostDesk {
 public:
  Desk()
  {
    folder.write("users.csv",
                 "ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,mailto:ada@x.de,101\n");
    folder.write("one.csv", "ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n");
    CHECK(run("execute one.csv" + as_client).exit == 0);
  }
};

} // namespace

TEST_CASE("what is asked of changes is not asked of accesses, nor what is for expired jobs of one")
{
  const Desk desk;
  for (const std::string& option : {"--kind"s, "--key"s, "--field"s})
    for (const std::string& shows : {"--access"s, "--refused"s}) {
      const Run run = desk.about("audit " + shows + " " + option + " user");
      CHECK(run.exit == 2);
      CHECK(run.err ==
            "rollcall audit: " + option + " is asked of changes, and " + shows + " shows none\n");
    }
  for (const std::string& option : {"--days"s, "--jobs"s}) {
    const Run run = desk.about("purge 1 " + option + " 3");
    CHECK(run.exit == 2);
    CHECK(run.err == "rollcall purge: " + option + " needs --expired\n");
  }
  CHECK(desk.about("purge --expired --days 3 --jobs 2").exit == 0);
}

TEST_CASE("a format that nobody knows is misspelled, and an answer that is empty says so")
{
  const Desk desk;
  const Run near = desk.about("jobs --format clusterpb");
  CHECK(near.exit == 2);
  CHECK(near.err == "rollcall jobs: there is no format 'clusterpb'; did you mean clusterpbx?\n");
  CHECK(desk.about("jobs --format nope").exit == 2);
  CHECK(desk.about("jobs --format ctu").out == "no job is as asked; there is 1\n");
  CHECK(desk.about("validate one.csv --format clusterpbx").exit == 0);
  CHECK(desk.about("jobs --kind undo").out == "no job is as asked; there are 2\n");
  CHECK(desk.about("jobs --kind undo --json").out.empty());
  for (const std::string& words : {"--kind usr"s, "--field extnsion"s, "--job 99"s}) {
    CAPTURE(words);
    CHECK(desk.about("audit " + words).out == "no change is as asked\n");
    CHECK(desk.about("audit --json " + words).out.empty());
  }
  CHECK(desk.about("audit --refused").out == "no access is as asked\n");
  CHECK(desk.run("init other.db").exit == 0);
  CHECK(desk.run("jobs --db other.db").out == "there are no jobs\n");
  CHECK(desk.run("audit --db other.db").out == "there are no changes to be seen\n");
}

TEST_CASE("a format that a job was begun with is none that nobody knows")
{
  const Desk desk;
  CHECK(desk.shell(make_own_format).exit == 0);
  CHECK(desk.about("validate one.csv --format ./mine.json").exit == 0);
  CHECK(holds(desk.about("jobs --format mine").out, "validate"));
  CHECK(holds(desk.about("jobs --format mime").err, "did you mean mine?"));
}

TEST_CASE("who asks for accesses does not see that he has asked")
{
  const Desk desk;
  CHECK(desk.about("audit --access").out == "there are no accesses to be seen\n");
  CHECK(holds(desk.about("audit --access --json").out, R"("id": 1,)"));
  CHECK(desk.about("audit --access --json").out.find(R"("id": 3,)") == std::string::npos);
}

TEST_CASE("who looks waits until it can be noted, is told for whom, and has seen nothing")
{
  const Desk desk;
  SystemSeams system;
  auto store = must(SqliteStore::open(desk.folder.path() / "host.db", system.seams()));
  JobRecord running;
  running.state = JobState::running;
  running.summary.action = "execute";
  running.summary.file = "big.csv";
  const JobId id = must(store.add(running));
  must(store.begin(id));
  const Run looked = desk.shell(
      "for verb in jobs 'jobs --json' 'job 1' audit 'audit --access' 'cancel 2' 'template --format "
      "clusterpbx'; do { \"$ROLLCALL\" $verb --db host.db --role client; echo $? >>ends; } & done; "
      "wait");
  store.roll_back();
  CHECK(looked.out.empty());
  CHECK(desk.folder.read("ends") == "6\n6\n6\n6\n6\n6\n6\n");
  const std::string why =
      ": the store is being written: job 2 (execute of big.csv) is being carried out; try again "
      "when it has ended (busy)\n";
  std::size_t told = 0;
  for (std::size_t at = 0; (at = looked.err.find(why, at)) != std::string::npos; ++at) ++told;
  CHECK(told == 7);
}

TEST_CASE("what changes nothing is done with a database that can only be read")
{
  const Desk desk;
  CHECK(desk.run("init new.db --directory host.json").exit == 0);
  CHECK(desk.shell(make_own_format).exit == 0);
  CHECK(desk.shell("chmod 444 *.db; chmod 555 .").exit == 0);
  // (Whoever may write all the same does not while he has no such right.)
  const std::string reads =
      "as=; [ \"$(id -u)\" = 0 ] && as='setpriv --bounding-set=-all --inh-caps=-all'; "
      "$as \"$ROLLCALL\" ";
  for (const std::string& db : {"host.db"s, "new.db"s}) {
    CAPTURE(db);
    const std::string who = " --format clusterpbx --role client --db " + db;
    const Run writes = desk.shell(reads + "validate users.csv" + who);
    CHECK(writes.exit == 6);
    CHECK(holds(writes.err, "the database can only be read"));
    const Run mended = desk.shell(reads + "fix users.csv" + who);
    CHECK(mended.exit == 0);
    CHECK(holds(mended.out, "nothing was written; -o FILE writes the mended copy"));
    CHECK(desk.shell(reads + "template" + who).out.starts_with("ID,First Name,"));
    const Run other = desk.shell(reads + "convert one.csv --to mine.json" + who);
    CHECK(other.exit == 0);
    CHECK(holds(other.out, "ada@x.de"));
  }
  CHECK(desk.shell("chmod 755 .").exit == 0);
  CHECK(desk.about("audit --access --json").out.find("template") == std::string::npos);
}

TEST_CASE("one is singular, of what is done of a job that broke off")
{
  const Desk desk;
  desk.folder.write("two.csv", "ID,First Name,Last Name,Email,Extension\n,Ben,Lee,ben@x.de,102\n");
  CHECK(desk.about("execute two.csv --format clusterpbx --report /dev/full").exit == 6);
  CHECK(holds(desk.about("job 2").out, "  1 group of its plan is done\n"));
}

#endif
