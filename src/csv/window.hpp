// window.hpp: the stretch of text that the reader looks at: filled at its end, dropped at its
// front.
//
// Where the text lies in memory anyway the window is a part of it and nothing is copied; but for
// the last stretch, so that behind every window there are bytes that can be read.
#ifndef ROLLCALL_CSV_WINDOW_HPP
#define ROLLCALL_CSV_WINDOW_HPP

#include <cstddef>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "csv/decoder.hpp"

namespace rollcall::csv {

// How many bytes behind a window can be read: a vector register.
constexpr std::size_t padding_bytes = 64;

class Window {
 public:
  Window(Decoder& decoder, std::pmr::memory_resource* memory) : decoder_{decoder}, buffer_{memory}
  {
  }

  // Sees to it that at least this much text is there, unless it ends before.
  [[nodiscard]] Result<void> fill(std::size_t wanted);
  void drop(std::size_t bytes) noexcept;

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  // Nothing follows.
  [[nodiscard]] bool is_last() const noexcept { return last_; }

  // Gives the last text, if it is not empty, a line end: an LF that can be read behind it, but
  // for a text that ends in CR.
  void end_line() noexcept;

 private:
  [[nodiscard]] bool borrow(std::size_t wanted);
  void make_room(std::size_t wanted);

  Decoder& decoder_;
  std::pmr::vector<char> buffer_; // the text and its padding
  std::string_view text_;
  std::string_view in_memory_; // what is left of a text in memory, from the window on
  std::size_t dropped_ = 0;    // of a text in memory
  bool started_ = false;
  bool last_ = false;
};

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_WINDOW_HPP
