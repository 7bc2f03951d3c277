// job_text.cpp: writes facts, not words: what is shown of a finding is made of it again.
#include "store/job_text.hpp"

#include <array>
#include <limits>
#include <map>
#include <memory_resource>
#include <optional>

#include "json/faults.hpp"
#include "json/writer.hpp"

namespace rollcall::store {
namespace {

constexpr std::array severities = {Severity::error, Severity::warning, Severity::info};

template <class Write>
Result<std::string> text_of(Write write)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.compact = true, .buffer_bytes = 4096}));
  write(writer);
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

// The store wrote it: a fault is damage.
Result<void> check(const json::Faults& faults, std::string_view what)
{
  if (faults.is_empty()) return success();
  return Error{ErrorCode::corrupt, std::string{what} + " of a job cannot be read"};
}

void put_sign(json::Writer& writer, std::string_view name, const std::optional<char>& sign)
{
  writer.name(name);
  if (sign)
    writer.text({&*sign, 1});
  else
    writer.null();
}

std::optional<char> sign_in(json::Faults& faults, const json::Value& value)
{
  if (value.is(json::Kind::null)) return {};
  const std::string_view text = faults.text(value);
  if (text.size() == 1) return text.front();
  faults.add(value, "expected one sign");
  return {};
}

void put_finding(json::Writer& writer, const Finding& finding)
{
  writer.begin_object();
  writer.name("code").text(slug(finding));
  writer.name("severity").text(slug(finding.severity));
  writer.name("row").natural(finding.place.row);
  writer.name("line").natural(finding.place.line);
  writer.name("byte").natural(finding.place.byte);
  writer.name("place").integer(finding.place.column);
  writer.name("column").text(finding.column);
  writer.name("value").text(finding.value);
  writer.name("facts").begin_list();
  for (const Fact& fact : finding.facts) {
    writer.begin_list();
    writer.text(fact.name);
    writer.text(fact.value);
    writer.boolean(fact.is_number);
    writer.end_list();
  }
  writer.end_list();
  if (finding.fix) {
    writer.name("fix").begin_list();
    writer.text(finding.fix->column);
    writer.text(finding.fix->replace);
    writer.end_list();
  }
  writer.name("says").text(finding.says);
  writer.end_object();
}

// The elements of a list of so many.
template <std::size_t count>
std::array<json::Value, count> parts_of(json::Faults& faults, const json::Value& list)
{
  std::array<json::Value, count> parts;
  if (faults.list(list).size() != count) {
    faults.add(list, "expected another number of elements");
    return parts;
  }
  std::size_t at = 0;
  for (const json::Value part : list) parts[at++] = part;
  return parts;
}

Finding finding_in(json::Faults& faults, const json::Value& object)
{
  Finding finding;
  const auto text = [&](std::string_view name) {
    return std::string{faults.text(faults.member(object, name))};
  };
  const std::string code = text("code");
  if (const auto known = code_of(code))
    finding.code = *known;
  else
    finding.rule = code;
  const std::string severity = text("severity");
  for (const Severity each : severities)
    if (slug(each) == severity) finding.severity = each;
  finding.place = {.row = faults.natural(faults.member(object, "row")),
                   .line = faults.natural(faults.member(object, "line")),
                   .byte = faults.natural(faults.member(object, "byte"))};
  const std::int64_t place = faults.integer(faults.member(object, "place"));
  if (place >= -1 && place <= std::numeric_limits<std::int32_t>::max())
    finding.place.column = static_cast<std::int32_t>(place);
  finding.column = text("column");
  finding.value = text("value");
  for (const json::Value fact : faults.list(faults.member(object, "facts"))) {
    const auto [name, value, is_number] = parts_of<3>(faults, fact);
    finding.facts.push_back({.name = std::string{faults.text(name)},
                             .value = std::string{faults.text(value)},
                             .is_number = faults.boolean(is_number)});
  }
  if (const json::Value fix = object.find("fix")) {
    const auto [column, replace] = parts_of<2>(faults, fix);
    finding.fix = Fix{.column = std::string{faults.text(column)},
                      .replace = std::string{faults.text(replace)}};
  }
  finding.says = text("says");
  return finding;
}

} // namespace

