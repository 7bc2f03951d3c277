// jobs.cpp: reads and writes rows of the table of jobs.
#include "store/jobs.hpp"

#include <string>
#include <utility>
#include <vector>

#include "store/history.hpp"
#include "store/job_row.hpp"
#include "store/schemas.hpp"

namespace rollcall::store {
namespace {

constexpr const char* insert_job =
    "INSERT INTO job (" ROLLCALL_JOB_WRITTEN
    ", schema, audit_before) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
    "nullif(?, 0), (SELECT coalesce(max(id), 0) FROM audit))";
constexpr const char* update_job =
    "UPDATE job SET (" ROLLCALL_JOB_WRITTEN
    ") = (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ? AND token = ?";
constexpr const char* select_job = "SELECT " ROLLCALL_JOB_WHOLE " FROM job WHERE id = ?";
constexpr const char* select_jobs = "SELECT " ROLLCALL_JOB_WHOLE " FROM job ORDER BY id DESC";

// What a holder may make of his job. One that was interrupted runs again if it is taken over.
bool may_follow(JobState state, JobState next) noexcept
{
  switch (state) {
    case JobState::queued:
      return next != JobState::succeeded && next != JobState::partial;
    case JobState::running:
      return next != JobState::queued;
    case JobState::interrupted:
      return next == JobState::interrupted || next == JobState::failed ||
             next == JobState::cancelled;
    default:
      return false;
  }
}

void show_interrupted(JobRecord& record)
{
  record.state = record.summary.state = JobState::interrupted;
}

} // namespace

Error not_there(JobId id)
{
  return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
}

Error cannot_follow(JobId id, JobState state, JobState next)
{
  const std::string job = "the job " + std::to_string(id);
  if (has_ended(state))
    return Error{ErrorCode::wrong_use, job + " has ended: " + std::string{slug(state)}};
  return Error{ErrorCode::wrong_use, job + " is " + std::string{slug(state)} + ", and cannot be " +
                                         std::string{slug(next)} + " next"};
}

// Its lock is there before anybody can see that it is running.
Result<JobId> Jobs::insert(const JobRecord& record)
{
  JobRecord added = record;
  if (added.created_ms == 0) added.created_ms = clock_->now_ms();
  ROLLCALL_TRY(const RecordTexts texts, texts_of(added.summary));
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  std::uint64_t schema = 0;
  if (!added.schema.empty()) {
    ROLLCALL_TRY(schema, keep_schema(*database_, added.summary.format, added.schema));
  }
  {
    ROLLCALL_TRY(Statement statement, database_->prepare(insert_job));
    bind_record(statement, added, texts);
    ROLLCALL_CHECK(statement.bind(schema).run());
  }
  const auto id = static_cast<JobId>(database_->last_id());
  tokens_[id] = 1;
  if (!has_ended(record.state)) ROLLCALL_CHECK(locks_.hold(id, 1));
  Result<void> committed = transaction.commit();
  if (committed.has_value()) return id;
  locks_.let_go(id);
  return std::move(committed).assume_error();
}

Result<JobId> Jobs::add(const JobRecord& record)
{
  Result<JobId> id = insert(record);
  if (id.has_value()) return id;
  return with_who_writes(std::move(id).assume_error());
}

Error Jobs::with_who_writes(Error&& error)
{
  if (error.code() != ErrorCode::busy) return std::move(error);
  const auto say = [&]() -> Result<std::string> {
    ROLLCALL_TRY(const std::set<Holder> gone, find_gone());
    ROLLCALL_TRY(Statement running,
                 database_->prepare("SELECT id, token, action, file FROM job WHERE state = "
                                    "'running' ORDER BY id"));
    for (;;) {
      ROLLCALL_TRY(const bool is_there, running.step());
      if (!is_there) return std::string{};
      if (gone.contains({running.natural(0), running.integer(1)})) continue;
      std::string says = "the store is being written: job " + std::to_string(running.natural(0)) +
                         " (" + std::string{running.text(2)};
      if (!running.text(3).empty()) says.append(" of ").append(running.text(3));
      return says + ") is being carried out; try again when it has ended";
    }
  };
  auto said = guarded(say);
  if (!said.has_value() || said.assume_value().empty()) return std::move(error);
  return Error{ErrorCode::busy, std::move(said).assume_value()};
}

// A job that its actor may not do is an access that was refused. (Of one that does something with
// another job that is noted with the other one, by who was asked for it.)
Result<void> Jobs::note_refusal(const JobRecord& record)
{
  const JobSummary& job = record.summary;
  if (job.refusal != Refusal::actor || job.findings.empty()) return success();
  if (record.from != 0 && job.action != "apply") return success();
  return note(*database_, *clock_,
              {.actor = record.actor,
               .role = record.role,
               .what = job.action,
               .job = record.id,
               .refusal = render_message(job.findings.front())});
}

Result<void> Jobs::update(const JobRecord& record)
{
  if (record.id == 0) return not_there(0);
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_CHECK(check_holder(record.id));
  {
    ROLLCALL_TRY(Statement now, database_->prepare("SELECT state FROM job WHERE id = ?"));
    ROLLCALL_TRY(const bool is_there, now.bind(record.id).step());
    if (!is_there) return not_there(record.id);
    ROLLCALL_TRY(const JobState state, state_of(now.text(0)));
    if (!may_follow(state, record.state)) return cannot_follow(record.id, state, record.state);
  }
  ROLLCALL_TRY(const RecordTexts texts, texts_of(record.summary));
  ROLLCALL_TRY(Statement statement, database_->prepare(update_job));
  bind_record(statement, record, texts);
  const auto token = tokens_.find(record.id);
  statement.bind(record.id).bind(token == tokens_.end() ? std::int64_t{0} : token->second);
  ROLLCALL_CHECK(statement.run());
  if (record.state == JobState::failed || record.state == JobState::cancelled)
    ROLLCALL_CHECK(release_plan(record.id));
  ROLLCALL_CHECK(note_refusal(record));
  ROLLCALL_CHECK(transaction.commit());
  if (record.state == JobState::queued || record.state == JobState::running) return success();
  locks_.let_go(record.id);
  clean_behind();
  return success();
}

// Those of jobs that stand as running who are there no more. Who is found here and stands there in
// a later moment as well, has neither ended his job nor handed it on.
Result<std::set<Jobs::Holder>> Jobs::find_gone()
{
  std::vector<Holder> all;
  ROLLCALL_TRY(Statement running,
               database_->prepare("SELECT id, token FROM job WHERE state = 'running'"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, running.step());
    if (!is_there) break;
    all.emplace_back(running.natural(0), running.integer(1));
  }
  std::set<Holder> gone;
  for (const Holder& each : all)
    if (locks_.holder_of(each.first, each.second) == Presence::gone) gone.insert(each);
  return gone;
}

Result<std::optional<JobRecord>> Jobs::find(JobId id)
{
  ROLLCALL_TRY(const std::set<Holder> gone, find_gone());
  std::int64_t token = 0;
  ROLLCALL_TRY(auto found, read(id, token));
  if (found && found->state == JobState::running && gone.contains({id, token}))
    show_interrupted(*found);
  return found;
}

Result<std::optional<JobRecord>> Jobs::read(JobId id, std::int64_t& token)
{
  std::optional<JobRecord> found;
  ROLLCALL_TRY(Statement statement, database_->prepare(select_job));
  ROLLCALL_TRY(const bool is_there, statement.bind(id).step());
  if (!is_there) return found;
  ROLLCALL_CHECK(read_whole(statement, found.emplace()));
  token = token_in(statement);
  if (found->schema_id != 0) {
    ROLLCALL_TRY(found->schema, schema_text(*database_, found->schema_id));
  }
  return found;
}

Result<void> Jobs::list(JobSink& sink)
{
  ROLLCALL_TRY(const std::set<Holder> gone, find_gone());
  ROLLCALL_TRY(Statement statement, database_->prepare(select_jobs));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, statement.step());
    if (!is_there) return success();
    JobRecord record;
    ROLLCALL_CHECK(read_whole(statement, record));
    if (record.state == JobState::running && gone.contains({record.id, token_in(statement)}))
      show_interrupted(record);
    sink.job(record);
  }
}

Result<std::optional<JobId>> Jobs::user_of(std::string_view plan)
{
  ROLLCALL_TRY(Statement used, database_->prepare("SELECT job FROM plan_used WHERE plan = ?"));
  ROLLCALL_TRY(const bool is_used, used.bind(plan).step());
  return is_used ? std::optional<JobId>{used.natural(0)} : std::nullopt;
}

Result<std::optional<JobId>> Jobs::maker_of(std::string_view plan)
{
  ROLLCALL_TRY(Statement made, database_->prepare("SELECT id FROM job WHERE plan = ? AND action IN "
                                                  "('plan', 'validate') ORDER BY id LIMIT 1"));
  ROLLCALL_TRY(const bool is_there, made.bind(plan).step());
  return is_there ? std::optional<JobId>{made.natural(0)} : std::nullopt;
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

Result<void> Jobs::release_plan(JobId id)
{
  ROLLCALL_TRY(
      Statement release,
      database_->prepare("DELETE FROM plan_used WHERE job = ?1 AND " ROLLCALL_HAS_DONE_NOTHING));
  return release.bind(id).run();
}

} // namespace rollcall::store
