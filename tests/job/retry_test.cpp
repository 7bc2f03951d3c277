// Which rows of a job are tried again, and with which bytes.
#include <doctest/doctest.h>

#include <string>

#include "job/remembering.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/formats.hpp"
#include "support/csv_reading.hpp"

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

} // namespace

TEST_CASE("a retry reads the header and the rows that were not applied, byte for byte")
{
  Remembering at = clusterpbx();
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
  Remembering at = clusterpbx();
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
  Remembering at = clusterpbx();
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

TEST_CASE("what cannot be tried again is refused by name")
{
  Remembering at = clusterpbx();
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
      at.retry(1);
      if (at.job.refusal != Refusal::none) continue; // the file as a whole may be no good now
      CHECK(at.job.rows == left);
      ++retried;
    }
  }
  CHECK(retried > 50);
}
