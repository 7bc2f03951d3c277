// Columns whose names a spreadsheet would run: what is written of them is read back (spec E8).
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "job/running.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view one_ada = R"({"user": [
  {"id": "1", "name": "Ada", "email": "ada@b.de", "extension": "201", "phone": "+44201",
   "active": true}]})";

// The format for tests, in which every name that can be told apart is an odd one.
schema::Schema odd()
{
  schema::Schema schema = staff();
  const auto call = [&](std::string_view field, std::string header) {
    for (schema::Column& column : schema.columns)
      if (column.field == field) column.header = std::move(header);
  };
  call("id", "=ID");
  call("name", "@Full Name");
  call("email", "'=Email");
  call("extension", "-Extension");
  call("phone", "+Phone, at work");
  call("mac", "\uFF0BMac");
  schema.roles.front().may.push_back(schema::Action::template_);
  schema.roles.front().may.push_back(schema::Action::export_);
  return schema;
}

class OddHost : public Running {
 public:
  OddHost() : Running{odd(), one_ada} { wants_result = true; }

  // A file of which every column must be known.
  JobSummary read_whole(std::string_view text)
  {
    JobSummary job = must(try_to_validate(text));
    CHECK(job.findings.empty());
    CHECK(job.warnings == 0);
    return job;
  }
};

} // namespace

TEST_CASE("a template with names that are guarded is read as what it is")
{
  OddHost host;
  SmallDisk made;
  must(write_template(host.schema, host.directory, host.context, made, host.seams()));
  REQUIRE(made.text.starts_with("'=ID,'@Full Name,''=Email,'-Extension,\"'+Phone, at work\","));
  const auto columns = std::count(made.text.begin(), made.text.end(), ','); // one is in a name
  const std::string blanks(static_cast<std::size_t>(columns) - 1 - 4, ',');
  const JobSummary job = host.read_whole(made.text + ",Bob,bob@b.de,202,+44202" + blanks + "\r\n");
  CHECK(job.created == 1);
  CHECK(host.report.text.find(R"("phone": [null, "+44202"])") != std::string::npos);
  // And so is the result of importing it.
  CHECK(host.read_whole(std::string{host.result.text}).created == 1);
}

TEST_CASE("an export with names that are guarded changes nothing when it is imported")
{
  OddHost host;
  SmallDisk made;
  must(write_export(host.schema, host.directory, host.context, made, host.seams()));
  CHECK(host.read_whole(made.text).unchanged == 1);
}
