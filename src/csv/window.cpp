// window.cpp: keeps a window of text filled.
#include "csv/window.hpp"

#include <algorithm>
#include <cstring>

namespace rollcall::csv {

Result<void> Window::fill(std::size_t wanted)
{
  if (!started_) {
    started_ = true;
    in_memory_ = decoder_.text_in_memory().value_or(std::string_view{});
  }
  if (text_.size() >= wanted || last_ || borrow(wanted)) return success();
  make_room(in_memory_.empty() ? wanted : in_memory_.size()); // of the text, this is all
  if (!in_memory_.empty()) {
    text_ = {buffer_.data(), in_memory_.size()};
    std::memcpy(buffer_.data(), in_memory_.data(), in_memory_.size());
    decoder_.take(dropped_ + in_memory_.size());
    in_memory_ = {};
    last_ = true;
    return success();
  }
  std::size_t size = text_.size();
  const std::size_t begin = static_cast<std::size_t>(text_.data() - buffer_.data());
  while (size < wanted) {
    const std::size_t room = std::max(wanted - size, Decoder::room_min);
    ROLLCALL_TRY(const std::size_t more, decoder_.read({buffer_.data() + begin + size, room}));
    size += more;
    text_ = {text_.data(), size};
    if (more == 0) {
      last_ = true;
      break;
    }
  }
  return success();
}

// Takes the window from a text in memory, if that goes on for long enough behind it.
bool Window::borrow(std::size_t wanted)
{
  if (in_memory_.size() <= wanted + padding_bytes) return false;
  text_ = in_memory_.substr(0, wanted);
  decoder_.take(dropped_ + wanted);
  return true;
}

// Moves the text to the front of a buffer that has room for so much text.
void Window::make_room(std::size_t wanted)
{
  const std::size_t needed = wanted + Decoder::room_min + padding_bytes;
  if (buffer_.size() < needed) {
    std::pmr::vector<char> larger(needed, buffer_.get_allocator());
    if (in_memory_.empty()) std::ranges::copy(text_, larger.begin());
    buffer_.swap(larger);
  } else if (in_memory_.empty() && text_.data() != buffer_.data()) {
    std::memmove(buffer_.data(), text_.data(), text_.size());
  }
  text_ = {buffer_.data(), in_memory_.empty() ? text_.size() : 0};
}

void Window::drop(std::size_t bytes) noexcept
{
  text_.remove_prefix(bytes);
  if (!in_memory_.empty()) {
    in_memory_.remove_prefix(bytes);
    dropped_ += bytes;
  }
}

void Window::end_line() noexcept
{
  if (text_.empty()) return;
  // Behind a CR an LF would be taken for its other half.
  const char end = text_.back() == '\r' ? '\0' : '\n';
  buffer_[static_cast<std::size_t>(text_.data() - buffer_.data()) + text_.size()] = end;
}

} // namespace rollcall::csv
