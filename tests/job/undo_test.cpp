// What an undo takes back, what it leaves alone, and what it refuses.
#include <doctest/doctest.h>

#include <string>

#include "job/few_users.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/download.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Ada and Ben exchange extensions, Cem has a new name, Dora is new.
constexpr std::string_view everyday =
    "ID,First Name,Last Name,Email,Extension\n"
    "1,Ada,Ek,ada@x.de,102\n"
    "2,Ben,Ek,ben@x.de,101\n"
    "3,Cemal,Ek,cem@x.de,103\n"
    ",Dora,Ek,dora@x.de,104\n";

} // namespace

TEST_CASE("an undo takes back what a job has changed, last row first")
{
  Remembering at = clusterpbx(three_users);
  const std::string before = at.objects();
  CHECK(at.execute(everyday).state == JobState::succeeded);
  const std::string after = at.objects();
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.job.action == "undo");
  CHECK(at.job.rows == 4);
  CHECK(at.job.updated == 4);
  CHECK(at.job.file == "users.csv");
  CHECK(at.outcomes() == "line 5 updated, line 4 updated, line 3 updated, line 2 updated");
  CHECK(at.objects() == before);
  CHECK(at.record(2).from == 1);
  CHECK(at.record(2).state == JobState::succeeded);

  SUBCASE("and an undo can be undone")
  {
    CHECK(at.undo(2).state == JobState::succeeded);
    // The secrets that Dora was given nobody has any more.
    CHECK(at.outcomes().find("the web_password of user 4 is gone, and nobody has it") !=
          std::string::npos);
    CHECK(at.job.created == 1);
    CHECK(at.job.updated == 3);
    CHECK(at.objects() != after);
    CHECK(at.objects().find("dora@x.de") != std::string::npos);

    // Then the job is in force again, and can be undone again.
    CHECK(at.undo(1).state == JobState::succeeded);
    CHECK(at.job.updated == 4);
    CHECK(at.objects() == before);
  }
  SUBCASE("and what was undone as a whole is not undone again")
  {
    CHECK(at.undo(1).refusal == Refusal::stale);
    CHECK(at.refusal() ==
          "plan.used: the plan was already carried out by job 2: it has undone job 1 as a whole");
    CHECK(at.objects() == before);
    CHECK(at.record(3).state == JobState::failed);
  }
}

TEST_CASE("what somebody edited since is left alone and named, and the rest is taken back")
{
  Remembering at = clusterpbx(three_users);
  at.execute(everyday);
  // Somebody gives Dora a department and Cem another name.
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Department\n"
      "4,Dora,Ek,dora@x.de,104,Sales\n"
      "3,Cem,Ek,cem@x.de,103,\n");
  CHECK(at.undo(1).state == JobState::partial);
  CHECK(at.outcomes() ==
        "line 5 stale [department of user 4 was changed since: the job left it nothing, and it is "
        "Sales], line 4 stale [first_name of user 3 was changed since: the job left it Cemal, and "
        "it is Cem], line 3 updated, line 2 updated");
  CHECK(at.job.counts.by_slug().at("undo.conflict") == 2);

  // The rest can be undone when nobody is in the way any more.
  CHECK(at.undo(2).state == JobState::succeeded);
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.outcomes() == "line 5 updated, line 4 updated");
  const std::string now = at.objects();
  CHECK(now.find("Dora") == std::string::npos);
  CHECK(now.find("Cemal") == std::string::npos);
}

TEST_CASE("whatever is in the way of a row is named, not only the first of it")
{
  Remembering at = clusterpbx(three_users);
  at.execute(everyday);
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Department\n"
      "4,Dori,Aydin,dori@x.de,104,Sales\n"
      "1,Ada,Ek,ada@x.de,101,\n2,Ben,Ek,ben@x.de,102,\n");
  at.undo(1);
  CHECK(at.outcomes() ==
        "line 5 stale [first_name of user 4 was changed since: the job left it Dora, and it is "
        "Dori; so were last_name (Ek, now Aydin), email (dora@x.de, now dori@x.de), department "
        "(nothing, now Sales)], line 4 updated, "
        "line 3 stale [extension of user 2 was changed since: the job left it 101, and it is 102; "
        "so were extension of user 1 (102, now 101)], "
        "line 2 stale [extension of user 2 was changed since: the job left it 101, and it is 102; "
        "so were extension of user 1 (102, now 101)]");
}

