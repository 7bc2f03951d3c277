// Reading CSV: from the bytes of a source to batches of rows, whose cells stay where they were
// read.
//
//   MemorySource source{text};
//   ROLLCALL_TRY(auto reader, csv::Reader::open(source, {.memory = seams.memory}));
//   for (;;) {
//     ROLLCALL_TRY(const bool more, reader.next());
//     if (!more) break;
//     for (std::size_t row = 0; row < reader.batch().size(); ++row) ... reader.batch().cell(row, 2)
//   }
//   if (reader.refusal()) ...  // the file passed a limit
//
// The first batch is the header alone. Unless the file is refused, every record that is not blank
// is in exactly one batch, in the order of the file, also one that could not be read well: what was
// wrong with it is a fault. Nothing here knows columns by name.
#ifndef ROLLCALL_CSV_HPP
#define ROLLCALL_CSV_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/code.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/limits.hpp"
#include "rollcall/source.hpp"

namespace rollcall::csv {

enum class Encoding : std::uint8_t { utf_8, utf_16le, utf_16be, windows_1252, latin_1 };

// "utf-16le".
[[nodiscard]] std::string_view slug(Encoding encoding) noexcept;
[[nodiscard]] std::optional<Encoding> encoding_of(std::string_view slug) noexcept;

// What the caller says of a file, and where he is silent the reader finds out.
struct Dialect {
  std::optional<char> delimiter = {};  // absent: detected
  std::optional<char> quote = '"';     // none: no sign quotes
  std::optional<char> escape = {};     // takes the next sign's meaning away
  Encoding encoding = Encoding::utf_8; // a byte order mark goes before it
  bool lenient = false;                // misplaced quotes are repaired and warned of

  // What separates cells: a comma where nobody said and nothing was found out.
  [[nodiscard]] char separator() const noexcept { return delimiter.value_or(','); }

  friend bool operator==(const Dialect&, const Dialect&) = default;
};

// The instruction sets that there are kernels for. `best` is the fastest that this processor has.
enum class Kernel : std::uint8_t { best, swar, avx2, avx512, neon };
[[nodiscard]] std::string_view slug(Kernel kernel) noexcept;
[[nodiscard]] std::optional<Kernel> kernel_of(std::string_view slug) noexcept;
[[nodiscard]] bool is_supported(Kernel kernel) noexcept;

struct ReaderOptions {
  Dialect dialect = {};
  Limits limits = {};
  std::pmr::memory_resource* memory = nullptr; // null: new and delete
  Kernel kernel = Kernel::best;                // one that is not supported is `unsupported`
  std::size_t window_bytes = 128 * 1024;       // how much is looked at in one go, if rows are short
  std::size_t batch_rows = SIZE_MAX;           // about how many rows a batch has at most
  bool digest = false;                         // also make the SHA-256 of the source
};

// Something wrong with a row. `row` is its index in the batch; `cell` the index of the cell, or -1
// for the row as a whole. One cell has one fault at most.
struct Fault {
  Code code = Code::csv_quote;
  std::uint32_t row = 0;
  std::int32_t cell = -1;
  std::uint64_t byte = 0; // in the source, of what is wrong: the quote, the character, the cell
  std::uint64_t line = 0; // in which that byte stands; lines count from 1

  friend bool operator==(const Fault&, const Fault&) = default;
};

// Where a row is, in a batch that lists its rows.
struct RowPlace {
  std::uint32_t begin = 0;      // its first byte in the text
  std::uint32_t first_cell = 0; // index of its first cell's end
  std::uint32_t cell_count = 0; // at most the limit of columns
};

// What a batch is made of.
struct Layout {
  std::string_view text = {};               // 64 bytes behind it can be read
  std::span<const std::uint32_t> ends = {}; // of each cell: where its delimiter or line end stands
  std::size_t width = 0;                    // cells of every row; 0 if `rows` has to say
  std::span<const RowPlace> rows = {};      // empty if `width` is not 0
  std::size_t row_count = 0;
  std::span<const Fault> faults = {}; // ordered by row, then cell
  std::uint64_t first_number = 0;     // of the first row: 0 is the header, data rows follow
  std::uint64_t first_line = 1;       // the physical line in which the text begins
  std::uint64_t first_byte = 0;       // where in the source the text begins
  Dialect dialect = {};
};

// Some rows, with the places of their cells. Borrowed from the reader until its next call.
//
// A cell is the bytes between two delimiters, quotes included; `value` takes them off. When
// `width()` is not 0 all rows have so many cells, and the ends of column c are ends()[c],
// ends()[c + width], ends()[c + 2 * width] and so on: that is the way for loops over a column.
class RowBatch {
 public:
  RowBatch() = default;
  explicit RowBatch(const Layout& layout) : layout_{layout} {}

  [[nodiscard]] std::size_t size() const noexcept { return layout_.row_count; }
  [[nodiscard]] bool is_empty() const noexcept { return layout_.row_count == 0; }

  // The number of a row: 0 is the header, data rows count from 1, blank ones do not count.
  [[nodiscard]] std::uint64_t number(std::size_t row) const noexcept
  {
    return layout_.first_number + row;
  }

