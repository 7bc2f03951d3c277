// value_ip.cpp: IP addresses, written so that equal addresses are equal texts (spec E32).
//
// That is the form of RFC 5952: lower case, no zeros in front, the first of the longest runs of
// zero groups as `::`. An IPv4 address inside IPv6 remains IPv6.
#include <algorithm>
#include <charconv>
#include <optional>

#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::size_t group_count = 8;
using Groups = std::array<std::uint16_t, group_count>;

// Four decimal parts without zeros in front.
std::optional<std::uint32_t> ipv4_of(std::string_view text) noexcept
{
  std::uint32_t address = 0;
  for (int part = 0; part != 4; ++part) {
    if (part != 0 && !take(text, '.')) return {};
    std::size_t size = 0;
    std::uint32_t value = 0;
    for (; size != text.size() && size != 3 && is_digit(text[size]); ++size)
      value = value * 10 + static_cast<std::uint32_t>(text[size] - '0');
    if (size == 0 || value > 255 || (size > 1 && text.front() == '0')) return {};
    text.remove_prefix(size);
    address = address << 8U | value;
  }
  if (!text.empty()) return {};
  return address;
}

std::optional<std::uint16_t> take_group(std::string_view& text) noexcept
{
  std::size_t size = 0;
  unsigned value = 0;
  for (; size != text.size() && size != 4 && hex_value(text[size]) >= 0; ++size)
    value = value * 16 + static_cast<unsigned>(hex_value(text[size]));
  if (size == 0) return {};
  text.remove_prefix(size);
  return static_cast<std::uint16_t>(value);
}

// Up to eight groups, one gap `::`, the last two groups perhaps as IPv4; without a zone.
std::optional<Groups> ipv6_of(std::string_view text) noexcept
{
  Groups groups{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (const auto v4 = ipv4_of(text); v4 && count + 2 <= group_count) {
      groups[count++] = static_cast<std::uint16_t>(*v4 >> 16U);
      groups[count++] = static_cast<std::uint16_t>(*v4 & 0xFFFFU);
      break;
    }
    const auto group = take_group(text);
    if (!group || count == group_count) return {};
    groups[count++] = *group;
    if (text.empty()) break;
    if (!gap && text.starts_with("::")) {
      gap = count;
      text.remove_prefix(2);
    } else if (!take(text, ':') || text.empty()) {
      return {};
    }
  }
  if (gap ? count == group_count : count != group_count) return {};
  if (gap) {
    const auto moved =
        std::copy_backward(groups.begin() + static_cast<std::ptrdiff_t>(*gap),
                           groups.begin() + static_cast<std::ptrdiff_t>(count), groups.end());
    std::fill(groups.begin() + static_cast<std::ptrdiff_t>(*gap), moved, std::uint16_t{0});
  }
  return groups;
}

struct Run {
  std::size_t begin = group_count;
  std::size_t size = 1; // a single zero is no run
};

Run longest_zeros(const Groups& groups) noexcept
{
  Run longest;
  for (std::size_t begin = 0; begin < group_count;) {
    std::size_t end = begin;
    while (end < group_count && groups[end] == 0) ++end;
    if (end - begin > longest.size) longest = {begin, end - begin};
    begin = end + 1;
  }
  return longest;
}

std::string_view write_ipv6(const Groups& groups, std::array<char, 64>& into) noexcept
{
  const Run zeros = longest_zeros(groups);
  char* at = into.data();
  for (std::size_t i = 0; i < group_count;) {
    if (i == zeros.begin) {
      *at++ = ':';
      *at++ = ':';
      i += zeros.size;
      continue;
    }
    if (i != 0 && i != zeros.begin + zeros.size) *at++ = ':';
    at = std::to_chars(at, into.data() + into.size(), groups[i], 16).ptr;
    ++i;
  }
  return {into.data(), static_cast<std::size_t>(at - into.data())};
}

} // namespace

Reading read_value(const ReadyIp&, std::string_view cell, Scratch& scratch)
{
  if (ipv4_of(cell)) return good(cell);
  const auto groups = ipv6_of(cell);
  if (!groups) return bad(Code::value_ip, cell);
  const std::string_view made = write_ipv6(*groups, scratch.made);
  return made == cell ? good(cell) : good(made, true);
}

} // namespace rollcall::check
