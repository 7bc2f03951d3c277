// A watcher who lets so many questions pass, and then has what he watches stopped.
#ifndef ROLLCALL_TESTS_SUPPORT_PATIENCE_HPP
#define ROLLCALL_TESTS_SUPPORT_PATIENCE_HPP

#include <cstddef>
#include <limits>
#include <vector>

#include "rollcall/job_watcher.hpp"

namespace rollcall::tests {

class Patience final : public JobWatcher {
 public:
  static constexpr std::size_t endless = std::numeric_limits<std::size_t>::max();

  explicit Patience(std::size_t passing = endless) : questions{passing} {}
  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    seen.push_back(progress);
    if (questions == 0) return false;
    if (questions != endless) --questions;
    return true;
  }

  std::size_t questions;
  std::vector<JobProgress> seen;
};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_PATIENCE_HPP
