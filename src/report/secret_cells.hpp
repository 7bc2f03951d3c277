// secret_cells.hpp: which cells of a row may hold a secret, so that nothing but error rows shows
// them.
//
// Those are not only the cells under a secret column. Its name may be misspelt, so that it is a
// column that nobody knows. A delimiter too much or too little moves all that follows it, and a
// quote that is never closed swallows the rows behind it: the password then stands under another
// header. But a row that is merely short and is not rejected is taken at its word, here as by the
// import: what stands under Department is the department, and stands so in the directory.
#ifndef ROLLCALL_REPORT_SECRET_CELLS_HPP
#define ROLLCALL_REPORT_SECRET_CELLS_HPP

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "check/header.hpp"
#include "rollcall/csv.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

// What is wrong with a row, ordered by cell; what is about the row as a whole comes first.
[[nodiscard]] std::span<const csv::Fault> faults_of(const csv::RowBatch& batch,
                                                    std::size_t row) noexcept;

// A cell that begins with a quote and does not end with one: what was read of it is what was left.
[[nodiscard]] bool is_open(std::string_view cell, const csv::Dialect& dialect) noexcept;

class SecretCells {
 public:
  SecretCells() = default; // none: of headers
  SecretCells(const schema::CompiledSchema& schema, const check::Header& header);

  [[nodiscard]] bool is_any() const noexcept { return !cells_.empty(); }
  [[nodiscard]] bool is_secret(std::size_t cell) const noexcept;
  // Under a name that is like none that the format knows: excerpts do not show it.
  [[nodiscard]] bool may_be_anything(std::size_t cell) const noexcept
  {
    return cell < may_be_anything_.size() && may_be_anything_[cell];
  }

  // Where they may be in a row.
  struct Row {
    std::size_t left = 0;        // by how many cells they may have moved
    std::size_t right = 0;       // likewise
    std::size_t all_from = none; // and if nobody knows: every cell from here on
  };
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  [[nodiscard]] Row look_at(const csv::RowBatch& batch, std::size_t row,
                            bool is_rejected) const noexcept;

  [[nodiscard]] bool may_show(const csv::RowBatch& batch, std::size_t row, const Row& about,
                              std::size_t cell) const noexcept;

 private:
  std::vector<std::size_t> cells_;    // in order
  std::vector<bool> may_be_anything_; // of each cell
  std::size_t width_ = 0;             // of the header
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_SECRET_CELLS_HPP
