// value_mac.cpp: hardware addresses of phones, kept as `aa:bb:cc:dd:ee:ff`.
#include <algorithm>

#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::size_t digit_count = 12;

// Twelve digits with at most one separator between any two.
bool take_address(std::string_view cell, std::array<int, digit_count>& digits) noexcept
{
  std::size_t count = 0;
  bool after_digit = false;
  for (const char c : cell) {
    const int value = hex_value(c);
    if (value >= 0) {
      if (count == digits.size()) return false;
      digits[count++] = value;
    } else if (!is_mac_separator(c) || !after_digit) {
      return false;
    }
    after_digit = value >= 0;
  }
  return count == digits.size() && after_digit;
}

// Neither nobody's, nor everybody's, nor a group's.
bool is_of_one_device(const std::array<int, digit_count>& digits) noexcept
{
  const bool is_multicast = digits[1] % 2 != 0; // all f is, too
  return !is_multicast && std::any_of(digits.begin(), digits.end(), [](int d) { return d != 0; });
}

} // namespace

Reading read_value(const ReadyMac&, std::string_view cell, Scratch& scratch)
{
  std::array<int, digit_count> digits{};
  if (!take_address(cell, digits) || !is_of_one_device(digits)) return bad(Code::value_mac, cell);
  char* end = scratch.made.data();
  for (std::size_t i = 0; i != digits.size(); ++i) {
    if (i != 0 && i % 2 == 0) *end++ = ':';
    *end++ = "0123456789abcdef"[digits[i]];
  }
  const std::string_view made{scratch.made.data(),
                              static_cast<std::size_t>(end - scratch.made.data())};
  return made == cell ? good(cell) : good(made, true);
}

} // namespace rollcall::check
