// judged_batch.hpp: a batch of rows as the schema sees it: a value a column and row, the objects
// that the rows are about, and what was found. Reused from batch to batch.
//
// Values lie column after column, since that is the order in which they are judged.
#ifndef ROLLCALL_CHECK_JUDGED_BATCH_HPP
#define ROLLCALL_CHECK_JUDGED_BATCH_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rollcall/finding.hpp"

namespace rollcall::check {

enum class CellState : std::uint8_t {
  absent, // the file does not have the column
  blank,
  good,
  bad
};

struct Cell {
  CellState state = CellState::absent;
  std::string_view text = {}; // canonical, of a good cell
};

using OldFields = std::span<const std::optional<std::string_view>>;

struct Row {
  bool is_read = true;      // every cell could be read; else nothing is known of the row
  bool is_rejected = false; // it has an error
  bool is_new = false;      // it asks for a new object
  std::optional<std::string_view> key = {}; // of the object found, in the directory's spelling
  OldFields old = {};                       // its fields, in the order of the kind's
};

struct RowFinding {
  std::size_t row = 0;
  Finding finding = {};
};

class JudgedBatch {
 public:
  explicit JudgedBatch(std::pmr::memory_resource* memory)
      : texts_{memory}, cells_{memory}, rows_{memory}
  {
  }

  void start(std::size_t rows, std::size_t columns)
  {
    texts_.release();
    cells_.assign(rows * columns, Cell{});
    rows_.assign(rows, Row{});
    findings.clear();
  }

  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  [[nodiscard]] Row& row(std::size_t row) noexcept { return rows_[row]; }
  [[nodiscard]] const Row& row(std::size_t row) const noexcept { return rows_[row]; }
  [[nodiscard]] Cell& cell(std::size_t column, std::size_t row) noexcept
  {
    return cells_[column * rows_.size() + row];
  }
  [[nodiscard]] const Cell& cell(std::size_t column, std::size_t row) const noexcept
  {
    return cells_[column * rows_.size() + row];
  }

  // Keeps a text, or a list of them, for as long as the batch is judged.
  [[nodiscard]] std::string_view keep(std::string_view text);
  [[nodiscard]] OldFields keep(std::span<const std::optional<std::string_view>> fields);

  // In the order of the rows, once a batch is judged; of a row by severity, then column of the
  // file.
  std::vector<RowFinding> findings;

 private:
  std::pmr::monotonic_buffer_resource texts_;
  std::pmr::vector<Cell> cells_;
  std::pmr::vector<Row> rows_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_JUDGED_BATCH_HPP
