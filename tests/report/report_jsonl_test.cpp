// The lines of a report: what stands in them, and that they read back.
#include "report/report_jsonl.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "json/line_reader.hpp"
#include "report/finding_json.hpp"
#include "report/reporting.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string row_line(const plan::RowResult& row, std::span<const Finding> readings = {})
{
  const check::Header header = header_of("ID,Name,Email,Password\n");
  const report::Messages messages{people(), header};
  std::pmr::string text;
  TextSink sink{text};
  auto report =
      must(report::ReportJsonl::open(sink, people(), messages, std::pmr::new_delete_resource()));
  report.put_row(row, readings);
  must(report.finish());
  return std::string{text};
}

std::string job_line(const JobSummary& job)
{
  std::pmr::string text;
  TextSink sink{text};
  must(write_job(job, sink));
  return std::string{text};
}

// What stands between two texts of a line.
std::string between(const std::string& line, std::string_view begin, std::string_view end)
{
  const std::size_t from = line.find(begin);
  REQUIRE(from != std::string::npos);
  return line.substr(from + begin.size(), line.find(end, from) - from - begin.size());
}

std::string fields_of(Op op, const std::vector<FieldChange>& fields)
{
  const Change change{.op = op, .kind = 0, .key = "17", .fields = fields};
  return between(row_line({.changes = {&change, 1}}), "\"fields\": ", "}], \"effects\"");
}

std::string findings_of(const std::vector<check::Found>& found,
                        const std::vector<Finding>& readings = {})
{
  return between(row_line({.number = 3, .line = 4, .findings = found}, readings),
                 "\"findings\": ", "}\n");
}

} // namespace

TEST_CASE("a row that changes nothing has a line all the same")
{
  CHECK(row_line({.number = 1, .line = 2}) ==
        "{\"row\": 1, \"line\": 2, \"key\": null, \"outcome\": \"unchanged\", \"changes\": [], "
        "\"effects\": [], \"findings\": []}\n");
  CHECK(row_line({.key = "a\"b"}).find("\"key\": \"a\\\"b\"") != std::string::npos);
}

TEST_CASE("every outcome has its word")
{
  for (std::size_t i = 0; i != plan::outcome_count; ++i) {
    const auto outcome = static_cast<plan::Outcome>(i);
    CHECK(row_line({.outcome = outcome})
              .find("\"outcome\": \"" + std::string{slug(outcome)} + "\"") != std::string::npos);
  }
}

TEST_CASE("changes say what is done to which object, the row's own first")
{
  const FieldChange name{.field = field_named("name"), .before = "Ada", .after = "Eve"};
  const FieldChange gone{.field = 0, .before = "2"};
  const Change changes[] = {{.op = Op::update, .kind = 0, .key = "17", .fields = {&name, 1}},
                            {.op = Op::create, .kind = 0},
                            {.op = Op::delete_, .kind = 1, .key = "x", .fields = {&gone, 1}}};
  CHECK(between(row_line({.changes = changes}), "\"changes\": ", ", \"effects\"") ==
        R"([{"op": "update", "kind": "user", "key": "17", "fields": {"name": ["Ada", "Eve"]}}, )"
        R"({"op": "create", "kind": "user", "key": null, "fields": {}}, )"
        R"({"op": "delete", "kind": "phone_model", "key": "x", "fields": {"lines": [2, null]}}])");
}

TEST_CASE("a field is written by its type, and what is not of its type as text")
{
  const FieldId devices = field_named("devices");
  const FieldId active = field_named("active");
  CHECK(fields_of(Op::update, {{.field = devices, .before = "-3", .after = "12"},
                               {.field = active, .before = "true", .after = "false"}}) ==
        R"({"devices": [-3, 12], "active": [true, false]})");
  CHECK(fields_of(Op::update, {{.field = devices, .before = "3x", .after = "9223372036854775808"},
                               {.field = active, .before = "1", .after = ""}}) ==
        R"({"devices": ["3x", "9223372036854775808"], "active": ["1", ""]})");
}

