// value_extension.cpp: extensions, ranges of them, and those that have lost their zeros.
//
// An extension is text: 007 is not 7, and one may have more digits than any integer.
#include <algorithm>
#include <charconv>
#include <limits>

#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::uint64_t uncountable = std::numeric_limits<std::uint64_t>::max();

// How many extensions lie from the one to the other, of one width; 0 if they go backwards.
std::uint64_t count_from(std::string_view first, std::string_view last) noexcept
{
  if (last < first) return 0;
  const auto [left, right] = std::mismatch(first.begin(), first.end(), last.begin());
  const std::string_view from{left, first.end()};
  const std::string_view to{right, last.end()};
  if (from.size() > std::numeric_limits<std::uint64_t>::digits10) return uncountable;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::from_chars(from.data(), from.data() + from.size(), low);
  std::from_chars(to.data(), to.data() + to.size(), high);
  return high - low + 1;
}

Reading read_range(const ReadyExtension& type, std::string_view cell)
{
  const ExtensionRange range = range_of(cell);
  if (range.first.empty() || range.last.empty() || !is_all_digits(range.first) ||
      !is_all_digits(range.last))
    return bad(Code::value_extension, cell);
  for (const std::string_view side : {range.first, range.last}) {
    const Reading measured = of_length(side, side, side.size(), type.min, type.max);
    if (measured.is_bad()) return measured;
  }
  if (range.count == 0 || range.count > type.range_max) return bad(Code::extension_range, cell);
  Reading reading = good(cell);
  reading.verdict = Verdict::range;
  return reading;
}

} // namespace

Reading read_value(const ReadyExtension& type, std::string_view cell, Scratch&)
{
  if (is_spreadsheet_damage(cell)) return bad(Code::value_spreadsheet_damage, cell);
  if (type.range_max > 1 && cell.find('-') != std::string_view::npos) return read_range(type, cell);
  if (cell.empty() || !is_all_digits(cell)) return bad(Code::value_extension, cell);
  return of_length(cell, cell, cell.size(), type.min, type.max);
}

ExtensionRange range_of(std::string_view canonical) noexcept
{
  const std::size_t dash = canonical.find('-');
  if (dash == std::string_view::npos) return {canonical, canonical, 1};
  return ExtensionRange::between(canonical.substr(0, dash), canonical.substr(dash + 1));
}

ExtensionRange ExtensionRange::between(std::string_view first, std::string_view last) noexcept
{
  return {first, last, first.size() == last.size() ? count_from(first, last) : 0};
}

std::string_view extension_in(const ExtensionRange& range, std::uint64_t index,
                              std::span<char> into) noexcept
{
  std::size_t at = range.first.copy(into.data(), into.size());
  const std::string_view made{into.data(), at};
  for (; index != 0 && at != 0; --at) {
    const std::uint64_t sum = static_cast<std::uint64_t>(into[at - 1] - '0') + index % 10;
    into[at - 1] = static_cast<char>('0' + sum % 10);
    index = index / 10 + sum / 10;
  }
  return made;
}

std::array<std::string_view, zeros_lost_max> with_zeros(
    std::string_view extension, std::array<char, zeros_lost_room>& into) noexcept
{
  if (extension.size() + zeros_lost_max > into.size()) return {};
  std::fill_n(into.begin(), zeros_lost_max, '0');
  extension.copy(into.data() + zeros_lost_max, extension.size());
  const std::string_view longest{into.data(), extension.size() + zeros_lost_max};
  return {longest.substr(2), longest.substr(1), longest};
}

} // namespace rollcall::check
