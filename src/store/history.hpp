// history.hpp: what pages of history ask: lists of jobs, what there is of one, the audit, the log
// of accesses.
#ifndef ROLLCALL_STORE_HISTORY_HPP
#define ROLLCALL_STORE_HISTORY_HPP

#include "rollcall/jobs.hpp"
#include "rollcall/seams.hpp"
#include "store/database.hpp"
#include "store/jobs.hpp"

namespace rollcall::store {

[[nodiscard]] Result<void> find_jobs(Database& database, Jobs& jobs, const JobFilter& filter,
                                     JobSink& sink);
[[nodiscard]] Result<JobDetails> details(Database& database, JobId id);

[[nodiscard]] Result<void> note(Database& database, Clock& clock, const AccessRecord& access);
[[nodiscard]] Result<void> audit(Database& database, const AuditFilter& filter, AuditSink& sink);
// So that all records of the audit are found by their objects. Within a transaction or without one.
[[nodiscard]] Result<void> complete_audit_of_object(Database& database);
[[nodiscard]] Result<void> accesses(Database& database, const AccessFilter& filter,
                                    AccessSink& sink);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_HISTORY_HPP
