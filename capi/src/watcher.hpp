// Watches a job for its host: the token that stops it, the callback that is told how far it is, and
// the steps by which it goes on.
#ifndef ROLLCALL_CAPI_SRC_WATCHER_HPP
#define ROLLCALL_CAPI_SRC_WATCHER_HPP

#include <atomic>
#include <cstdint>
#include <type_traits>

#include "cancel.hpp"
#include "engine.hpp"
#include "rollcall/job.h"
#include "rollcall/job_watcher.hpp"

namespace rollcall::capi {

class Watcher final : public JobWatcher {
 public:
  explicit Watcher(Engine& engine) noexcept : engine_{engine} {}

  // As options say it. The flag outlives the watcher; null: nobody cancels.
  template <class Options>
  void watch(const Options& options, const std::atomic<bool>* cancel) noexcept
  {
    progress_ = options.progress;
    user_ = options.progress_user;
    cancel_ = cancel;
    if constexpr (std::is_same_v<Options, rollcall_job_options>)
      if (options.stopped_as == ROLLCALL_STOPPED_AS_INTERRUPTED)
        stopped_as_ = JobState::interrupted;
  }
  // The same for a call that is given the token, which nobody frees meanwhile.
  template <class Options>
  void watch(const Options& options) noexcept
  {
    watch(options, options.cancel != nullptr ? options.cancel->flag.get() : nullptr);
  }

  [[nodiscard]] bool goes_on(const JobProgress& progress) override;
  [[nodiscard]] JobState stopped_as() const override { return stopped_as_; }

 private:
  [[nodiscard]] bool tell(const JobProgress& progress);

  Engine& engine_;
  rollcall_progress_fn progress_ = nullptr;
  void* user_ = nullptr;
  const std::atomic<bool>* cancel_ = nullptr;
  JobState stopped_as_ = JobState::cancelled;
  std::int64_t next_ns_ = 0;
};

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_WATCHER_HPP
