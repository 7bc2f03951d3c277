// One attempt at a workload: begins its job, or goes on with it where an earlier attempt broke off.
//
// Runs in a process of its own, which a fault may kill at any time. All that it leaves is in its
// folder: host.db, outside.db, report.jsonl, result.csv; and what it has to say, in Shared.
#ifndef ROLLCALL_TESTS_TORTURE_ATTEMPT_HPP
#define ROLLCALL_TESTS_TORTURE_ATTEMPT_HPP

#include <cstdint>
#include <string>

#include "rollcall/job_store.hpp"
#include "rollcall/seams.hpp"
#include "torture/fault.hpp"
#include "torture/shared.hpp"
#include "torture/workload.hpp"

namespace rollcall::torture {

struct Folder {
  std::string path;
  [[nodiscard]] std::string file(std::string_view name) const
  {
    return path + "/" + std::string{name};
  }
  [[nodiscard]] std::string store() const { return file("host.db"); }
  [[nodiscard]] std::string outside() const { return file("outside.db"); }
};

// Wall time stands; the other kind hurries, so that batches are of 16 groups.
class HurryingClock final : public Clock {
 public:
  explicit HurryingClock(bool hurries = true) : step_ns_{hurries ? 60'000'000 : 1} {}
  [[nodiscard]] std::int64_t now_ms() override { return 1'700'000'000'000; }
  [[nodiscard]] std::int64_t monotonic_ns() override { return ns_ += step_ns_; }

 private:
  std::int64_t step_ns_;
  std::int64_t ns_ = 0;
};

// What is there before the first attempt; `plan.jsonl` too, where one is applied.
[[nodiscard]] Result<void> prepare(const Workload& workload, const Folder& folder);

// Says in Shared how it ended. A job that broke off is taken over from whom `take_over` says.
void attempt(const Workload& workload, const Folder& folder, const Fault& fault, TakeOver take_over,
             Shared& shared);

// Names of points that begin so are those of calls that change files.
inline constexpr std::string_view file_point = "file ";

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_ATTEMPT_HPP
