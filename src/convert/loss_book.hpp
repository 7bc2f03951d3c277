// loss_book.hpp: counts what becomes of the cells of a conversion.
#ifndef ROLLCALL_CONVERT_LOSS_BOOK_HPP
#define ROLLCALL_CONVERT_LOSS_BOOK_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/header.hpp"
#include "convert/carrying.hpp"
#include "convert/row_maker.hpp"

namespace rollcall::convert {

class LossBook {
 public:
  // The loss outlives it, and what it says of columns is filled in.
  explicit LossBook(Loss& loss) : loss_{loss} {}
  void begin(const Format& from, const check::Header& header, const Format& to,
             const Carrying& carrying);

  // A row of the source that was made into as many rows of the target as it stands for, or none.
  void take_row(const csv::RowBatch& batch, std::size_t row, std::uint64_t line,
                const RowMaker& maker);
  // A row of the target.
  void take_cells(const std::vector<MadeCell>& cells);
  void remark(Side side, const Finding& finding, std::uint64_t line);

  // Puts the remarks in order.
  void finish();

 private:
  struct Cell {
    std::size_t cell = 0;                   // of the source's file
    std::optional<std::size_t> column = {}; // of its schema
    std::string_view needs_no_place = {};   // what the format has where nothing is said
  };
  void lose(SourceColumn& column, std::uint64_t line, std::string_view value);

  Loss& loss_;
  std::vector<Cell> cells_; // as Loss::source
  std::string scratch_;
  std::vector<std::size_t> target_of_; // of Carrying::written: the place in Loss::target
};

} // namespace rollcall::convert

#endif // ROLLCALL_CONVERT_LOSS_BOOK_HPP
