// finding_json.cpp: writes findings as JSON.
#include "report/finding_json.hpp"

#include <charconv>

namespace rollcall::report {
namespace {

void put_fact(json::Writer& writer, const Fact& fact)
{
  writer.name(fact.name);
  std::uint64_t number = 0;
  const char* const end = fact.value.data() + fact.value.size();
  const auto read = std::from_chars(fact.value.data(), end, number);
  if (fact.is_number && read.ec == std::errc{} && read.ptr == end)
    writer.natural(number);
  else
    writer.text(fact.value);
}

} // namespace

void put_finding(json::Writer& writer, const Finding& finding)
{
  writer.begin_object();
  writer.name("severity").text(slug(finding.severity));
  writer.name("code").text(slug(finding));
  writer.name("column");
  if (finding.column.empty())
    writer.null();
  else
    writer.text(finding.column);
  if (!finding.value.empty()) writer.name("value").text(finding.value);
  writer.name("message").text(render_message(finding));
  if (finding.place.line != 0) {
    writer.name("line").natural(finding.place.line);
    writer.name("byte").natural(finding.place.byte);
  }
  for (const Fact& fact : finding.facts)
    if (!finding.fix || fact.name != "replace") put_fact(writer, fact);
  if (finding.fix) put_fix(writer, finding.fix->column, finding.fix->replace);
  writer.end_object();
}

void put_findings(json::Writer& writer, std::span<const Finding> findings)
{
  writer.begin_list();
  for (const Finding& finding : findings) put_finding(writer, finding);
  writer.end_list();
}

void put_fix(json::Writer& writer, std::string_view column, std::string_view replace)
{
  writer.name("fix").begin_object();
  writer.name("column").text(column);
  writer.name("replace").text(replace);
  writer.end_object();
}

} // namespace rollcall::report