TEST_CASE("nulls are left out of what is created, and shown in what is changed")
{
  const std::vector<FieldChange> fields = {
      {.field = field_named("name"), .before = {}, .after = {}},
      {.field = field_named("active"), .after = "false"}};
  CHECK(fields_of(Op::create, fields) == R"({"active": [null, false]})");
  CHECK(fields_of(Op::update, fields) == R"({"name": [null, null], "active": [null, false]})");
}

TEST_CASE("of a secret a change says where it comes from, and whether there was one")
{
  const FieldId password = field_named("password");
  CHECK(fields_of(Op::create, {{.field = password, .secret = SecretFrom::column}}) ==
        R"({"password": [null, {"secret": "column"}]})");
  CHECK(fields_of(Op::update,
                  {{.field = password, .before = "true", .secret = SecretFrom::generated}}) ==
        R"({"password": [true, {"secret": "generated"}]})");
  CHECK(fields_of(Op::update, {{.field = password, .before = "true"}}) ==
        R"({"password": [true, null]})");
  CHECK(fields_of(Op::create, {{.field = password}}) == "{}");
}

TEST_CASE("a secret that a host shows by mistake is not handed on")
{
  CHECK(fields_of(Op::update, {{.field = field_named("password"),
                                .before = "hunter2",
                                .after = "hunter3",
                                .secret = SecretFrom::column}}) ==
        R"({"password": [true, {"secret": "column"}]})");
}

TEST_CASE("an effect has its name and those parts that it has")
{
  const plan::EffectPart parts[] = {{"to", "a@b.example"}, {"user", "17"}};
  const plan::EffectView effect{.effect = people().effects.data(), .parts = parts};
  CHECK(between(row_line({.effects = {&effect, 1}}), "\"effects\": ", ", \"findings\"") ==
        R"([{"effect": "email.pin", "to": "a@b.example", "user": "17"}])");
}

TEST_CASE("a finding has its column as the file has it, its facts, and its fix")
{
  check::Found taken = found_in(Code::claim_taken, "email", "a@b.example");
  taken.add(check::FactName::kind, "user");
  taken.add(check::FactName::holder, "3");
  taken.add(check::FactName::other_line, std::uint64_t{9});
  CHECK(
      findings_of({taken}) ==
      R"([{"severity": "error", "code": "claim.taken", "column": "Email", )"
      R"("value": "a@b.example", "message": "a@b.example is already in use by user 3; line 9 was )"
      R"(to give it up and was rejected", "kind": "user", "holder": "3", "other_line": 9}])");
  check::Found plus = found_in(Code::value_plus_restored, "team", "4420");
  plus.add(check::FactName::replace, "+4420");
  CHECK(findings_of({plus}) ==
        R"([{"severity": "warning", "code": "value.plus_restored", "column": "Team", )"
        R"("value": "4420", "message": "\"4420\" was taken as +4420", )"
        R"("fix": {"column": "Team", "replace": "+4420"}}])");
}

TEST_CASE("a finding about no column has null for it, and a rule its own code")
{
  check::Found rule = found_in_row(Code::rule);
  rule.rule = 0;
  rule.says = "who has a device is in a team";
  rule.severity = Severity::warning;
  CHECK(findings_of({rule}) == R"([{"severity": "warning", "code": "team.required", )"
                               R"("column": null, "message": "who has a device is in a team"}])");
}

TEST_CASE("a fault of the reader is told whole, without the value of a secret")
{
  Finding repaired = finding(Code::csv_repaired, {.row = 3, .line = 5, .byte = 71, .column = 3});
  repaired.column = "Password";
  repaired.value = "hunter2";
  repaired.facts = {fact("reason", "text follows the closing quote")};
  check::Found found = found_in_row(Code::csv_repaired);
  found.reading = 0;
  CHECK(findings_of({found}, {repaired}) ==
        R"([{"severity": "warning", "code": "csv.repaired", "column": "Password", "message": )"
        R"("the cell was repaired: text follows the closing quote", "line": 5, "byte": 71, )"
        R"("reason": "text follows the closing quote"}])");
}

