// report_jsonl.cpp: writes what became of a row, and of a job, as a line of JSON.
#include "report/report_jsonl.hpp"

#include <array>

#include "plan/change_json.hpp"
#include "report/finding_json.hpp"

namespace rollcall::report {
namespace {

std::string_view delimiter_of(const csv::Dialect& dialect) noexcept
{
  return dialect.delimiter ? std::string_view{&*dialect.delimiter, 1} : std::string_view{};
}

} // namespace

Result<ReportJsonl> ReportJsonl::open(Sink& sink, const schema::CompiledSchema& schema,
                                      const Messages& messages, std::pmr::memory_resource* memory)
{
  return guarded([&]() -> Result<ReportJsonl> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.memory = memory}));
    return ReportJsonl{std::move(writer), schema, messages, memory};
  });
}

ReportJsonl::ReportJsonl(json::Writer&& writer, const schema::CompiledSchema& schema,
                         const Messages& messages, std::pmr::memory_resource* memory)
    : writer_{std::move(writer)}, schema_{&schema}, messages_{&messages}, message_{memory}
{
}

void ReportJsonl::put_row(const plan::RowResult& row, std::span<const Finding> readings)
{
  writer_.begin_object();
  writer_.name("row").natural(row.shown_number());
  writer_.name("line").natural(row.line);
  writer_.name("key");
  plan::put_text_or_null(writer_, row.key);
  writer_.name("outcome").text(plan::slug(row.outcome));
  writer_.name("changes");
  plan::put_changes(writer_, *schema_, row.changes, plan::GivenKeys::shown);
  writer_.name("effects");
  plan::put_effects(writer_, row.effects, plan::GivenKeys::shown);
  if (!row.withdraws.empty()) {
    writer_.name("withdrawn").begin_list();
    for (const std::string_view effect : row.withdraws) writer_.text(effect);
    writer_.end_list();
  }
  writer_.name("findings").begin_list();
  const FoundIn in{.number = row.shown_number(), .line = row.line, .readings = readings};
  for (const check::Found& found : row.findings)
    put_found(writer_, *messages_, found, in, message_);
  writer_.end_list();
  writer_.end_object();
  writer_.end_line();
}

void ReportJsonl::put_job(const JobSummary& job)
{
  report::put_job(writer_, job);
}

void put_found(json::Writer& writer, const Messages& messages, const check::Found& found,
               const FoundIn& in, TextBuffer& message)
{
  if (found.reading < in.readings.size())
    return put_finding(writer, messages.reading(in.readings[found.reading]));
  message.clear();
  messages.append(message, found, in);
  const std::string_view column = messages.column(found);
  writer.begin_object();
  put_head(writer, found.severity, messages.slug(found), column, found.cell, messages.value(found),
           message.view());
  put_facts(writer, found, column);
  writer.end_object();
}

void put_counts(json::Writer& writer, const JobSummary& job)
{
  writer.name("rows").natural(job.rows);
  writer.name("blank_rows").natural(job.blank_rows);
  writer.name("created").natural(job.created);
  writer.name("updated").natural(job.updated);
  writer.name("unchanged").natural(job.unchanged);
  writer.name("rejected").natural(job.rejected);
  writer.name("withheld").natural(job.withheld);
  writer.name("stale").natural(job.stale);
  writer.name("failed").natural(job.failed);
  writer.name("unknown").natural(job.unknown);
  writer.name("warnings").natural(job.warnings);
}

void put_job(json::Writer& writer, const JobSummary& job)
{
  writer.begin_object();
  writer.name("job").begin_object();
  if (job.id != 0) writer.name("id").natural(job.id);
  writer.name("format").text(job.format);
  writer.name("action").text(job.action);
  writer.name("state").text(slug(job.state));
  if (job.refusal != Refusal::none) writer.name("refusal").text(slug(job.refusal));
  put_counts(writer, job);
  writer.name("file").text(job.file);
  writer.name("sha256").text(job.sha256);
  writer.name("bytes").natural(job.bytes);
  writer.name("encoding").text(csv::slug(job.dialect.encoding));
  writer.name("delimiter").text(delimiter_of(job.dialect));
  writer.name("findings");
  put_findings(writer, job.findings);
  writer.end_object();
  writer.end_object();
  writer.end_line();
}

} // namespace rollcall::report

namespace rollcall {

std::string_view slug(JobState state) noexcept
{
  static constexpr std::array<std::string_view, job_state_count> slugs = {
      "queued", "running", "succeeded", "partial", "failed", "cancelled", "interrupted"};
  return slugs[static_cast<std::size_t>(state)];
}

std::string_view slug(Refusal refusal) noexcept
{
  static constexpr std::array<std::string_view, refusal_count> slugs = {"", "actor", "file",
                                                                        "stale"};
  return slugs[static_cast<std::size_t>(refusal)];
}

Result<void> write_job(const JobSummary& job, Sink& sink)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(auto writer, json::Writer::open(sink));
    report::put_job(writer, job);
    return writer.finish();
  });
}

} // namespace rollcall
