// Between batches a job asks whether it goes on: a flag that is looked at each time, a callback
// that is not called more often than a person could see.
#include "watcher.hpp"

#include "baton.hpp"

namespace rollcall::capi {
namespace {

constexpr std::int64_t between_ns = 20'000'000;

} // namespace

bool Watcher::goes_on(const JobProgress& progress)
{
  if (cancel_ != nullptr && cancel_->load(std::memory_order_relaxed)) return false;
  if (progress_ != nullptr && !tell(progress)) return false;
  Baton* const baton = Baton::current();
  if (baton == nullptr || baton->pause()) return true;
  stopped_as_ = JobState::interrupted;
  return false;
}

bool Watcher::tell(const JobProgress& progress)
{
  const std::int64_t now_ns = engine_.seams().clock->monotonic_ns();
  if (next_ns_ != 0 && now_ns < next_ns_) return true;
  next_ns_ = now_ns + between_ns;
  const rollcall_progress told = {.job = progress.id,
                                  .step = static_cast<std::int32_t>(progress.step),
                                  .reserved = 0,
                                  .rows = progress.rows,
                                  .bytes = progress.bytes,
                                  .groups = progress.groups,
                                  .groups_planned = progress.groups_planned};
  std::int32_t verdict = ROLLCALL_STOP;
  on_caller([&] { progress_(user_, &told, &verdict); });
  return verdict != ROLLCALL_STOP;
}

} // namespace rollcall::capi
