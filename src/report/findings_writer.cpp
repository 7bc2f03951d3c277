// findings_writer.cpp: sees findings of rows and of the file in the same way.
#include "report/findings_writer.hpp"

#include "base/message_template.hpp"
#include "report/findings_github.hpp"
#include "report/findings_html.hpp"
#include "report/findings_junit.hpp"
#include "report/findings_lines.hpp"
#include "report/findings_sarif.hpp"
#include "report/findings_text.hpp"
#include "rollcall/fixes.hpp"

namespace rollcall::report {
namespace {

// A guess is none where something is certain, or where it cannot stand in the place of the cell.
void keep_one_fix(Seen& seen) noexcept
{
  const bool is_guess =
      seen.replace.empty() && !seen.column.empty() && is_unsafe_fix(seen.code, seen.guess);
  if (!is_guess) seen.guess = {};
  seen.is_guess_told = message_template(seen.code).find("{near}") != std::string_view::npos;
}

Seen seen_of(const check::Found& found, const Messages& messages, const plan::RowResult& row)
{
  Seen seen{.severity = found.severity, .code = found.code, .slug = messages.slug(found)};
  seen.row = row.shown_number();
  seen.line = row.line;
  seen.cell = found.cell;
  seen.column = messages.column(found);
  seen.value = messages.value(found);
  seen.found = &found;
  for (std::size_t i = 0; i != found.fact_count; ++i) {
    const check::FoundFact& fact = found.facts[i];
    if (fact.name == check::FactName::replace) seen.replace = fact.text;
    if (fact.name == check::FactName::near) seen.guess = fact.text;
  }
  keep_one_fix(seen);
  return seen;
}

Seen seen_of(const Finding& finding)
{
  Seen seen{.severity = finding.severity, .code = finding.code, .slug = slug(finding)};
  seen.row = finding.place.row;
  seen.line = finding.place.line;
  seen.cell = finding.place.column;
  seen.column = finding.column;
  seen.value = finding.value;
  if (finding.fix) seen.replace = finding.fix->replace;
  for (const Fact& fact : finding.facts)
    if (fact.name == "near") seen.guess = fact.value;
  keep_one_fix(seen);
  seen.finding = &finding;
  return seen;
}

} // namespace

void FindingsWriter::begin(const FindingsOf& of, const csv::RowBatch& /*header*/)
{
  of_.emplace(of);
  secrets_ = SecretCells{of.schema, of.header};
}

void FindingsWriter::put_row(const plan::RowResult& row, const csv::RowBatch& batch,
                             std::span<const Finding> readings)
{
  const Messages& messages = of_->messages;
  const SeenIn in{.row = row, .batch = batch};
  for (const check::Found& found : row.findings) {
    std::optional<Finding> reading;
    if (found.reading < readings.size()) reading = messages.reading(readings[found.reading]);
    Seen seen = reading ? seen_of(*reading) : seen_of(found, messages, row);
    if (seen.line == 0) seen.line = row.line;
    if (!wants(seen)) continue;
    text_.clear();
    messages.append(text_, found,
                    {.number = row.shown_number(), .line = row.line, .readings = readings});
    seen.message = text_.view();
    put_seen(seen, &in);
  }
}

void FindingsWriter::put(const Finding& finding)
{
  Seen seen = seen_of(finding);
  if (!wants(seen)) return;
  text_.clear();
  seen.message = text_.append(render_message(finding)).view();
  put_seen(seen, nullptr);
}

Result<std::unique_ptr<FindingsWriter>> open_findings(Sink& sink, FindingsForm form,
                                                      const FindingsOptions& options)
{
  switch (form) {
    case FindingsForm::jsonl:
      return open_findings_jsonl(sink, options);
    case FindingsForm::csv:
      return open_findings_csv(sink, options);
    case FindingsForm::junit:
      return open_findings_junit(sink, options);
    case FindingsForm::sarif:
      return open_findings_sarif(sink, options);
    case FindingsForm::github:
      return open_findings_github(sink, options);
    case FindingsForm::html:
      return open_findings_html(sink, options);
    case FindingsForm::text:
      break;
  }
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    return std::unique_ptr<FindingsWriter>{std::make_unique<FindingsText>(sink, options)};
  });
}

} // namespace rollcall::report
