// source_columns.hpp: a row of the source on its way out again, byte for byte where that can be.
//
// The columns that the file has of its own come back as they were read: neither trimmed nor
// unguarded, filled up where the row was short, without what lies beyond the header (spec E42, F11,
// M2). A clean row is a few copies of whole runs of cells.
#ifndef ROLLCALL_REPORT_SOURCE_COLUMNS_HPP
#define ROLLCALL_REPORT_SOURCE_COLUMNS_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/secret_cells.hpp"
#include "rollcall/csv_writer.hpp"

namespace rollcall::report {

class SourceColumns {
 public:
  // What is done with cells that may hold a secret, and with bytes that could not be decoded:
  // people get blanks and U+FFFD; a file that is to be corrected has all as it was.
  enum class For : std::uint8_t { people, correction };

  // Columns that a result or error rows have added are left out, whichever of the two: what stood
  // there was true of another run (spec E13).
  SourceColumns(const schema::CompiledSchema& schema, const check::Header& header,
                const csv::Dialect& dialect, For whom);

  // A writer for these rows: of the source's delimiter, if one is to be had.
  [[nodiscard]] csv::WriterOptions writer_options() const noexcept;

  // The batch that holds the header.
  void put_header(csv::Writer& writer, const csv::RowBatch& batch);
  // `ending` is cells of the writer's own that follow, as they are written, each with a delimiter
  // in front; 32 more bytes can be read behind it.
  void put(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row, bool is_rejected,
           std::string_view ending = {});

 private:
  // Cells that stand side by side, or secret ones, of which only the delimiters are written.
  struct Run {
    std::size_t first = 0, last = 0;
    std::size_t blanks = 0;
  };

  void put_in_pieces(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row,
                     std::string_view ending);

  void put_cell_by_cell(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row,
                        bool is_rejected);
  void put_cell(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row, std::size_t cell,
                bool is_faulty, bool is_cut);
  void put_quoted(csv::Writer& writer, std::string_view value, bool stays_wrong);

  SecretCells secrets_;
  For whom_;
  bool is_verbatim_; // the bytes of a cell mean the same in what is written
  char delimiter_;
  std::size_t width_ = 0;
  std::vector<std::size_t> kept_; // cells
  std::vector<Run> runs_;
  std::string delimiters_;               // of all cells, with room behind them
  std::vector<std::string_view> pieces_; // of a row
  std::string value_, mended_, quoted_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_SOURCE_COLUMNS_HPP
