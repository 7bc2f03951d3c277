// line_book.cpp: rows that take several lines are found by the line ends that do not end a row.
#include "plan/line_book.hpp"

#include <algorithm>
#include <cstring>

#include "csv/lines.hpp"

namespace rollcall::plan {
namespace {

// One that ends in LF or CRLF, and has no other line end.
bool is_one_line(std::string_view row, bool may_have_cr) noexcept
{
  const auto* const lf = std::memchr(row.data(), '\n', row.size());
  if (lf != row.data() + row.size() - 1) return false;
  if (!may_have_cr) return true;
  const auto* const cr = std::memchr(row.data(), '\r', row.size());
  return cr == nullptr || cr == row.data() + row.size() - 2;
}

} // namespace

void LineBook::put(RowNumber row, std::uint64_t line)
{
  const std::uint64_t more = line - row;
  if (steps_.empty() || steps_.back().more != more) steps_.push_back({.row = row, .more = more});
}

void LineBook::take(const csv::RowBatch& batch)
{
  if (batch.is_empty()) return;
  const std::string_view text = batch.text();
  std::uint64_t line = csv::Lines{batch}.of(0);
  put(static_cast<RowNumber>(batch.number(0)), line);
  const bool has_cr = text.find('\r') != std::string_view::npos;
  for (std::size_t row = 1; row != batch.size(); ++row) {
    const std::size_t begin = batch.row_begin(row - 1);
    const std::size_t end = batch.row_begin(row);
    const bool is_one = is_one_line(text.substr(begin, end - begin), has_cr);
    line += is_one ? 1 : csv::count_line_ends(text, begin, end);
    put(static_cast<RowNumber>(batch.number(row)), line);
  }
}

std::string LineBook::more(std::span<const RowNumber> rows) const
{
  std::string words;
  std::size_t named = 1;
  for (const RowNumber row : rows) {
    if (named++ == named_max) return words.append(" and more");
    words.append(words.empty() ? "" : ", ").append(std::to_string(of(row)));
  }
  return words;
}

std::uint64_t LineBook::read(RowNumber row) const noexcept
{
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), row,
                                      [](RowNumber r, const Step& step) { return r < step.row; });
  return after == steps_.begin() ? 0 : row + (after - 1)->more;
}

} // namespace rollcall::plan
