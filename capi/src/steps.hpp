// A job that goes on by steps, as a handle.
#ifndef ROLLCALL_CAPI_SRC_STEPS_HPP
#define ROLLCALL_CAPI_SRC_STEPS_HPP

#include <memory>
#include <optional>
#include <thread>

#include "baton.hpp"
#include "job.hpp"
#include "plan.hpp"
#include "rollcall/steps.h"

namespace rollcall::capi {

// One job: what it does, and what came of it.
class SteppedJob {
 public:
  SteppedJob(std::unique_ptr<Job> job, Job::Work work)
      : job_{std::move(job)}, work_{std::move(work)}
  {
  }
  // Gives the job up if it has not ended.
  ~SteppedJob();

  // Makes the thread, which waits.
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] bool step(std::uint64_t batches) { return baton_.step(batches); }
  // Once, when it has ended.
  [[nodiscard]] Result<std::unique_ptr<rollcall_report>> end();
  [[nodiscard]] std::shared_ptr<PlanBody> plan() const noexcept { return plan_; }

 private:
  Baton baton_;
  std::unique_ptr<Job> job_;
  Job::Work work_;
  std::optional<Result<std::unique_ptr<rollcall_report>>> done_ = {};
  std::shared_ptr<PlanBody> plan_ = {};
  std::thread thread_ = {};
};

} // namespace rollcall::capi

struct rollcall_steps {
  std::unique_ptr<rollcall::capi::SteppedJob> job = {}; // that is under way
  std::unique_ptr<rollcall_plan> plan = {};             // of the one that has ended
  std::atomic<bool> in_use = false;
};

#endif // ROLLCALL_CAPI_SRC_STEPS_HPP
