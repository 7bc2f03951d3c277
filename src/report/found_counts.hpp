// found_counts.hpp: how many findings of each code there are, counted by number while rows go by.
//
//   FoundCounts counts{messages};
//   counts.add(row.findings);
//   counts.add_to(job.counts);  // once, at the end
#ifndef ROLLCALL_REPORT_FOUND_COUNTS_HPP
#define ROLLCALL_REPORT_FOUND_COUNTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "report/message.hpp"

namespace rollcall::report {

class FoundCounts {
 public:
  // The messages outlive it.
  explicit FoundCounts(const Messages& messages) : messages_{&messages}, counts_(messages.kinds())
  {
  }

  void add(std::span<const check::Found> found) noexcept
  {
    for (const check::Found& each : found)
      ++counts_[messages_->kind(each)][static_cast<std::size_t>(each.severity)];
  }

  [[nodiscard]] std::uint64_t of(Severity severity) const noexcept;
  void add_to(FindingCounts& counts) const;

 private:
  const Messages* messages_;
  std::vector<std::array<std::uint64_t, 3>> counts_; // by kind and severity
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FOUND_COUNTS_HPP
