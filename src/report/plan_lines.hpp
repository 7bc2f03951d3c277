// plan_lines.hpp: a plan read without the schema that it was made for: a plan of a format that is
// gone, or of a later minor version, can still be looked at.
//
//   PlanLines lines{source, memory};
//   ROLLCALL_TRY(bool more, lines.open());   // the header
//   while (more) {
//     ROLLCALL_TRY(more, lines.next());      // a row, while there is one
//   }
//   if (!lines.fault().empty()) ...          // it is not what was written
//
// It is what a reader without a schema can know: lines, digest, and that the end counts them. That
// a row makes sense, PlanReader says, and whoever carries the plan out asks it.
#ifndef ROLLCALL_REPORT_PLAN_LINES_HPP
#define ROLLCALL_REPORT_PLAN_LINES_HPP

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "json/line_reader.hpp"
#include "plan/plan_digest.hpp"
#include "rollcall/source.hpp"

namespace rollcall::report {

class PlanLines {
 public:
  // The source outlives it.
  PlanLines(Source& source, std::pmr::memory_resource* memory);

  // False if there is no header that can be understood; `value` is it, else.
  [[nodiscard]] Result<bool> open();
  // False behind the last row, when `value` is the end, and where the plan is broken.
  [[nodiscard]] Result<bool> next();
  // Behind the end: nothing may stand there. `value` is nothing any more.
  [[nodiscard]] Result<void> finish();

  // Of the line at hand: what stands in it for "plan" or "end", or the row.
  [[nodiscard]] const json::Value& value() const noexcept { return value_; }
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  // Why it is no plan, or not the one that was written; empty if it is.
  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }

 private:
  [[nodiscard]] Result<bool> next_line();
  [[nodiscard]] Result<bool> read_end();
  [[nodiscard]] bool refuse(std::string_view what, bool names_line = true);

  json::LineReader lines_;
  plan::PlanDigest digest_;
  json::Value value_;
  std::uint64_t rows_ = 0;
  std::string fault_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_LINES_HPP
