// Which rows of a job are tried again, and with which bytes.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "job/few_users.hpp"
#include "job/vendor_files.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// A row of a report.
struct Told {
  std::uint64_t number = 0, line = 0;
  bool is_done = false; // there is nothing left to do
};

std::vector<Told> told_in(std::string_view report)
{
  std::vector<Told> rows;
  for (const std::string& text : lines_of(report)) {
    json::Document document{{}};
    must(document.read(text));
    const auto outcome = document.root().find("outcome").text();
    if (!outcome) continue;
    rows.push_back(
        {.number = document.root().find("row").natural().value_or(0),
         .line = document.root().find("line").natural().value_or(0),
         .is_done = outcome == "created" || outcome == "updated" || outcome == "unchanged"});
  }
  return rows;
}

} // namespace

TEST_CASE("a retry reads the header and the rows that were not applied, byte for byte")
{
  Remembering at = clusterpbx(two_users);
  at.execute(
      "\xEF\xBB\xBFID,First Name,Last Name,Email,Extension\r\n"
      "1,Ada,Lee,ada@x.de,101\n"
      "\n"
      "2,\"Ben\",Lee,ben@x.de,101\r\n"
      ",Cem,Lee,cem@x,104\n"
      "\r\n"
      ",Dora,Lee,dora@x.de,105\n"
      ",Emil,\"L\"ee,emil@x.de,106");
  REQUIRE(at.job.updated == 1);
  REQUIRE(at.job.created == 1);
  REQUIRE(at.job.rejected == 3);
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,109\n");

  CHECK(at.retry(1).state == JobState::partial);
  CHECK(at.job.action == "execute");
  CHECK(at.record(3).from == 1);
  CHECK(at.artifact(3, "source") ==
        "\xEF\xBB\xBFID,First Name,Last Name,Email,Extension\r\n"
        "2,\"Ben\",Lee,ben@x.de,101\r\n"
        ",Cem,Lee,cem@x,104\n"
        "\r\n"
        ",Emil,\"L\"ee,emil@x.de,106");
  CHECK(at.job.updated == 1); // 101 is free by now
  CHECK(at.job.rejected == 2);
  CHECK(at.job.file == "users.csv");

  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Ek,ada@x.de,109\n");
  CHECK(fault_of(at.try_to_retry(4)) == "job 4 has no rows left that were not applied");
}

TEST_CASE("rows that were withheld are tried again, all or nothing as before")
{
  Remembering at = clusterpbx(two_users);
  at.execute(
      "ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n9,No,Body,no@x.de,109\n",
      true);
  REQUIRE(at.job.withheld == 1);
  at.retry(1);
  CHECK(at.job.withheld == 1);
  CHECK(at.job.rejected == 1);
}

TEST_CASE("a file that was refused is tried again as a whole, and a validation runs again")
{
  Remembering at = clusterpbx(two_users);
  at.execute("ID,First Name,First Name\n1,Ada,Ada\n");
  REQUIRE(at.job.refusal == Refusal::file);
  at.retry(1);
  CHECK(at.job.refusal == Refusal::file);
  CHECK(at.artifact(2, "source") == at.artifact(1, "source"));
  at.validate("ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n");
  at.retry(3);
  CHECK(at.job.action == "validate");
  CHECK(at.job.updated == 1);
  CHECK(at.record(4).from == 3);
  CHECK(at.objects().find("Lee") == std::string::npos);
}

