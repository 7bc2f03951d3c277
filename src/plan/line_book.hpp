// line_book.hpp: in which physical line each row of a file begins, for whoever names another row.
//
// Rows mostly take a line each, so it is kept where that changes: after a blank row, and after a
// cell with line ends in it.
#ifndef ROLLCALL_PLAN_LINE_BOOK_HPP
#define ROLLCALL_PLAN_LINE_BOOK_HPP

#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <vector>

#include "plan/claim_index.hpp"
#include "plan/first_places.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::plan {

class LineBook {
 public:
  explicit LineBook(std::pmr::memory_resource& memory) : steps_{&memory} {}

  // Batches come in the order of the file.
  void take(const csv::RowBatch& batch);

  // The same of a single row, for who knows where it begins. Rows come in order.
  void put(RowNumber row, std::uint64_t line);

  // Of a retry people are told the lines of the file that was imported first. It outlives this.
  void show(const FirstPlaces& first) noexcept { first_ = &first; }

  // Of a row that was taken: where people look for it.
  [[nodiscard]] std::uint64_t of(RowNumber row) const noexcept
  {
    return first_ != nullptr ? first_->of(row).line : read(row);
  }
  // "5, 9" of those rows that are named behind the first one; "5, 9 and more" where all of them are
  // more than are named.
  static constexpr std::size_t named_max = 8;
  [[nodiscard]] std::string more(std::span<const RowNumber> rows) const;

  // Where it was read.
  [[nodiscard]] std::uint64_t read(RowNumber row) const noexcept;

 private:
  // From this row on, a line is so much more than the row's number.
  struct Step {
    RowNumber row = 0;
    std::uint64_t more = 0;
  };

  std::pmr::vector<Step> steps_; // ordered
  const FirstPlaces* first_ = nullptr;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_LINE_BOOK_HPP
