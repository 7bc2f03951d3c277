// jobs.hpp: the table of jobs, and who may write of which.
#ifndef ROLLCALL_STORE_JOBS_HPP
#define ROLLCALL_STORE_JOBS_HPP

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "rollcall/job_store.hpp"
#include "rollcall/seams.hpp"
#include "store/database.hpp"
#include "store/job_locks.hpp"

// Of a job ?1: of all groups that it has settled the journal says that nothing was done.
#define ROLLCALL_HAS_DONE_NOTHING                                                            \
  "(SELECT groups FROM job WHERE id = ?1) = (SELECT count(*) FROM exception WHERE job = ?1 " \
  "AND fate IN ('stale', 'failed', 'withheld')) AND "                                        \
  "NOT EXISTS (SELECT 1 FROM intended WHERE job = ?1)"

namespace rollcall::store {

[[nodiscard]] Error not_there(JobId id);
// It has ended, or cannot come from one state to the other.
[[nodiscard]] Error cannot_follow(JobId id, JobState state, JobState next);

// A job is its holder's: of the store that added it, or that took it over last. It has the token of
// the job, and whatever it writes of the job it writes only as long as that is the job's; that is
// what keeps two apart. Whether the holder is still there, his lock says (job_locks.hpp).
class Jobs {
 public:
  Jobs(Database& database, const Seams& seams)
      : database_{&database},
        clock_{seams.clock},
        locks_{*seams.files, database.path() + std::string{locks_suffix}}
  {
  }

  static constexpr std::string_view locks_suffix = "-jobs";

  [[nodiscard]] Result<JobId> add(const JobRecord& record);
  [[nodiscard]] Result<void> update(const JobRecord& record);
  [[nodiscard]] Result<std::optional<JobRecord>> find(JobId id);
  [[nodiscard]] Result<void> list(JobSink& sink);
  [[nodiscard]] Result<JobRecord> take_over(JobId id, TakeOver from);
  void let_go(JobId id) noexcept { locks_.let_go(id); }
  [[nodiscard]] Result<bool> goes_on(JobId id, const JobProgress& progress);
  // One that nobody carries out, and that has done nothing, has ended then; others are asked.
  [[nodiscard]] Result<void> cancel(JobId id);
  [[nodiscard]] Result<std::optional<JobId>> use_plan(JobId id, std::string_view plan);
  [[nodiscard]] Result<std::optional<JobId>> user_of(std::string_view plan);
  [[nodiscard]] Result<std::optional<JobId>> maker_of(std::string_view plan);

  using Holder = std::pair<JobId, std::int64_t>; // and his token
  // Those of jobs that stand as running who are there no more.
  [[nodiscard]] Result<std::set<Holder>> find_gone();

  // Busy unless this process is the holder; not found if there is no such job. Within the
  // transaction of what is then written.
  [[nodiscard]] Result<void> check_holder(JobId id);
  // Queued, running or interrupted: named by an error, with what is to be done about it.
  [[nodiscard]] Result<void> check_ended(JobId id);
  // Whoever waits in vain to write is told for whom, if that is a job. Other errors stay.
  [[nodiscard]] Error with_who_writes(Error&& error);

 private:
  // As it stands, and the token of who holds it.
  [[nodiscard]] Result<std::optional<JobRecord>> read(JobId id, std::int64_t& token);
  [[nodiscard]] Result<JobId> insert(const JobRecord& record);
  [[nodiscard]] Result<void> note_refusal(const JobRecord& record);
  [[nodiscard]] Result<Holder> take(JobId id, TakeOver from);
  // Its plan is free for another one, if it has done nothing of it.
  [[nodiscard]] Result<void> release_plan(JobId id);
  // What was deleted of a job goes from the file when it has ended. If that cannot be it stays
  // noted, and the job has ended all the same.
  void clean_behind() noexcept;

  Database* database_;
  Clock* clock_;
  JobLocks locks_;
  std::map<JobId, std::int64_t> tokens_; // of those that this process holds, or did
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_JOBS_HPP
