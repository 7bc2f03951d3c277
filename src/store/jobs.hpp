// jobs.hpp: the table of jobs, and who may write of which.
#ifndef ROLLCALL_STORE_JOBS_HPP
#define ROLLCALL_STORE_JOBS_HPP

#include <map>
#include <optional>
#include <string_view>

#include "rollcall/job_store.hpp"
#include "rollcall/seams.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// Corrupt if it is none.
[[nodiscard]] Result<JobState> state_of(std::string_view name);

// A job is its holder's: of the process that added it, or that took it over last. It has the token
// of the job, and whatever it writes of the job it writes only as long as that is the job's.
class Jobs {
 public:
  Jobs(Database& database, Clock& clock) noexcept : database_{&database}, clock_{&clock} {}

  [[nodiscard]] Result<JobId> add(const JobRecord& record);
  [[nodiscard]] Result<void> update(const JobRecord& record);
  [[nodiscard]] Result<std::optional<JobRecord>> find(JobId id);
  [[nodiscard]] Result<void> list(JobSink& sink);
  [[nodiscard]] Result<void> take_over(JobId id);
  [[nodiscard]] Result<bool> goes_on(JobId id, const JobProgress& progress);
  [[nodiscard]] Result<void> cancel(JobId id);
  [[nodiscard]] Result<std::optional<JobId>> use_plan(JobId id, std::string_view plan);
  [[nodiscard]] Result<std::optional<JobId>> user_of(std::string_view plan);

  // Busy unless this process is the holder; not found if there is no such job. Within the
  // transaction of what is then written.
  [[nodiscard]] Result<void> check_holder(JobId id);
  // Queued, running or interrupted: named by an error, with what is to be done about it.
  [[nodiscard]] Result<void> check_ended(JobId id);

 private:
  [[nodiscard]] Result<void> bind(Statement& statement, const JobRecord& record,
                                  std::int64_t created_ms) const;

  Database* database_;
  Clock* clock_;
  std::map<JobId, std::int64_t> tokens_; // of those that this process holds, or did
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_JOBS_HPP
