// UTF-8, a code point at a time, for cells and other short texts; whole chunks are checked by the
// reader with simdjson.
//
// Undecodable bytes are taken by "maximal subparts" as Unicode recommends: the longest piece that
// could have begun a character counts as one mistake, so every reader counts the same mistakes.
#ifndef ROLLCALL_BASE_UTF8_HPP
#define ROLLCALL_BASE_UTF8_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall {

inline constexpr char32_t replacement_character = U'\uFFFD';

struct Decoded {
  char32_t code_point = replacement_character;
  std::uint8_t bytes = 0; // how many were read: of a mistake its maximal subpart, 1 to 3
  bool is_valid = false;
};

// The first character of a text that is not empty.
[[nodiscard]] Decoded decode_next(std::string_view text) noexcept;

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

// The offset of the first byte that belongs to no character; npos if the text is valid.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

// Of a valid text. Of any other, the number of bytes that do not continue a character.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

// `code_point` is at most 10FFFF and no surrogate.
void append_utf8(std::string& out, char32_t code_point);

// Appends the text with U+FFFD for each mistake.
void append_replacing(std::string& out, std::string_view text);

// Unicode category Cc: C0, DEL and C1.
[[nodiscard]] constexpr bool is_control(char32_t code_point) noexcept
{
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

} // namespace rollcall

#endif // ROLLCALL_BASE_UTF8_HPP
