// encoding.hpp: single-byte encodings and UTF-16 to UTF-8, a piece at a time.
#ifndef ROLLCALL_CSV_ENCODING_HPP
#define ROLLCALL_CSV_ENCODING_HPP

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rollcall/csv.hpp"

namespace rollcall::csv {

struct Decoded {
  std::size_t read = 0;
  std::size_t written = 0;
};

// Decodes as much as there is room for. With `at_end` nothing follows: a rest that is no character
// is written as what cannot be decoded, and so nothing is left over. Not for UTF-8.
[[nodiscard]] Decoded decode(Encoding encoding, std::string_view raw, std::span<char> into,
                             bool at_end) noexcept;

// The way back, of text that is valid UTF-8; none if the encoding has no way to write it.
[[nodiscard]] std::optional<std::string> encode(Encoding encoding, std::string_view text);

struct ByteOrderMark {
  Encoding encoding = Encoding::utf_8;
  std::size_t size = 0; // 0: there is none
};

[[nodiscard]] ByteOrderMark byte_order_mark(std::string_view start) noexcept;

} // namespace rollcall::csv

#endif // ROLLCALL_CSV_ENCODING_HPP
