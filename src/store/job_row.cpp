// job_row.cpp: columns one after the other, in one order for who writes and who reads.
#include "store/job_row.hpp"

#include <array>

#include "store/job_text.hpp"

namespace rollcall::store {
namespace {

constexpr std::array<std::string_view, 4> refusal_names = {"none", "actor", "file", "stale"};
constexpr int token_at = 27;
constexpr int rest_at = 28;

} // namespace

Result<JobState> state_of(std::string_view name)
{
  for (std::size_t i = 0; i != job_state_count; ++i)
    if (slug(static_cast<JobState>(i)) == name) return static_cast<JobState>(i);
  return Error{ErrorCode::corrupt, "a job is in a state that does not exist"};
}

Result<RecordTexts> texts_of(const JobSummary& job)
{
  RecordTexts made;
  ROLLCALL_TRY(made.dialect, dialect_text(job.dialect));
  ROLLCALL_TRY(made.findings, findings_text(job.findings));
  ROLLCALL_TRY(made.found, counts_text(job.counts));
  return made;
}

void bind_record(Statement& statement, const JobRecord& record, const RecordTexts& texts)
{
  const JobSummary& summary = record.summary;
  const auto text = [&](std::string_view each) { statement.bind(each); };
  statement.bind(record.from);
  text(slug(record.state));
  for (const std::string* const each :
       {&summary.format, &summary.action, &record.actor, &record.role})
    text(*each);
  statement.bind(record.created_ms).bind(record.started_ms).bind(record.ended_ms);
  text(summary.file);
  text(summary.sha256);
  statement.bind(summary.bytes);
  text(texts.dialect);
  text(refusal_names[static_cast<std::size_t>(summary.refusal)]);
  for (const std::uint64_t each :
       {summary.rows, summary.blank_rows, summary.created, summary.updated, summary.unchanged,
        summary.rejected, summary.withheld, summary.stale, summary.failed, summary.unknown,
        summary.warnings})
    statement.bind(each);
  text(texts.findings);
  text(texts.found);
  text(record.plan);
  text(record.request);
  statement.bind(summary.undoes);
}

Result<void> read_in_brief(const Statement& row, JobRecord& record)
{
  int at = 0;
  JobSummary& job = record.summary;
  ROLLCALL_TRY(record.state, state_of(row.text(at++)));
  job.state = record.state;
  for (std::string* const text : {&job.format, &job.action, &record.actor, &record.role, &job.file,
                                  &job.sha256, &record.plan})
    *text = row.text(at++);
  for (std::int64_t* const time : {&record.created_ms, &record.started_ms, &record.ended_ms})
    *time = row.integer(at++);
  for (std::uint64_t* const number :
       {&record.id, &record.from, &job.bytes, &job.rows, &job.blank_rows, &job.created,
        &job.updated, &job.unchanged, &job.rejected, &job.withheld, &job.stale, &job.failed,
        &job.unknown, &job.warnings, &record.schema_id, &job.undoes})
    *number = row.natural(at++);
  job.id = record.id;
  return success();
}

Result<void> read_rest(const Statement& row, JobRecord& record)
{
  int at = rest_at;
  JobSummary& job = record.summary;
  ROLLCALL_TRY(job.dialect, read_dialect(row.text(at++)));
  const std::string_view refusal = row.text(at++);
  for (std::size_t i = 0; i != refusal_names.size(); ++i)
    if (refusal_names[i] == refusal) job.refusal = static_cast<Refusal>(i);
  ROLLCALL_TRY(job.findings, read_findings(row.text(at++)));
  ROLLCALL_TRY(job.counts, read_counts(row.text(at++)));
  record.request = row.text(at);
  return success();
}

Result<void> read_whole(const Statement& row, JobRecord& record)
{
  ROLLCALL_CHECK(read_in_brief(row, record));
  return read_rest(row, record);
}

std::int64_t token_in(const Statement& statement)
{
  return statement.integer(token_at);
}

} // namespace rollcall::store
