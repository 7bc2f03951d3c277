// plan_looks.hpp: what a plan says of itself, and what of it needs a look, for whatever it is shown
// in: pages for terminals and for browsers say the same.
#ifndef ROLLCALL_REPORT_PLAN_LOOKS_HPP
#define ROLLCALL_REPORT_PLAN_LOOKS_HPP

#include <array>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/document.hpp"
#include "report/plan_overview.hpp"
#include "report/summary_words.hpp"

namespace rollcall::report {

// Whether it can be carried out.
struct PlanVerdict {
  std::string title = {}; // the file that was planned
  std::string says = {};  // "can be carried out in part"
  Tone tone = Tone::good;
};
// `name` is what the plan is called, for one that cannot be read.
[[nodiscard]] PlanVerdict verdict_of(const PlanOverview& plan, std::string_view name);

// What it was made of, and by whom: names and texts.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> about_plan(
    const PlanOverview& plan);

[[nodiscard]] std::string line_of(const json::Value& row); // "line 5"
// "would be created", "would be made again".
[[nodiscard]] std::string outcome_in_words(const PlanOverview& plan, plan::Outcome outcome);

// Of what each line needs a look of its own: the rows are read again, and say them.
using SayLook = std::function<void(const std::string& text)>;
struct LookOfRows {
  std::string_view title = {};
  std::uint64_t count = 0;
  void (*say)(const json::Value& row, const PlanMarks& marks, const SayLook& say) = nullptr;
};
[[nodiscard]] std::array<LookOfRows, 4> looks_of_rows(const PlanOverview& plan);

// What there are many of, by reasons.
struct LookOfReasons {
  std::string_view title = {};
  const PlanOverview::Reasons* reasons = nullptr;
  std::string (*says)(std::string_view name, std::string_view what) = nullptr;
};
[[nodiscard]] std::array<LookOfReasons, 6> looks_of_reasons(const PlanOverview& plan);

// Which of these lists may not be whole, because the format is not known as it was: `says` why.
struct LookNotMade {
  std::string_view title = {};
  std::string says = {}; // empty: they are whole
};
[[nodiscard]] LookNotMade look_not_made(const PlanOverview& plan);

// Reads as many rows of a plan once more as were read, as long as it is asked for.
[[nodiscard]] Result<void> each_row(Source& plan, std::uint64_t rows,
                                    std::pmr::memory_resource* memory,
                                    const std::function<bool(const json::Value& row)>& take);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_LOOKS_HPP
