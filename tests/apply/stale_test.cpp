// What somebody does to the host between plan and apply, and what becomes of the rows that hang on
// it; the others are done.
#include <doctest/doctest.h>

#include "apply/office.hpp"
#include "support/planning.hpp"

using namespace rollcall;
using rollcall::tests::office;
using rollcall::tests::office_people;
using rollcall::tests::Planning;

namespace {

constexpr std::string_view file =
    "ID,Name,Email,Extension,Team\n"
    "1,Ada,ada2@b.de,201,Sales\n" // hangs on its email, on the team, and on what the team says
    "2,Bo,bo@b.de,212,\n"         // hangs on its extension
    "7,Di,di@b.de,207,Sales\n"    // hangs on that nobody is there, and on the team
    "3,Cy,cy@b.de,203,\n";        // does nothing

// What the host has, with something else in place of a piece.
std::string other(std::string_view from, std::string_view to)
{
  std::string json{office_people};
  const std::size_t at = json.find(from);
  REQUIRE(at != std::string::npos);
  return json.replace(at, from.size(), to);
}

struct Meddling {
  std::string now;      // the host, when the plan is carried out
  std::string outcomes; // row by row
};

void check(const Meddling& each)
{
  Planning planning{office(), office_people};
  const std::string plan = planning.plan_of(file);
  REQUIRE(planning.job.refusal == Refusal::none);
  CHECK(planning.outcomes() == "updated, updated, created, unchanged");
  planning.directory.hold(each.now);
  const std::string before = planning.directory.json();

  planning.apply(plan);
  CHECK(planning.job.refusal == Refusal::stale);
  CHECK(planning.refusal().starts_with("plan.stale: "));
  CHECK(planning.directory.json() == before);

  planning.how.stale = Stale::row;
  planning.apply(plan);
  CHECK(planning.job.refusal == Refusal::none);
  CHECK(planning.outcomes() == each.outcomes);
  CHECK(planning.report.find("\"object.stale\"") != std::string::npos);
  CHECK(planning.job.state == JobState::partial);
  CHECK(planning.job.rows == 4);

  // And what was done cannot be done again.
  const std::string after = planning.directory.json();
  planning.apply(plan);
  CHECK(planning.directory.json() == after);
}

} // namespace

TEST_CASE("a field that was changed is named, with what it was and what it is")
{
  check({other("ada@b.de", "ada3@b.de"),
         "stale [email of user 1 was ada@b.de when planned and is ada3@b.de], updated, created, "
         "unchanged"});
  check({other(R"(, "extension": "202")", ""),
         "updated, stale [extension of user 2 was 202 when planned and is nothing], created, "
         "unchanged"});
}

TEST_CASE("an object that is gone, or that has appeared, is named")
{
  check({other(R"({"id": "2", "name": "Bo", "email": "bo@b.de", "extension": "202"},)", ""),
         "updated, stale [user 2 was there when planned and is not there], created, unchanged"});
  check({other(R"("user": [)", R"("user": [{"id": "7", "name": "Xi"},)"),
         "updated, updated, stale [user 7 was not there when planned and is there], unchanged"});
}

TEST_CASE("a reference that is gone, and a field that a rule has read, make their rows stale")
{
  check({other(R"({"name": "Sales", "open": true})", ""),
         "stale [team Sales was there when planned and is not there], updated, "
         "stale [team Sales was there when planned and is not there], unchanged"});
  check({other(R"("open": true)", R"("open": false)"),
         "stale [open of team Sales was true when planned and is false], updated, "
         "stale [open of team Sales was true when planned and is false], unchanged"});
}

TEST_CASE("a value that somebody has taken meanwhile is named with its holder")
{
  check({other(R"("user": [)", R"("user": [{"id": "8", "name": "Xi", "email": "DI@b.de"},)"),
         "updated, updated, stale [di@b.de was free when planned and is held by 8], unchanged"});
  check({other(R"("user": [)", R"("user": [{"id": "8", "name": "Xi", "extension": "212"},)"),
         "updated, stale [212 was free when planned and is held by 8], created, unchanged"});
}

TEST_CASE("what no row hangs on may change")
{
  for (const std::string& now :
       {other(R"("name": "Bo")", R"("name": "Boris")"), other("203", "213"),
        other(R"("team": [)", R"("team": [{"name": "Lab"},)"),
        other(R"("user": [)", R"("user": [{"id": "8", "name": "Xi"},)")}) {
    Planning planning{office(), office_people};
    const std::string plan = planning.plan_of(file);
    planning.directory.hold(now);
    const bool is_read = now.find("Boris") != std::string::npos;
    planning.apply(plan);
    CAPTURE(planning.refusal());
    CHECK((planning.job.refusal == Refusal::none || is_read));
  }
}

TEST_CASE("a setting that was changed makes all of the plan stale, whatever was asked for")
{
  for (const Stale stale : {Stale::refuse, Stale::row}) {
    Planning planning{office(), office_people};
    const std::string plan = planning.plan_of(file);
    planning.directory.hold(other(R"("floor": "1")", R"("floor": "2")"));
    planning.how.stale = stale;
    planning.apply(plan);
    CHECK(planning.job.refusal == Refusal::stale);
    CHECK(planning.refusal() ==
          "plan.stale: the plan no longer fits: tenant.floor was 1 when planned and is 2");
  }
}

TEST_CASE("a plan is carried out by one who is like the one that it was made for")
{
  Planning planning{office(), office_people};
  planning.context.facts["desk"] = {.is = Setting::Is::text, .text = "7"};
  const std::string plan = planning.plan_of(file);
  const Context made_for = planning.context;
  const auto refused_of = [&](const Context& who) {
    planning.context = who;
    planning.apply(plan);
    return planning.job.refusal == Refusal::none ? std::string{} : planning.refusal();
  };
  const std::string before = planning.directory.json();
  Context who = made_for;
  who.options["quick"] = {.is = Setting::Is::boolean, .boolean = true};
  CHECK(refused_of(who).starts_with("plan.invalid: "));
  who = made_for;
  who.role = "reader";
  CHECK(refused_of(who).starts_with("actor.not_allowed: "));
  CHECK(planning.directory.json() == before);
  // What the format does not read of an actor tells nothing of the plan.
  who = {.name = "bo", .role = "chief", .facts = made_for.facts};
  who.facts["desk"].text = "8";
  CHECK(refused_of(who).empty());
}

TEST_CASE("of an atomic plan one stale row refuses all, whatever was asked for")
{
  Planning planning{office(), office_people};
  planning.options.atomic = true;
  const std::string plan = planning.plan_of(file);
  planning.directory.hold(other("ada@b.de", "ada3@b.de"));
  const std::string before = planning.directory.json();
  planning.how.stale = Stale::row;
  planning.apply(plan);
  CHECK(planning.job.refusal == Refusal::stale);
  CHECK(planning.directory.json() == before);
}
