// Files whose first row holds data, secrets and all: what was taken for names of columns is told
// nowhere, and kept nowhere but in the file itself.
#include <doctest/doctest.h>

#include <memory_resource>
#include <string>
#include <string_view>

#include "job/remembering.hpp"
#include "job/vendor_files.hpp"
#include "rollcall/download.hpp"
#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view header =
    "Extension,First Name,Last Name,Email,DID,Caller ID,MAC,Phone Model,Password,Voicemail PIN";
constexpr std::string_view first = "300,Ada,Ek,a1@x.de,,,,,zq-canary,471199";

Remembering generator()
{
  const Vendor vendor = extension_generator_vendor();
  return {vendor.schema, vendor.directory, vendor.context};
}

bool tells(std::string_view text)
{
  for (const std::string_view secret : {"zq-canary", "471199"})
    if (text.find(secret) != text.npos) return true;
  return false;
}

std::pmr::string told(Remembering& at, JobId id, Artifact artifact)
{
  std::pmr::string text;
  TextSink sink{text};
  must(download(at.store, at.store, id, artifact, *at.directory, sink, at.host.seams()));
  return text;
}

} // namespace

TEST_CASE("a row that a lost line end has put into the header stands in no plan and no record")
{
  Remembering at = generator();
  std::string file{header};
  file.append(",").append(first).append("\n301,Bea\n302,Cid");
  // One of as many cells as the header has by now, with a fault where no column is known.
  file.append("\n303,Dee").append(17, ',').append("a\"b,");
  at.validate(file);
  REQUIRE(at.job.created == 2);
  REQUIRE(at.job.rejected == 1);
  CHECK_FALSE(tells(at.report));
  const std::string plan = at.artifact(1, "plan");
  CHECK_FALSE(tells(plan));
  CHECK(plan.find(R"("header":"Extension,First Name,)") != std::string::npos);
  CHECK(tells(at.artifact(1, "source")));

  CHECK(at.execute_job(1).created == 2);
  CHECK_FALSE(tells(at.report));
  CHECK_FALSE(tells(told(at, 2, Artifact::error_log)));
  CHECK(told(at, 2, Artifact::report) == at.report);
  CHECK_FALSE(tells(at.undo_plan(2)));
  CHECK(at.undo(2).updated == 2);
  CHECK(told(at, 3, Artifact::report) == at.report);
  CHECK_FALSE(tells(at.host.sql("SELECT findings FROM job")));
}

TEST_CASE("a header in which nothing is like data stands in a plan as it was read")
{
  Remembering at = generator();
  const std::string odd = std::string{header} + ",Shoe Size,\"Pet, if any\"";
  at.validate(odd + "\n301,Bea\n");
  CHECK(at.artifact(1, "plan").find(R"(Shoe Size,\"Pet, if any\"")") != std::string::npos);
}
