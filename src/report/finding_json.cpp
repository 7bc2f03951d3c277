// finding_json.cpp: writes findings as JSON.
#include "report/finding_json.hpp"

#include <charconv>

#include "rollcall/fixes.hpp"

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

void put_fix(json::Writer& writer, std::string_view name, std::string_view column,
             std::string_view replace)
{
  writer.name(name).begin_object();
  writer.name("column").text(column);
  writer.name("replace").text(replace);
  writer.end_object();
}

} // namespace

void put_head(json::Writer& writer, Severity severity, std::string_view code,
              std::string_view column, std::int32_t cell, std::string_view value,
              std::string_view message)
{
  writer.name("severity").text(slug(severity));
  writer.name("code").text(code);
  writer.name("column");
  if (column.empty() && cell < 0)
    writer.null();
  else
    writer.text(column);
  if (!value.empty()) writer.name("value").text(value);
  writer.name("message").text(message);
}

void put_facts(json::Writer& writer, const Finding& finding)
{
  for (const Fact& fact : finding.facts)
    if (!finding.fix || fact.name != "replace") put_fact(writer, fact);
  if (finding.fix) put_fix(writer, "fix", finding.fix->column, finding.fix->replace);
  if (const auto guess = unsafe_fix(finding))
    put_fix(writer, "unsafe_fix", guess->column, guess->replace);
}

void put_facts(json::Writer& writer, const check::Found& found, std::string_view column)
{
  const check::FoundFact* replace = nullptr;
  const check::FoundFact* near = nullptr;
  for (std::size_t i = 0; i != found.fact_count; ++i) {
    const check::FoundFact& fact = found.facts[i];
    if (fact.name == check::FactName::replace)
      replace = &fact;
    else if (fact.is_number)
      writer.name(check::slug(fact.name)).natural(fact.number);
    else
      writer.name(check::slug(fact.name)).text(fact.text);
    if (fact.name == check::FactName::near) near = &fact;
  }
  if (replace != nullptr) return put_fix(writer, "fix", column, replace->text);
  if (near != nullptr && !column.empty() && is_unsafe_fix(found.code, near->text))
    put_fix(writer, "unsafe_fix", column, near->text);
}

void put_finding(json::Writer& writer, const Finding& finding)
{
  writer.begin_object();
  put_head(writer, finding.severity, slug(finding), finding.column, finding.place.column,
           finding.value, render_message(finding));
  if (finding.place.line != 0) {
    writer.name("line").natural(finding.place.line);
    writer.name("byte").natural(finding.place.byte);
  }
  put_facts(writer, finding);
  writer.end_object();
}

void put_findings(json::Writer& writer, std::span<const Finding> findings)
{
  writer.begin_list();
  for (const Finding& finding : findings) put_finding(writer, finding);
  writer.end_list();
}

} // namespace rollcall::report
