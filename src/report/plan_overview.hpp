// plan_overview.hpp: what a plan comes to, gathered in one reading: what it says of itself, counts,
// and where what needs a look is.
//
// What it holds grows with the kinds, effects and codes that come up, and with the ranges of lines
// of those that need a look; lists of single objects are made by reading again.
#ifndef ROLLCALL_REPORT_PLAN_OVERVIEW_HPP
#define ROLLCALL_REPORT_PLAN_OVERVIEW_HPP

#include <array>
#include <cstdint>
#include <map>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/row_result.hpp"
#include "report/line_ranges.hpp"
#include "report/plan_lines.hpp"
#include "report/plan_marks.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/source.hpp"

namespace rollcall::report {

class PlanOverview {
 public:
  // Names and reasons, with the lines of each.
  using Reasons = std::map<std::pair<std::string, std::string>, LineRanges>;
  using Counts = std::map<std::pair<std::string, std::string>, std::uint64_t>;

  explicit PlanOverview(std::pmr::memory_resource* memory) : memory_{memory} {}

  // What fields mean that the format has marked: as it was when the plan was made, as it is by now,
  // or nobody knows.
  enum class Marks : std::uint8_t { not_known, as_of_now, as_planned };

  // Reads to the end of the plan, or to where it breaks. Without a schema, what fields mean is
  // taken from the format that is built in, if it is one. One of another format is wrong use.
  [[nodiscard]] Result<void> read(Source& plan, const schema::Schema* schema);

  std::string fault = {};  // of the plan; see PlanLines
  bool has_header = false; // if not, there is nothing to show
  std::string id = {}, format = {}, schema_digest = {}, file = {}, sha256 = {};
  std::vector<std::pair<std::string, std::string>> actor = {}, options = {}; // name and value
  std::uint64_t undoes = 0; // the job, if it is the plan of an undo
  bool is_atomic = false, is_complete = false;
  std::uint64_t rows = 0, blank_rows = 0, groups = 0, bytes = 0;
  std::array<std::uint64_t, plan::outcome_count> outcomes = {};
  std::vector<Finding> findings = {}; // about the file

  Counts changes = {}; // by operation and kind
  std::map<std::string, std::uint64_t> effects = {};
  std::uint64_t taken = 0, switched_off = 0, deleted = 0, promoted = 0;
  Reasons granted = {}; // to objects that are made: field and value
  Reasons lost = {};    // why, and what
  Reasons stays = {};   // what an undo cannot bring back: likewise; of effects, what became of them
  Reasons withdrawn = {}; // effects that an undo calls back: by name
  Reasons rejected = {};  // by code; its second name is empty
  Reasons warned = {};    // likewise
  PlanMarks marks = {};
  Marks marks_are = Marks::not_known;

 private:
  [[nodiscard]] Result<void> learn_marks(const schema::Schema* given);
  void take_header(const json::Value& header);
  void take_row(const json::Value& row);
  void take_change(const json::Value& change, std::uint64_t row, std::uint64_t line);
  void take_end(const json::Value& end);
  LineRanges& of(Reasons& reasons, std::string_view name, std::string_view what = {});

  std::pmr::memory_resource* memory_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_OVERVIEW_HPP
