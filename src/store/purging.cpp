// purging.cpp: one transaction deletes, what comes behind it cleans; the second can be done again.
#include "store/purging.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/cleaning.hpp"
#include "store/job_text.hpp"
#include "store/schemas.hpp"

namespace rollcall::store {
namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 60 * 60 * 1000;

// Jobs from whose files others came that have not ended: these may need them to go on.
#define ROLLCALL_NEEDED                                                                        \
  "WITH RECURSIVE needed (id, by_job) AS (SELECT came_from, id FROM job WHERE came_from != 0 " \
  "AND state IN ('queued', 'running', 'interrupted') UNION SELECT j.came_from, n.by_job FROM " \
  "needed n JOIN job j ON j.id = n.id WHERE j.came_from != 0) "

// Who may see what audit and accesses still tell of a job, its format says.
constexpr const char* keep_format =
    "INSERT INTO gone_job SELECT id, schema FROM job WHERE id = ?1 AND schema IS NOT NULL AND "
    "(groups != 0 OR EXISTS (SELECT 1 FROM access WHERE job = ?1))";

// How many rows it has changed or, of a count, has counted.
Result<std::uint64_t> run_of(Database& database, const char* sql, JobId id)
{
  ROLLCALL_TRY(Statement statement, database.prepare(sql));
  ROLLCALL_TRY(const bool is_count, statement.bind(id).step());
  return is_count ? statement.natural(0) : static_cast<std::uint64_t>(database.changes());
}

Result<void> add_of(std::uint64_t& sum, Database& database, const char* sql, JobId id)
{
  ROLLCALL_TRY(const std::uint64_t count, run_of(database, sql, id));
  sum += count;
  return success();
}

Result<void> check_not_needed(Database& database, JobId id)
{
  ROLLCALL_TRY(Statement needed,
               database.prepare(ROLLCALL_NEEDED "SELECT n.by_job, j.action, j.state FROM needed "
                                                "n JOIN job j ON j.id = n.by_job WHERE n.id = ? "
                                                "ORDER BY n.by_job LIMIT 1"));
  ROLLCALL_TRY(const bool is_needed, needed.bind(id).step());
  if (!is_needed) return success();
  const std::string by = std::to_string(needed.natural(0));
  return Error{ErrorCode::busy, "the job " + by + " (" + std::string{needed.text(1)} +
                                    "), which came of job " + std::to_string(id) +
                                    ", has not ended: it is resumed to its end, or cancelled, "
                                    "first"};
}

Result<std::vector<JobId>> ids_of(Statement& rows)
{
  std::vector<JobId> found;
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return found;
    found.push_back(rows.natural(0));
  }
}

// Of a job that has done nothing that is all there is to know once its journal is gone.
constexpr const char* forget_groups =
    "UPDATE job SET groups = 0 WHERE id = ?1 AND " ROLLCALL_HAS_DONE_NOTHING;

// What nobody needs any more of a job that has ended, and has no plan. Effects that wait stay.
Result<void> remove_files(Database& database, JobId id, Purged& gone)
{
  ROLLCALL_CHECK(run_of(database, forget_groups, id));
  for (const char* const sql :
       {"DELETE FROM piece WHERE artifact IN (SELECT id FROM artifact WHERE job = ?)",
        "DELETE FROM exception WHERE job = ?", "DELETE FROM intended WHERE job = ?",
        "DELETE FROM outbox WHERE job = ? AND state != 'waiting'"})
    ROLLCALL_CHECK(run_of(database, sql, id));
  ROLLCALL_CHECK(add_of(gone.secrets, database, "SELECT secrets_left FROM job WHERE id = ?", id));
  ROLLCALL_CHECK(run_of(database, "UPDATE job SET secrets_left = 0 WHERE id = ?", id));
  ROLLCALL_CHECK(run_of(database, "DELETE FROM made_secrets WHERE job = ? AND is_blank = 0", id));
  ROLLCALL_CHECK(add_of(gone.files, database,
                        "SELECT count(*) FROM artifact WHERE job = ? AND is_whole = 1", id));
  ROLLCALL_CHECK(run_of(database, "DELETE FROM artifact WHERE job = ?", id));
  ++gone.jobs;
  return success();
}

// Pieces that no file has can only be somebody's work from outside, and nobody else would find
// them.
Result<void> remove_pieces_of_none(Database& database)
{
  return database.run("DELETE FROM piece WHERE artifact NOT IN (SELECT id FROM artifact)");
}

// Whose they were nobody asks. (That they are moved costs nothing where the file is written anew.)
Result<void> remove_blank_secrets(Database& database)
{
  return database.run("DELETE FROM made_secrets WHERE is_blank = 1");
}

