// text_buffer.hpp: a text that grows and is used again: the place where messages and lines are
// made.
//
// Most pieces are a few bytes long, and so many that a call of memcpy for each would cost more than
// the bytes: short ones are copied in line.
#ifndef ROLLCALL_REPORT_TEXT_BUFFER_HPP
#define ROLLCALL_REPORT_TEXT_BUFFER_HPP

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "base/copy.hpp"

namespace rollcall::report {

class TextBuffer {
 public:
  explicit TextBuffer(std::pmr::memory_resource* memory) : bytes_(first_bytes, '\0', memory) {}

  // Throws bad_alloc, as do the others.
  TextBuffer& append(std::string_view text)
  {
    if (text.size() > bytes_.size() - used_) grow(text.size());
    copy_text(text, bytes_.data() + used_);
    used_ += text.size();
    return *this;
  }

  TextBuffer& append_number(std::uint64_t number)
  {
    if (bytes_.size() - used_ < digits_max) grow(digits_max);
    char* const at = bytes_.data() + used_;
    used_ += static_cast<std::size_t>(std::to_chars(at, at + digits_max, number).ptr - at);
    return *this;
  }

  [[nodiscard]] std::size_t size() const noexcept { return used_; }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.data(), used_}; }
  void cut(std::size_t size) noexcept { used_ = size; }
  void clear() noexcept { used_ = 0; }

 private:
  static constexpr std::size_t first_bytes = 1024;
  static constexpr std::size_t digits_max = 20;

  void grow(std::size_t more) { bytes_.resize(2 * bytes_.size() + more); }

  std::pmr::vector<char> bytes_;
  std::size_t used_ = 0;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_TEXT_BUFFER_HPP
