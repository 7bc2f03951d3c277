// remembered.hpp: a job in a store, from its first line on; or one that nobody remembers, of which
// all of this is nothing.
#ifndef ROLLCALL_JOB_REMEMBERED_HPP
#define ROLLCALL_JOB_REMEMBERED_HPP

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "job/job_request.hpp"
#include "rollcall/job.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::job {

// What ends with a job, beside its record.
struct Finishing {
  const Outputs& outputs;
  Sink* made = nullptr; // a plan or an export that somebody asked for
  JobWatcher* watcher = nullptr;
};

class Remembered {
 public:
  // Nobody remembers it.
  Remembered() = default;
  // A new job, which is running; `from` is the one that it repeats, carries out or undoes.
  [[nodiscard]] static Result<Remembered> begin(JobStore* store, std::string_view action,
                                                const std::string& file_name,
                                                const JobRequest& request, const Seams& seams,
                                                JobId from = 0);
  // One that broke off, taken over from whoever carried it out.
  [[nodiscard]] static Result<Remembered> go_on(JobStore& store, JobId id, TakeOver from,
                                                const Seams& seams);

  [[nodiscard]] explicit operator bool() const noexcept { return store_ != nullptr; }
  [[nodiscard]] JobStore* store() const noexcept { return store_; }
  [[nodiscard]] JobId id() const noexcept { return record_.id; }
  [[nodiscard]] const JobRecord& record() const noexcept { return record_; }
  [[nodiscard]] const JobRequest& request() const noexcept { return request_; }

  // Keeps all of a source, or so much of it, and hands out what is kept in its place. `is_source`
  // says of a failure that it was the source's.
  [[nodiscard]] Result<std::unique_ptr<Source>> keep(std::string_view name, Source& source,
                                                     std::uint64_t bytes_max, bool& is_source);
  [[nodiscard]] Result<std::unique_ptr<Source>> read(std::string_view name);

  // What it takes to go on once groups were applied.
  [[nodiscard]] Result<void> begin_applying(std::optional<std::uint64_t> first_id,
                                            std::uint64_t groups);
  // The plan that it carries out undoes that job.
  [[nodiscard]] Result<void> set_from(JobId id);
  // The plan that it makes or carries out; whose that was, if it is carried out.
  [[nodiscard]] Result<void> note_plan(const std::string& plan);
  [[nodiscard]] Result<std::optional<JobId>> use_plan(const std::string& plan);
  // Another job that has carried the plan out.
  [[nodiscard]] Result<std::optional<JobId>> user_of(const std::string& plan);

  // Tells how far it has come; false if somebody wants it to stop. What cannot be told now is told
  // later.
  [[nodiscard]] bool goes_on(const JobProgress& progress);
  // From now on it is to stop.
  void stop() noexcept { is_to_stop_ = true; }
  // Whoever watches the job has been told its number.
  void note_watched() noexcept { is_watched_ = true; }
  // Has somebody said so, as far as it was asked?
  [[nodiscard]] bool is_to_stop() const noexcept { return is_to_stop_; }

  // The job has ended: its outputs are published, and then it is written down what it came to. Or
  // it broke off, or was stopped: the error stays what it is, whether that can be written down or
  // not.
  [[nodiscard]] Result<JobSummary> finish(Result<JobSummary>&& done, const Finishing& with);
  // The job has ended, and what was written for it is nobody's.
  [[nodiscard]] Result<void> end(const JobSummary& job);

 private:
  [[nodiscard]] Result<void> check_own();
  void tell_number(JobWatcher* watcher) noexcept;
  void break_off(const Error& why, const JobWatcher* watcher) noexcept;
  [[nodiscard]] Result<JobState> state_after(const Error& why, const JobWatcher* watcher);
  [[nodiscard]] Result<bool> has_done_nothing();
  Remembered(JobStore& store, const Seams& seams) : store_{&store}, clock_{seams.clock} {}

  JobStore* store_ = nullptr;
  Clock* clock_ = nullptr;
  JobRecord record_;
  JobRequest request_;
  bool is_new_ = false, is_to_stop_ = false, is_watched_ = false;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_REMEMBERED_HPP
