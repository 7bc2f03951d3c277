// plan_reader.hpp: reads a plan back, a row at a time. It may have been written by anybody: what is
// not as PlanWriter writes it is an error that names the line, and nothing of a row that is no good
// comes out.
//
//   ROLLCALL_TRY(auto plan, PlanReader::open(source, memory));
//   ROLLCALL_CHECK(plan.bind(schema));  // it was made for this schema
//   for (PlanRow row;;) {
//     ROLLCALL_TRY(const bool is_row, plan.next(row, keep));
//     if (!is_row) break;
//   }
//   plan.end()
#ifndef ROLLCALL_PLAN_PLAN_READER_HPP
#define ROLLCALL_PLAN_PLAN_READER_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json/line_reader.hpp"
#include "plan/plan_digest.hpp"
#include "plan/plan_header.hpp"
#include "plan/plan_row.hpp"
#include "plan/plan_scope.hpp"
#include "rollcall/source.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// A row that stands for a thousand numbers makes some thousands of objects.
inline constexpr std::size_t plan_line_bytes_max = 64 * 1024 * 1024;

class PlanReader {
 public:
  // Reads the header. The source outlives it.
  [[nodiscard]] static Result<PlanReader> open(Source& source, std::pmr::memory_resource* memory);

  [[nodiscard]] const PlanHeader& header() const noexcept { return header_; }

  // Rows name kinds and fields of this schema, which outlives it. One of another content than the
  // plan was made for is an error.
  [[nodiscard]] Result<void> bind(const schema::CompiledSchema& schema);

  // From now on rows are also held to what a file could have given: for plans of strangers. What an
  // undo gives back, the host had.
  void hold_values() noexcept { holds_values_ = !header_.undoes; }

  // The next row; false behind the last one, when the trailer was read, and agreed with all that
  // came before it. What the row points to is taken from `keep`.
  [[nodiscard]] Result<bool> next(PlanRow& row, std::pmr::memory_resource& keep);

  // How many groups were whole so far: the number of the one that a row completes.
  [[nodiscard]] std::uint64_t groups() const noexcept { return groups_; }

  // Only after the last row.
  [[nodiscard]] const PlanEnd& end() const noexcept { return end_; }

 private:
  PlanReader(Source& source, std::pmr::memory_resource* memory);

  [[nodiscard]] Result<bool> next_line();
  [[nodiscard]] Result<void> read_header();
  [[nodiscard]] Result<void> read_end(const json::Value& end);
  [[nodiscard]] Result<void> count(const PlanRow& row);
  [[nodiscard]] bool goes_on(std::uint64_t line);
  [[nodiscard]] bool is_called_right(const PlanRow& row, bool is_open) const;
  void count(std::span<const Finding> findings);
  [[nodiscard]] Error at_line(std::string_view what) const;

  std::unique_ptr<json::LineReader> lines_;
  PlanDigest digest_;
  PlanHeader header_;
  PlanEnd end_;
  PlanEnd seen_; // as the rows say it
  std::uint64_t groups_ = 0;
  std::uint64_t line_ = 0; // of the file, where the row before began
  bool goes_back_ = false; // to rows before it
  bool holds_values_ = false;
  std::set<RowNumber> open_groups_; // begun and not whole
  const schema::CompiledSchema* schema_ = nullptr;
  std::vector<expr::Slot> slots_;
  PlanScope scope_;
};

// Whether it is the plan's own fault, and not that of who reads it.
[[nodiscard]] bool is_about_plan(ErrorCode code) noexcept;

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_READER_HPP
