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

  // `readings`: the faults of the reader that they may be (JudgedBatch::readings).
  void add(std::span<const check::Found> found, std::span<const Finding> readings);

  [[nodiscard]] std::uint64_t of(Severity severity) const noexcept;
  void add_to(FindingCounts& counts) const;

 private:
  const Messages* messages_;
  std::vector<std::array<std::uint64_t, 3>> counts_; // by kind and severity
  MendableCounts mendable_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FOUND_COUNTS_HPP
