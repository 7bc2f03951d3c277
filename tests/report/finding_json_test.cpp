// Findings as they stand in reports.
#include "report/finding_json.hpp"

#include <doctest/doctest.h>

#include <string>

#include "report/unreadable.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

std::string json_of(const Finding& finding)
{
  std::pmr::string text;
  TextSink sink{text};
  auto writer = must(json::Writer::open(sink));
  report::put_finding(writer, finding);
  must(writer.finish());
  return std::string{text};
}

} // namespace

TEST_CASE("a finding has severity, code, column and message, and what else is known of it")
{
  CHECK(json_of(finding(Code::row_short))
            .starts_with(
                R"({"severity": "warning", "code": "row.short", "column": null, "message": ")"));
  Finding full = finding(Code::text_encoding, {.row = 3, .line = 4, .byte = 71, .column = 1});
  full.column = "Name";
  full.value = "R";
  full.facts = {fact("encoding", "utf-8"), fact("length", 7)};
  full.fix = Fix{.column = "Name", .replace = "Ren"};
  CHECK(json_of(full) ==
        R"({"severity": "error", "code": "text.encoding", "column": "Name", "value": "R", )"
        R"("message": "a part of the cell is not valid utf-8, from byte 71 of the file on", )"
        R"("line": 4, "byte": 71, "encoding": "utf-8", "length": 7, )"
        R"("fix": {"column": "Name", "replace": "Ren"}})");
}

TEST_CASE("a rule of a schema speaks with its own code and words")
{
  Finding rule = finding(Code::rule);
  rule.rule = "mac.required";
  rule.says = "a desk phone needs its MAC address";
  CHECK(json_of(rule) == R"({"severity": "error", "code": "mac.required", "column": null, )"
                         R"("message": "a desk phone needs its MAC address"})");
}

TEST_CASE("facts that are numbers are written as numbers, all others as text")
{
  Finding each = finding(Code::row_short);
  each.facts = {fact("a", 18'446'744'073'709'551'615U),
                fact("b", "12"),
                {.name = "c", .value = "12x", .is_number = true},
                {.name = "d", .value = "", .is_number = true}};
  CHECK(json_of(each).find(R"("a": 18446744073709551615, "b": "12", "c": "12x", "d": "")") !=
        std::string::npos);
}

TEST_CASE("a list of findings keeps their order")
{
  const Finding findings[] = {finding(Code::row_short), finding(Code::header_missing)};
  std::pmr::string text;
  TextSink sink{text};
  auto writer = must(json::Writer::open(sink));
  report::put_findings(writer, findings);
  must(writer.finish());
  CHECK(text.find("row.short") < text.find("header.missing"));
  CHECK(text.front() == '[');
}

TEST_CASE("why a file cannot be read is said in the words of whoever knows best")
{
  using report::unreadable;
  CHECK(render_message(unreadable(Error{ErrorCode::not_found, "no such file"}, "a.csv")) ==
        "a.csv cannot be read: no such file");
  CHECK(render_message(unreadable(Error{ErrorCode::not_permitted, {}, 13}, "")) ==
        "the file cannot be read: " + std::string{describe_os_error(13)});
  CHECK(render_message(unreadable(Error{ErrorCode::file_failed}, "a.csv")) ==
        "a.csv cannot be read: file_failed");
}

TEST_CASE("only what is wrong with a file refuses it")
{
  CHECK(report::is_about_file(ErrorCode::not_found));
  CHECK(report::is_about_file(ErrorCode::not_permitted));
  CHECK(report::is_about_file(ErrorCode::file_failed));
  CHECK_FALSE(report::is_about_file(ErrorCode::out_of_memory));
  CHECK_FALSE(report::is_about_file(ErrorCode::host_failed));
  CHECK_FALSE(report::is_about_file(ErrorCode::disk_full));
}
