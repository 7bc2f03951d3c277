// region.cpp: counts lines and code points from where the row begins.
#include "report/region.hpp"

#include "base/utf8.hpp"
#include "csv/cell.hpp"
#include "csv/decoder.hpp"

namespace rollcall::report {
namespace {

struct Spot {
  std::uint64_t line = 0, column = 1;
};

// Behind the text, if it begins at the spot. A CR and the LF behind it are one line end.
Spot behind(std::string_view text, Spot spot)
{
  std::size_t begin = 0;
  for (std::size_t at = 0; at != text.size(); ++at) {
    const bool is_crlf = text[at] == '\r' && at + 1 != text.size() && text[at + 1] == '\n';
    if ((text[at] != '\n' && text[at] != '\r') || is_crlf) continue;
    ++spot.line;
    spot.column = 1;
    begin = at + 1;
  }
  spot.column += count_code_points(text.substr(begin));
  return spot;
}

bool may_tell(const SeenIn& in, std::size_t cell, const SecretCells& secrets)
{
  if (!secrets.is_any()) return true;
  const csv::RowBatch& batch = in.batch;
  const SecretCells::Row about =
      secrets.look_at(batch, in.row.row, in.row.outcome == plan::Outcome::rejected);
  for (std::size_t each = 0; each <= cell; ++each)
    if (!secrets.may_show(batch, in.row.row, about, each) &&
        !csv::is_blank_cell(batch.cell(in.row.row, each), batch.dialect()))
      return false;
  return true;
}

} // namespace

Region region_of(const Seen& seen, const SeenIn* in, const SecretCells& secrets)
{
  Region region{.line = seen.line};
  if (in == nullptr || seen.cell < 0) return region;
  const csv::RowBatch& batch = in->batch;
  const std::size_t row = in->row.row;
  const auto cell = static_cast<std::size_t>(seen.cell);
  if (cell >= batch.cells(row) || !may_tell(*in, cell, secrets)) return region;
  const std::string_view text = batch.cell(row, cell);
  const std::size_t row_begin = batch.row_begin(row);
  const auto before = batch.text().substr(
      row_begin, static_cast<std::size_t>(text.data() - batch.text().data()) - row_begin);
  const Spot begin = behind(before, {.line = in->row.line});
  const Spot end = behind(text, begin);
  const csv::Encoding encoding = batch.dialect().encoding;
  return {.line = begin.line,
          .begin_column = begin.column,
          .end_line = end.line,
          .end_column = end.column,
          .byte = batch.byte(row) + csv::source_bytes_of(before, encoding),
          .bytes = csv::source_bytes_of(text, encoding)};
}

} // namespace rollcall::report
