// Who watches a job while it runs, and may stop it.
#ifndef ROLLCALL_JOB_WATCHER_HPP
#define ROLLCALL_JOB_WATCHER_HPP

#include <cstdint>

namespace rollcall {

// How far a job has come.
struct JobProgress {
  std::uint64_t rows = 0;   // read and judged,
  std::uint64_t bytes = 0;  // of so many of the file
  std::uint64_t groups = 0; // carried out, of a plan of so many
  std::uint64_t groups_planned = 0;
};

// Is told now and then, between batches and never within a group.
class JobWatcher {
 public:
  virtual ~JobWatcher() = default;
  // False: the job stops as soon as it can. What was applied stays; if nothing was yet, the job is
  // an error, `cancelled`.
  [[nodiscard]] virtual bool goes_on(const JobProgress& progress) = 0;
};

} // namespace rollcall

#endif // ROLLCALL_JOB_WATCHER_HPP