TEST_CASE("a row that one retry has done is done for all of them")
{
  Remembering at = clusterpbx(two_users);
  at.execute(
      "ID,First Name,Last Name,Email,Extension\n"
      "1,Ada,Lee,ada@x.de,101\n"
      "2,Ben,Lee,ben@x.de,101\n"
      "\n"
      "7,No,Body,no@x.de,107\n"
      "2,Ben,Two,ben@x.de,102\n"
      ",Cem,Lee,cem@x,104\n");
  REQUIRE(at.outcomes().find("line 3 rejected") != std::string::npos);
  REQUIRE(at.job.updated == 1);
  REQUIRE(at.job.rejected == 4);
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,109\n");

  // Ben gets 101 now; the row that names him again is of one file with it.
  at.retry(1);
  REQUIRE(at.job.rows == 4);
  REQUIRE(at.job.updated == 1);
  at.execute("ID,First Name,Last Name,Email,Extension\n2,Ben,Ott,ben@x.de,101\n");
  const std::string edited = at.objects();

  SUBCASE("for the job again")
  {
    at.retry(1);
    CHECK(at.job.rows == 3);
    CHECK(at.artifact(5, "source") ==
          "ID,First Name,Last Name,Email,Extension\n"
          "7,No,Body,no@x.de,107\n"
          "2,Ben,Two,ben@x.de,102\n"
          ",Cem,Lee,cem@x,104\n");
    CHECK(at.job.updated == 1); // the other row of Ben's, which could not be done before
    at.retry(1);
    CHECK(at.job.rows == 2);
    CHECK(at.retry(3).rows == 2);
    CHECK(at.retry(6).rows == 2);
  }
  SUBCASE("for the retry itself, which another one may have finished")
  {
    at.retry(1);
    REQUIRE(at.job.updated == 1);
    at.retry(3);
    CHECK(at.job.rows == 2);
    CHECK(at.record(6).from == 3);
  }
  SUBCASE("and where people look for it is where it stood in the first file")
  {
    at.retry(1);
    at.retry(5);
    CHECK(at.job.rows == 2);
    CHECK(at.report.find(R"({"row": 3, "line": 5, )") != std::string::npos);
    CHECK(at.report.find(R"({"row": 5, "line": 7, )") != std::string::npos);
    CHECK(at.artifact(6, "plan").find(R"({"row":2,"line":7,"outcome":"rejected","retries":5,)") !=
          std::string::npos);
    CHECK(at.undo(3).updated == 0); // Ben was edited since
    CHECK(at.outcomes().starts_with("line 3 stale"));
  }
  SUBCASE("also when the first file is gone")
  {
    must(at.store.purge(1));
    at.retry(3);
    CHECK(at.job.rows == 3);
    CHECK(at.report.find(R"({"row": 3, "line": 5, )") != std::string::npos);
    at.retry(5);
    CHECK(at.job.rows == 2);
    CHECK(at.report.find(R"({"row": 5, "line": 7, )") != std::string::npos);
  }
  CHECK(at.objects().find("Lee") != std::string::npos);
}

TEST_CASE("broken quotes of a retry are named by the line of the first file")
{
  Remembering at = clusterpbx(two_users);
  at.execute(
      "ID,First Name,Last Name,Email,Extension\n"
      "1,Ada,Lee,ada@x.de,101\n"
      "2,\"Ben\" X,Lee,ben@x.de,102\n");
  REQUIRE(at.job.updated == 1);
  const auto places_told = [&] {
    return at.report.find(R"({"row": 2, "line": 3, )") != std::string::npos &&
           at.report.find(R"("line": 3, "byte": )") != std::string::npos;
  };
  CHECK(places_told());
  at.retry(1);
  CHECK(at.job.rejected == 1);
  CHECK(places_told());
}

TEST_CASE("a job that was refused as a whole, and tried again with success, is not done twice")
{
  Remembering at = clusterpbx(two_users);
  at.validate("ID,First Name,Last Name,Email,Extension\n,Cem,Lee,cem@x.de,104\n");
  at.execute("ID,First Name,Last Name,Email,Extension\n,Dora,Lee,dora@x.de,104\n");
  CHECK(at.execute_job(1).refusal == Refusal::stale);
  at.execute("ID,First Name,Last Name,Email,Extension\n3,Dora,Lee,dora@x.de,105\n");
  // What was refused kept no file: it is that of the validation.
  CHECK(at.retry(3).created == 1);
  CHECK(fault_of(at.try_to_retry(3)) == "job 3 has no rows left that were not applied");
  CHECK(fault_of(at.try_to_retry(5)) == "job 5 has no rows left that were not applied");
}

