// Who watches a job while it runs, and may stop it.
#ifndef ROLLCALL_JOB_WATCHER_HPP
#define ROLLCALL_JOB_WATCHER_HPP

#include <cstdint>

#include "rollcall/job_summary.hpp"

namespace rollcall {

// What a job is at: it judges the rows of a file; looks whether a plan still fits; applies it;
// tells what became of the rows.
enum class JobStep : std::uint8_t { judges, looks, applies, tells };

// How far a job has come. What is not known is 0.
struct JobProgress {
  JobId id = 0; // where a store remembers it
  JobStep step = JobStep::judges;
  std::uint64_t rows = 0;           // of the file or the plan that were judged, looked at or told,
  std::uint64_t bytes = 0;          // of so many of the file; while it is judged for the first time
  std::uint64_t groups = 0;         // applied, or looked at,
  std::uint64_t groups_planned = 0; // of so many
};

// Is told now and then, between batches and never within a group.
class JobWatcher {
 public:
  virtual ~JobWatcher() = default;

  // False: the job stops as soon as it can. What was applied stays, and no group is half done.
  [[nodiscard]] virtual bool goes_on(const JobProgress& progress) = 0;

  // What it is to be to stop: asked when `goes_on` was false.
  //
  // `cancelled`: the job has ended. Stopped while it judged or looked it has done nothing, and is
  // the error `cancelled`; stopped while it applied, the rest is withheld, and its outputs say so;
  // while it tells, when all is done, it is too late, and the job goes on.
  // `interrupted`: the job breaks off, at whatever step, with the error `cancelled`. If a store
  // remembers it, it can be resumed, as one whose process was killed.
  [[nodiscard]] virtual JobState stopped_as() const { return JobState::cancelled; }
};

} // namespace rollcall

#endif // ROLLCALL_JOB_WATCHER_HPP
