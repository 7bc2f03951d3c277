// copy.hpp: copies of short texts, for which a call of memcpy would cost more than the copy.
#ifndef ROLLCALL_BASE_COPY_HPP
#define ROLLCALL_BASE_COPY_HPP

#include <cstddef>
#include <cstring>
#include <string_view>

namespace rollcall {

// Of texts up to 32 bytes by two pieces that overlap.
inline void copy_text(std::string_view from, char* to) noexcept
{
  const std::size_t size = from.size();
  const char* const begin = from.data();
  if (size > 32) {
    std::memcpy(to, begin, size);
  } else if (size >= 16) {
    std::memcpy(to, begin, 16);
    std::memcpy(to + size - 16, begin + size - 16, 16);
  } else if (size >= 8) {
    std::memcpy(to, begin, 8);
    std::memcpy(to + size - 8, begin + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, begin, 4);
    std::memcpy(to + size - 4, begin + size - 4, 4);
  } else if (size != 0) {
    to[0] = begin[0];
    to[size / 2] = begin[size / 2];
    to[size - 1] = begin[size - 1];
  }
}

// In whole blocks: up to so many bytes more are read behind the text, and as many written.
inline constexpr std::size_t copied_too_much = 32;
inline void copy_blocks(std::string_view from, char* to) noexcept
{
  constexpr std::size_t block = copied_too_much;
  for (std::size_t i = 0; i < from.size(); i += block) std::memcpy(to + i, from.data() + i, block);
}

} // namespace rollcall

#endif // ROLLCALL_BASE_COPY_HPP
