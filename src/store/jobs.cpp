// jobs.cpp: reads and writes rows of the table of jobs.
#include "store/jobs.hpp"

#include <array>
#include <string>

#include "store/job_text.hpp"

namespace rollcall::store {
namespace {

constexpr std::array<std::string_view, 4> refusal_names = {"none", "actor", "file", "stale"};

// All columns but those of the journal, in the order of `bind`.
#define ROLLCALL_JOB_COLUMNS                                                                   \
  "came_from, state, format, action, actor, role, created_ms, started_ms, ended_ms, file, "    \
  "sha256, bytes, dialect, refusal, rows, blank_rows, created, updated, unchanged, rejected, " \
  "withheld, stale, failed, unknown, warnings, findings, found, plan, request"

constexpr const char* insert_job =
    "INSERT INTO job (" ROLLCALL_JOB_COLUMNS
    ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr const char* update_job =
    "UPDATE job SET (" ROLLCALL_JOB_COLUMNS
    ") = (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ? AND token = ?";
constexpr const char* select_job = "SELECT " ROLLCALL_JOB_COLUMNS ", id FROM job WHERE id = ?";
constexpr const char* select_jobs = "SELECT " ROLLCALL_JOB_COLUMNS ", id FROM job ORDER BY id DESC";
#undef ROLLCALL_JOB_COLUMNS

Error not_there(JobId id)
{
  return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
}

// Takes the columns of a row one after the other.
class RowReader {
 public:
  explicit RowReader(const Statement& row) noexcept : row_{row} {}
  std::string_view text() { return row_.text(at_++); }
  std::string copy() { return std::string{text()}; }
  std::int64_t integer() { return row_.integer(at_++); }
  std::uint64_t natural() { return row_.natural(at_++); }

 private:
  const Statement& row_;
  int at_ = 0;
};

Result<JobRecord> record_of(const Statement& statement)
{
  RowReader row{statement};
  JobRecord record;
  JobSummary& summary = record.summary;
  record.from = row.natural();
  ROLLCALL_TRY(record.state, state_of(row.text()));
  summary.state = record.state;
  for (std::string* const text : {&summary.format, &summary.action, &record.actor, &record.role})
    *text = row.copy();
  for (std::int64_t* const time : {&record.created_ms, &record.started_ms, &record.ended_ms})
    *time = row.integer();
  summary.file = row.copy();
  summary.sha256 = row.copy();
  summary.bytes = row.natural();
  ROLLCALL_TRY(summary.dialect, read_dialect(row.text()));
  const std::string_view refusal = row.text();
  for (std::size_t i = 0; i != refusal_names.size(); ++i)
    if (refusal_names[i] == refusal) summary.refusal = static_cast<Refusal>(i);
  for (std::uint64_t* const count :
       {&summary.rows, &summary.blank_rows, &summary.created, &summary.updated, &summary.unchanged,
        &summary.rejected, &summary.withheld, &summary.stale, &summary.failed, &summary.unknown,
        &summary.warnings})
    *count = row.natural();
  ROLLCALL_TRY(summary.findings, read_findings(row.text()));
  ROLLCALL_TRY(summary.counts, read_counts(row.text()));
  record.plan = row.copy();
  record.request = row.copy();
  record.id = row.natural();
  return record;
}

} // namespace

Result<JobState> state_of(std::string_view name)
{
  for (std::size_t i = 0; i != job_state_count; ++i)
    if (slug(static_cast<JobState>(i)) == name) return static_cast<JobState>(i);
  return Error{ErrorCode::corrupt, "a job is in a state that does not exist"};
}

// Runs it as well: what is bound lives no longer than this.
Result<void> Jobs::bind(Statement& statement, const JobRecord& record,
                        std::int64_t created_ms) const
{
  const JobSummary& summary = record.summary;
  ROLLCALL_TRY(const std::string dialect, dialect_text(summary.dialect));
  ROLLCALL_TRY(const std::string findings, findings_text(summary.findings));
  ROLLCALL_TRY(const std::string found, counts_text(summary.counts));
  const auto text = [&](std::string_view each) { statement.bind(each); };
  statement.bind(record.from);
  text(slug(record.state));
  for (const std::string* const each :
       {&summary.format, &summary.action, &record.actor, &record.role})
    text(*each);
  statement.bind(created_ms).bind(record.started_ms).bind(record.ended_ms);
  text(summary.file);
  text(summary.sha256);
  statement.bind(summary.bytes);
  text(dialect);
  text(refusal_names[static_cast<std::size_t>(summary.refusal)]);
  for (const std::uint64_t each :
       {summary.rows, summary.blank_rows, summary.created, summary.updated, summary.unchanged,
        summary.rejected, summary.withheld, summary.stale, summary.failed, summary.unknown,
        summary.warnings})
    statement.bind(each);
  text(findings);
  text(found);
  text(record.plan);
  text(record.request);
  if (record.id != 0) {
    const auto token = tokens_.find(record.id);
    statement.bind(record.id).bind(token == tokens_.end() ? std::int64_t{0} : token->second);
  }
  return statement.run();
}

Result<JobId> Jobs::add(const JobRecord& record)
{
  JobRecord added = record;
  added.id = 0;
  const std::int64_t created_ms = record.created_ms != 0 ? record.created_ms : clock_->now_ms();
  ROLLCALL_TRY(Statement statement, database_->prepare(insert_job));
  ROLLCALL_CHECK(bind(statement, added, created_ms));
  const auto id = static_cast<JobId>(database_->last_id());
  tokens_[id] = 1;
  return id;
}

Result<void> Jobs::update(const JobRecord& record)
{
  if (record.id == 0) return not_there(0);
  ROLLCALL_TRY(Statement statement, database_->prepare(update_job));
  ROLLCALL_CHECK(bind(statement, record, record.created_ms));
  if (database_->changes() == 1) return success();
  return check_holder(record.id);
}

Result<std::optional<JobRecord>> Jobs::find(JobId id)
{
  std::optional<JobRecord> found;
  ROLLCALL_TRY(Statement statement, database_->prepare(select_job));
  ROLLCALL_TRY(const bool is_there, statement.bind(id).step());
  if (!is_there) return found;
  ROLLCALL_TRY(found, record_of(statement));
  return found;
}

Result<void> Jobs::list(JobSink& sink)
{
  ROLLCALL_TRY(Statement statement, database_->prepare(select_jobs));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, statement.step());
    if (!is_there) return success();
    ROLLCALL_TRY(const JobRecord record, record_of(statement));
    sink.job(record);
  }
}

