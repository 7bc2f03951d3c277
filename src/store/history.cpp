// history.cpp: one statement a question; what a filter does not say is bound as what always holds.
#include "store/history.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "store/job_row.hpp"

namespace rollcall::store {
namespace {

#define ROLLCALL_OLDER " FROM job WHERE id < ?1"
#define ROLLCALL_SOUGHT                                                                          \
  ROLLCALL_OLDER                                                                                 \
  " AND created_ms >= ?2 AND created_ms < ?3 AND (?4 = '' OR format = ?4) "                      \
  "AND (?5 = 0 OR came_from = ?5) AND rows BETWEEN ?6 AND ?7 AND created BETWEEN ?8 AND ?9 AND " \
  "rejected + stale + failed + unknown BETWEEN ?10 AND ?11"
#define ROLLCALL_NEWEST_FIRST " ORDER BY id DESC"

// By whether all of them are sought, and whether they are shown whole. What holds for all is not
// asked of each: that costs as much as reading a few of its columns.
constexpr const char* select_jobs[2][2] = {
    {"SELECT " ROLLCALL_JOB_IN_BRIEF ROLLCALL_SOUGHT ROLLCALL_NEWEST_FIRST,
     "SELECT " ROLLCALL_JOB_WHOLE ROLLCALL_SOUGHT ROLLCALL_NEWEST_FIRST},
    {"SELECT " ROLLCALL_JOB_IN_BRIEF ROLLCALL_OLDER ROLLCALL_NEWEST_FIRST,
     "SELECT " ROLLCALL_JOB_WHOLE ROLLCALL_OLDER ROLLCALL_NEWEST_FIRST}};
#undef ROLLCALL_NEWEST_FIRST
#undef ROLLCALL_SOUGHT
#undef ROLLCALL_OLDER

constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();

std::int64_t bounded(std::uint64_t number) noexcept
{
  return static_cast<std::int64_t>(std::min<std::uint64_t>(number, std::uint64_t{forever}));
}

// 0 says nothing.
std::int64_t or_all(std::uint64_t number) noexcept
{
  return number == 0 ? forever : bounded(number);
}
std::int64_t or_forever(std::int64_t ms) noexcept
{
  return ms == 0 ? forever : ms;
}

// Nothing but what `is_sought` looks at.
bool are_all_sought(const JobFilter& filter) noexcept
{
  const auto is_open = [](const CountRange& range) { return range == CountRange{}; };
  return filter.format.empty() && filter.from == 0 && filter.since_ms == 0 &&
         filter.until_ms == 0 && is_open(filter.rows) && is_open(filter.created) &&
         is_open(filter.errors);
}

// A bit a state, in the order of JobState.
std::uint64_t bits_of(const std::vector<JobState>& states) noexcept
{
  std::uint64_t bits = 0;
  for (const JobState state : states) bits |= std::uint64_t{1} << static_cast<unsigned>(state);
  return states.empty() ? ~std::uint64_t{0} : bits;
}

char folded(char c) noexcept
{
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool has_part(std::string_view text, std::string_view part) noexcept
{
  if (part.empty()) return true; // also of a text that is empty
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return folded(a) == folded(b); }) != text.end();
}

template <class Each, class Of>
bool is_one_of(const Each& each, const Of& all) noexcept
{
  return all.empty() || std::find(all.begin(), all.end(), each) != all.end();
}

// What the statement has not looked at. (Whether somebody is at it, the database does not know.)
bool is_sought(const JobRecord& record, const JobFilter& filter, std::uint64_t states) noexcept
{
  return (states >> static_cast<unsigned>(record.state) & 1U) != 0 &&
         is_one_of(record.schema_id, filter.schemas) &&
         is_one_of(record.summary.action, filter.kinds) && has_part(record.actor, filter.actor) &&
         has_part(record.summary.file, filter.file);
}

} // namespace