// Findings about a file show what stands in it: whatever was taken for its header.
Result<void> remove_words(Database& database, JobId id)
{
  ROLLCALL_TRY(Statement row, database.prepare("SELECT findings FROM job WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, row.bind(id).step());
  ROLLCALL_TRY(const std::vector<Finding> findings, read_findings(is_there ? row.text(0) : "[]"));
  row.reset();
  ROLLCALL_TRY(const std::string bare, findings_text(without_words(findings)));
  ROLLCALL_TRY(Statement update, database.prepare("UPDATE job SET findings = ? WHERE id = ?"));
  return update.bind(std::string_view{bare}).bind(id).run();
}

// Other jobs that have the file: a retry has rows of it, who carries out a validation has it again.
Result<std::vector<JobId>> others_with_file(Database& database, JobId id)
{
  ROLLCALL_TRY(
      Statement rows,
      database.prepare(
          "WITH RECURSIVE kin (id) AS (SELECT ?1 "
          "UNION SELECT j.id FROM kin k JOIN job j ON j.came_from = k.id "
          "UNION SELECT j.came_from FROM kin k JOIN job j ON j.id = k.id WHERE j.came_from != 0) "
          "SELECT j.id FROM job j WHERE j.id != ?1 AND (j.id IN (SELECT id FROM kin) OR "
          "(j.sha256 != '' AND j.sha256 = (SELECT sha256 FROM job WHERE id = ?1))) AND "
          "EXISTS (SELECT 1 FROM artifact a WHERE a.job = j.id AND a.name = 'source' AND "
          "a.is_whole = 1) ORDER BY j.id"));
  rows.bind(id);
  return ids_of(rows);
}

// Those that have ended and are too old, or behind the newest so many, and that no job that has not
// ended came of.
Result<std::vector<JobId>> expired(Database& database, std::int64_t before_ms,
                                   const Retention& retention, std::uint64_t& left)
{
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  ROLLCALL_TRY(Statement rows,
               database.prepare(ROLLCALL_NEEDED
                                "SELECT id, coalesce(schema, 0) FROM job WHERE state NOT IN "
                                "('queued', 'running', 'interrupted') AND (ended_ms < ? OR id <= "
                                "(SELECT id FROM job ORDER BY id DESC LIMIT 1 OFFSET ?)) AND "
                                "id NOT IN (SELECT id FROM needed) ORDER BY id"));
  rows.bind(before_ms).bind(std::min(retention.jobs, most));
  const std::vector<std::uint64_t>& of = retention.schemas;
  std::vector<JobId> found;
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return found;
    if (of.empty() || std::find(of.begin(), of.end(), rows.natural(1)) != of.end())
      found.push_back(rows.natural(0));
    else
      ++left;
  }
}

std::string sentence(const Purged& gone)
{
  std::string text;
  const auto add = [&](std::uint64_t count, std::string_view one, std::string_view many) {
    if (count == 0) return;
    text += text.empty() ? "" : ", ";
    text.append(std::to_string(count)).append(" ").append(count == 1 ? one : many);
  };
  add(gone.jobs, "job", "jobs");
  add(gone.files, "file", "files");
  add(gone.secrets, "secret that nobody has fetched", "secrets that nobody has fetched");
  add(gone.effects, "effect that waited", "effects that waited");
  return text;
}

// What is deleted is deleted, and is said even if its bytes are still to be cleared away.
Result<Purged> cleaned(Database& database, const Purged& gone)
{
  Result<void> done = clean(database);
  if (done.has_value()) return gone;
  Error why = std::move(done).assume_error();
  const std::string deleted = sentence(gone);
  if (why.code() != ErrorCode::busy || deleted.empty()) return why;
  return Error{ErrorCode::busy, std::string{why.detail()} + "; deleted: " + deleted};
}

} // namespace

Result<Purged> purge(Database& database, Jobs& jobs, Clock& clock, JobId id)
{
  Purged gone;
  {
    ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
    ROLLCALL_CHECK(jobs.check_ended(id));
    ROLLCALL_CHECK(check_not_needed(database, id));
    ROLLCALL_TRY(Statement when, database.prepare("UPDATE job SET purged_ms = ? WHERE id = ? AND "
                                                  "purged_ms = 0"));
    ROLLCALL_CHECK(when.bind(clock.now_ms()).bind(id).run());
    if (database.changes() != 0) {
      ROLLCALL_CHECK(add_of(gone.effects, database,
                            "SELECT count(*) FROM outbox WHERE job = ? AND state = 'waiting' AND "
                            "json_type(fields, '$.secrets') IS NOT NULL",
                            id));
      ROLLCALL_CHECK(remove_files(database, id, gone));
      ROLLCALL_CHECK(remove_words(database, id));
      ROLLCALL_CHECK(remove_pieces_of_none(database));
      ROLLCALL_CHECK(remove_blank_secrets(database));
      ROLLCALL_TRY(gone.others, others_with_file(database, id));
      ROLLCALL_CHECK(note_cleaning(database, Cleaning::file));
    }
    ROLLCALL_CHECK(transaction.commit());
  }
  return cleaned(database, gone);
}

// Of a job that is gone the plan stays used: it could be applied a second time otherwise.
Result<Purged> purge_expired(Database& database, Clock& clock, const Retention& retention)
{
  const auto days = static_cast<std::int64_t>(std::min<std::uint64_t>(retention.days, 1'000'000));
  Purged gone;
  {
    ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::write));
    ROLLCALL_TRY(const std::vector<JobId> ids,
                 expired(database, clock.now_ms() - days * day_ms, retention, gone.left));
    for (const JobId id : ids) {
      ROLLCALL_CHECK(remove_files(database, id, gone));
      ROLLCALL_CHECK(add_of(gone.effects, database, "DELETE FROM outbox WHERE job = ?", id));
      ROLLCALL_CHECK(run_of(database, keep_format, id));
      ROLLCALL_CHECK(run_of(database, "DELETE FROM job WHERE id = ?", id));
    }
    if (!ids.empty()) {
      ROLLCALL_CHECK(drop_unused_schemas(database));
      ROLLCALL_CHECK(remove_pieces_of_none(database));
      ROLLCALL_CHECK(remove_blank_secrets(database));
      ROLLCALL_CHECK(note_cleaning(database, Cleaning::file));
    }
    ROLLCALL_CHECK(transaction.commit());
  }
  return cleaned(database, gone);
}

} // namespace rollcall::store
