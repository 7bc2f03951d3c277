// What came of a job, asked in many small ways, none of which can fail but for lack of memory.
#include "report.hpp"

#include <algorithm>

#include "output.hpp"
#include "report_tables.hpp"
#include "source.hpp"

namespace rollcall::capi {
namespace {

std::unique_ptr<rollcall_table> codes_of(const std::shared_ptr<Engine>& engine,
                                         const FindingCounts& counts)
{
  TableBuilder table{engine, {{"code"}, {"count", ColumnIs::natural}}};
  for (const auto& [code, count] : counts.by_slug()) {
    table[0].text(code);
    table[1].natural(count);
  }
  return table.finish();
}

// What the line of a job says, as far as it does. `rows` are the findings of those that stood
// before it.
Result<JobSummary> summary_of(std::string_view line, FindingCounts&& rows)
{
  JobSummary job;
  job.counts = std::move(rows);
  json::Document document{{}};
  ROLLCALL_CHECK(document.read(line));
  const json::Value root = document.root();
  const auto number = [&](std::string_view name) { return root.find(name).natural().value_or(0); };
  const auto text = [&](std::string_view name) {
    return std::string{root.find(name).text().value_or("")};
  };
  job.id = number("id");
  job.format = text("format");
  job.action = text("action");
  for (std::size_t i = 0; i != job_state_count; ++i)
    if (slug(static_cast<JobState>(i)) == text("state")) job.state = static_cast<JobState>(i);
  for (std::size_t i = 0; i != refusal_count; ++i)
    if (slug(static_cast<Refusal>(i)) == text("refusal")) job.refusal = static_cast<Refusal>(i);
  job.rows = number("rows");
  job.blank_rows = number("blank_rows");
  job.created = number("created");
  job.updated = number("updated");
  job.unchanged = number("unchanged");
  job.rejected = number("rejected");
  job.withheld = number("withheld");
  job.stale = number("stale");
  job.failed = number("failed");
  job.unknown = number("unknown");
  job.warnings = number("warnings");
  job.file = text("file");
  job.sha256 = text("sha256");
  job.bytes = number("bytes");
  job.dialect.encoding = csv::encoding_of(text("encoding")).value_or(job.dialect.encoding);
  const std::string delimiter = text("delimiter");
  if (!delimiter.empty()) job.dialect.delimiter = delimiter.front();
  for (const json::Value said : root.find("findings")) {
    ROLLCALL_TRY(Finding finding, finding_of(said));
    job.counts.count(finding);
    job.findings.push_back(std::move(finding));
  }
  return job;
}

std::uint64_t count_of(const JobSummary& job, std::int32_t which) noexcept
{
  switch (which) {
    case ROLLCALL_COUNT_ROWS:
      return job.rows;
    case ROLLCALL_COUNT_BLANK_ROWS:
      return job.blank_rows;
    case ROLLCALL_COUNT_CREATED:
      return job.created;
    case ROLLCALL_COUNT_UPDATED:
      return job.updated;
    case ROLLCALL_COUNT_UNCHANGED:
      return job.unchanged;
    case ROLLCALL_COUNT_REJECTED:
      return job.rejected;
    case ROLLCALL_COUNT_WITHHELD:
      return job.withheld;
    case ROLLCALL_COUNT_STALE:
      return job.stale;
    case ROLLCALL_COUNT_FAILED:
      return job.failed;
    case ROLLCALL_COUNT_UNKNOWN:
      return job.unknown;
    case ROLLCALL_COUNT_WARNINGS:
      return job.warnings;
    case ROLLCALL_COUNT_FINDINGS:
      return job.counts.total();
    case ROLLCALL_COUNT_ERRORS:
      return job.counts.of(Severity::error);
    case ROLLCALL_COUNT_BYTES:
      return job.bytes;
    default:
      return 0;
  }
}

} // namespace

Result<std::unique_ptr<rollcall_report>> report_of(const std::shared_ptr<Engine>& engine,
                                                   JobSummary&& summary, ReportTables* kept)
{
  auto body = std::make_shared<ReportBody>();
  body->engine = engine;
  body->summary = std::move(summary);
  const JobSummary& job = body->summary;
  if (kept != nullptr) {
    for (const Finding& finding : job.findings) ROLLCALL_CHECK(kept->put(finding));
    kept->finish(body->tables);
  }
  ROLLCALL_TRY(auto file, findings_table(engine, job.findings));
  body->tables[ROLLCALL_TABLE_FILE_FINDINGS].reset(file.release());
  body->tables[ROLLCALL_TABLE_CODES].reset(codes_of(engine, job.counts).release());
  auto handle = std::make_unique<rollcall_report>();
  handle->body = std::move(body);
  return handle;
}

} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

