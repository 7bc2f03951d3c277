// looking.hpp: a plan of strangers is read to its end before any of it is done, and it is counted
// how many of its groups no longer fit.
#ifndef ROLLCALL_JOB_LOOKING_HPP
#define ROLLCALL_JOB_LOOKING_HPP

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <utility>
#include <vector>

#include "apply/column_secrets.hpp"
#include "apply/preconditions.hpp"
#include "check/facts.hpp"
#include "job/job_run.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall::job {

class Looking {
 public:
  Looking(const Carrying& carrying, const check::Facts& facts);

  // The host's next id is not the one that was planned with.
  void has_moved(std::uint64_t planned, std::uint64_t now)
  {
    preconditions_.has_moved(planned, now);
  }

  // Who knows about secrets, where no job looks.
  void asks(JobStore& store) noexcept { store_ = &store; }

  // The plan has been bound. `asks`: whether its groups still fit is to be counted.
  [[nodiscard]] Result<void> look(plan::PlanReader& plan, bool asks);

  // Whether a row sets a secret that only the file has.
  [[nodiscard]] bool needs_file() const noexcept { return needs_file_; }

  // Groups that do not fit; what is said of the first of them, and the line of its row.
  [[nodiscard]] std::uint64_t stale() const noexcept { return stale_; }
  [[nodiscard]] const Finding& first() const { return *first_; }
  [[nodiscard]] std::uint64_t first_line() const noexcept { return first_line_; }
  // Each of them, with what is said of it; may be called while it looks.
  using Stale = std::function<void(const apply::PlannedGroup& group, const Finding& why)>;
  void tells(Stale stale) { tells_ = std::move(stale); }

 private:
  [[nodiscard]] Result<void> take(apply::PlannedGroup&& group, bool asks);
  [[nodiscard]] Result<void> ask();

  JobWatcher* watcher_;
  JobStore* store_;
  JobId job_;
  std::pmr::monotonic_buffer_resource row_texts_; // of the row at hand
  std::pmr::monotonic_buffer_resource texts_;     // of the groups that wait
  apply::Preconditions preconditions_;
  std::vector<apply::PlannedGroup> pending_;
  std::size_t changes_ = 0; // of those
  Stale tells_;
  std::uint64_t stale_ = 0;
  std::optional<Finding> first_;
  std::uint64_t first_line_ = 0;
  bool needs_file_ = false;
};

// The line of the first row that sets a secret of the file which is not there.
[[nodiscard]] Result<std::optional<std::uint64_t>> find_missing_secret(
    plan::PlanReader& plan, apply::ColumnSecrets& from_file, std::pmr::memory_resource* memory);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_LOOKING_HPP
