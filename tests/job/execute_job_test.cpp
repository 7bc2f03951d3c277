// What a validation has judged is carried out: that, once, or nothing.
#include <doctest/doctest.h>

#include <string>

#include "formats/catalogue.hpp"
#include "job/remembering.hpp"
#include "job/vendor_files.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view two = R"({"user": [
  {"id": "1", "first_name": "Ada", "last_name": "Ek", "email": "ada@x.de", "extension": "101"},
  {"id": "2", "first_name": "Ben", "last_name": "Ek", "email": "ben@x.de", "extension": "102"}],
  "phone_model": [], "provisioning_template": [], "user_profile": []})";

Remembering clusterpbx()
{
  return {formats::clusterpbx(), two, {.name = "ada", .role = "client"}};
}

constexpr std::string_view file =
    "ID,First Name,Last Name,Email,Extension\n"
    "1,Ada,Lee,ada@x.de,101\n"
    "2,Ben,Lee,ben@x.de,102\n"
    ",Cem,Lee,cem@x,104\n";

} // namespace

TEST_CASE("the plan of a validation is carried out once, as a job that says where it came from")
{
  Remembering at = clusterpbx();
  at.validate(file);
  const std::string judged{at.report.substr(0, at.report.rfind("{\"job\":"))};
  CHECK(at.execute_job(1).state == JobState::partial);
  CHECK(at.job.action == "execute");
  CHECK(at.job.updated == 2);
  CHECK(at.job.rejected == 1);
  CHECK(at.job.file == "users.csv");
  const std::string told{at.report.substr(0, at.report.rfind("{\"job\":"))};
  CHECK(told == judged);
  CHECK(at.record(2).from == 1);
  CHECK(at.execute_job(1).refusal == Refusal::stale);
  CHECK(at.refusal() == "plan.used: the plan was already carried out by job 2");

  // It is a job like any other.
  at.retry(2);
  CHECK(at.job.rows == 1);
  CHECK(at.undo(2).updated == 2);
  CHECK(at.objects().find("Lee") == std::string::npos);
}

TEST_CASE("what no longer fits refuses the plan of a validation, or its row")
{
  Remembering at = clusterpbx();
  at.validate(file);
  at.execute("ID,First Name,Last Name,Email,Extension\n2,Ben,Ott,ben@x.de,102\n");
  CHECK(at.execute_job(1).refusal == Refusal::stale);
  CHECK(at.refusal().starts_with("plan.stale: "));
  at.how.stale = Stale::row;
  CHECK(at.execute_job(1).refusal == Refusal::none);
  CHECK(at.job.updated == 1);
  CHECK(at.job.stale == 1);
}

TEST_CASE("another actor carries it out where the format asks nothing of him")
{
  Remembering at = clusterpbx();
  at.schema.roles.push_back({.name = "owner", .may = {schema::Action::execute}});
  at.directory = must(at.store.directory(at.schema));
  at.context.facts["team"] = {.is = Setting::Is::text, .text = "north"};
  at.validate(file);
  at.context = {.name = "ben", .role = "owner"};
  CHECK(at.execute_job(1).updated == 2);
  CHECK(at.record(2).actor == "ben");
}

TEST_CASE("what a rule has asked of the actor must be as it was")
{
  const Vendor vendor = ctu_vendor();
  Remembering at{vendor.schema, vendor.directory, vendor.context};
  at.validate(
      "First Name,Last Name,Login,Password,Role,Primary Team,Extension,Active\n"
      "Ada,Ek,neu,zqOne,Agent,Sales,,\n");
  REQUIRE(at.job.created == 1);
  at.context.name = "somebody else";
  at.context.facts["shoe_size"] = {.is = Setting::Is::integer, .integer = 42};
  const Context who = at.context;
  at.context.facts["teams"] = {.is = Setting::Is::list,
                               .items = {{.is = Setting::Is::text, .text = "Sales"}}};
  CHECK(at.execute_job(1).refusal == Refusal::file);
  CHECK(at.refusal() ==
        "plan.invalid: the plan cannot be used: it was made for another actor, or with other "
        "options: actor.teams is not what it was");
  at.context = who;
  CHECK(at.execute_job(1).created == 1);
}

TEST_CASE("what cannot be carried out is refused by name")
{
  Remembering at = clusterpbx();
  at.execute(file);
  CHECK(fault_of(at.try_to_execute_job(1)) ==
        "job 1 is no validation: there is nothing to carry out");
  at.validate("ID,First Name,First Name\n");
  CHECK(fault_of(at.try_to_execute_job(2)) == "job 2 was refused: there is nothing to carry out");
  at.validate(file);
  must(at.store.remove_artifact(3, "plan"));
  CHECK(fault_of(at.try_to_execute_job(3)) == "the plan of job 3 was removed");
  at.validate(file);
  at.context.role = "nobody";
  CHECK(at.execute_job(4).refusal == Refusal::actor);
}
