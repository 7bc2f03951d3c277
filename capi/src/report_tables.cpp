// Lines of JSON, as columns. What a line does not say is null.
#include "report_tables.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "rollcall/fixes.hpp"

namespace rollcall::capi {
namespace {

constexpr ColumnIs number = ColumnIs::natural;
constexpr std::array<ColumnSpec, 7> of_rows = {{{"row", number},
                                                {"line", number},
                                                {"key"},
                                                {"outcome"},
                                                {"changes", number},
                                                {"effects", number},
                                                {"findings", number}}};
constexpr std::array<ColumnSpec, 10> of_findings = {{{"row", number},
                                                     {"line", number},
                                                     {"severity"},
                                                     {"code"},
                                                     {"column"},
                                                     {"value"},
                                                     {"message"},
                                                     {"fix"},
                                                     {"facts"},
                                                     {"unsafe_fix"}}};
constexpr std::array<ColumnSpec, 8> of_changes = {{{"row", number},
                                                   {"change", number},
                                                   {"op"},
                                                   {"kind"},
                                                   {"key"},
                                                   {"field"},
                                                   {"before"},
                                                   {"after"}}};
constexpr std::array<ColumnSpec, 3> of_effects = {{{"row", number}, {"effect"}, {"fields"}}};
// What a finding has columns for; the rest is facts.
constexpr std::array<std::string_view, 10> told = {
    "row", "line", "byte", "severity", "code", "column", "value", "message", "fix", "unsafe_fix"};

template <std::size_t size>
std::vector<ColumnSpec> list(const std::array<ColumnSpec, size>& columns)
{
  return {columns.begin(), columns.end()};
}

constexpr std::array<Severity, 3> severities = {Severity::error, Severity::warning, Severity::info};

std::optional<Severity> severity_of(std::string_view said) noexcept
{
  const auto* const found = std::find_if(severities.begin(), severities.end(),
                                         [&](Severity each) { return slug(each) == said; });
  if (found == severities.end()) return {};
  return *found;
}

void put_text(Column& column, const json::Value& value)
{
  const auto text = value.text();
  if (text)
    column.text(*text);
  else
    column.null();
}

void put_number(Column& column, const json::Value& value)
{
  const auto natural = value.natural();
  if (natural)
    column.natural(*natural);
  else
    column.null();
}

} // namespace

// ---- JSON again ---------------------------------------------------------------------------------

Result<JsonTexts> JsonTexts::open()
{
  auto text = std::make_unique<Text>();
  ROLLCALL_TRY(auto writer, json::Writer::open(text->sink, {.buffer_bytes = 4096}));
  return JsonTexts{std::move(text), std::move(writer)};
}

Result<std::string_view> JsonTexts::taken()
{
  ROLLCALL_CHECK(writer_.next_text());
  return std::string_view{text_->text};
}

Result<std::string_view> JsonTexts::others(const json::Value& object,
                                           std::span<const std::string_view> skip)
{
  text_->text.clear();
  bool is_empty = true;
  for (const json::Value member : object) {
    if (std::find(skip.begin(), skip.end(), member.name()) != skip.end()) continue;
    if (is_empty) writer_.begin_object();
    is_empty = false;
    writer_.name(member.name()).value(member);
  }
  if (is_empty) return std::string_view{};
  writer_.end_object();
  return taken();
}

Result<std::string_view> JsonTexts::whole(const json::Value& value)
{
  text_->text.clear();
  writer_.value(value);
  return taken();
}

// ---- Tables -------------------------------------------------------------------------------------

Result<std::unique_ptr<ReportTables>> ReportTables::open(const std::shared_ptr<Engine>& engine,
                                                         Reads reads)
{
  ROLLCALL_TRY(JsonTexts texts, JsonTexts::open());
  return std::make_unique<ReportTables>(engine, reads, std::move(texts));
}

ReportTables::ReportTables(const std::shared_ptr<Engine>& engine, Reads reads, JsonTexts&& texts)
    : reads_{reads},
      rest_{engine->memory()},
      document_{{.bytes_max = std::size_t{64} * 1024 * 1024, .memory = engine->memory()}},
      texts_{std::move(texts)},
      rows_{engine, list(of_rows)},
      findings_{engine, list(of_findings)},
      changes_{engine, list(of_changes)},
      effects_{engine, list(of_effects)}
{
}

Result<void> ReportTables::write(std::string_view bytes)
{
  return guarded([&]() -> Result<void> {
    for (;;) {
      const std::size_t end = bytes.find('\n');
      if (end == bytes.npos) break;
      if (rest_.empty()) {
        ROLLCALL_CHECK(read_line(bytes.substr(0, end)));
      } else {
        rest_.append(bytes.substr(0, end));
        ROLLCALL_CHECK(read_line(rest_));
        rest_.clear();
      }
      bytes.remove_prefix(end + 1);
    }
    rest_.append(bytes);
    return success();
  });
}

Result<void> ReportTables::restart()
{
  rest_.clear();
  job_.clear();
  for (TableBuilder* const table : {&rows_, &findings_, &changes_, &effects_}) table->clear();
  return success();
}

Result<void> ReportTables::read_line(std::string_view line)
{
  ROLLCALL_CHECK(while_doing(document_.read(line), "reading a report"));
  const json::Value root = document_.root();
  if (reads_ != Reads::findings) {
    const json::Value job = root.find("job");
    if (!job) return put_row(root);
    ROLLCALL_TRY(const std::string_view text, texts_.whole(job));
    job_ = text;
    return success();
  }
  // What is about the file is put when the job has ended.
  if (!root.find("row").natural()) return success();
  return put_finding(root, root);
}

Result<void> ReportTables::put_row(const json::Value& row)
{
  for (const json::Value finding : row.find("findings")) ROLLCALL_CHECK(put_finding(finding, row));
  if (reads_ == Reads::findings_in_report) return success();
  put_number(rows_[0], row.find("row"));
  put_number(rows_[1], row.find("line"));
  put_text(rows_[2], row.find("key"));
  put_text(rows_[3], row.find("outcome"));
  rows_[4].natural(row.find("changes").size());
  rows_[5].natural(row.find("effects").size());
  rows_[6].natural(row.find("findings").size());
  ROLLCALL_CHECK(put_changes(row));
  return put_effects(row);
}

Result<void> ReportTables::put_changes(const json::Value& row)
{
  std::uint64_t counted = 0;
  for (const json::Value change : row.find("changes")) {
    ++counted;
    const auto put_head = [&] {
      put_number(changes_[0], row.find("row"));
      changes_[1].natural(counted);
      put_text(changes_[2], change.find("op"));
      put_text(changes_[3], change.find("kind"));
      put_text(changes_[4], change.find("key"));
    };
    const json::Value fields = change.find("fields");
    for (const json::Value field : fields) {
      put_head();
      changes_[5].text(field.name());
      std::size_t column = 6;
      for (const json::Value value : field) {
        if (column == 8) return Error{ErrorCode::malformed, "a change has a before and an after"};
        ROLLCALL_CHECK(put_value(changes_[column++], value));
      }
      for (; column != 8; ++column) changes_[column].null();
    }
    if (fields.size() != 0) continue;
    put_head();
    for (std::size_t column = 5; column != 8; ++column) changes_[column].null();
  }
  return success();
}

Result<void> ReportTables::put_value(Column& column, const json::Value& value)
{
  if (value.is(json::Kind::null) || value.is(json::Kind::text)) {
    put_text(column, value);
    return success();
  }
  ROLLCALL_TRY(const std::string_view text, texts_.whole(value));
  column.text(text);
  return success();
}

Result<void> ReportTables::put_effects(const json::Value& row)
{
  static constexpr std::array<std::string_view, 1> name = {"effect"};
  for (const json::Value effect : row.find("effects")) {
    put_number(effects_[0], row.find("row"));
    put_text(effects_[1], effect.find("effect"));
    ROLLCALL_TRY(const std::string_view fields, texts_.others(effect, name));
    effects_[2].text_or_null(fields);
  }
  return success();
}

Result<void> ReportTables::put_finding(const json::Value& finding, const json::Value& place)
{
  put_number(findings_[0], place.find("row"));
  put_number(findings_[1], place.find("line"));
  put_text(findings_[2], finding.find("severity"));
  put_text(findings_[3], finding.find("code"));
  put_text(findings_[4], finding.find("column"));
  put_text(findings_[5], finding.find("value"));
  put_text(findings_[6], finding.find("message"));
  put_text(findings_[7], finding.find("fix").find("replace"));
  ROLLCALL_TRY(const std::string_view facts, texts_.others(finding, told));
  findings_[8].text_or_null(facts);
  put_text(findings_[9], finding.find("unsafe_fix").find("replace"));
  return success();
}

void append_finding_columns(std::vector<ColumnSpec>& to)
{
  to.insert(to.end(), of_findings.begin(), of_findings.end());
}

Result<void> put_finding(TableBuilder& table, std::size_t first, const Finding& finding,
                         JsonTexts& texts)
{
  table[first].natural_or_null(finding.place.row);
  table[first + 1].natural_or_null(finding.place.row != 0 ? finding.place.line : 0);
  table[first + 2].text(slug(finding.severity));
  table[first + 3].text(slug(finding));
  table[first + 4].text_or_null(finding.column);
  table[first + 5].text_or_null(finding.value);
  table[first + 6].text(render_message(finding));
  if (finding.fix)
    table[first + 7].text(finding.fix->replace);
  else
    table[first + 7].null();
  ROLLCALL_TRY(const std::string_view facts, texts.facts(finding.facts));
  table[first + 8].text_or_null(facts);
  const std::optional<Fix> guess = unsafe_fix(finding);
  table[first + 9].text_or_null(guess ? guess->replace : std::string_view{});
  return success();
}

Result<std::string_view> JsonTexts::facts(std::span<const Fact> facts)
{
  if (facts.empty()) return std::string_view{};
  text_->text.clear();
  writer_.begin_object();
  for (const Fact& fact : facts) {
    writer_.name(fact.name);
    std::uint64_t natural = 0;
    const char* const end = fact.value.data() + fact.value.size();
    const auto read = std::from_chars(fact.value.data(), end, natural);
    if (fact.is_number && read.ec == std::errc{} && read.ptr == end)
      writer_.natural(natural);
    else
      writer_.text(fact.value);
  }
  writer_.end_object();
  return taken();
}

Result<void> ReportTables::put(const Finding& finding)
{
  return capi::put_finding(findings_, 0, finding, texts_);
}

FindingCounts ReportTables::counts() const
{
  std::map<std::string, std::uint64_t, std::less<>> by_slug;
  std::array<std::uint64_t, severities.size()> by_severity = {};
  for (std::uint64_t row = 0; row != findings_.rows(); ++row) {
    const std::string_view code = findings_[3].text_at(row);
    auto counted = by_slug.find(code);
    if (counted == by_slug.end()) counted = by_slug.emplace(code, 0).first;
    ++counted->second;
    if (const auto severity = severity_of(findings_[2].text_at(row)))
      ++by_severity[static_cast<std::size_t>(*severity)];
  }
  return {std::move(by_slug), by_severity};
}

void ReportTables::finish(std::array<TableOwner, table_count>& into)
{
  into[ROLLCALL_TABLE_FINDINGS].reset(findings_.finish().release());
  if (reads_ != Reads::report) return;
  into[ROLLCALL_TABLE_ROWS].reset(rows_.finish().release());
  into[ROLLCALL_TABLE_CHANGES].reset(changes_.finish().release());
  into[ROLLCALL_TABLE_EFFECTS].reset(effects_.finish().release());
}

Result<Finding> finding_of(const json::Value& said)
{
  const auto text_in = [](const json::Value& object, std::string_view name) {
    return std::string{object.find(name).text().value_or("")};
  };
  Finding made;
  const std::string code = text_in(said, "code");
  const auto severity = severity_of(text_in(said, "severity"));
  if (code.empty() || !severity)
    return Error{ErrorCode::malformed, "a finding has a code and a severity"};
  made.severity = *severity;
  made.code = code_of(code).value_or(Code::rule);
  if (made.code == Code::rule) made.rule = code;
  made.column = text_in(said, "column");
  made.value = text_in(said, "value");
  made.says = text_in(said, "message");
  made.place.line = said.find("line").natural().value_or(0);
  made.place.byte = said.find("byte").natural().value_or(0);
  for (const json::Value member : said) {
    if (std::find(told.begin(), told.end(), member.name()) != told.end()) continue;
    if (const auto natural = member.natural())
      made.facts.push_back(fact(member.name(), *natural));
    else if (const auto text = member.text())
      made.facts.push_back(fact(member.name(), *text));
  }
  if (const json::Value fix = said.find("fix"))
    made.fix = Fix{.column = text_in(fix, "column"), .replace = text_in(fix, "replace")};
  return made;
}

Result<std::unique_ptr<rollcall_table>> findings_table(std::shared_ptr<Engine> engine,
                                                       std::span<const Finding> findings)
{
  ROLLCALL_TRY(JsonTexts texts, JsonTexts::open());
  TableBuilder table{std::move(engine), list(of_findings)};
  for (const Finding& finding : findings) ROLLCALL_CHECK(put_finding(table, 0, finding, texts));
  return table.finish();
}

} // namespace rollcall::capi
