// line_book.hpp: in which physical line each row of a file begins, for whoever names another row.
//
// Rows mostly take a line each, so it is kept where that changes: after a blank row, and after a
// cell with line ends in it.
#ifndef ROLLCALL_PLAN_LINE_BOOK_HPP
#define ROLLCALL_PLAN_LINE_BOOK_HPP

#include <cstdint>
#include <memory_resource>
#include <vector>

#include "plan/claim_index.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::plan {

class LineBook {
 public:
  explicit LineBook(std::pmr::memory_resource& memory) : steps_{&memory} {}

  // Batches come in the order of the file.
  void take(const csv::RowBatch& batch);

  // Of a row that was taken.
  [[nodiscard]] std::uint64_t of(RowNumber row) const noexcept;

 private:
  // From this row on, a line is so much more than the row's number.
  struct Step {
    RowNumber row = 0;
    std::uint64_t more = 0;
  };
  void note(std::uint64_t row, std::uint64_t line);

  std::pmr::vector<Step> steps_; // ordered
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_LINE_BOOK_HPP
