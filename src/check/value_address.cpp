// value_address.cpp: hardware addresses (MAC) and IP addresses.
#include <array>

#include "check/values.hpp"

namespace rollcall::check {
namespace {

// The value of a hexadecimal digit, or -1.
int hex_value(char c) noexcept
{
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_separator(char c) noexcept
{
  return c == ':' || c == '-' || c == '.';
}

bool is_ipv4(std::string_view text) noexcept
{
  for (int part = 0; part != 4; ++part) {
    std::size_t size = 0;
    int value = 0;
    while (size != text.size() && size != 3 && is_digit(text[size]))
      value = value * 10 + (text[size++] - '0');
    if (size == 0 || value > 255 || (size > 1 && text.front() == '0')) return false;
    text.remove_prefix(size);
    if (part == 3) return text.empty();
    if (text.empty() || text.front() != '.') return false;
    text.remove_prefix(1);
  }
  return false;
}

// Up to eight groups of one to four hexadecimal digits, one gap `::`, the last two perhaps as IPv4;
// without a zone.
bool is_ipv6(std::string_view text) noexcept
{
  int groups = 0;
  bool has_gap = text.starts_with("::");
  if (has_gap) text.remove_prefix(2);
  while (!text.empty()) {
    if (is_ipv4(text)) return groups <= 6 && (groups == 6) != has_gap;
    std::size_t size = 0;
    while (size != text.size() && size != 4 && hex_value(text[size]) >= 0) ++size;
    if (size == 0 || ++groups > 8) return false;
    text.remove_prefix(size);
    if (text.empty()) break;
    if (text.starts_with("::")) {
      if (has_gap) return false;
      has_gap = true;
      text.remove_prefix(2);
    } else if (text.front() == ':' && text.size() > 1) {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  return has_gap ? groups < 8 : groups == 8;
}

} // namespace

// Twelve digits with at most one separator between any two; kept as aa:bb:cc:dd:ee:ff.
Reading read_value(const schema::Mac&, std::string_view cell, std::string& scratch)
{
  const Reading bad = {Code::value_mac, cell};
  std::array<int, 12> digits{};
  std::size_t count = 0;
  bool after_digit = false;
  for (const char c : cell) {
    const int value = hex_value(c);
    if (value >= 0) {
      if (count == digits.size()) return bad;
      digits[count++] = value;
    } else if (!is_separator(c) || !after_digit) {
      return bad;
    }
    after_digit = value >= 0;
  }
  if (count != digits.size() || !after_digit) return bad;
  bool all_zero = true;
  bool all_f = true;
  scratch.clear();
  for (std::size_t i = 0; i != digits.size(); ++i) {
    all_zero = all_zero && digits[i] == 0;
    all_f = all_f && digits[i] == 15;
    if (i != 0 && i % 2 == 0) scratch += ':';
    scratch += "0123456789abcdef"[digits[i]];
  }
  const bool is_multicast = digits[1] % 2 != 0;
  if (all_zero || all_f || is_multicast) return bad;
  return {{}, scratch};
}

Reading read_value(const schema::Ip&, std::string_view cell, std::string&)
{
  if (is_ipv4(cell) || is_ipv6(cell)) return {{}, cell};
  return {Code::value_ip, cell};
}

} // namespace rollcall::check
