// finding_groups.hpp: findings by code and column, for forms that are read by what is to be done:
// all are counted, and the first of each kind kept, so that a file in which every cell is wrong
// makes a page that can still be opened.
#ifndef ROLLCALL_REPORT_FINDING_GROUPS_HPP
#define ROLLCALL_REPORT_FINDING_GROUPS_HPP

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "report/excerpt.hpp"
#include "report/finding_kinds.hpp"
#include "report/findings_writer.hpp"

namespace rollcall::report {

// As it is shown: controls are escapes, what is long is cut.
struct KeptFinding {
  std::uint64_t line = 0; // 0: it is about the file
  Severity severity = Severity::error;
  std::string value = {}, message = {}, replace = {}, guess = {};
  bool is_guess_told = false;          // by the message
  std::optional<Excerpt> excerpt = {}; // of its row, of the first few
};

struct FindingGroup {
  const FindingKind* kind = nullptr;
  std::vector<KeptFinding> kept = {};

  [[nodiscard]] std::uint64_t dropped() const noexcept { return kind->count - kept.size(); }
};

class FindingGroups : public FindingsWriter {
 public:
  static constexpr std::size_t kept_max = FindingList::kept_max_default; // of all kinds
  static constexpr std::size_t excerpts_max = 3;                         // of a kind

  void put_job(const JobSummary& job) override { job_ = job; }

  // Errors first, of these what came up most often.
  [[nodiscard]] std::vector<const FindingGroup*> by_severity() const;
  [[nodiscard]] std::uint64_t of(Severity severity) const noexcept;
  // What came of it, if anybody has said so.
  [[nodiscard]] const std::optional<JobSummary>& job() const noexcept { return job_; }

 protected:
  // `similar_max`: of a kind so many are kept.
  FindingGroups(const FindingsOptions& options, std::size_t similar_max)
      : FindingsWriter{options.memory}, similar_max_{similar_max}
  {
  }

 private:
  [[nodiscard]] bool wants(const Seen& seen) override;
  void put_seen(const Seen& seen, const SeenIn* in) override;

  std::size_t similar_max_;
  FindingKinds kinds_;
  std::deque<FindingGroup> groups_; // as the kinds
  FindingGroup* group_ = nullptr;   // of the one that is wanted
  std::size_t kept_ = 0;
  std::uint64_t of_severity_[3] = {};
  std::optional<JobSummary> job_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDING_GROUPS_HPP
