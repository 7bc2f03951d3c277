// finding_json.cpp: members that say nothing are left out.
#include "plan/finding_json.hpp"

#include <string_view>
#include <utility>

namespace rollcall::plan {
namespace {

void put_named(json::Writer& writer, std::string_view name, std::string_view text)
{
  if (!text.empty()) writer.name(name).text(text);
}

} // namespace

void put_finding(json::Writer& writer, const Finding& finding)
{
  writer.begin_object();
  writer.name("severity").text(slug(finding.severity));
  writer.name("code").text(slug(finding));
  put_named(writer, "column", finding.column);
  if (finding.place.column >= 0) writer.name("cell").integer(finding.place.column);
  if (finding.place.line != 0) writer.name("line").natural(finding.place.line);
  if (finding.place.byte != 0) writer.name("byte").natural(finding.place.byte);
  put_named(writer, "value", finding.value);
  put_named(writer, "says", finding.says);
  if (!finding.facts.empty()) {
    writer.name("facts").begin_list();
    for (const Fact& fact : finding.facts) {
      writer.begin_list();
      writer.text(fact.name);
      writer.text(fact.value);
      if (fact.is_number) writer.boolean(true);
      writer.end_list();
    }
    writer.end_list();
  }
  if (finding.fix) {
    writer.name("fix").begin_object();
    writer.name("column").text(finding.fix->column);
    writer.name("replace").text(finding.fix->replace);
    writer.end_object();
  }
  writer.end_object();
}

void put_findings(json::Writer& writer, std::span<const Finding> findings)
{
  if (findings.empty()) return;
  writer.name("findings").begin_list();
  for (const Finding& finding : findings) put_finding(writer, finding);
  writer.end_list();
}

bool read_finding(const json::Value& value, Finding& finding, std::string& fault)
{
  const auto refuse = [&](std::string_view what) {
    fault = what;
    return false;
  };
  const auto text = [&](std::string_view name) {
    return std::string{value.find(name).text().value_or("")};
  };
  const std::string severity = text("severity");
  bool is_known = false;
  for (const Severity each : {Severity::error, Severity::warning, Severity::info})
    if (slug(each) == severity) {
      finding.severity = each;
      is_known = true;
    }
  if (!is_known) return refuse("a finding has a severity");
  finding.rule = text("code");
  if (finding.rule.empty()) return refuse("a finding has a code");
  if (const auto code = code_of(finding.rule)) {
    finding.code = *code;
    finding.rule.clear();
  }
  finding.column = text("column");
  finding.value = text("value");
  finding.says = text("says");
  const auto cell = value.find("cell").integer().value_or(-1);
  if (cell < -1 || cell > 0xFFFF) return refuse("a finding stands in a cell that cannot be");
  finding.place.column = static_cast<std::int32_t>(cell);
  if (const auto line = value.find("line").natural()) finding.place.line = *line;
  if (const auto byte = value.find("byte").natural()) finding.place.byte = *byte;
  for (const json::Value fact : value.find("facts")) {
    if (!fact.is(json::Kind::list) || fact.size() < 2)
      return refuse("a fact has a name and a value");
    auto part = fact.begin();
    Fact made;
    made.name = (*part).text().value_or("");
    ++part;
    made.value = (*part).text().value_or("");
    made.is_number = fact.size() > 2;
    finding.facts.push_back(std::move(made));
  }
  if (const json::Value fix = value.find("fix"))
    finding.fix = Fix{.column = std::string{fix.find("column").text().value_or("")},
                      .replace = std::string{fix.find("replace").text().value_or("")}};
  return true;
}

} // namespace rollcall::plan
