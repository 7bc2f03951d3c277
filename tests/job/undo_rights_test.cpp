// Where a format says who may do what to which objects, an undo is held to it as an import is.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "formats/catalogue.hpp"
#include "job/remembering.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/download.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

Setting text(std::string value)
{
  return {.is = Setting::Is::text, .text = std::move(value)};
}

Setting texts(std::vector<std::string> values)
{
  Setting made{.is = Setting::Is::list};
  for (std::string& each : values) made.items.push_back(text(std::move(each)));
  return made;
}

// Mona is a manager, in Sales and Support; Ari an agent, in Sales.
Remembering agents()
{
  const Vendor vendor = ctu_vendor();
  return {vendor.schema, vendor.directory, vendor.context};
}

Context ari()
{
  Context who{.name = "ari"};
  who.facts = {{"permission_group", text("Agent")}, {"teams", texts({"Sales"})}};
  return who;
}

constexpr std::string_view three =
    "First Name,Last Name,Login,Password,Role,Primary Team,Active\n"
    "Ada,Ek,ada,zqOne,Agent,Sales,\n"
    "Bea,Ek,bea,zqTwo,Manager,Sales,\n"
    "Cid,Ek,cid,zqThree,Agent,Support,\n";

// clusterpbx of a house in which everybody looks after his own departments.
Remembering departments()
{
  schema::Schema schema = formats::clusterpbx();
  schema.actor.push_back({.name = "departments", .is = schema::Is::texts});
  schema.rules.push_back({.code = "authority.team",
                          .stage = schema::Stage::authority,
                          .blame = "department",
                          .when = "present(department)",
                          .require = "department in actor.departments",
                          .says = "{department} is not yours"});
  Context who{.name = "ada", .role = "client"};
  who.facts = {{"departments", texts({"Sales", "Service"})}};
  return {std::move(schema), R"({"user": [
    {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "ada@x.de", "extension": "101",
     "department": "Sales"},
    {"id": "2", "first_name": "Ben", "last_name": "Ek", "email": "ben@x.de", "extension": "102",
     "department": "Service"},
    {"id": "3", "first_name": "Cem", "last_name": "Ek", "email": "cem@x.de", "extension": "103"}],
    "phone_model": [], "provisioning_template": [], "user_profile": []})",
          who};
}

constexpr std::string_view header = "ID,First Name,Last Name,Email,Extension,Department\n";

} // namespace

TEST_CASE("who could not have imported a row does not undo it, and is told why")
{
  Remembering at = agents();
  at.execute(three);
  REQUIRE(at.job.created == 3);
  const Context mona = at.context;
  at.context = ari();
  CHECK(at.undo(1).state == JobState::partial);
  CHECK(at.job.updated == 1);
  CHECK(at.job.rejected == 2);
  CHECK(at.outcomes() ==
        "line 4 rejected [you are not in the team Support], line 3 rejected [Manager ranks above "
        "your own group], line 2 updated [this cannot be undone: user ada stays, and its login "
        "stays taken]");
  CHECK(at.record(2).summary.counts.by_slug().at("authority.rank") == 1);
  CHECK(at.record(2).summary.counts.by_slug().at("authority.team") == 1);
  CHECK(at.host.sql("SELECT fields ->> 'login' FROM object WHERE fields ->> 'active' = 0 "
                    "ORDER BY 1") == "Gone\nada\n");
  std::pmr::string told;
  TextSink sink{told};
  must(download(at.store, at.store, 2, Artifact::report, *at.directory, sink, at.host.seams()));
  CHECK(told == at.report);

  SUBCASE("and the rest is there for who may")
  {
    at.context = mona;
    CHECK(at.undo(1).state == JobState::succeeded);
    CHECK(at.job.updated == 2);
    CHECK(at.undo(1).refusal == Refusal::stale); // nothing of it is left
  }
  SUBCASE("nor does he undo the undo of another")
  {
    at.context = mona;
    at.undo(1);
    at.context = ari();
    CHECK(at.undo(3).state == JobState::failed);
    CHECK(at.job.rejected == 2);
    CHECK(at.undo(2).updated == 1); // his own
  }
}

