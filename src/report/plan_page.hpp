// plan_page.hpp: a plan for people: what it comes to, what of it needs a look, then every change.
//
//   users.csv: can be carried out in part
//   ...
//   Needs a look
//     Rejected
//         2  value.email  lines 6, 9
//   ...
//   line 5  ~ user 1002
//     extension  200 -> 201
//
// Lists are whole, however long: who signs a plan must be able to trust that nothing is left out.
#ifndef ROLLCALL_REPORT_PLAN_PAGE_HPP
#define ROLLCALL_REPORT_PLAN_PAGE_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "report/plan_looks.hpp"
#include "report/plan_overview.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::report {

struct PlanPageOptions {
  const schema::Schema* schema = nullptr; // null: the one that is built in, if any
  bool colour = false;
  std::string_view name = {}; // of what is to be a plan; empty: it has none
  std::size_t columns = 100;  // after which lists of lines go on in the next line
};

class PlanPage {
 public:
  // All outlive it. The plan is read several times, so it is one that can be rewound and is the
  // same again.
  PlanPage(Source& plan, Sink& sink, const PlanPageOptions& options,
           std::pmr::memory_resource* memory);

  // False if the plan is not, or not as a whole, what was written: the page says so first.
  [[nodiscard]] Result<bool> write();

 private:
  enum class Ink : std::uint8_t { none, good, warning, bad, strong, faint };

  void put_title();
  void put_about();
  void put_rows();
  void put_changes();
  [[nodiscard]] Result<void> put_looks();
  void put_reasons(const LookOfReasons& look);
  void put_lines(const LineRanges& lines, std::size_t indent);
  void put_row(const json::Value& row);
  void put_change(const json::Value& change, const std::string& line, std::string_view remark);
  void put_effect(const json::Value& effect, const std::string& line);
  // Reads the plan again, and shows each row to it.
  template <class Put>
  [[nodiscard]] Result<void> each_row(Put put_one)
  {
    return report::each_row(plan_, overview_.rows, memory_, [&](const json::Value& row) {
      put_one(row);
      return !out_.has_failed();
    });
  }
  void put_look_title(std::string_view title, std::uint64_t count);

  void put(std::string_view text) { out_.put(text); }
  void put_in(Ink ink, std::string_view text);
  void put_line(std::string_view text);
  void put_count(std::uint64_t count, std::string_view what);
  void put_heading(std::string_view text);

  Source& plan_;
  PlanPageOptions options_;
  std::pmr::memory_resource* memory_;
  SinkBuffer out_;
  PlanOverview overview_;
  bool has_look_ = false; // whether the heading of what needs a look was written
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_PAGE_HPP
