// What a job has left behind that nobody can see in the directory: secrets that somebody has set
// since, and effects that nobody has done yet.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "job/few_users.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/download.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string pins(std::string_view rows)
{
  return std::string{"ID,First Name,Last Name,Email,Extension,Voicemail Pin\n"}.append(rows);
}

struct Waiting final : public EffectSink {
  std::vector<std::uint64_t> ids = {};
  void effect(const WaitingEffect& effect) override { ids.push_back(effect.id); }
};

std::vector<std::uint64_t> waiting_in(SqliteStore& store)
{
  Waiting waiting;
  must(store.effects(waiting));
  return waiting.ids;
}

constexpr std::string_view two_mails =
    "Type,LastName,Email,Extension,SysPIN\n"
    "User,Ek,a1@x.de,201,y\n"
    "User,Orr,a2@x.de,202,y\n";

Remembering subscribers()
{
  const Vendor vendor = subscriber_import_vendor();
  return {vendor.schema, vendor.directory, vendor.context};
}

} // namespace

TEST_CASE("a secret that another job has set since is kept, though nobody sees what it is")
{
  Remembering at = clusterpbx(three_users);
  at.execute(pins("1,Ada,Ek,ada@x.de,101,471147\n2,Ben,Ek,ben@x.de,102,471147\n"));
  REQUIRE(at.job.updated == 2);
  at.execute(pins("1,Ada,Ek,ada@x.de,101,471148\n3,Cem,Ek,cem@x.de,103,471148\n"));
  REQUIRE(at.job.updated == 2);
  const std::string_view why =
      "line 2 stale [voicemail_pin of user 1 was changed since: the job left it set, and it is set "
      "by job 2]";

  SUBCASE("and the others are taken away")
  {
    CHECK(at.undo(1).state == JobState::partial);
    CHECK(at.outcomes() == "line 3 updated, " + std::string{why});
    CHECK(at.record(3).summary.counts.by_slug().at("undo.conflict") == 1);
  }
  SUBCASE("also when the other job was undone, which cannot bring it back")
  {
    CHECK(at.undo(2).updated == 1);
    CHECK(at.undo(1).updated == 1);
    CHECK(at.outcomes() == "line 3 updated, " + std::string{why});
    CHECK(at.undo(1).updated == 0);
    CHECK(at.outcomes() == why);
  }
  SUBCASE("also when it is set after the undo was planned")
  {
    const std::string plan = at.undo_plan(2);
    REQUIRE(at.job.updated == 1);
    at.execute(pins("3,Cem,Ek,cem@x.de,103,471149\n"));
    CHECK(at.apply(plan).refusal == Refusal::stale);
    CHECK(at.refusal() ==
          "plan.stale: the plan no longer fits (stale groups: 1); in line 3 voicemail_pin of "
          "user 3 was changed since: the job left it set, and it is set by job 3");
    at.how.stale = Stale::row;
    CHECK(at.apply(plan).stale == 1);
  }
}

TEST_CASE("who was created and got another secret since is not deleted")
{
  Remembering at = clusterpbx(three_users);
  at.execute(pins(",Dora,Ek,dora@x.de,104,471147\n,Emil,Ek,emil@x.de,105,471147\n"));
  REQUIRE(at.job.created == 2);
  at.execute(pins("5,Emil,Ek,emil@x.de,105,471148\n"));
  CHECK(at.undo(1).state == JobState::partial);
  CHECK(at.outcomes() ==
        "line 3 stale [voicemail_pin of user 5 was changed since: the job left it set, and it is "
        "set by job 2], line 2 updated");
  CHECK(at.objects().find("emil@x.de") != std::string::npos);
  CHECK(at.objects().find("dora@x.de") == std::string::npos);
}

TEST_CASE("a job whose objects another one changed, which was undone, can be undone as before")
{
  Remembering at = clusterpbx(three_users);
  const std::string before = at.objects();
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,111\n");
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Ott,ada@x.de,121\n");
  CHECK(at.undo(1).stale == 1);
  at.undo(2);
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.objects() == before);
}

TEST_CASE("what waits to be done is withdrawn with its row, and said")
{
  Remembering at = subscribers();
  at.execute(two_mails);
  REQUIRE(at.job.created == 2);
  const std::vector<std::uint64_t> mails = waiting_in(at.store);
  REQUIRE(mails.size() == 2);

  SUBCASE("all of it")
  {
    CHECK(at.undo(1).state == JobState::succeeded);
    CHECK(at.outcomes() == "line 3 updated, line 2 updated");
    CHECK(at.report.find(R"("withdrawn": ["email.pin"])") != std::string::npos);
    CHECK(waiting_in(at.store).empty());
    CHECK(at.host.sql("SELECT row, name, state FROM outbox") ==
          "1|email.pin|withdrawn\n2|email.pin|withdrawn\n");
    CHECK(at.host.sql("SELECT count(*) FROM secret") == "0\n");

    // Whoever undoes that makes the users again, and nothing else.
    CHECK(at.undo(2).created == 2);
    CHECK(at.outcomes().find("email.pin was withdrawn") != std::string::npos);
    CHECK(waiting_in(at.store).empty());
  }
  SUBCASE("but what was done cannot be undone")
  {
    must(at.store.effect_done(mails.front()));
    CHECK(at.undo(1).updated == 2);
    CHECK(at.outcomes() ==
          "line 3 updated, line 2 updated [this cannot be undone: email.pin was done]");
    CHECK(at.host.sql("SELECT state FROM outbox") == "done\nwithdrawn\n");
  }
  SUBCASE("nor what was done after the undo was planned")
  {
    const std::string plan = at.undo_plan(1);
    CHECK(plan.find(R"("withdraws":["email.pin"])") != std::string::npos);
    must(at.store.effect_done(mails.back()));
    CHECK(at.apply(plan).state == JobState::succeeded);
    CHECK(at.outcomes() ==
          "line 3 updated [this cannot be undone: email.pin was done], line 2 updated");
    const std::string told{at.report};
    CHECK(told.find("withdrawn") == told.rfind("withdrawn"));
    CHECK(at.record(2).summary.counts.by_slug().at("undo.not_reversible") == 1);
    std::pmr::string text;
    TextSink sink{text};
    must(download(at.store, at.store, 2, Artifact::report, *at.directory, sink, at.host.seams()));
    CHECK(text == at.report);
  }
  SUBCASE("and what is left alone keeps its mail")
  {
    at.host.sql(
        "UPDATE object SET fields = json_set(fields, '$.last_name', 'Lee') "
        "WHERE fields LIKE '%a1@x.de%'");
    CHECK(at.undo(1).state == JobState::partial);
    CHECK(waiting_in(at.store) == std::vector{mails.front()});
  }
}

TEST_CASE("the plan of an undo shows beforehand what is withdrawn and what stays done")
{
  Remembering at = subscribers();
  at.execute(two_mails);
  must(at.store.effect_done(waiting_in(at.store).front()));
  const std::string plan = at.undo_plan(1);
  MemorySource source{std::string_view{plan}};
  std::pmr::string page;
  TextSink sink{page};
  CHECK(must(show_plan(source, {}, sink, at.host.seams())));
  CAPTURE(std::string{page});
  CHECK(page.find("email.pin was done") != std::string::npos);
  CHECK(page.find("is withdrawn") != std::string::npos);
}