Result<std::string> dialect_text(const csv::Dialect& dialect)
{
  return text_of([&](json::Writer& writer) {
    writer.begin_object();
    writer.name("encoding").text(csv::slug(dialect.encoding));
    put_sign(writer, "delimiter", dialect.delimiter);
    put_sign(writer, "quote", dialect.quote);
    put_sign(writer, "escape", dialect.escape);
    writer.name("lenient").boolean(dialect.lenient);
    writer.end_object();
  });
}

Result<csv::Dialect> read_dialect(std::string_view text)
{
  json::Document document{{}};
  ROLLCALL_CHECK(document.read(text));
  json::Faults faults{1};
  const json::Value root = faults.object(document.root());
  csv::Dialect dialect;
  const json::Value encoding = faults.member(root, "encoding");
  if (const auto known = csv::encoding_of(faults.text(encoding)))
    dialect.encoding = *known;
  else
    faults.add(encoding, "expected an encoding");
  dialect.delimiter = sign_in(faults, faults.member(root, "delimiter"));
  dialect.quote = sign_in(faults, faults.member(root, "quote"));
  dialect.escape = sign_in(faults, faults.member(root, "escape"));
  dialect.lenient = faults.boolean(faults.member(root, "lenient"));
  ROLLCALL_CHECK(check(faults, "the dialect"));
  return dialect;
}

Result<std::string> findings_text(std::span<const Finding> findings)
{
  return text_of([&](json::Writer& writer) {
    writer.begin_list();
    for (const Finding& finding : findings) put_finding(writer, finding);
    writer.end_list();
  });
}

Result<std::vector<Finding>> read_findings(std::string_view text)
{
  json::Document document{{.bytes_max = text.size() + 1}};
  ROLLCALL_CHECK(document.read(text));
  json::Faults faults{1};
  std::vector<Finding> findings;
  for (const json::Value each : faults.list(document.root()))
    findings.push_back(finding_in(faults, each));
  ROLLCALL_CHECK(check(faults, "the findings"));
  return findings;
}

std::vector<Finding> without_words(std::span<const Finding> findings)
{
  std::vector<Finding> bare;
  for (const Finding& finding : findings)
    bare.push_back({.code = finding.code,
                    .severity = finding.severity,
                    .place = {.row = finding.place.row, .line = finding.place.line},
                    .rule = finding.rule,
                    .says = "what it said was purged with the file"});
  return bare;
}

Result<std::string> counts_text(const FindingCounts& counts)
{
  return text_of([&](json::Writer& writer) {
    writer.begin_object();
    writer.name("codes").begin_object();
    for (const auto& [code, count] : counts.by_slug()) writer.name(code).natural(count);
    writer.end_object();
    writer.name("severities").begin_list();
    for (const Severity each : severities) writer.natural(counts.of(each));
    writer.end_list();
    writer.end_object();
  });
}

Result<FindingCounts> read_counts(std::string_view text)
{
  json::Document document{{}};
  ROLLCALL_CHECK(document.read(text));
  json::Faults faults{1};
  const json::Value root = faults.object(document.root());
  std::map<std::string, std::uint64_t, std::less<>> by_slug;
  for (const json::Value code : faults.object(faults.member(root, "codes")))
    by_slug.emplace(code.name(), faults.natural(code));
  const auto parts = parts_of<severities.size()>(faults, faults.member(root, "severities"));
  std::array<std::uint64_t, severities.size()> by_severity = {};
  for (std::size_t i = 0; i != parts.size(); ++i) by_severity[i] = faults.natural(parts[i]);
  ROLLCALL_CHECK(check(faults, "the counts"));
  return FindingCounts{std::move(by_slug), by_severity};
}

} // namespace rollcall::store
