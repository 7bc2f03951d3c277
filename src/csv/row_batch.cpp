// row_batch.cpp: what can be asked of a batch besides the places of its cells.
#include "csv/cell.hpp"
#include "csv/decoder.hpp"
#include "csv/lines.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::csv {

std::string_view RowBatch::value(std::size_t row, std::size_t number, std::string& scratch) const
{
  return value_of(cell(row, number), layout_.dialect, scratch);
}

std::string_view RowBatch::raw(std::size_t row) const noexcept
{
  const std::size_t last = cells(row) - 1;
  const std::string_view end = cell(row, last);
  const char* const begin = layout_.text.data() + row_begin(row);
  return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
}

std::uint64_t RowBatch::byte(std::size_t row) const noexcept
{
  return layout_.first_byte +
         source_bytes_of(layout_.text.substr(0, row_begin(row)), layout_.dialect.encoding);
}

std::uint64_t Lines::of(std::size_t row) noexcept
{
  const std::uint32_t place = batch_->row_begin(row);
  if (place < at_) {
    at_ = 0;
    line_ = batch_->first_line();
  }
  line_ += count_line_ends(batch_->text(), at_, place);
  at_ = place;
  return line_;
}

} // namespace rollcall::csv