TEST_CASE("a job of a format that is another by now is refused by name")
{
  Remembering at = clusterpbx(two_users);
  at.execute(
      "ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n9,No,Body,no@x.de,109\n");
  at.validate("ID,First Name,Last Name,Email,Extension\n1,Ada,Lie,ada@x.de,101\n");
  for (const JobId id : {1U, 2U}) {
    std::vector<std::string> lines = lines_of(at.artifact(id, "plan"));
    const std::size_t digest = lines.front().find("\"schema\":\"") + 10;
    lines.front().replace(digest, 4, "0000");
    const auto sink = must(at.store.write_artifact(id, "plan"));
    must(sink->write(signed_plan(lines)));
    must(sink->finish());
  }
  const std::string_view why =
      "job 1 was planned when the format clusterpbx was another: what its rows did can no longer "
      "be told";
  CHECK(fault_of(at.try_to_undo(1)) == why);
  CHECK(fault_of(at.try_to_retry(1)) == why);
  CHECK(at.execute_job(2).refusal == Refusal::file);
  CHECK(at.refusal() ==
        "plan.invalid: the plan cannot be used: the format clusterpbx was changed since");
  CHECK(fault_of(at.try_to_undo(1)) == why); // nobody is at it
  CHECK(at.retry(2).refusal == Refusal::none);
}

TEST_CASE("what cannot be tried again is refused by name")
{
  Remembering at = clusterpbx(two_users);
  at.execute("ID,First Name,Last Name,Email,Extension\n1,Ada,Lee,ada@x.de,101\n");
  at.undo(1);
  CHECK(fault_of(at.try_to_retry(2)) == "job 2 was an undo: undo job 1 again");
  must(at.store.remove_artifact(1, "source"));
  const auto gone = at.try_to_retry(1);
  CHECK(error_of(gone) == ErrorCode::not_found);
  CHECK(fault_of(gone) == "the file of job 1 is not in the store: it was removed, or never kept");
  CHECK(fault_of(at.try_to_retry(7)) == "there is no job 7");
  JobRecord broken = at.record(1);
  broken.state = JobState::interrupted;
  broken.id = must(at.store.add(broken));
  CHECK(fault_of(at.try_to_retry(broken.id)) == "job 3 has not ended: resume it first");
  at.context.role = "nobody";
  CHECK(at.retry(2).refusal == Refusal::actor);
}

TEST_CASE("retrying made-up files applies no row twice")
{
  std::size_t retried = 0;
  for (const Vendor& vendor : all_vendors()) {
    Chance chance{61};
    for (int i = 0; i != 40; ++i) {
      const std::string file = made_file(vendor, chance);
      CAPTURE(vendor.schema.id);
      CAPTURE(shown(file));
      Remembering at{vendor.schema, vendor.directory, vendor.context};
      at.execute(file);
      const JobSummary first = at.job;
      const std::uint64_t left = first.rows - first.created - first.updated - first.unchanged;
      if (first.refusal != Refusal::none || left == 0) continue;
      // What each row came to, and in which line it stood; those that are done are done for good.
      std::map<std::uint64_t, std::uint64_t> lines;
      std::set<std::uint64_t> done;
      const auto take = [&](bool is_first) {
        for (const Told& row : told_in(at.report)) {
          CHECK(lines.try_emplace(row.number, row.line).second == is_first);
          CHECK(lines.at(row.number) == row.line);
          CHECK(done.count(row.number) == 0);
          if (row.is_done) done.insert(row.number);
        }
      };
      std::uint64_t open = left;
      for (JobId again = 1; again != 4 && open != 0; ++again) {
        if (again == 1) take(true);
        at.retry(again); // of the job, of its retry, of the retry of that: it is the same
        if (at.job.refusal != Refusal::none) break; // the file as a whole may be no good now
        CHECK(at.job.rows == open);
        take(false);
        open -= at.job.created + at.job.updated + at.job.unchanged;
        ++retried;
      }
      CHECK(done.size() == lines.size() - open);
    }
  }
  CHECK(retried > 50);
}
