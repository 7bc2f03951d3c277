// job_row.hpp: a row of the table of jobs as a record.
#ifndef ROLLCALL_STORE_JOB_ROW_HPP
#define ROLLCALL_STORE_JOB_ROW_HPP

#include <string>
#include <string_view>

#include "rollcall/job_store.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// What a record says of itself: written in the order of `bind_record`.
#define ROLLCALL_JOB_WRITTEN                                                                   \
  "came_from, state, format, action, actor, role, created_ms, started_ms, ended_ms, file, "    \
  "sha256, bytes, dialect, refusal, rows, blank_rows, created, updated, unchanged, rejected, " \
  "withheld, stale, failed, unknown, warnings, findings, found, plan, request, undoes"

// What is read of it: in brief, and all but the text of its schema.
#define ROLLCALL_JOB_IN_BRIEF                                                        \
  "state, format, action, actor, role, file, sha256, plan, created_ms, started_ms, " \
  "ended_ms, id, came_from, bytes, rows, blank_rows, created, updated, unchanged, "  \
  "rejected, withheld, stale, failed, unknown, warnings, schema, undoes, token"
#define ROLLCALL_JOB_WHOLE ROLLCALL_JOB_IN_BRIEF ", dialect, refusal, findings, found, request"

// Corrupt if it is none.
[[nodiscard]] Result<JobState> state_of(std::string_view name);

// Of a record, what the database has as JSON.
struct RecordTexts {
  std::string dialect = {}, findings = {}, found = {};
};
[[nodiscard]] Result<RecordTexts> texts_of(const JobSummary& job);

// Binds the columns. Record and texts stay where they are until the statement has run.
void bind_record(Statement& statement, const JobRecord& record, const RecordTexts& texts);

// A record that is used again keeps the room of its texts.
[[nodiscard]] Result<void> read_in_brief(const Statement& row, JobRecord& record);
[[nodiscard]] Result<void> read_rest(const Statement& row, JobRecord& record); // of a whole one
[[nodiscard]] Result<void> read_whole(const Statement& row, JobRecord& record);
[[nodiscard]] std::int64_t token_in(const Statement& row);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_JOB_ROW_HPP
