// The CSV writer. A cell is looked at once for what needs quotes and copied once; a row of a source
// is copied and not looked at.
#include <cstddef>

#include "base/block.hpp"
#include "csv/delimiter.hpp"
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

} // namespace

Result<Writer> Writer::open(Sink& sink, const WriterOptions& options)
{
  if (delimiters.find(options.delimiter) == std::string_view::npos) {
    return Error{ErrorCode::wrong_use, "the delimiter of a CSV writer is one of , ; tab |"};
  }
  if (options.buffer_bytes == 0) {
    return Error{ErrorCode::wrong_use, "a CSV writer needs a buffer_bytes of 1 or more"};
  }
  return rollcall::guarded([&]() -> Result<Writer> { return Writer{sink, options}; });
}

Writer::Writer(Sink& sink, const WriterOptions& options)
    : out_{sink, options.buffer_bytes,
           options.memory != nullptr ? *options.memory : *std::pmr::new_delete_resource()},
      delimiter_{options.delimiter},
      line_end_{options.line_end},
      guard_{options.guard}
{
}

void Writer::cell(std::string_view value)
{
  const bool is_first_of_file = bytes() == 0 && !has_cells_;
  begin_cell();
  if (value.empty()) return;
  const bool is_guarded = guard_ != Guard::off && needs_guard(value, guard_);
  if (needs_quotes(value, delimiter_) || (is_first_of_file && begins_with_mark(value))) {
    put_quoted(is_guarded, value);
  } else {
    if (is_guarded) out_.put('\'');
    out_.put(value);
  }
}

void Writer::raw_cells(std::string_view bytes)
{
  begin_cell();
  if (!bytes.empty()) out_.put(bytes);
}

void Writer::raw_cells_in_pieces(std::span<const std::string_view> pieces)
{
  begin_cell();
  out_.put_padded(pieces);
}

void Writer::end_row(LineEnd line_end)
{
  if (has_cells_ && bytes() == row_begin_) out_.put("\"\"");
  out_.put(text_of(line_end));
  row_begin_ = bytes();
  has_cells_ = false;
}

Result<void> Writer::finish()
{
  return while_doing(out_.finish(), "writing CSV");
}

void Writer::begin_cell()
{
  if (has_cells_) out_.put(delimiter_);
  has_cells_ = true;
}

void Writer::put_quoted(bool is_guarded, std::string_view value)
{
  out_.put('"');
  if (is_guarded) out_.put('\'');
  while (!value.empty()) {
    const std::size_t quote = value.find('"');
    if (quote == std::string_view::npos) break;
    out_.put(value.substr(0, quote + 1));
    out_.put('"');
    value.remove_prefix(quote + 1);
  }
  out_.put(value);
  out_.put('"');
}

} // namespace rollcall::csv