TEST_CASE("the plan of an undo is told with what is in its way, and stays what it is")
{
  Remembering at = clusterpbx(three_users);
  at.execute(everyday);
  at.execute("ID,First Name,Last Name,Email,Extension\n3,Cem,Ek,cem@x.de,103\n");
  const std::string plan = at.undo_plan(1);
  CHECK(at.job.state == JobState::partial);
  CHECK(at.job.updated == 3);
  CHECK(at.job.stale == 1);
  CHECK(at.job.rows == 4);
  CHECK(at.job.counts.by_slug().at("undo.conflict") == 1);
  CHECK(at.apply(plan).refusal == Refusal::stale); // as a whole, unless rows are let through
  at.how.stale = Stale::row;
  CHECK(at.apply(at.undo_plan(1)).updated == 3);
}

TEST_CASE("a value that somebody else holds by now is not taken from him")
{
  Remembering at = clusterpbx(three_users);
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Ek,ada@x.de,201\n");
  at.execute("ID,First Name,Last Name,Email,Extension\n2,Ben,Ek,ben@x.de,101\n");
  CHECK(at.undo(1).state == JobState::failed);
  CHECK(at.outcomes() ==
        "line 2 stale [101 was changed since: the job left it free, and it is held by 2]");
}

TEST_CASE("objects that are never deleted are switched off, and that is said before and after")
{
  Vendor vendor = ctu_vendor();
  Remembering at{vendor.schema, vendor.directory, vendor.context};
  at.execute(
      "First Name,Last Name,Login,Password,Role,Primary Team,Extension,Active\n"
      "Ada,Ek,neu,zqOne,Agent,Sales,,\n");
  REQUIRE(at.job.created == 1);
  CHECK(at.artifact(1, "plan").find(R"("lost":[{"object":"user","of":"neu"}])") !=
        std::string::npos);
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.outcomes() ==
        "line 2 updated [this cannot be undone: user neu stays, and its login stays taken]");
  CHECK(at.objects().find(R"("active": false)") != std::string::npos);
}

TEST_CASE("secrets and mails cannot be taken back, and that is said")
{
  Remembering at = clusterpbx(three_users);
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Voicemail Pin\n"
      "1,Ada,Ek,ada@x.de,101,471147\n");
  REQUIRE(at.job.updated == 1);
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.outcomes() == "line 2 updated"); // there was none before: it is taken away
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Voicemail Pin\n"
      "1,Ada,Ek,ada@x.de,101,471147\n");
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Voicemail Pin\n"
      "1,Ada,Ek,ada@x.de,101,471148\n");
  CHECK(at.undo(4).state == JobState::succeeded);
  CHECK(at.outcomes() ==
        "line 2 unchanged [this cannot be undone: the voicemail_pin of user 1 is gone, and nobody "
        "has it]");
}

