// The lines of a report: what stands in them, and that they read back.
#include "report/report_jsonl.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "json/line_reader.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using rollcall::tests::must;
using rollcall::tests::staff;

namespace {

const schema::CompiledSchema& compiled()
{
  static const auto schema = must(schema::CompiledSchema::compile(staff()));
  return schema;
}

// The number of a field of the own kind.
std::size_t field(std::string_view name)
{
  const auto& fields = compiled().fields(0);
  for (std::size_t i = 0; i != fields.size(); ++i)
    if (fields[i].name == name) return i;
  FAIL("no such field");
  return 0;
}

std::string row_line(const plan::RowChange& change, const report::RowLine& about = {})
{
  std::pmr::string text;
  TextSink sink{text};
  auto writer = must(json::Writer::open(sink));
  report::put_row(writer, compiled(), change, about);
  must(writer.finish());
  return std::string{text};
}

std::string job_line(const JobSummary& job)
{
  std::pmr::string text;
  TextSink sink{text};
  must(write_job(job, sink));
  return std::string{text};
}

// The fields of the change of an object that is updated.
std::string fields_of(const std::vector<plan::FieldChange>& fields)
{
  const std::string line = row_line({.outcome = plan::Outcome::updated, .fields = fields});
  const std::size_t begin = line.find("\"fields\": ") + 10;
  return line.substr(begin, line.find("}], \"effects\"") - begin);
}

} // namespace

TEST_CASE("a row that changes nothing has a line all the same")
{
  CHECK(row_line({}, {.row = 1, .line = 2}) ==
        "{\"row\": 1, \"line\": 2, \"key\": null, \"outcome\": \"unchanged\", \"changes\": [], "
        "\"effects\": [], \"findings\": []}\n");
  CHECK(row_line({}, {.row = 7, .line = 9, .key = "a\"b"}).find("\"key\": \"a\\\"b\"") !=
        std::string::npos);
}

TEST_CASE("every outcome has its word, and only what is created or updated has a change")
{
  const std::vector<plan::FieldChange> fields = {{.field = 0, .after = "Ada"}};
  const auto line_of = [&](plan::Outcome outcome) {
    return row_line({.outcome = outcome, .fields = fields}, {.key = "17"});
  };
  CHECK(line_of(plan::Outcome::created)
            .find("\"op\": \"create\", \"kind\": \"user\", \"key\": "
                  "\"17\"") != std::string::npos);
  CHECK(line_of(plan::Outcome::updated).find("\"op\": \"update\"") != std::string::npos);
  for (const auto& [outcome, word] :
       std::vector<std::pair<plan::Outcome, std::string>>{{plan::Outcome::unchanged, "unchanged"},
                                                          {plan::Outcome::rejected, "rejected"},
                                                          {plan::Outcome::withheld, "withheld"},
                                                          {plan::Outcome::stale, "stale"},
                                                          {plan::Outcome::failed, "failed"},
                                                          {plan::Outcome::unknown, "unknown"}}) {
    CHECK(line_of(outcome).find("\"outcome\": \"" + word + "\"") != std::string::npos);
    CHECK(line_of(outcome).find("\"changes\": []") != std::string::npos);
  }
}

TEST_CASE("a change has each field before and after, booleans as such")
{
  CHECK(fields_of({{.field = field("name"), .before = "Ada", .after = "Eve"},
                   {.field = field("phone"), .before = "+1", .after = {}},
                   {.field = field("active"), .before = {}, .after = "true"},
                   {.field = field("mac"), .before = {}, .after = ""}}) ==
        R"({"name": ["Ada", "Eve"], "phone": ["+1", null], "active": [null, true], )"
        R"("mac": [null, ""]})");
  CHECK(fields_of({{.field = field("active"), .before = "true", .after = "false"}}) ==
        R"({"active": [true, false]})");
}

TEST_CASE("of a secret a change says where it comes from, and whether there was one")
{
  CHECK(fields_of({{.field = field("password"), .secret = plan::SecretFrom::column}}) ==
        R"({"password": [null, {"secret": "column"}]})");
  CHECK(fields_of({{.field = field("password"),
                    .before = "true",
                    .secret = plan::SecretFrom::generated}}) ==
        R"({"password": [true, {"secret": "generated"}]})");
}

TEST_CASE("a secret that a host shows by mistake is not handed on")
{
  const plan::FieldChange change{.field = field("password"),
                                 .before = "hunter2",
                                 .after = "hunter3",
                                 .secret = plan::SecretFrom::column};
  CHECK(fields_of({change}) == R"({"password": [true, {"secret": "column"}]})");
}

TEST_CASE("whatever stands in a row, its line is one line, and reads back")
{
  const std::string nasty{"\"\\\n\r\t\x01\x7F\xC2\x85\xE2\x80\xA8\xFF</script>\0{}", 24};
  check::RowFinding found{.row = 0, .finding = finding(Code::value_email)};
  found.finding.column = nasty;
  found.finding.value = nasty;
  found.finding.facts = {fact("reason", nasty)};
  const std::string line = row_line({.outcome = plan::Outcome::updated,
                                     .fields = {{.field = 0, .before = nasty, .after = nasty}}},
                                    {.row = 1, .line = 2, .key = nasty, .findings = {&found, 1}});
  CHECK(line.find('\n') == line.size() - 1);

  MemorySource source{line};
  json::LineReader reader{source};
  REQUIRE(must(reader.next()));
  std::string decodable = nasty;
  decodable.replace(decodable.find('\xFF'), 1, "\xEF\xBF\xBD");
  CHECK(reader.value().find("key").text() == decodable);
  const json::Value first = *reader.value().find("findings").begin();
  CHECK(first.find("value").text() == decodable);
  CHECK(first.find("column").text() == decodable);
  CHECK_FALSE(must(reader.next()));
}

TEST_CASE("the line of a job has all counts, and the delimiter once it is known")
{
  JobSummary job{.format = "staff", .action = "validate", .state = JobState::partial};
  job.rows = 36;
  job.created = 1;
  job.updated = 2;
  job.unchanged = 3;
  job.rejected = 4;
  job.withheld = 5;
  job.stale = 6;
  job.failed = 7;
  job.unknown = 8;
  job.warnings = 9;
  job.blank_rows = 10;
  job.file = "users.csv";
  job.sha256 = "abc";
  job.bytes = 11;
  CHECK(job_line(job) ==
        R"({"job": {"format": "staff", "action": "validate", "state": "partial", "rows": 36, )"
        R"("blank_rows": 10, "created": 1, "updated": 2, "unchanged": 3, "rejected": 4, )"
        R"("withheld": 5, "stale": 6, "failed": 7, "unknown": 8, "warnings": 9, )"
        R"("file": "users.csv", "sha256": "abc", "bytes": 11, "encoding": "utf-8", )"
        R"("delimiter": "", "findings": []}})"
        "\n");
  job.dialect.delimiter = '\t';
  job.dialect.encoding = csv::Encoding::utf_16le;
  CHECK(job_line(job).find(R"("encoding": "utf-16le", "delimiter": "\t")") != std::string::npos);
}

TEST_CASE("states have their words")
{
  CHECK(slug(JobState::succeeded) == "succeeded");
  CHECK(slug(JobState::partial) == "partial");
  CHECK(slug(JobState::failed) == "failed");
}