Result<void> find_jobs(Database& database, Jobs& jobs, const JobFilter& filter, JobSink& sink)
{
  ROLLCALL_TRY(const std::set<Jobs::Holder> gone, jobs.find_gone());
  const bool are_all = are_all_sought(filter);
  ROLLCALL_TRY(Statement rows, database.prepare(select_jobs[are_all][filter.is_whole]));
  rows.bind(or_all(filter.before));
  if (!are_all) {
    rows.bind(filter.since_ms).bind(or_forever(filter.until_ms));
    rows.bind(std::string_view{filter.format}).bind(bounded(filter.from));
    for (const CountRange& range : {filter.rows, filter.created, filter.errors})
      rows.bind(bounded(range.min)).bind(bounded(range.max));
  }
  const std::uint64_t states = bits_of(filter.states);
  JobRecord record; // used for all of them, for the room that its texts have
  for (std::uint64_t count = 0; filter.most == 0 || count != filter.most;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return success();
    ROLLCALL_CHECK(read_in_brief(rows, record));
    if (record.state == JobState::running && gone.contains({record.id, token_in(rows)}))
      record.state = record.summary.state = JobState::interrupted;
    if (!is_sought(record, filter, states)) continue;
    ++count;
    if (filter.is_whole) ROLLCALL_CHECK(read_rest(rows, record));
    sink.job(record);
  }
  return success();
}

Result<JobDetails> details(Database& database, JobId id)
{
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(database, Access::read));
  JobDetails made;
  {
    ROLLCALL_TRY(Statement job,
                 database.prepare("SELECT rows_read, groups, groups_planned, is_to_stop, "
                                  "secrets_made, secrets_left, secrets_ms, purged_ms FROM job "
                                  "WHERE id = ?"));
    ROLLCALL_TRY(const bool is_there, job.bind(id).step());
    if (!is_there) return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
    made.progress.rows = job.natural(0);
    made.progress.groups = job.natural(1);
    made.progress.groups_planned = std::max(job.natural(1), job.natural(2));
    made.is_to_stop = job.integer(3) != 0;
    made.secrets_made = job.natural(4);
    made.secrets_waiting = job.natural(5);
    made.secrets_taken_ms = job.integer(6);
    made.purged_ms = job.integer(7);
  }
  ROLLCALL_TRY(Statement effects, database.prepare("SELECT count(*) FROM outbox WHERE job = ? AND "
                                                   "state = 'waiting'"));
  ROLLCALL_TRY(const bool is_asked, effects.bind(id).step());
  if (is_asked) made.effects_waiting = effects.natural(0);
  effects.reset();
  ROLLCALL_TRY(Statement artifacts,
               database.prepare("SELECT name, bytes FROM artifact WHERE job = ? AND is_whole = 1 "
                                "ORDER BY name"));
  artifacts.bind(id);
  for (;;) {
    ROLLCALL_TRY(const bool is_there, artifacts.step());
    if (!is_there) break;
    made.artifacts.push_back({std::string{artifacts.text(0)}, artifacts.natural(1)});
  }
  ROLLCALL_CHECK(transaction.commit());
  return made;
}

// ---- Who did what, and who saw it ---------------------------------------------------------------

Result<void> note(Database& database, Clock& clock, const AccessRecord& access)
{
  ROLLCALL_TRY(Statement insert,
               database.prepare("INSERT INTO access (at_ms, actor, role, what, job, why) "
                                "VALUES (?, ?, ?, ?, ?, ?)"));
  insert.bind(access.at_ms != 0 ? access.at_ms : clock.now_ms());
  insert.bind(std::string_view{access.actor}).bind(std::string_view{access.role});
  insert.bind(std::string_view{access.what}).bind(access.job);
  return insert.bind(std::string_view{access.refusal}).run();
}

namespace {

// The last column is the format of the job, which may be gone.
constexpr const char* among_all =
    "SELECT a.id, a.job, a.row, a.at_ms, a.actor, a.op, a.kind, a.key, a.fields, "
    "(SELECT schema FROM format_of_job WHERE id = a.job) FROM audit a "
    "WHERE (?1 = '' OR a.kind = ?1) AND (?2 = '' OR a.key = ?2) AND a.id < ?3 AND a.at_ms >= ?4 "
    "AND a.at_ms < ?5 AND (?6 = 0 OR a.job = ?6) AND (?7 = '' OR a.actor = ?7) AND "
    "(?8 = '' OR EXISTS (SELECT 1 FROM json_each(a.fields) f WHERE f.key = ?8)) "
    "ORDER BY a.id DESC LIMIT ?9";

constexpr const char* among_those_of_object =
    "SELECT a.id, a.job, a.row, a.at_ms, a.actor, a.op, a.kind, a.key, a.fields, "
    "(SELECT schema FROM format_of_job WHERE id = a.job) "
    "FROM audit_of_object o CROSS JOIN audit a ON a.id = o.audit "
    "WHERE o.kind = ?1 AND o.key = ?2 AND o.audit < ?3 AND a.at_ms >= ?4 AND "
    "a.at_ms < ?5 AND (?6 = 0 OR a.job = ?6) AND (?7 = '' OR a.actor = ?7) AND "
    "(?8 = '' OR EXISTS (SELECT 1 FROM json_each(a.fields) f WHERE f.key = ?8)) "
    "ORDER BY o.audit DESC LIMIT ?9";

} // namespace