TEST_CASE("the plan of an undo can be kept, shown, and carried out later")
{
  Remembering at = clusterpbx(three_users);
  const std::string before = at.objects();
  at.execute(everyday);
  const std::string after = at.objects();
  const std::string plan = at.undo_plan(1);
  CHECK(at.job.updated == 4);
  CHECK(at.objects() == after);
  CHECK(plan.find(R"("undoes":{"job":1,"plan":")") != std::string::npos);
  MemorySource source{std::string_view{plan}};
  std::pmr::string page;
  TextSink sink{page};
  CHECK(must(show_plan(source, {}, sink, at.host.seams())));
  CHECK(page.find("undoes    job 1,") != std::string::npos);
  CHECK(page.find("user 4") != std::string::npos);
  CHECK(page.find("4  would be taken back") != std::string::npos);
  CHECK(page.find("the web_password goes, and nobody can give it back") != std::string::npos);

  CHECK(at.apply(plan).state == JobState::succeeded);
  CHECK(at.objects() == before);
  CHECK(at.record(2).from == 1);
  CHECK(at.job.undoes == 1);
  CHECK(at.record(2).summary.undoes == 1);
  CHECK(at.record(2).summary.id == 2);
  CHECK(at.record(1).summary.undoes == 0);
  const auto told = [](const JobSummary& job) {
    std::pmr::string text;
    TextSink into{text};
    must(write_summary(job, {}, into));
    return std::string{text};
  };
  CHECK(told(at.record(2).summary) == "users.csv: taken back\n          4  taken back\n");
  CHECK(told(at.record(1).summary).starts_with("users.csv: imported\n"));
  CHECK(at.apply(plan).refusal == Refusal::stale);
  CHECK(at.undo(1).refusal == Refusal::stale); // it was undone by the plan
  CHECK(at.undo(2).state == JobState::succeeded);
}

TEST_CASE("the plan of an undo is sealed and held to itself like any other")
{
  Remembering at = clusterpbx(three_users);
  at.execute(everyday);
  const std::string plan = at.undo_plan(1);
  const std::vector<std::string> lines = lines_of(plan);
  REQUIRE(lines.size() == 6);
  CHECK(lines.back().find("\"seal\":\"") != std::string::npos);
  CHECK(at.apply(signed_plan(lines)).refusal == Refusal::file);
  CHECK(at.refusal().find("seal") != std::string::npos);

  at.how.takes_unsealed = true;
  const auto refuses = [&](std::size_t line, std::string_view from, std::string_view to) {
    std::vector<std::string> other = lines;
    const std::size_t found = other[line].find(from);
    REQUIRE(found != std::string::npos);
    other[line].replace(found, from.size(), to);
    CHECK(at.apply(signed_plan(other)).refusal == Refusal::file);
    return at.refusal();
  };
  // Rows go from the last to the first, all of them, and a group ends with the row that it is
  // called by.
  CHECK(refuses(4, "\"line\":2", "\"line\":9").find("behind the one before") != std::string::npos);
  CHECK(refuses(2, "\"line\":4", "\"line\":6").find("behind the one before") != std::string::npos);
  CHECK(refuses(4, "\"group\":4", "\"group\":3").find("is called by, and has others") !=
        std::string::npos);
  CHECK(refuses(3, "\"group\":4", "\"group\":3").find("is called by, and has others") !=
        std::string::npos);
  CHECK(refuses(0, "\"undoes\":{\"job\":1,", "\"before\":{\"job\":1,").find("only an undo does") !=
        std::string::npos);
  // What no store can count is refused by name.
  const std::string_view most = "9223372036854775808";
  CHECK(refuses(0, "\"undoes\":{\"job\":1,", "\"undoes\":{\"job\":9223372036854775808,")
            .find("is no number of a job") != std::string::npos);
  CHECK(refuses(0, "\"undoes\":{\"job\":1,", "\"undoes\":{\"job\":0,")
            .find("is no number of a job") != std::string::npos);
  CHECK(refuses(4, "\"undoes\":", "\"undoes\":" + std::string{most} + ",\"was\":")
            .find("a number that is too large") != std::string::npos);
  CHECK(refuses(5, "\"bytes\":", "\"bytes\":" + std::string{most} + ",\"was\":")
            .find("more than can be counted") != std::string::npos);
  CHECK(at.apply(signed_plan(lines)).state == JobState::succeeded);
}

TEST_CASE("what an undo has left behind can be fetched, and what it has not is refused by name")
{
  Remembering at = clusterpbx(three_users);
  at.execute(everyday);
  at.execute("ID,First Name,Last Name,Email,Extension\n3,Cem,Ek,cem@x.de,103\n");
  at.undo(1);
  REQUIRE(at.job.stale == 1);
  const std::string report{at.report};
  const auto fetch = [&](Artifact artifact) -> Result<std::string> {
    std::pmr::string text;
    TextSink sink{text};
    ROLLCALL_CHECK(download(at.store, at.store, 3, artifact, *at.directory, sink, at.host.seams()));
    return std::string{text};
  };
  CHECK(must(fetch(Artifact::report)) == report);
  CHECK(must(fetch(Artifact::error_log)).find("was changed since") != std::string::npos);
  CHECK(must(fetch(Artifact::plan)).find("\"undoes\":") != std::string::npos);
  for (const Artifact none : {Artifact::result, Artifact::error_rows})
    CHECK(fault_of(fetch(none)).find("an undo has rows of its own") != std::string::npos);
  CHECK(error_of(fetch(Artifact::source)) == ErrorCode::not_found);

  // What was fetched is gone with its files, and a job without its plan cannot be undone.
  must(at.store.purge(1));
  CHECK(error_of(at.try_to_undo(1)) == ErrorCode::not_found);
  CHECK(error_of(at.try_to_retry(1)) == ErrorCode::not_found);
}

TEST_CASE("what cannot be undone is refused by name")
{
  Remembering at = clusterpbx(three_users);
  CHECK(fault_of(at.try_to_undo(1)) == "there is no job 1");
  at.validate(everyday);
  CHECK(fault_of(at.try_to_undo(1)) == "job 1 has changed nothing: there is nothing to undo");
  at.execute("ID,First Name,Last Name,Email\n9,No,Body,no@x.de\n");
  CHECK(fault_of(at.try_to_undo(2)) == "job 2 has changed nothing: there is nothing to undo");
  JobRecord running = at.record(2);
  running.state = JobState::running;
  must(at.store.add(running));
  CHECK(fault_of(at.try_to_undo(3)) == "job 3 is running");
  at.execute(everyday);
  at.context.role = "nobody";
  CHECK(at.undo(4).refusal == Refusal::actor);
  CHECK(at.refusal().starts_with("actor.not_allowed: "));
  at.context.role = "client";
  must(at.store.remove_artifact(4, "plan"));
  const auto gone = at.try_to_undo(4);
  CHECK(error_of(gone) == ErrorCode::not_found);
  CHECK(fault_of(gone) ==
        "the plan of job 4 was removed: what it has done can no longer be told row by row");
  std::pmr::string text;
  TextSink sink{text};
  const auto rows = rollcall::undo(at.store, 4, at.schema, *at.directory, at.context, {},
                                   {.result = &sink}, at.host.seams());
  CHECK(error_of(rows) == ErrorCode::wrong_use);
}

TEST_CASE("a plan of an undo that is given outputs it cannot have ends its job, and stays free")
{
  Remembering at = clusterpbx(three_users);
  const std::string before = at.objects();
  at.execute(everyday);
  const std::string planned = at.undo_plan(1);
  MemorySource plan{std::string_view{planned}};
  std::pmr::string text;
  TextSink rows{text};
  const auto apply = [&](const Outputs& outputs) {
    must(plan.rewind());
    return apply_plan(at.schema, plan, *at.directory, at.context, {.store = &at.store}, outputs,
                      at.host.seams());
  };
  CHECK(error_of(apply({.result = &rows})) == ErrorCode::wrong_use);
  const JobRecord ended = at.record(2);
  CHECK(ended.state == JobState::failed);
  CHECK(ended.ended_ms != 0);
  CHECK(must(apply({})).updated == 4);
  CHECK(at.objects() == before);
}

TEST_CASE("a job that was cancelled is undone as far as it came")
{
  class Impatient final : public JobWatcher {
   public:
    [[nodiscard]] bool goes_on(const JobProgress& progress) override
    {
      return progress.groups < 256;
    }
  };
  Remembering at = clusterpbx(three_users);
  const std::string before = at.objects();
  std::string file = "ID,First Name,Last Name,Email,Extension";
  for (int i = 1000; i != 1600; ++i)
    file += "\n,Ada,Ek,a" + std::to_string(i) + "@x.de," + std::to_string(i);
  MemorySource source{std::string_view{file}};
  Impatient impatient;
  const JobSummary cut =
      must(execute(at.schema, source, *at.directory, at.context,
                   {.store = &at.store, .watcher = &impatient}, {}, at.host.seams()));
  REQUIRE(cut.state == JobState::cancelled);
  REQUIRE(cut.created == 256);
  CHECK(at.undo(1).updated == 256);
  CHECK(at.objects() == before);
}