TEST_CASE("what is written of facts is what is written of the finding, but for line and byte")
{
  const check::Header header = header_of("ID,Name,Email,Password\n");
  const report::Messages messages{people(), header};
  report::TextBuffer message{std::pmr::new_delete_resource()};
  Dice dice{7};
  const std::vector<std::string_view> values = {"", "a", "x\n\"", "Ren\u00E9", "\xFF"};
  read_batches("ID\n1\n", {}, [&](const csv::RowBatch& batch) {
    for (int round = 0; round != 5'000; ++round) {
      check::Found found = found_in_row(all_codes()[dice.roll(all_codes().size())]);
      if (message_template(found.code).find("{byte}") != std::string_view::npos) continue;
      if (dice.roll(2) == 0) found.column = static_cast<std::uint16_t>(dice.roll(8));
      found.value = values[dice.roll(values.size())];
      const std::size_t facts = dice.roll(4);
      for (std::size_t i = 0; i != facts; ++i) {
        const auto name = static_cast<check::FactName>(dice.roll(5) * 3 + i);
        if (dice.roll(2) == 0)
          found.add(name, values[dice.roll(values.size())]);
        else if (name != check::FactName::replace)
          found.add(name, std::uint64_t{dice.roll(100)});
      }
      Finding made = messages.finding_of(found, {.number = 1, .line = 2}, batch, {});
      if (message_template(found.code).find("{line}") == std::string_view::npos)
        made.place.line = 0;
      else
        continue;
      const auto written = [&](auto put) {
        std::pmr::string text;
        TextSink sink{text};
        auto writer = must(json::Writer::open(sink));
        put(writer);
        must(writer.finish());
        return std::string{text};
      };
      REQUIRE(written([&](json::Writer& writer) {
                report::put_found(writer, messages, found, {.number = 1, .line = 2}, message);
              }) == written([&](json::Writer& writer) { report::put_finding(writer, made); }));
    }
  });
}

TEST_CASE("whatever stands in a row, its line is one line, and reads back")
{
  const std::string nasty{"\"\\\n\r\t\x01\x7F\xC2\x85\xE2\x80\xA8\xFF</script>\0{}", 24};
  check::Found found = found_in(Code::value_email, "email", nasty);
  found.add(check::FactName::reason, nasty);
  const FieldChange field{.field = field_named("name"), .before = nasty, .after = nasty};
  const Change change{.op = Op::update, .key = nasty, .fields = {&field, 1}};
  const std::string line = row_line(
      {.number = 1, .line = 2, .key = nasty, .changes = {&change, 1}, .findings = {&found, 1}});
  CHECK(line.find('\n') == line.size() - 1);

  MemorySource source{line};
  json::LineReader reader{source};
  REQUIRE(must(reader.next()));
  std::string decodable = nasty;
  decodable.replace(decodable.find('\xFF'), 1, "\xEF\xBF\xBD");
  CHECK(reader.value().find("key").text() == decodable);
  CHECK((*reader.value().find("findings").begin()).find("value").text() == decodable);
  CHECK_FALSE(must(reader.next()));
}

TEST_CASE("every write of a report that fails is told at the end")
{
  const check::Header header = header_of("ID\n");
  const report::Messages messages{people(), header};
  for (std::size_t fail_at = 0; fail_at != 4; ++fail_at) {
    FailingSink sink{fail_at};
    auto report =
        must(report::ReportJsonl::open(sink, people(), messages, std::pmr::new_delete_resource()));
    for (std::uint64_t row = 1; row != 2'000; ++row) report.put_row({.number = row}, {});
    report.put_job({});
    const bool has_finished = report.finish().has_value();
    CHECK(has_finished == !sink.has_failed());
    if (fail_at == 0) CHECK_FALSE(has_finished);
  }
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
