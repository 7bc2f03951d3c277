// job_holders.cpp: who carries a job out, who takes it over, and who may have it stop or gone.
//
// All of it is asked within the transaction that then writes: what was so a moment before counts
// for nothing.
#include <optional>
#include <string>
#include <utility>

#include "store/artifacts.hpp"
#include "store/cleaning.hpp"
#include "store/job_row.hpp"
#include "store/jobs.hpp"

namespace rollcall::store {

Result<JobRecord> Jobs::take_over(JobId id, TakeOver from)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_TRY(const Holder holder, take(id, from));
  ROLLCALL_CHECK(drop_unfinished(*database_, id)); // nobody's now
  std::int64_t token = 0;
  ROLLCALL_TRY(auto record, read(id, token));
  if (!record) return not_there(id);
  // Until this is kept the lock of before is held as well: it goes with the new one.
  locks_.let_go(id);
  ROLLCALL_CHECK(locks_.hold(id, holder.second));
  Result<void> committed = transaction.commit();
  if (!committed.has_value()) {
    locks_.let_go(id);
    return std::move(committed).assume_error();
  }
  tokens_[id] = holder.second;
  return std::move(*record);
}

// Gives the job a new token, unless it has ended, or somebody is at it.
Result<Jobs::Holder> Jobs::take(JobId id, TakeOver from)
{
  ROLLCALL_TRY(Statement now, database_->prepare("SELECT token, state FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, now.bind(id).step());
  if (!is_there) return not_there(id);
  const std::int64_t token = now.integer(0);
  ROLLCALL_TRY(const JobState state, state_of(now.text(1)));
  if (has_ended(state)) return cannot_follow(id, state, JobState::running);
  const auto own = tokens_.find(id);
  const bool is_own = own != tokens_.end() && own->second == token;
  if (!is_own && from == TakeOver::of_gone && locks_.holder_of(id, token) == Presence::there)
    return Error{ErrorCode::busy,
                 "the job " + std::to_string(id) + " is carried out by another process"};
  ROLLCALL_TRY(Statement take, database_->prepare("UPDATE job SET token = ?, state = 'running' "
                                                  "WHERE id = ?"));
  ROLLCALL_CHECK(take.bind(token + 1).bind(id).run());
  return Holder{id, token + 1};
}

void Jobs::clean_behind() noexcept
{
  static_cast<void>(guarded([&] { return clean_if_free(*database_); }).has_value());
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
  ROLLCALL_TRY(const auto record, find(id));
  if (!record) return not_there(id);
  const JobState state = record->state;
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
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database_, Access::write));
  ROLLCALL_TRY(Statement now,
               database_->prepare("SELECT token, state, groups FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, now.bind(id).step());
  if (!is_there) return not_there(id);
  ROLLCALL_TRY(const JobState state, state_of(now.text(1)));
  if (has_ended(state)) return cannot_follow(id, state, JobState::cancelled);
  ROLLCALL_TRY(Statement given, database_->prepare("SELECT 1 FROM intended WHERE job = ? LIMIT 1"));
  ROLLCALL_TRY(const bool is_given, given.bind(id).step());
  const bool has_done_nothing = now.natural(2) == 0 && !is_given;
  const bool is_over = has_done_nothing && (state == JobState::interrupted ||
                                            locks_.holder_of(id, now.integer(0)) == Presence::gone);
  // (With a new token: whoever comes back late writes no more.)
  ROLLCALL_TRY(Statement stop,
               database_->prepare(is_over ? "UPDATE job SET is_to_stop = 1, token = token + 1, "
                                            "state = 'cancelled', ended_ms = ?2 WHERE id = ?1"
                                          : "UPDATE job SET is_to_stop = 1 WHERE id = ?1"));
  stop.bind(id);
  if (is_over) stop.bind(clock_->now_ms());
  ROLLCALL_CHECK(stop.run());
  if (is_over) ROLLCALL_CHECK(drop_unfinished(*database_, id));
  if (is_over) ROLLCALL_CHECK(release_plan(id));
  ROLLCALL_CHECK(transaction.commit());
  if (is_over) clean_behind();
  return success();
}

} // namespace rollcall::store
