// The CSV writer. A cell is looked at once for what needs quotes and copied once; a row of a source
// is copied and not looked at.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/block.hpp"
#include "csv/guard.hpp"
#include "rollcall/csv_writer.hpp"

namespace rollcall::csv {
namespace {

constexpr std::string_view text_of(LineEnd line_end) noexcept
{
  switch (line_end) {
    case LineEnd::lf:
      return "\n";
    case LineEnd::cr:
      return "\r";
    case LineEnd::crlf:
      break;
  }
  return "\r\n";
}

bool needs_quotes(std::string_view value, char delimiter) noexcept
{
  const auto sign = static_cast<unsigned char>(delimiter);
  return has_byte(value, [sign](Block bytes) {
    return static_cast<BlockMask>((bytes == sign) | (bytes == '"') | (bytes == '\r') |
                                  (bytes == '\n'));
  });
}

// Of UTF-8, or of UTF-16: a reader would take those for the encoding of the whole file.
bool begins_with_mark(std::string_view value) noexcept
{
  return value.starts_with("\xEF\xBB\xBF") || value.starts_with("\xFF\xFE") ||
         value.starts_with("\xFE\xFF");
}

// Most cells are so short that a call of memcpy would cost more than the copy.
void copy_text(std::string_view from, char* to) noexcept
{
  const std::size_t size = from.size();
  if (size > 16) {
    std::memcpy(to, from.data(), size);
  } else if (size >= 8) {
    std::uint64_t ends[2];
    std::memcpy(&ends[0], from.data(), 8);
    std::memcpy(&ends[1], from.data() + size - 8, 8);
    std::memcpy(to, &ends[0], 8);
    std::memcpy(to + size - 8, &ends[1], 8);
  } else {
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
  }
}

} // namespace

Result<Writer> Writer::open(Sink& sink, const WriterOptions& options)
{
  if (std::string_view{",;\t|"}.find(options.delimiter) == std::string_view::npos) {
    return Error{ErrorCode::wrong_use, "the delimiter of a CSV writer is one of , ; tab |"};
  }
  if (options.buffer_bytes == 0) {
    return Error{ErrorCode::wrong_use, "a CSV writer needs a buffer_bytes of 1 or more"};
  }
  return rollcall::guarded([&]() -> Result<Writer> { return Writer{sink, options}; });
}

Writer::Writer(Sink& sink, const WriterOptions& options)
    : sink_{&sink},
      buffer_(options.buffer_bytes,
              options.memory != nullptr ? options.memory : std::pmr::new_delete_resource()),
      delimiter_{options.delimiter},
      line_end_{options.line_end},
      guard_{options.guard}
{
}

void Writer::cell(std::string_view value)
{
  const bool is_first_of_file = bytes() == 0 && !has_cells_;
  const bool is_guarded = guard_ != Guard::off && needs_guard(value, guard_);
  begin_cell();
  if (needs_quotes(value, delimiter_) || (is_first_of_file && begins_with_mark(value))) {
    put_quoted(is_guarded, value);
  } else {
    if (is_guarded) put('\'');
    put(value);
  }
}

void Writer::raw_cells(std::string_view bytes)
{
  begin_cell();
  put(bytes);
}

void Writer::end_row(LineEnd line_end)
{
  if (has_cells_ && bytes() == row_begin_) put("\"\"");
  put(text_of(line_end));
  row_begin_ = bytes();
  has_cells_ = false;
}

Result<void> Writer::finish()
{
  flush();
  if (failure_) return std::move(*failure_);
  return success();
}

void Writer::begin_cell()
{
  if (has_cells_) put(delimiter_);
  has_cells_ = true;
}

void Writer::put_quoted(bool is_guarded, std::string_view value)
{
  put('"');
  if (is_guarded) put('\'');
  while (!value.empty()) {
    const std::size_t quote = value.find('"');
    if (quote == std::string_view::npos) break;
    put(value.substr(0, quote + 1));
    put('"');
    value.remove_prefix(quote + 1);
  }
  put(value);
  put('"');
}

void Writer::put(char byte)
{
  if (used_ == buffer_.size()) flush();
  buffer_[used_++] = byte;
}

void Writer::put(std::string_view bytes)
{
  if (bytes.empty()) return;
  if (bytes.size() > buffer_.size() - used_) return put_long(bytes);
  copy_text(bytes, buffer_.data() + used_);
  used_ += bytes.size();
}

// Fills the buffer up, so that the pieces a sink gets are large even if a row is as large as the
// buffer; what is larger still goes to the sink as it lies.
void Writer::put_long(std::string_view bytes)
{
  const std::size_t room = buffer_.size() - used_;
  std::memcpy(buffer_.data() + used_, bytes.data(), room);
  used_ += room;
  bytes.remove_prefix(room);
  flush();
  if (bytes.size() < buffer_.size()) return put(bytes);
  flush(bytes);
}

void Writer::flush()
{
  if (used_ != 0) flush({buffer_.data(), used_});
  used_ = 0;
}

void Writer::flush(std::string_view bytes)
{
  flushed_bytes_ += bytes.size();
  if (failure_) return;
  auto result = rollcall::guarded([&] { return sink_->write(bytes); });
  if (!result.has_value()) {
    failure_ = std::move(result).assume_error().while_doing("writing CSV");
  }
}

} // namespace rollcall::csv
