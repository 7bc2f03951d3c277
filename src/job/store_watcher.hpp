// store_watcher.hpp: tells a store now and then how far a job has come, and hears from it whether
// somebody wants it to stop; beside the watcher that the caller has. Who asks the store for a stop
// means it for good; what the watcher means by its own, it says itself.
#ifndef ROLLCALL_JOB_STORE_WATCHER_HPP
#define ROLLCALL_JOB_STORE_WATCHER_HPP

#include <cstdint>

#include "job/remembered.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::job {

class StoreWatcher final : public JobWatcher {
 public:
  // All outlive it; the watcher may be null.
  StoreWatcher(Remembered& kept, JobWatcher* watcher, Clock& clock)
      : kept_{kept}, watcher_{watcher}, clock_{clock}, asked_ns_{clock.monotonic_ns()}
  {
  }

  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    kept_.note_watched();
    if (watcher_ != nullptr && !watcher_->goes_on(progress)) return false;
    if (kept_.is_to_stop()) return false;
    const std::int64_t now_ns = clock_.monotonic_ns();
    if (!kept_ || now_ns - asked_ns_ < often_ns) return true;
    asked_ns_ = now_ns;
    return kept_.goes_on(progress);
  }

  [[nodiscard]] JobState stopped_as() const override
  {
    return kept_.is_to_stop() || watcher_ == nullptr ? JobState::cancelled : watcher_->stopped_as();
  }

 private:
  static constexpr std::int64_t often_ns = 250'000'000;

  Remembered& kept_;
  JobWatcher* watcher_;
  Clock& clock_;
  std::int64_t asked_ns_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_STORE_WATCHER_HPP
