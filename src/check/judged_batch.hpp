// judged_batch.hpp: a batch of rows as the schema sees it: a value a column and row, the objects
// that the rows are about, and what was found. Reused from batch to batch.
//
// Values lie column after column, since that is the order in which they are judged. All texts are
// views: of the batch that was read, of the schema, or of what `keep` has kept.
#ifndef ROLLCALL_CHECK_JUDGED_BATCH_HPP
#define ROLLCALL_CHECK_JUDGED_BATCH_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "check/found.hpp"
#include "check/row_mask.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::check {

enum class CellState : std::uint8_t {
  absent,  // the file does not have the column, or a rule has dropped the cell
  blank,   // what it stands for is the column's to say
  nothing, // a word that stands for null
  good,
  bad // an error; nothing that reads it is judged
};

struct Cell {
  const char* data = nullptr; // canonical, of a good cell; of a secret as typed
  std::uint32_t size = 0;
  CellState state = CellState::absent;
  bool is_range = false; // of extensions
  bool is_word = false;  // a word that stands for this value: never looked up

  [[nodiscard]] std::string_view text() const noexcept { return {data, size}; }
  [[nodiscard]] bool is_good() const noexcept { return state == CellState::good; }
};

using Fields = std::span<const std::optional<std::string_view>>;

// An object of the directory, as long as the batch lives. Its fields read as cells of an export
// would: trimmed, composed, numbers and addresses in plain form (spec E24).
struct Known {
  std::string_view key = {};
  Fields fields = {};
  Fields raw = {}; // as the directory has them, where any of them reads otherwise

  [[nodiscard]] const std::optional<std::string_view>& before(std::size_t field) const noexcept
  {
    return raw.empty() ? fields[field] : raw[field];
  }
};

class JudgedBatch {
 public:
  explicit JudgedBatch(std::pmr::memory_resource* memory);

  // Nothing is said of cells yet: who judges says it of all, or clears them.
  void start(std::size_t rows, std::size_t columns);
  void clear_cells() noexcept { std::fill(cells_.begin(), cells_.end(), Cell{}); }
  void clear_cells(std::size_t column) noexcept
  {
    std::fill_n(cells_.begin() + static_cast<std::ptrdiff_t>(column * rows_), rows_, Cell{});
  }

  [[nodiscard]] std::pmr::memory_resource* memory() const noexcept { return memory_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t columns() const noexcept { return good_.size(); }

  [[nodiscard]] Cell& cell(std::size_t column, std::size_t row) noexcept
  {
    return cells_[column * rows_ + row];
  }
  [[nodiscard]] const Cell& cell(std::size_t column, std::size_t row) const noexcept
  {
    return cells_[column * rows_ + row];
  }

  // The cells of a column, one a row.
  [[nodiscard]] Cell* column(std::size_t column) noexcept { return cells_.data() + column * rows_; }

  // Which cells of a column are good, and which bad.
  [[nodiscard]] RowMask& good(std::size_t column) noexcept { return good_[column]; }
  [[nodiscard]] const RowMask& good(std::size_t column) const noexcept { return good_[column]; }
  [[nodiscard]] RowMask& bad(std::size_t column) noexcept { return bad_[column]; }
  [[nodiscard]] const RowMask& bad(std::size_t column) const noexcept { return bad_[column]; }

  RowMask looked_at;  // to be judged, and every cell could be read; nothing is known of the others
  RowMask now;        // whose turn it is: all that are looked at, unless rows act in turn
  RowMask rejected;   // has an error
  RowMask is_new;     // makes its object
  RowMask is_update;  // changes an object, which was found and may be changed
  RowMask is_unknown; // asks for an object that is not there, or not to be changed

  // Where a column's `needs` is judged: the row is new, or changes something that it is about. Only
  // of columns that have one.
  [[nodiscard]] RowMask& needed(std::size_t column) noexcept { return needed_[column]; }
  [[nodiscard]] bool is_needed(std::size_t column, std::size_t row) const noexcept
  {
    return needed_[column].has(row);
  }

  // The row's own object, if it was found.
  [[nodiscard]] const Known* object(std::size_t row) const noexcept
  {
    return object_of_[row] == nothing_known ? nullptr : &known_[object_of_[row]];
  }
  void set_object(std::size_t row, const Known& known);

  // Keeps a text, or a list of them, for as long as the batch is judged.
  [[nodiscard]] std::string_view keep(std::string_view text);
  [[nodiscard]] std::span<std::optional<std::string_view>> make_fields(std::size_t count);

  // In the order of the rows, once a batch is judged; of a row by severity, then column of the
  // file, then code (spec/files.md).
  std::pmr::vector<Found> found;
  std::vector<Finding> readings;

 private:
  static constexpr std::uint32_t nothing_known = 0xFFFFFFFF;

  std::size_t rows_ = 0;
  std::pmr::monotonic_buffer_resource texts_;
  std::pmr::vector<Cell> cells_;
  std::pmr::vector<RowMask> good_;
  std::pmr::vector<RowMask> bad_;
  std::pmr::vector<RowMask> needed_;
  std::pmr::vector<Known> known_;
  std::pmr::vector<std::uint32_t> object_of_;
  std::pmr::memory_resource* memory_;
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_JUDGED_BATCH_HPP