Result<void> Jobs::take_over(JobId id)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_TRY(Statement statement,
               database_->prepare("UPDATE job SET token = token + 1 WHERE id = ? RETURNING token"));
  ROLLCALL_TRY(const bool is_there, statement.bind(id).step());
  if (!is_there) return not_there(id);
  const std::int64_t token = statement.integer(0);
  ROLLCALL_TRY(const bool is_more, statement.step());
  if (is_more) return Error{ErrorCode::corrupt, "two jobs have one id"};
  // Files that its former holder has not finished are nobody's now.
  ROLLCALL_TRY(Statement pieces,
               database_->prepare("DELETE FROM piece WHERE artifact IN (SELECT id FROM artifact "
                                  "WHERE job = ? AND is_whole = 0)"));
  ROLLCALL_CHECK(pieces.bind(id).run());
  ROLLCALL_TRY(Statement artifacts,
               database_->prepare("DELETE FROM artifact WHERE job = ? AND is_whole = 0"));
  ROLLCALL_CHECK(artifacts.bind(id).run());
  ROLLCALL_CHECK(transaction.commit());
  tokens_[id] = token;
  return success();
}

Result<void> Jobs::check_holder(JobId id)
{
  ROLLCALL_TRY(Statement statement, database_->prepare("SELECT token FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, statement.bind(id).step());
  if (!is_there) return not_there(id);
  const auto token = tokens_.find(id);
  if (token != tokens_.end() && token->second == statement.integer(0)) return success();
  return Error{ErrorCode::busy,
               "the job " + std::to_string(id) + " is carried out by another process"};
}

Result<void> Jobs::check_ended(JobId id)
{
  ROLLCALL_TRY(Statement statement, database_->prepare("SELECT state FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, statement.bind(id).step());
  if (!is_there) return not_there(id);
  ROLLCALL_TRY(const JobState state, state_of(statement.text(0)));
  if (has_ended(state)) return success();
  return Error{ErrorCode::busy, "the job " + std::to_string(id) + " is " +
                                    std::string{slug(state)} +
                                    ": it is resumed to its end, or cancelled, first"};
}

Result<bool> Jobs::goes_on(JobId id, const JobProgress& progress)
{
  ROLLCALL_TRY(Statement note,
               database_->prepare("UPDATE job SET rows_read = max(rows_read, ?), groups_planned = "
                                  "max(groups_planned, ?) WHERE id = ? RETURNING is_to_stop"));
  note.bind(progress.rows).bind(progress.groups_planned).bind(id);
  ROLLCALL_TRY(const bool is_there, note.step());
  return !is_there || note.integer(0) == 0;
}

Result<void> Jobs::cancel(JobId id)
{
  ROLLCALL_TRY(Statement stop,
               database_->prepare("UPDATE job SET is_to_stop = 1 WHERE id = ? AND state IN "
                                  "('queued', 'running', 'interrupted')"));
  ROLLCALL_CHECK(stop.bind(id).run());
  if (database_->changes() == 1) return success();
  ROLLCALL_TRY(const auto record, find(id));
  if (!record) return not_there(id);
  return Error{ErrorCode::wrong_use,
               "the job " + std::to_string(id) + " has ended: " + std::string{slug(record->state)}};
}

Result<std::optional<JobId>> Jobs::user_of(std::string_view plan)
{
  ROLLCALL_TRY(Statement used, database_->prepare("SELECT job FROM plan_used WHERE plan = ?"));
  ROLLCALL_TRY(const bool is_used, used.bind(plan).step());
  return is_used ? std::optional<JobId>{used.natural(0)} : std::nullopt;
}

Result<std::optional<JobId>> Jobs::use_plan(JobId id, std::string_view plan)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_CHECK(check_holder(id));
  ROLLCALL_TRY(Statement used, database_->prepare("SELECT job FROM plan_used WHERE plan = ?"));
  ROLLCALL_TRY(const bool is_used, used.bind(plan).step());
  // The job itself may say so again: it goes on after a crash.
  if (is_used) return used.natural(0) == id ? std::nullopt : std::optional{used.natural(0)};
  ROLLCALL_TRY(Statement use, database_->prepare("INSERT INTO plan_used VALUES (?, ?)"));
  ROLLCALL_CHECK(use.bind(plan).bind(id).run());
  ROLLCALL_CHECK(transaction.commit());
  return std::optional<JobId>{};
}

} // namespace rollcall::store
