// scalar.hpp: reading CSV a sign at a time: what the kernels must agree with, and the way for all
// that they leave alone: misplaced and open quotes, escapes, rows past their limit in bytes.
#ifndef ROLLCALL_CSV_SCALAR_HPP
#define ROLLCALL_CSV_SCALAR_HPP

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "csv/kernel.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {

// What was found in a cell by its quotes, or in a row by its size.
struct Flaw {
  Code code = Code::csv_quote;
  std::uint32_t row = 0;
  std::int32_t cell = -1;
  std::uint32_t place = 0; // in the text

  friend bool operator==(const Flaw&, const Flaw&) = default;
};

// About so many flaws are kept at once: where there are more, a stretch ends early.
constexpr std::size_t flaws_max = 1024;

// The rows of a stretch of text, blank ones too.
struct Structure {
  explicit Structure(std::pmr::memory_resource* memory) : ends(memory), rows(memory), flaws(memory)
  {
  }

  void clear() noexcept;

  std::pmr::vector<std::uint32_t> ends;
  std::pmr::vector<RowPlace> rows;
  std::pmr::vector<Flaw> flaws;
  std::uint32_t bytes = 0; // how far it reaches: the end of the last row, line end included
  bool cut = false;        // the last row passed the limit; the rest of its line is to be skipped
};

struct ScalarOptions {
  Dialect dialect = {}; // with a delimiter
  std::uint64_t row_bytes_max = 0;
  std::uint64_t columns_max = 0;
  std::size_t rows_max = 0;  // so many rows, and
  std::size_t cells_max = 0; // about so many cells are enough
};

// Reads the whole rows at the start of a text. At its `end` (nothing follows) the last one is whole
// too, whatever it lacks.
void read_scalar(std::string_view text, bool end, const ScalarOptions& options, Structure& found);

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_SCALAR_HPP
