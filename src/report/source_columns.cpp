// source_columns.cpp: copies rows of the source, in runs where nothing is wrong with them.
#include "report/source_columns.hpp"

#include <algorithm>

#include "base/copy.hpp"
#include "base/utf8.hpp"
#include "csv/cell.hpp"

namespace rollcall::report {
namespace {

// Cells side by side, with what stands between them.
std::string_view cells_of(const csv::RowBatch& batch, std::size_t row, std::size_t first,
                          std::size_t last) noexcept
{
  const std::size_t width = batch.width();
  if (width == 0) {
    const char* const begin = batch.cell(row, first).data();
    const std::string_view end = batch.cell(row, last);
    return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
  }
  const char* const text = batch.text().data();
  const std::uint32_t* const ends = batch.ends().data() + row * width;
  const std::uint32_t begin = first == 0 ? batch.row_begin(row) : ends[first - 1] + 1;
  const std::uint32_t end = ends[last];
  const bool has_crlf =
      last + 1 == width && end != begin && text[end] == '\n' && text[end - 1] == '\r';
  return {text + begin, end - begin - (has_crlf ? 1U : 0U)};
}

char written_delimiter(const csv::Dialect& dialect) noexcept
{
  const char delimiter = dialect.separator();
  return std::string_view{",;\t|"}.find(delimiter) != std::string_view::npos ? delimiter : ',';
}

} // namespace

SourceColumns::SourceColumns(const schema::CompiledSchema& schema, const check::Header& header,
                             const csv::Dialect& dialect, For whom)
    : secrets_{schema, header},
      whom_{whom},
      is_verbatim_{dialect.quote == '"' && !dialect.escape &&
                   written_delimiter(dialect) == dialect.separator()},
      delimiter_{written_delimiter(dialect)},
      width_{header.names.size()}
{
  for (std::size_t cell = 0; cell != width_; ++cell) {
    const std::string& name = header.names[cell];
    if (!schema.find_column(name) && schema.is_result_header(name)) continue;
    const bool is_blank = whom == For::people && secrets_.is_secret(cell);
    const bool goes_on =
        !runs_.empty() && (is_blank ? runs_.back().blanks != 0
                                    : runs_.back().blanks == 0 && runs_.back().last + 1 == cell);
    if (!goes_on) runs_.push_back({.first = cell});
    runs_.back().last = cell;
    runs_.back().blanks += is_blank ? 1 : 0;
    kept_.push_back(cell);
  }
  delimiters_.assign(width_ + copied_too_much, delimiter_);
}

csv::WriterOptions SourceColumns::writer_options() const noexcept
{
  return {.delimiter = delimiter_, .guard = csv::Guard::text};
}

void SourceColumns::put_header(csv::Writer& writer, const csv::RowBatch& batch)
{
  const bool is_faulty = !batch.faults().empty();
  for (const std::size_t cell : kept_) put_cell(writer, batch, 0, cell, is_faulty, false);
}

void SourceColumns::put(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row,
                        bool is_rejected, std::string_view ending)
{
  const std::size_t cells = batch.cells(row);
  const bool may_have_moved = cells != width_ && (cells < width_ || secrets_.is_any());
  const bool is_faulty = !batch.faults().empty() && !faults_of(batch, row).empty();
  const bool is_whole = is_verbatim_ && !may_have_moved && !is_faulty && !runs_.empty();
  if (is_whole) return put_in_pieces(writer, batch, row, ending);
  put_cell_by_cell(writer, batch, row, is_rejected);
  if (!ending.empty()) writer.raw_cells(ending.substr(1));
}

// A run brings the delimiter along that stands before it in the source.
void SourceColumns::put_in_pieces(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row,
                                  std::string_view ending)
{
  pieces_.clear();
  std::size_t before = 0; // delimiters
  for (const Run& run : runs_) {
    if (run.blanks != 0) {
      pieces_.push_back({delimiters_.data(), run.blanks - 1 + before});
    } else {
      const std::string_view cells = cells_of(batch, row, run.first, run.last);
      pieces_.push_back({cells.data() - before, cells.size() + before});
    }
    before = 1;
  }
  if (!ending.empty()) pieces_.push_back(ending);
  writer.raw_cells_in_pieces(pieces_);
}

void SourceColumns::put_cell_by_cell(csv::Writer& writer, const csv::RowBatch& batch,
                                     std::size_t row, bool is_rejected)
{
  const auto faults = faults_of(batch, row);
  const auto about = secrets_.look_at(batch, row, is_rejected);
  const std::size_t cells = batch.cells(row);
  const bool is_cut = std::any_of(faults.begin(), faults.end(), [](const csv::Fault& fault) {
    return fault.code == Code::csv_row_too_large;
  });
  for (const std::size_t cell : kept_) {
    const bool is_shown = whom_ == For::correction || secrets_.may_show(batch, row, about, cell);
    if (cell >= cells || !is_shown)
      writer.raw_cells({});
    else
      put_cell(writer, batch, row, cell, !faults.empty(), is_cut && cell + 1 == cells);
  }
}

// A cell that was cut off, by the end of the file or by a limit, is closed so that the cells behind
// it remain cells; it must not look whole, though, and be imported when the file comes back.
void SourceColumns::put_cell(csv::Writer& writer, const csv::RowBatch& batch, std::size_t row,
                             std::size_t cell, bool is_faulty, bool is_cut)
{
  const std::string_view raw = batch.cell(row, cell);
  const bool stays_wrong = is_faulty && (is_cut || is_open(raw, batch.dialect()));
  if (is_verbatim_ && !is_faulty) return writer.raw_cells(raw);
  std::string_view text = is_verbatim_ && !stays_wrong ? raw : batch.value(row, cell, value_);
  if (is_faulty && whom_ == For::people) {
    mended_.clear();
    append_replacing(mended_, text);
    text = mended_;
  }
  if (is_verbatim_ && !stays_wrong) return writer.raw_cells(text);
  put_quoted(writer, text, stays_wrong);
}

// Text behind a closing quote, even a blank, is csv.quote to every reader of ours.
void SourceColumns::put_quoted(csv::Writer& writer, std::string_view value, bool stays_wrong)
{
  const std::string_view special{"\"\r\n", 3};
  const bool needs_quotes = stays_wrong || value.find(delimiter_) != std::string_view::npos ||
                            value.find_first_of(special) != std::string_view::npos;
  if (!needs_quotes) return writer.raw_cells(value);
  quoted_.assign(1, '"');
  for (const char byte : value) quoted_.append(byte == '"' ? 2 : 1, byte);
  quoted_.append(stays_wrong ? "\" " : "\"");
  writer.raw_cells(quoted_);
}

} // namespace rollcall::report