Result<void> complete_audit_of_object(Database& database)
{
  ROLLCALL_TRY(const std::int64_t last, database.integer_of("SELECT max(id) FROM audit"));
  ROLLCALL_TRY(const std::int64_t found,
               database.integer_of("SELECT CAST(value AS INTEGER) FROM store "
                                   "WHERE name = 'audit_found'"));
  if (found == last) return success();
  std::optional<Transaction> transaction;
  if (!database.is_in_transaction()) {
    ROLLCALL_TRY(auto begun, Transaction::begin(database, Access::write));
    transaction.emplace(std::move(begun));
  }
  ROLLCALL_CHECK(
      database.run("INSERT OR IGNORE INTO audit_of_object SELECT kind, key, id FROM audit "
                   "WHERE id > coalesce((SELECT CAST(value AS INTEGER) FROM store "
                   "WHERE name = 'audit_found'), 0) ORDER BY kind, key, id;"
                   "INSERT OR REPLACE INTO store VALUES "
                   "('audit_found', (SELECT CAST(max(id) AS TEXT) FROM audit))"));
  return transaction ? transaction->commit() : success();
}

namespace {

// Who cannot write now, or at all, looks through everything.
Result<bool> is_found_by_object(Database& database)
{
  if (database.is_read_only()) return false;
  Result<void> complete = complete_audit_of_object(database);
  if (complete.has_value()) return true;
  if (complete.assume_error().code() == ErrorCode::busy) return false;
  return std::move(complete).assume_error();
}

} // namespace

Result<void> audit(Database& database, const AuditFilter& filter, AuditSink& sink)
{
  bool is_of_object = !filter.kind.empty() && !filter.key.empty();
  if (is_of_object) {
    ROLLCALL_TRY(is_of_object, is_found_by_object(database));
  }
  ROLLCALL_TRY(Statement rows, database.prepare(is_of_object ? among_those_of_object : among_all));
  rows.bind(std::string_view{filter.kind}).bind(std::string_view{filter.key});
  rows.bind(or_all(filter.before)).bind(filter.since_ms).bind(or_forever(filter.until_ms));
  rows.bind(bounded(filter.job)).bind(std::string_view{filter.actor});
  rows.bind(std::string_view{filter.field}).bind(or_all(filter.most));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return success();
    sink.change({.id = rows.natural(0),
                 .job = rows.natural(1),
                 .schema_id = rows.natural(9),
                 .row = rows.natural(2),
                 .at_ms = rows.integer(3),
                 .actor = rows.text(4),
                 .op = rows.text(5),
                 .kind = rows.text(6),
                 .key = rows.text(7),
                 .fields = rows.text(8)});
  }
}

Result<void> accesses(Database& database, const AccessFilter& filter, AccessSink& sink)
{
  ROLLCALL_TRY(Statement rows,
               database.prepare("SELECT a.id, a.at_ms, a.actor, a.what, a.job, a.why, "
                                "(SELECT schema FROM format_of_job WHERE id = a.job), a.role "
                                "FROM access a WHERE a.id < ?1 AND a.at_ms >= ?2 AND a.at_ms < ?3 "
                                "AND (?4 = 0 OR a.job = ?4) AND (?5 = '' OR a.actor = ?5) AND "
                                "(?6 = 0 OR a.why != '') ORDER BY a.id DESC LIMIT ?7"));
  rows.bind(or_all(filter.before)).bind(filter.since_ms).bind(or_forever(filter.until_ms));
  rows.bind(bounded(filter.job)).bind(std::string_view{filter.actor});
  rows.bind(std::int64_t{filter.only_refused}).bind(or_all(filter.most));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return success();
    sink.access({.id = rows.natural(0),
                 .at_ms = rows.integer(1),
                 .actor = std::string{rows.text(2)},
                 .role = std::string{rows.text(7)},
                 .what = std::string{rows.text(3)},
                 .job = rows.natural(4),
                 .schema_id = rows.natural(6),
                 .refusal = std::string{rows.text(5)}});
  }
}

} // namespace rollcall::store
