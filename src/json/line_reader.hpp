// line_reader.hpp: JSON Lines, a line at a time, in the memory of the longest line.
#ifndef ROLLCALL_JSON_LINE_READER_HPP
#define ROLLCALL_JSON_LINE_READER_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/document.hpp"
#include "json/window.hpp"

namespace rollcall::json {

struct LineOptions {
  ReadOptions read = {.bytes_max = 1024 * 1024}; // of a line, without its end
  std::size_t chunk_bytes = 256 * 1024;
};

class LineReader {
 public:
  // The source outlives the reader.
  explicit LineReader(Source& source, const LineOptions& options = {});

  // Goes on to the next line that is not blank; false at the end. After an error the reader stays
  // where it is: there is no next line.
  [[nodiscard]] Result<bool> next();

  // Of the line at hand; borrowed until the next call of next.
  [[nodiscard]] Value value() const noexcept { return document_.root(); }
  [[nodiscard]] std::string_view text() const noexcept { return text_; } // without its line end
  [[nodiscard]] std::uint64_t line() const noexcept { return place_.line; }

  // Does the line have an end? If the last one has none it may be torn, even where it is whole
  // JSON. Also after an error, of the line that caused it.
  [[nodiscard]] bool has_end() const noexcept { return has_end_; }

 private:
  [[nodiscard]] Result<bool> find_line();

  Window window_;
  Document document_;
  std::size_t line_bytes_max_;
  std::string_view text_;
  Place place_;
  std::size_t taken_bytes_ = 0; // of the window: the line at hand, with its end
  bool has_end_ = false;
  bool has_failed_ = false;
};

} // namespace rollcall::json

#endif // ROLLCALL_JSON_LINE_READER_HPP