int32_t rollcall_report_state(const rollcall_report* report)
{
  return report != nullptr ? static_cast<int32_t>(report->body->summary.state)
                           : ROLLCALL_STATE_FAILED;
}

int32_t rollcall_report_refusal(const rollcall_report* report)
{
  return report != nullptr ? static_cast<int32_t>(report->body->summary.refusal)
                           : ROLLCALL_REFUSAL_NONE;
}

uint64_t rollcall_report_count(const rollcall_report* report, int32_t which)
{
  return report != nullptr ? count_of(report->body->summary, which) : 0;
}

uint64_t rollcall_report_code_count(const rollcall_report* report, const char* code,
                                    size_t code_len)
{
  return report != nullptr ? report->body->summary.counts.of(text_of(code, code_len)) : 0;
}

uint64_t rollcall_report_job(const rollcall_report* report)
{
  return report != nullptr ? report->body->summary.id : 0;
}

void rollcall_report_format(const rollcall_report* report, rollcall_str* out)
{
  *out = report != nullptr ? str(report->body->summary.format) : rollcall_str{"", 0};
}

void rollcall_report_action(const rollcall_report* report, rollcall_str* out)
{
  *out = report != nullptr ? str(report->body->summary.action) : rollcall_str{"", 0};
}

void rollcall_report_sha256(const rollcall_report* report, rollcall_str* out)
{
  *out = report != nullptr ? str(report->body->summary.sha256) : rollcall_str{"", 0};
}

rollcall_status rollcall_report_json(const rollcall_report* report, rollcall_output* output,
                                     rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(report, "report"));
    return write_into(output, [&](Sink& sink) { return write_job(report->body->summary, sink); });
  });
}

rollcall_status rollcall_report_summary(const rollcall_report* report, uint32_t flags,
                                        rollcall_output* output, rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(report, "report"));
    ROLLCALL_CHECK(check_flags(flags, ROLLCALL_SUMMARY_COLOUR, "flags"));
    const bool colour = (flags & ROLLCALL_SUMMARY_COLOUR) != 0;
    return write_into(output, [&](Sink& sink) {
      return write_summary(report->body->summary, {.colour = colour}, sink);
    });
  });
}

rollcall_status rollcall_report_table(const rollcall_report* report, int32_t which,
                                      rollcall_table** out, rollcall_error** err)
{
  if (out != nullptr) *out = nullptr;
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(report, "report"));
    ROLLCALL_CHECK(given(out, "out"));
    if (which < 1 || which >= static_cast<int32_t>(table_count))
      return wrong_use("there is no such table");
    const TableOwner& table = report->body->tables[static_cast<std::size_t>(which)];
    if (table == nullptr) return wrong_use("the table was not kept (rollcall_outputs.keep)");
    *out = rollcall_table_retain(table.get());
    return success();
  });
}

rollcall_status rollcall_report_read(const rollcall_engine* engine, rollcall_source* source,
                                     rollcall_report** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_report>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(given(source, "source"));
    ROLLCALL_TRY(const InUse held, InUse::take(source->body->in_use(), "the source"));
    static_cast<void>(held);
    ROLLCALL_TRY(Source* const bytes, source->body->begin());
    ROLLCALL_TRY(auto tables, ReportTables::open(engine->engine, ReportTables::Reads::report));
    std::pmr::vector<char> piece(std::size_t{64} * 1024, engine->engine->memory());
    for (;;) {
      ROLLCALL_TRY(const std::size_t size, bytes->read(std::as_writable_bytes(std::span{piece})));
      if (size == 0) break;
      ROLLCALL_CHECK(tables->write({piece.data(), size}));
    }
    if (tables->job().empty())
      return Error{ErrorCode::malformed, "a report ends in the line of its job"};
    ROLLCALL_TRY(JobSummary job, summary_of(tables->job(), tables->counts()));
    return report_of(engine->engine, std::move(job), tables.get());
  });
}

void rollcall_report_free(rollcall_report* report)
{
  delete report;
}
