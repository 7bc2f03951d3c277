// Writing CSV: cells one after the other, or rows as they stood in a source, through one buffer.
//
//   ROLLCALL_TRY(auto writer, csv::Writer::open(sink, {.delimiter = reader.dialect().delimiter}));
//   writer.raw_cells(batch.raw(row));  // byte for byte
//   writer.cell("TRUE");
//   writer.end_row();
//   ...
//   ROLLCALL_CHECK(writer.finish());
//
// The calls in between say nothing: the first failure stays, what follows it is dropped, and finish
// returns it. A writer that is destroyed without finish has written an unknown part of its rows.
#ifndef ROLLCALL_CSV_WRITER_HPP
#define ROLLCALL_CSV_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>

#include "rollcall/sink.hpp"

namespace rollcall::csv {

// Which cells get a `'` in front, so that a spreadsheet shows them and does not run them. The
// reader undoes `text` and `all` for every value, and need not know which it was.
enum class Guard : std::uint8_t {
  off,
  text, // all that would run, but for numbers and phone numbers: `+442071838750`, `-1.5`
  all   // all that would run
};

enum class LineEnd : std::uint8_t { lf, crlf, cr };

struct WriterOptions {
  char delimiter = ','; // one of , ; tab |
  LineEnd line_end = LineEnd::crlf;
  Guard guard = Guard::off;
  std::size_t buffer_bytes = 256 * 1024;       // how large the pieces are that a sink gets
  std::pmr::memory_resource* memory = nullptr; // null: new and delete
};

// A cell is quoted only if it holds the delimiter, a quote, CR or LF; blanks need no quotes, since
// our reader trims inside them, too. Two places would be read as something else and are quoted as
// well: a row that is one empty cell (to most readers an empty line has no cells; to ours both are
// blank rows), and a cell that begins the file with a byte order mark.
class Writer {
 public:
  // The sink outlives the writer. Options that make no sense are wrong_use.
  [[nodiscard]] static Result<Writer> open(Sink& sink, const WriterOptions& options);

  // Adds a cell to the row, guarded and quoted as need be.
  void cell(std::string_view value);

  // Adds a cell, or several with their delimiters, as the bytes stand in a source of the same
  // delimiter. Nothing is looked at: the bytes are whole cells and have no line end behind them.
  void raw_cells(std::string_view bytes);
  // The same, faster, in pieces that are put one behind the other, with nothing between them. 32
  // more bytes can be read behind each, as behind whatever lies in the text of a RowBatch.
  void raw_cells_in_pieces(std::span<const std::string_view> pieces);

  // A row without cells becomes an empty line.
  void end_row() { end_row(line_end_); }
  void end_row(LineEnd line_end);

  // Hands the rest to the sink and returns the first failure that there was. A row that was not
  // ended is written without a line end. Nothing may follow.
  [[nodiscard]] Result<void> finish();

  // For who has more to do than to write: finish will fail.
  [[nodiscard]] bool has_failed() const noexcept { return out_.has_failed(); }

  // How much was written, the buffer included; whole if nothing failed.
  [[nodiscard]] std::uint64_t bytes() const noexcept { return out_.bytes(); }

 private:
  Writer(Sink& sink, const WriterOptions& options);

  void begin_cell();
  void put_quoted(bool is_guarded, std::string_view value);

  SinkBuffer out_;
  std::uint64_t row_begin_ = 0; // the value of bytes() where the row began
  bool has_cells_ = false;      // the row has some
  char delimiter_;
  LineEnd line_end_;
  Guard guard_;
};

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_WRITER_HPP
