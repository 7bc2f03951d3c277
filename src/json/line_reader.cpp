// The reader of JSON Lines. A line ends in LF, or in CRLF; a CR is white space to JSON anyway.
#include "json/line_reader.hpp"

namespace rollcall::json {

LineReader::LineReader(Source& source, const LineOptions& options)
    : window_{source, options.chunk_bytes, options.read.memory},
      document_{options.read},
      line_bytes_max_{options.read.bytes_max}
{
}

Result<bool> LineReader::next()
{
  if (has_failed_) return Error{ErrorCode::wrong_use, "reading JSON Lines beyond an error"};
  has_failed_ = true;
  do {
    ROLLCALL_TRY(const bool is_there, find_line());
    if (!is_there) {
      has_failed_ = false;
      return false;
    }
  } while (text_.find_first_not_of(" \t\r") == std::string_view::npos);
  ROLLCALL_CHECK(document_.read_in_place(text_, {.path = {}, .place = place_}));
  has_failed_ = false;
  return true;
}

// A line over the limit is not looked for to its end: the part that was read is over it, too, and
// the document says so.
Result<bool> LineReader::find_line()
{
  window_.drop(taken_bytes_);
  taken_bytes_ = 0;
  std::size_t looked_at = 0;
  for (;;) {
    const std::string_view text = window_.text();
    const std::size_t end = text.find('\n', looked_at);
    has_end_ = end != std::string_view::npos;
    looked_at = has_end_ ? end : text.size();
    if (has_end_ || looked_at > line_bytes_max_ + 1) break;
    ROLLCALL_TRY(const bool is_more, window_.more());
    if (!is_more) break;
  }
  text_ = window_.text().substr(0, looked_at);
  place_ = window_.place();
  taken_bytes_ = looked_at + (has_end_ ? 1 : 0);
  if (text_.ends_with('\r')) text_.remove_suffix(1);
  return taken_bytes_ != 0;
}

} // namespace rollcall::json
