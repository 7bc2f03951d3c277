// What a validation has judged is carried out: that, once, or nothing.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "formats/catalogue.hpp"
#include "job/few_users.hpp"
#include "job/vendor_files.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view file =
    "ID,First Name,Last Name,Email,Extension\n"
    "1,Ada,Lee,ada@x.de,101\n"
    "2,Ben,Lee,ben@x.de,102\n"
    ",Cem,Lee,cem@x,104\n";

} // namespace

TEST_CASE("the plan of a validation is carried out once, as a job that says where it came from")
{
  Remembering at = clusterpbx(two_users);
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
  Remembering at = clusterpbx(two_users);
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
  Remembering at = clusterpbx(two_users);
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
  Remembering at = clusterpbx(two_users);
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

namespace {

// Keys from the host, and nothing that only one may have: nobody sees that a row was done before.
Remembering without_claims()
{
  schema::Schema schema = formats::clusterpbx();
  schema.claims.clear();
  return {std::move(schema), two_users, {.name = "ada", .role = "client"}};
}

std::size_t how_many(const std::string& text, std::string_view piece)
{
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + 1)) ++count;
  return count;
}

constexpr std::string_view ada_and_a_new_one =
    "ID,First Name,Last Name,Email,Extension\n"
    "1,Ada,Lee,ada@x.de,101\n"
    ",Cem,Lee,cem@x.de,104\n";

} // namespace

TEST_CASE("what a validation has read is imported once, whoever carries it out or tries it again")
{
  Remembering at = without_claims();
  at.validate(ada_and_a_new_one);
  REQUIRE(at.job.created == 1);
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Ott,ada@x.de,101\n");
  REQUIRE(at.execute_job(1).refusal == Refusal::stale);
  at.how.stale = Stale::row;
  const auto used_by = [](JobId job) {
    return "plan.used: the plan was already carried out by job " + std::to_string(job) +
           ": it has imported the same file, and what it has left is for a retry of it";
  };

  SUBCASE("a retry of what was refused has done it")
  {
    CHECK(at.retry(3).created == 1);
    CHECK(at.execute_job(1).refusal == Refusal::stale);
    CHECK(at.refusal() == used_by(4));
    CHECK(error_of(at.store.read_artifact(5, "plan")) == ErrorCode::not_found);
    CHECK(at.apply(at.artifact(1, "plan")).refusal == Refusal::stale);
    CHECK(at.refusal() == used_by(4));
  }
  SUBCASE("the plan was carried out after all, and a retry has the row that was left")
  {
    CHECK(at.execute_job(1).created == 1);
    CHECK(at.job.stale == 1);
    CHECK(at.retry(3).rows == 1);
    CHECK(at.job.updated == 1);
    CHECK(fault_of(at.try_to_retry(4)) == "job 4 has no rows left that were not applied");
  }
  SUBCASE("it was validated once more, and that was carried out")
  {
    CHECK(at.retry(1).action == "validate");
    CHECK(at.execute_job(4).created == 1);
    CHECK(at.execute_job(1).refusal == Refusal::stale);
    CHECK(at.refusal() == used_by(5));
    CHECK(fault_of(at.try_to_retry(3)) == "job 3 has no rows left that were not applied");
  }
  SUBCASE("also when the validation is gone")
  {
    CHECK(at.execute_job(1).created == 1);
    must(at.store.purge(1));
    CHECK(at.retry(4).rows == 1);
    CHECK(fault_of(at.try_to_retry(3)) ==
          "the file of job 3 is not in the store: it was removed, or never kept");
  }
  CHECK(how_many(at.objects(), "Cem") == 1);
}

TEST_CASE("who has done nothing is not in the way of a validation, and who is at it is")
{
  Remembering at = without_claims();
  at.validate(ada_and_a_new_one);
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Ott,ada@x.de,101\n");
  REQUIRE(at.execute_job(1).refusal == Refusal::stale);
  at.how.stale = Stale::row;
  JobRecord other = at.record(3);
  other.from = 3;
  other.state = JobState::running;
  other.ended_ms = 0;
  other.plan.clear();
  other.id = must(at.store.add(other)); // a retry, elsewhere
  CHECK(at.execute_job(1).refusal == Refusal::stale);
  CHECK(at.refusal() == "plan.stale: the plan no longer fits: job 1 is being imported by job 4");
  other.state = JobState::failed;
  must(at.store.update(other));
  CHECK(at.execute_job(1).created == 1);
}

TEST_CASE("who has done nothing is not in the way when his files are gone, either")
{
  Remembering at = without_claims();
  at.validate("ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n");
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Ott,ada@x.de,101\n");
  at.how.stale = Stale::row;
  REQUIRE(at.execute_job(1).stale == 1);
  must(at.store.purge(3));
  CHECK(at.execute_job(1).stale == 1); // tried, and not refused for what job 3 may have done
  must(at.store.purge(4));
  CHECK(at.retry(1).refusal == Refusal::none);
}
