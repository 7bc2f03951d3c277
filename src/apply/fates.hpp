// fates.hpp: what became of rows, where it is not what the plan says.
#ifndef ROLLCALL_APPLY_FATES_HPP
#define ROLLCALL_APPLY_FATES_HPP

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "plan/row_result.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_store.hpp"

namespace rollcall::apply {

struct RowFate {
  plan::Outcome outcome = plan::Outcome::created;
  plan::Outcome planned = plan::Outcome::created;
  std::optional<Finding> finding = {}; // why it is not applied
  std::string key = {};                // that the host gave, if it is not the expected one
};

// A group that was settled before the job broke off, if that is not as the plan says.
struct SettledBefore {
  Fate fate = Fate::applied;
  std::optional<Finding> finding = {};
  std::vector<std::string> keys = {}; // that the host gave, one for each row that makes an object
};

class Fates {
 public:
  void set(std::uint64_t row, RowFate fate) { by_row_.insert_or_assign(row, std::move(fate)); }
  // Nothing of what was done counts: it was taken back. What could not be done stays as it is.
  void withhold_all() noexcept { withholds_ = true; }
  // Rows behind this one were not come to.
  void stop_behind(std::uint64_t row) noexcept { last_row_ = row; }

  [[nodiscard]] const RowFate* find(std::uint64_t row) const
  {
    const auto at = by_row_.find(row);
    return at == by_row_.end() ? nullptr : &at->second;
  }
  // What became of a row that the plan gives this outcome.
  [[nodiscard]] plan::Outcome outcome(std::uint64_t row, plan::Outcome planned) const
  {
    if (planned != plan::Outcome::created && planned != plan::Outcome::updated) return planned;
    const RowFate* const fate = find(row);
    const bool is_applied = fate == nullptr || fate->outcome == planned;
    if (is_applied && (withholds_ || row > last_row_)) return plan::Outcome::withheld;
    return fate == nullptr ? planned : fate->outcome;
  }

  template <class Visit>
  void each(Visit visit) const
  {
    for (const auto& [row, fate] : by_row_) visit(fate);
  }
  template <class Visit>
  void each_row(Visit visit) const
  {
    for (const auto& [row, fate] : by_row_) visit(row, fate);
  }
  // What holds of all rows.
  [[nodiscard]] bool withholds() const noexcept { return withholds_; }
  [[nodiscard]] std::uint64_t last_row() const noexcept { return last_row_; }
  // Were rows not come to, or taken back? They are not among those that `each` shows.
  [[nodiscard]] bool is_cut_short() const noexcept
  {
    return withholds_ || last_row_ != std::numeric_limits<std::uint64_t>::max();
  }

  [[nodiscard]] bool are_as_planned() const noexcept { return by_row_.empty() && !is_cut_short(); }

  // The number that the host was expected to give to the first new object; none if it cannot say.
  std::optional<std::uint64_t> first_id = {};
  // Groups that were settled; those behind were not come to.
  std::uint64_t groups = 0;
  bool is_cancelled = false;

 private:
  std::unordered_map<std::uint64_t, RowFate> by_row_;
  bool withholds_ = false;
  std::uint64_t last_row_ = std::numeric_limits<std::uint64_t>::max();
};

[[nodiscard]] constexpr plan::Outcome outcome_of(Fate fate) noexcept
{
  switch (fate) {
    case Fate::stale:
      return plan::Outcome::stale;
    case Fate::failed:
      return plan::Outcome::failed;
    case Fate::unknown:
      return plan::Outcome::unknown;
    case Fate::withheld:
    case Fate::applied: // what a row of an applied group came to, the plan says
      break;
  }
  return plan::Outcome::withheld;
}

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_FATES_HPP
