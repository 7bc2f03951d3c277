// row_finder.cpp: from cell ends to rows.
#include "csv/row_finder.hpp"

#include <algorithm>
#include <initializer_list>

#include "csv/cell.hpp"
#include "csv/inspect.hpp"
#include "csv/lines.hpp"

namespace rollcall::csv {
namespace {

// Behind a row that is as long as may be there can be a line end of two bytes.
constexpr std::size_t line_end_bytes = 2;

bool is_line_end(char c) noexcept
{
  return c == '\n' || c == '\r';
}

} // namespace

RowFinder::RowFinder(const Dialect& dialect, const Limits& limits, IndexFunction index,
                     std::size_t window_bytes, std::pmr::memory_resource* memory)
    : dialect_{dialect},
      limits_{limits},
      index_{index},
      ends_{memory},
      rows_{memory},
      blanks_before_{memory}
{
  ends_.resize(std::max(window_bytes / 4, std::size_t{2} * index_slack));
  use(dialect);
}

void RowFinder::use(const Dialect& dialect) noexcept
{
  dialect_ = dialect;
  is_in_blank_ = {};
  for (const std::optional<char> sign : std::initializer_list<std::optional<char>>{
           dialect.delimiter, dialect.quote, dialect.escape, ' ', '\t', '\xC2', '\xA0', '\n', '\r'})
    if (sign) is_in_blank_[static_cast<unsigned char>(*sign)] = true;
}

std::optional<std::uint64_t> RowFinder::line_ends() const noexcept
{
  if (!quoted_line_ends_) return {};
  return layout_.row_count + blank_rows_ + *quoted_line_ends_;
}

Marks RowFinder::marks() const noexcept
{
  return {.delimiter = dialect_.separator(),
          .quote = dialect_.quote.value_or('\0'),
          .quoting = dialect_.quote.has_value(),
          .expect_cr = expect_cr_,
          .judge_text = true};
}

bool RowFinder::find(std::string_view text, bool last, std::size_t rows_max)
{
  rows_.clear();
  layout_ = {.dialect = dialect_};
  blanks_before_.clear();
  blank_rows_ = 0;
  quoted_line_ends_.reset();
  kernel_gave_up_ = dialect_.escape.has_value();
  if (!kernel_gave_up_ && by_kernel(text, last, rows_max)) return true;
  const bool too_long = text.size() > limits_.row_bytes + line_end_bytes;
  return (kernel_gave_up_ || last || too_long) && by_machine(text, last, rows_max);
}

bool RowFinder::by_kernel(std::string_view text, bool last, std::size_t rows_max)
{
  // Whether a CR at the end is half of a CRLF cannot be told before the next byte is there.
  const bool ends_in_cr = text.back() == '\r';
  std::size_t size = text.size();
  if (ends_in_cr && !last) size -= 1;
  if (last && !ends_in_cr && text.back() != '\n') size += 1; // the LF behind the text
  const Index index = index_(text.data(), static_cast<std::uint32_t>(size), marks(), ends_.data(),
                             static_cast<std::uint32_t>(ends_.size()));
  expect_cr_ = index.has_cr;
  const bool ran_out = index.bytes != size;
  kernel_gave_up_ = index.misplaced_quote || (index.row_ends == 0 && ran_out);
  if (kernel_gave_up_ || index.row_ends == 0 || (last && !ran_out && index.open_quote))
    return false;

  std::size_t cells = index.count;
  while (!is_line_end(text.data()[ends_[cells - 1]])) --cells;
  longest_row_bytes_ = 0;
  const bool is_found =
      (rows_max >= index.row_ends && lay_out_evenly(text, cells, index.row_ends)) ||
      lay_out_unevenly(text, cells, rows_max);
  if (!is_found) {
    kernel_gave_up_ = true; // the first row is too long
    return false;
  }
  if (index.quoted_line_ends == 0)
    quoted_line_ends_ = 0;
  else if (layout_.row_count + blank_rows_ == index.row_ends) // the rest is the beginning of a row
    quoted_line_ends_ = index.quoted_line_ends -
                        count_line_ends({text.data(), size}, layout_.text.size(), index.bytes);
  needs_inspection_ = index.has_control || longest_row_bytes_ > limits_.field_bytes ||
                      (index.may_have_bad_text && has_bad_text(layout_.text));
  return true;
}

void RowFinder::keep(std::size_t rows) noexcept
{
  const bool is_even = layout_.width != 0;
  if (is_even) {
    layout_.ends = layout_.ends.first(rows * layout_.width);
  } else {
    layout_.rows = layout_.rows.first(rows);
    blank_rows_ = blanks_before_[rows];
    rows_.cut = false;
  }
  const std::size_t bytes = !is_even    ? rows_.rows[rows].begin
                            : rows == 0 ? 0
                                        : layout_.ends.back() + 1;
  layout_.text = layout_.text.substr(0, bytes);
  layout_.row_count = rows;
  if (quoted_line_ends_ != 0) quoted_line_ends_.reset();
}

// The usual case: every row has as many cells as the first, and none is blank. Then nothing is kept
// of a row but the ends of its cells.
bool RowFinder::lay_out_evenly(std::string_view text, std::size_t cells, std::size_t rows)
{
  const char* const bytes = text.data();
  const std::uint32_t* const ends = ends_.data();
  std::size_t width = 1;
  while (!is_line_end(bytes[ends[width - 1]])) ++width;
  if (cells != rows * width || width > limits_.columns) return false;
  if (is_blank(text, ends, {.cell_count = static_cast<std::uint32_t>(width)})) return false;
  std::uint32_t begin = 0;
  std::uint32_t longest = 0;
  bool is_even = true;
  bool may_have_blank = false;
  for (std::size_t last = width - 1; last < cells; last += width) {
    const std::uint32_t end = ends[last];
    is_even &= is_line_end(bytes[end]);
    may_have_blank |= may_be_blank(bytes + begin) || begin == end;
    longest = std::max(longest, end - begin);
    begin = end + 1;
  }
  if (!is_even || longest > limits_.row_bytes) return false;
  if (may_have_blank && has_blank_row(text, width, rows)) return false;
  longest_row_bytes_ = longest;
  layout_.text = text.substr(0, begin);
  layout_.ends = {ends, cells};
  layout_.width = width;
  layout_.row_count = rows;
  return true;
}

bool RowFinder::has_blank_row(std::string_view text, std::size_t width,
                              std::size_t rows) const noexcept
{
  RowPlace row{.cell_count = static_cast<std::uint32_t>(width)};
  for (; rows != 0; --rows) {
    if (is_blank(text, ends_.data(), row)) return true;
    row.first_cell += row.cell_count;
    row.begin = ends_[row.first_cell - 1] + 1;
  }
  return false;
}

// False if the very first row is longer than a row may be, which the machine has to settle.
bool RowFinder::lay_out_unevenly(std::string_view text, std::size_t cells, std::size_t rows_max)
{
  rows_max = std::min(rows_max, uneven_rows_max);
  const std::uint32_t* const ends = ends_.data();
  RowPlace row;
  for (std::uint32_t at = 0; at != cells; ++at) {
    if (rows_.rows.size() == rows_max || rows_.flaws.size() == flaws_max) break;
    if (!is_line_end(text.data()[ends[at]])) continue;
    if (ends[at] == row.begin) { // nothing but a line end, of which a file may have millions
      ++blank_rows_;
      row = {ends[at] + 1, at + 1, 0};
      continue;
    }
    const bool is_crlf =
        text.data()[ends[at]] == '\n' && ends[at] != row.begin && text.data()[ends[at] - 1] == '\r';
    const std::uint64_t row_bytes = ends[at] - row.begin - (is_crlf ? 1 : 0);
    if (row_bytes > limits_.row_bytes) break;
    longest_row_bytes_ = std::max(longest_row_bytes_, row_bytes);
    row.cell_count = at + 1 - row.first_cell;
    if (is_blank(text, ends, row)) {
      ++blank_rows_;
    } else {
      if (row.cell_count > limits_.columns) {
        row.cell_count = static_cast<std::uint32_t>(limits_.columns);
        rows_.flaws.push_back(
            {Code::row_extra_cells, static_cast<std::uint32_t>(rows_.rows.size()), -1, row.begin});
      }
      rows_.rows.push_back(row);
      blanks_before_.push_back(static_cast<std::uint32_t>(blank_rows_));
    }
    row = {ends[at] + 1, at + 1, 0};
  }
  if (row.begin == 0) return false;
  layout_.text = text.substr(0, row.begin);
  layout_.ends = {ends, row.first_cell};
  layout_.rows = rows_.rows;
  layout_.row_count = rows_.rows.size();
  return true;
}

bool RowFinder::by_machine(std::string_view text, bool last, std::size_t rows_max)
{
  read_scalar(text, last,
              {.dialect = dialect_,
               .row_bytes_max = limits_.row_bytes,
               .columns_max = limits_.columns,
               .rows_max = uneven_rows_max,
               .cells_max = ends_.size()},
              rows_);
  if (rows_.bytes == 0) return false;
  leave_out_blank_rows(text, rows_max);
  layout_.text = text.substr(0, rows_.bytes);
  layout_.ends = rows_.ends;
  layout_.rows = rows_.rows;
  layout_.row_count = rows_.rows.size();
  needs_inspection_ = true;
  return true;
}

// Also leaves out what follows `rows_max` rows. A row with a flaw is not blank, whatever is left of
// it.
void RowFinder::leave_out_blank_rows(std::string_view text, std::size_t rows_max)
{
  std::uint32_t kept = 0;
  std::size_t flaw = 0;
  for (std::uint32_t row = 0; row != rows_.rows.size(); ++row) {
    if (kept == rows_max) {
      rows_.bytes = rows_.rows[row].begin;
      rows_.cut = false;
      break;
    }
    const std::size_t first_flaw = flaw;
    for (; flaw != rows_.flaws.size() && rows_.flaws[flaw].row == row; ++flaw)
      rows_.flaws[flaw].row = kept;
    if (first_flaw == flaw && is_blank(text, rows_.ends.data(), rows_.rows[row])) {
      ++blank_rows_;
      continue;
    }
    rows_.rows[kept++] = rows_.rows[row];
    blanks_before_.push_back(static_cast<std::uint32_t>(blank_rows_));
  }
  rows_.rows.resize(kept);
  rows_.flaws.resize(flaw);
}

// Most rows tell by their first two signs that they are not blank. (An empty one may be blank,
// whatever follows it.)
bool RowFinder::may_be_blank(const char* row) const noexcept
{
  return is_in_blank_[static_cast<unsigned char>(row[0])] &&
         is_in_blank_[static_cast<unsigned char>(row[1])];
}

bool RowFinder::is_blank(std::string_view text, const std::uint32_t* ends,
                         const RowPlace& row) const noexcept
{
  const char* const first = text.data() + row.begin;
  if (!may_be_blank(first) && !is_line_end(*first)) return false;
  std::uint32_t begin = row.begin;
  for (std::uint32_t cell = row.first_cell; cell != row.first_cell + row.cell_count; ++cell) {
    const std::uint32_t end = ends[cell];
    const bool is_crlf = end != begin && text.data()[end] == '\n' && text.data()[end - 1] == '\r';
    const bool is_empty = end - begin == (is_crlf ? 1U : 0U);
    if (!is_empty && !is_blank_cell(text.substr(begin, end - begin - (is_crlf ? 1 : 0)), dialect_))
      return false;
    begin = end + 1;
  }
  return true;
}

} // namespace rollcall::csv
