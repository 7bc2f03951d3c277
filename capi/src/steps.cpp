// Jobs by steps: a thread that acts only while rollcall_steps_next waits for it.
#include "steps.hpp"

#include <system_error>

namespace rollcall::capi {

SteppedJob::~SteppedJob()
{
  if (!thread_.joinable()) return;
  baton_.give_up();
  thread_.join();
}

Result<void> SteppedJob::begin()
{
  try {
    thread_ = std::thread{[this] {
      baton_.take_up();
      done_.emplace(job_->run(work_));
      baton_.lay_down();
    }};
  } catch (const std::system_error&) {
    return Error{ErrorCode::out_of_memory, "there is no thread to be had"};
  }
  return success();
}

Result<std::unique_ptr<rollcall_report>> SteppedJob::end()
{
  thread_.join();
  auto done = std::move(*done_);
  if (done.has_value() && done.assume_value()->body->summary.refusal == Refusal::none)
    plan_ = job_->plan;
  job_.reset();
  return done;
}

} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

rollcall_status rollcall_steps_new(const rollcall_engine* engine, rollcall_steps** out,
                                   rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_steps>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    return std::make_unique<rollcall_steps>();
  });
}

rollcall_status rollcall_steps_next(rollcall_steps* steps, uint64_t batches,
                                    rollcall_report** report, rollcall_error** err)
{
  if (report != nullptr) *report = nullptr;
  return call(err, [&]() -> Result<rollcall_status> {
    ROLLCALL_CHECK(given(steps, "steps"));
    ROLLCALL_TRY(const InUse held, InUse::take(steps->in_use, "the steps"));
    static_cast<void>(held);
    if (steps->job == nullptr) return wrong_use("the steps have no job under way");
    if (!steps->job->step(batches)) return rollcall_status{ROLLCALL_MORE};
    const auto job = std::move(steps->job);
    ROLLCALL_TRY(auto done, job->end());
    if (job->plan() != nullptr) steps->plan = handle_of(job->plan());
    if (report != nullptr) *report = done.release();
    return rollcall_status{ROLLCALL_OK};
  });
}

rollcall_plan* rollcall_steps_take_plan(rollcall_steps* steps)
{
  if (steps == nullptr || steps->in_use.exchange(true)) return nullptr;
  rollcall_plan* const plan = steps->plan.release();
  steps->in_use.store(false);
  return plan;
}

void rollcall_steps_free(rollcall_steps* steps)
{
  delete steps;
}