  // The width that all rows share, or 0 if rows are listed, even if they are equally wide. It
  // counts every cell, also blank ones at the end.
  [[nodiscard]] std::size_t width() const noexcept { return layout_.width; }

  [[nodiscard]] std::size_t cells(std::size_t row) const noexcept
  {
    return layout_.width != 0 ? layout_.width : layout_.rows[row].cell_count;
  }

  // The bytes of a cell as they stand in the text, with quotes.
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t cell) const noexcept
  {
    const std::size_t at = first_cell(row) + cell;
    const std::uint32_t begin = cell != 0 ? layout_.ends[at - 1] + 1 : row_begin(row);
    const std::uint32_t end = layout_.ends[at];
    const bool is_cut = cell + 1 == cells(row) && has_crlf_at(begin, end);
    return {layout_.text.data() + begin, end - begin - (is_cut ? 1U : 0U)};
  }

  // What a cell says: without its quotes, doubled ones halved. `scratch` is used if that differs
  // from what stands in the text; the answer lives as long as both.
  [[nodiscard]] std::string_view value(std::size_t row, std::size_t cell,
                                       std::string& scratch) const;

  // The bytes of a row without its line end; of one that passed a limit, as much as was kept.
  [[nodiscard]] std::string_view raw(std::size_t row) const noexcept;

  // Where a row begins in the source.
  [[nodiscard]] std::uint64_t byte(std::size_t row) const noexcept;

  // Ordered by row, then cell.
  [[nodiscard]] std::span<const Fault> faults() const noexcept { return layout_.faults; }

  [[nodiscard]] std::string_view text() const noexcept { return layout_.text; }
  [[nodiscard]] std::span<const std::uint32_t> ends() const noexcept { return layout_.ends; }
  [[nodiscard]] const Dialect& dialect() const noexcept { return layout_.dialect; }
  [[nodiscard]] std::uint64_t first_line() const noexcept { return layout_.first_line; }

  // Where in the text a row begins.
  [[nodiscard]] std::uint32_t row_begin(std::size_t row) const noexcept
  {
    if (layout_.width == 0) return layout_.rows[row].begin;
    return row == 0 ? 0 : layout_.ends[row * layout_.width - 1] + 1;
  }

 private:
  [[nodiscard]] std::size_t first_cell(std::size_t row) const noexcept
  {
    return layout_.width != 0 ? row * layout_.width : layout_.rows[row].first_cell;
  }

  // Of CRLF the LF ends the cell, so a CR before it is part of the line end.
  [[nodiscard]] bool has_crlf_at(std::uint32_t begin, std::uint32_t end) const noexcept
  {
    const char* const text = layout_.text.data();
    return end != begin && text[end] == '\n' && text[end - 1] == '\r';
  }

  Layout layout_;
};

// The physical lines in which rows start. Asked for rows in order, all of them cost one pass.
class Lines {
 public:
  explicit Lines(const RowBatch& batch) noexcept : batch_{&batch}, line_{batch.first_line()} {}
  [[nodiscard]] std::uint64_t of(std::size_t row) noexcept;

 private:
  const RowBatch* batch_;
  std::uint32_t at_ = 0;
  std::uint64_t line_;
};

class Reader {
 public:
  // Looks at the first bytes: a byte order mark settles the encoding. The source outlives the
  // reader. Without a delimiter the one is taken under which most of the first 100 records have the
  // same number of cells, more than one; see `head` for who knows better.
  [[nodiscard]] static Result<Reader> open(Source& source, const ReaderOptions& options);

  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  // The beginning of the text as UTF-8, as much as the first window holds. Only before `next`.
  [[nodiscard]] std::string_view head() const noexcept;
  // Only before `next`, and neither the quote nor the escape.
  void use_delimiter(char delimiter) noexcept;

  // Reads on until there is a batch; false at the end, and when the file is refused.
  [[nodiscard]] Result<bool> next();
  [[nodiscard]] const RowBatch& batch() const noexcept;

  // Why the file is refused, once it is: file.too_large, file.too_many_rows.
  [[nodiscard]] const std::optional<Finding>& refusal() const noexcept;

  // As settled: delimiter and encoding are those in use.
  [[nodiscard]] const Dialect& dialect() const noexcept;
  [[nodiscard]] Kernel kernel() const noexcept;

  // Counts so far; whole at the end.
  [[nodiscard]] std::uint64_t rows() const noexcept; // without header and blank ones
  [[nodiscard]] std::uint64_t blank_rows() const noexcept;
  [[nodiscard]] std::uint64_t source_bytes() const noexcept;
  // The offset of the first byte that is not of the encoding.
  [[nodiscard]] std::optional<std::uint64_t> first_undecodable() const noexcept;
  // The SHA-256 of the whole source in hexadecimal: at the end, if it was asked for, and once.
  [[nodiscard]] std::string digest();

 private:
  class Body;
  explicit Reader(std::unique_ptr<Body> body) noexcept;
  std::unique_ptr<Body> body_;
};

// The cells of the first record that is not blank, split by this delimiter: for who knows which
// names a header may have, and chooses the delimiter by them. None if the text has no whole record.
[[nodiscard]] std::vector<std::string> first_record(std::string_view head, const Dialect& dialect,
                                                    char delimiter);

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_HPP
