// The window on a large JSON file.
#include "json/window.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "json/document.hpp"

namespace rollcall::json {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

} // namespace

Result<bool> Window::more()
{
  return guarded([&]() -> Result<bool> {
    if (begin_ != 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    // Twice as much each time, or a long piece would be looked at over and over.
    const std::size_t wanted = end_ + std::max({chunk_bytes_, end_, byte_order_mark.size()});
    if (buffer_.size() < wanted + Document::padding_bytes) {
      buffer_.resize(wanted + Document::padding_bytes);
    }
    const std::size_t before = end_;
    do {
      const std::span room{buffer_.data() + end_, wanted - end_};
      ROLLCALL_TRY(const std::size_t count, source_->read(std::as_writable_bytes(room)));
      if (count == 0) break;
      end_ += count;
    } while (!is_started_ && end_ < byte_order_mark.size());
    if (!is_started_ && text().starts_with(byte_order_mark)) begin_ = byte_order_mark.size();
    is_started_ = true;
    return end_ > before;
  });
}

void Window::drop(std::size_t bytes) noexcept
{
  advance(place_, text().substr(0, bytes));
  begin_ += bytes;
}

} // namespace rollcall::json
