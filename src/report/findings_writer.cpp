// findings_writer.cpp: sees findings of rows and of the file in the same way.
#include "report/findings_writer.hpp"

#include "report/findings_lines.hpp"
#include "report/findings_text.hpp"

namespace rollcall::report {
namespace {

Seen seen_of(const check::Found& found, const Messages& messages, const plan::RowResult& row)
{
  Seen seen{.severity = found.severity, .code = found.code, .slug = messages.slug(found)};
  seen.row = row.shown_number();
  seen.line = row.line;
  seen.cell = found.cell;
  seen.column = messages.column(found);
  seen.value = messages.value(found);
  seen.found = &found;
  for (std::size_t i = 0; i != found.fact_count; ++i)
    if (found.facts[i].name == check::FactName::replace) seen.replace = found.facts[i].text;
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
  seen.finding = &finding;
  return seen;
}

} // namespace

void FindingsWriter::begin(const FindingsOf& of, const csv::RowBatch& /*header*/)
{
  of_.emplace(of);
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

Result<std::unique_ptr<FindingsWriter>> open_findings(Sink& sink, FindingsStyle style,
                                                      const FindingsOptions& options)
{
  switch (style) {
    case FindingsStyle::jsonl:
      return open_findings_jsonl(sink, options);
    case FindingsStyle::csv:
      return open_findings_csv(sink, options);
    case FindingsStyle::error_log:
      return open_error_log(sink, options);
    case FindingsStyle::error_log_jsonl:
      return open_error_log_jsonl(sink, options);
    case FindingsStyle::text:
      break;
  }
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    return std::unique_ptr<FindingsWriter>{std::make_unique<FindingsText>(sink, options)};
  });
}

} // namespace rollcall::report
