// purging.cpp: one transaction deletes, what comes behind it cleans; the second can be done again.
#include "store/purging.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "store/cleaning.hpp"

namespace rollcall::store {
namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 60 * 60 * 1000;

Result<void> run_of(Database& database, const char* sql, JobId id)
{
  ROLLCALL_TRY(Statement statement, database.prepare(sql));
  return statement.bind(id).run();
}

Result<void> remove_files(Database& database, JobId id)
{
  ROLLCALL_CHECK(run_of(database,
                        "DELETE FROM piece WHERE artifact IN (SELECT id FROM artifact "
                        "WHERE job = ?)",
                        id));
  ROLLCALL_CHECK(run_of(database, "DELETE FROM artifact WHERE job = ?", id));
  return run_of(database, "DELETE FROM secret WHERE job = ?", id);
}

// Those that have ended and are too old, or behind the newest so many.
Result<std::vector<JobId>> expired(Database& database, std::int64_t before_ms, std::uint64_t jobs)
{
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  ROLLCALL_TRY(Statement rows,
               database.prepare("SELECT id FROM job WHERE state NOT IN ('queued', 'running', "
                                "'interrupted') AND (ended_ms < ? OR id <= (SELECT id FROM job "
                                "ORDER BY id DESC LIMIT 1 OFFSET ?)) ORDER BY id"));
  rows.bind(before_ms).bind(std::min(jobs, most));
  std::vector<JobId> found;
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return found;
    found.push_back(rows.natural(0));
  }
}

} // namespace

Result<void> purge(Database& database, Jobs& jobs, Clock& clock, JobId id)
{
  {
    ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
    ROLLCALL_CHECK(jobs.check_ended(id));
    ROLLCALL_CHECK(remove_files(database, id));
    ROLLCALL_TRY(Statement when, database.prepare("UPDATE job SET purged_ms = ? WHERE id = ? AND "
                                                  "purged_ms = 0"));
    ROLLCALL_CHECK(when.bind(clock.now_ms()).bind(id).run());
    if (database.changes() != 0) ROLLCALL_CHECK(note_cleaning(database, Cleaning::file));
    ROLLCALL_CHECK(transaction.commit());
  }
  return clean(database);
}

// Of a job that is gone the plan stays used: it could be applied a second time otherwise.
Result<std::uint64_t> purge_expired(Database& database, Clock& clock, const Retention& retention)
{
  const auto days = static_cast<std::int64_t>(std::min<std::uint64_t>(retention.days, 1'000'000));
  std::uint64_t count = 0;
  {
    ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
    ROLLCALL_TRY(const std::vector<JobId> ids,
                 expired(database, clock.now_ms() - days * day_ms, retention.jobs));
    for (const JobId id : ids) {
      ROLLCALL_CHECK(remove_files(database, id));
      ROLLCALL_CHECK(run_of(database, "DELETE FROM exception WHERE job = ?", id));
      ROLLCALL_CHECK(run_of(database, "DELETE FROM outbox WHERE job = ?", id));
      ROLLCALL_CHECK(run_of(database, "DELETE FROM intended WHERE job = ?", id));
      ROLLCALL_CHECK(run_of(database, "DELETE FROM job WHERE id = ?", id));
    }
    count = ids.size();
    if (count != 0) ROLLCALL_CHECK(note_cleaning(database, Cleaning::file));
    ROLLCALL_CHECK(transaction.commit());
  }
  ROLLCALL_CHECK(clean(database));
  return count;
}

} // namespace rollcall::store
