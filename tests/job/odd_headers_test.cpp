// Columns whose names a spreadsheet would run: what is written of them is read back (spec E8).
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "formats/catalogue.hpp"
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

TEST_CASE("a note for Excel, and titles above the header, are called what they are")
{
  Running job{formats::clusterpbx(), R"({"user": []})"};
  job.context.role = "client";
  const auto said = [&](const std::string& file) {
    const JobSummary summary = job.validated(file);
    REQUIRE(summary.findings.size() == 1);
    CHECK(summary.findings.front().code == Code::header_missing);
    return render_message(summary.findings.front());
  };
  const std::string note = "the first row is a note for Excel and names no column; take it out";
  CHECK(said("sep=;\nFirst Name;Last Name;Email\nAda;Ek;a@x.de\n") == note);
  CHECK(said("SEP=,\r\nFirst Name,Last Name,Email\r\n") == note);
  CHECK(said("\"sep=\t\"\nFirst Name\tLast Name\n") == note);
  const auto looks = [](int line) {
    return "the first row names no column of clusterpbx; line " + std::to_string(line) +
           " looks like the header: take out the lines above it";
  };
  CHECK(said("Users of 2026\n\nFirst Name,Last Name,Email\nAda,Ek,a@x.de\n") == looks(3));
  CHECK(said("Users,,\n\"printed\ntoday\",,\nFirst Name,Last Name,Email\n") == looks(4));
  CHECK(said("Users;\nFirst Name;Last Name;Email\n") == looks(2));
  // Somebody has said what separates cells, and it does not.
  job.options.dialect.delimiter = ';';
  CHECK(said("First Name,Last Name,Email\nAda,Ek,a@x.de\n") ==
        "the file is read as separated by semicolons; by its first row it is separated by commas");
  // A sheet of one column has each row as a whole in a cell.
  job.options.dialect.delimiter = {};
  const std::string whole =
      "the first row stands in quotes as a whole, so it is a single cell; take out the quotes "
      "around each row";
  CHECK(said("\"First Name,Last Name,Email\"\n\"Ada,Ek,a@x.de\"\n") == whole);
  CHECK(said("\"First Name;\"\"Last Name\"\"\"\n\"Ada;Ek\"\n") == whole);
  // What is no header is not called one, nor what is too far away.
  const std::string none = "the first row names no column of clusterpbx";
  CHECK(said("Ada,Ek\nEmail,is what Bob has\n").starts_with(none + ", it reads"));
  CHECK(said("sep=;;\n1;2\n").starts_with(none));
  CHECK(said("\"Ada,Ek\"\n\"Bob,Roy\"\n").starts_with(none));
  std::string far = "Users\n";
  for (int i = 0; i != 10; ++i) far += "more\n";
  CHECK(said(far + "First Name,Last Name,Email\n").starts_with(none + ", it reads"));
}