TEST_CASE("the plan of an undo shows what is not for who asked, and stays so")
{
  Remembering at = agents();
  at.execute(three);
  at.context = ari();
  const std::string plan = at.undo_plan(1);
  CHECK(at.job.updated == 1);
  CHECK(at.job.rejected == 2);
  CHECK(at.job.counts.by_slug().at("authority.rank") == 1);
  MemorySource source{std::string_view{plan}};
  std::pmr::string page;
  TextSink sink{page};
  CHECK(must(show_plan(source, {}, sink, at.host.seams())));
  CHECK(page.find("authority.rank  line 3") != std::string::npos);
  CHECK(at.apply(plan).state == JobState::partial);
  CHECK(at.job.updated == 1);
  CHECK(at.job.rejected == 2);
}

TEST_CASE("all of an undo may be somebody else's, and a group that nobody lists ranks nowhere")
{
  Remembering at = agents();
  at.execute(
      "First Name,Last Name,Login,Password,Role,Primary Team\nBea,Ek,bea,zqTwo,Manager,Sales\n");
  const std::string after = at.objects();
  at.context = ari();
  CHECK(at.undo(1).state == JobState::failed);
  CHECK(at.objects() == after);
  at.host.sql(
      "DELETE FROM value WHERE object IN (SELECT id FROM object WHERE fields ->> 'name' = "
      "'Manager'); DELETE FROM object WHERE fields ->> 'name' = 'Manager'");
  at.directory = must(at.store.directory(at.schema));
  CHECK(at.undo(1).updated == 1);
}

TEST_CASE("of what was changed, both what the row did and what there was are asked about")
{
  Remembering at = departments();
  at.execute(std::string{header} +
             "1,Ada,Ek,ada@x.de,101,Service\n"
             "2,Ben,Lee,ben@x.de,102,Service\n"
             "3,Cemal,Ek,cem@x.de,103,\n"
             ",Dora,Ek,dora@x.de,104,Sales\n");
  REQUIRE(at.job.updated == 3);
  REQUIRE(at.job.created == 1);

  SUBCASE("of who may give, and not take back")
  {
    at.context.facts["departments"] = texts({"Service"});
    at.undo(1);
    CHECK(at.outcomes() ==
          "line 5 rejected [Sales is not yours], line 4 updated, line 3 updated, "
          "line 2 rejected [Sales is not yours]");
  }
  SUBCASE("of who may take back, and would not have been allowed to give")
  {
    at.context.facts["departments"] = texts({"Sales"});
    at.undo(1);
    CHECK(at.outcomes() ==
          "line 5 updated, line 4 updated, line 3 rejected [Service is not yours], "
          "line 2 rejected [Service is not yours]");
  }
  SUBCASE("of who is gone there is nothing to ask")
  {
    at.host.sql(
        "DELETE FROM value WHERE object IN (SELECT id FROM object WHERE fields ->> 'id' = "
        "'2'); DELETE FROM object WHERE fields ->> 'id' = '2'");
    at.context.facts["departments"] = texts({});
    at.undo(1);
    CHECK(at.outcomes() ==
          "line 5 rejected [Sales is not yours], line 4 updated, line 3 stale [user 2 was changed "
          "since: the job left it there, and it is not there], line 2 rejected [Service is not "
          "yours]");
  }
}

TEST_CASE("rows that exchange values stay together, and the one says the other's line")
{
  Remembering at = departments();
  at.execute(std::string{header} +
             "1,Ada,Ek,ada@x.de,102,Sales\n"
             "2,Ben,Ek,ben@x.de,101,Service\n"
             "3,Cemal,Ek,cem@x.de,103,\n");
  REQUIRE(at.job.updated == 3);
  const std::string after = at.objects();
  at.context.facts["departments"] = texts({"Service"});
  at.undo(1);
  CHECK(at.outcomes() ==
        "line 4 updated, line 3 rejected [it goes together with line 2: Sales is not yours], "
        "line 2 rejected [Sales is not yours]");
  CHECK(at.objects() != after);
  must(at.store.check());
}
