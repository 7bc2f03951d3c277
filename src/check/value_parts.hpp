// value_parts.hpp: what the readers of values have in common: characters, and taking things off the
// front of a text.
#ifndef ROLLCALL_CHECK_VALUE_PARTS_HPP
#define ROLLCALL_CHECK_VALUE_PARTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/utf8.hpp"
#include "check/values.hpp"

namespace rollcall::check {

[[nodiscard]] constexpr char to_lower(char c) noexcept
{
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept
{
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

// The value of a hexadecimal digit, or -1.
inline constexpr std::array<std::int8_t, 256> hex_values = [] {
  std::array<std::int8_t, 256> values = {};
  values.fill(-1);
  for (unsigned i = 0; i != 10; ++i) values[unsigned{'0'} + i] = static_cast<std::int8_t>(i);
  for (unsigned i = 0; i != 6; ++i)
    values[unsigned{'a'} + i] = values[unsigned{'A'} + i] = static_cast<std::int8_t>(10 + i);
  return values;
}();
[[nodiscard]] constexpr int hex_value(char c) noexcept
{
  return hex_values[static_cast<unsigned char>(c)];
}

// What may stand in a phone number anywhere, and means nothing (spec E27).
[[nodiscard]] constexpr bool is_phone_separator(char c) noexcept
{
  return c == ' ' || c == '.' || c == '-' || c == '(' || c == ')';
}

// Between two digits of a MAC address (spec E28).
[[nodiscard]] constexpr bool is_mac_separator(char c) noexcept
{
  return c == ':' || c == '-' || c == '.';
}

[[nodiscard]] constexpr bool is_id_sign(char c) noexcept
{
  return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
}
inline constexpr std::size_t id_max = 64;

// `E.164` without the plus.
inline constexpr std::size_t phone_digits_min = 8;
inline constexpr std::size_t phone_digits_max = 15;
inline constexpr std::size_t phone_ext_max = 8;
// Of what follows the number: `;ext=` in any case, and digits.
[[nodiscard]] bool is_phone_ext(std::string_view text) noexcept;

// In characters.
inline constexpr std::size_t email_max = 254;
inline constexpr std::size_t email_local_max = 64;
inline constexpr std::size_t domain_label_max = 63;

[[nodiscard]] inline bool is_piece_of(std::string_view text, std::string_view whole) noexcept
{
  constexpr std::less_equal<> is_before;
  return is_before(whole.data(), text.data()) &&
         is_before(text.data() + text.size(), whole.data() + whole.size());
}

// The end of reading: good, or too short or too long, which is said of what was measured.
[[nodiscard]] inline Reading of_length(std::string_view canonical, std::string_view measured,
                                       std::uint64_t length, std::uint64_t min,
                                       std::uint64_t max) noexcept
{
  if (length < min) return bad(Code::value_too_short, measured);
  if (length > max) return bad(Code::value_too_long, measured);
  return good(canonical);
}

// The first character of which `may_be` is false, as it stands in the text; empty if there is none.
template <class May>
[[nodiscard]] std::string_view first_not(std::string_view text, May may_be)
{
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (!may_be(next.code_point)) return text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
  return text;
}

[[nodiscard]] inline bool take(std::string_view& text, char sign) noexcept
{
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  return true;
}

// Takes digits off the front; false if there are not `min` to `max` of them.
[[nodiscard]] inline bool take_digits(std::string_view& text, std::size_t min,
                                      std::size_t max) noexcept
{
  std::size_t count = 0;
  while (count != text.size() && is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count >= min && count <= max;
}

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUE_PARTS_HPP
