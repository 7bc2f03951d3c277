// value_digits.cpp: digits, ids and integers, and what spreadsheets make of them.
#include <algorithm>
#include <charconv>

#include "base/block.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

// 4.42E+11
bool is_scientific(std::string_view text) noexcept
{
  const std::size_t any = text.size();
  if (!take_digits(text, 1, any)) return false;
  if ((take(text, '.') || take(text, ',')) && !take_digits(text, 1, any)) return false;
  if (!take(text, 'E') && !take(text, 'e')) return false;
  return take(text, '+') && take_digits(text, 1, any) && text.empty();
}

bool is_month(std::string_view text) noexcept
{
  constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  if (text.size() != 3) return false;
  const std::array<char, 3> lower = {to_lower(text[0]), to_lower(text[1]), to_lower(text[2])};
  const std::string_view name{lower.data(), lower.size()};
  return std::find(months.begin(), months.end(), name) != months.end();
}

// 12/05/2024, 12-May
bool is_day_first(std::string_view text) noexcept
{
  if (!take_digits(text, 1, 2)) return false;
  if (take(text, '-')) return is_month(text);
  return take(text, '/') && take_digits(text, 1, 2) && take(text, '/') && take_digits(text, 4, 4) &&
         text.empty();
}

// 2024-05-12
bool is_year_first(std::string_view text) noexcept
{
  return take_digits(text, 4, 4) && take(text, '-') && take_digits(text, 1, 2) && take(text, '-') &&
         take_digits(text, 1, 2) && text.empty();
}

// Of digits with perhaps a `-` in front; the same without zeros in front, and zero without a sign.
Reading plain_integer(std::string_view cell, Scratch& scratch)
{
  std::string_view digits = cell;
  const bool is_negative = take(digits, '-');
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  digits.remove_prefix(zeros);
  if (!is_negative || digits == "0") return good(digits);
  if (zeros == 0) return good(cell);
  scratch.made.front() = '-';
  const std::size_t size = digits.copy(scratch.made.data() + 1, scratch.made.size() - 1);
  return good({scratch.made.data(), size + 1}, true);
}

} // namespace

bool is_all_digits(std::string_view text) noexcept
{
  return !has_byte(text, [](Block bytes) { return (bytes < '0') | (bytes > '9'); });
}

std::optional<std::string_view> whole_part(std::string_view text) noexcept
{
  const std::string_view number = text;
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (!take_digits(text, 1, number.size())) return {};
  const std::string_view whole = number.substr(0, number.size() - text.size());
  if (!take(text, '.') && !take(text, ',')) return {};
  const bool is_whole = text.size() <= 2 && text.find_first_not_of('0') == text.npos;
  if (!take_digits(text, 1, number.size()) || !text.empty()) return {};
  return is_whole ? whole : std::string_view{};
}

bool is_spreadsheet_damage(std::string_view cell) noexcept
{
  if (cell.empty() || !is_digit(cell.front())) return false;
  return is_scientific(cell) || is_day_first(cell) || is_year_first(cell);
}

Reading read_value(const ReadyDigits& type, std::string_view cell, Scratch& scratch)
{
  if (is_spreadsheet_damage(cell)) return bad(Code::value_spreadsheet_damage, cell);
  std::string_view digits = cell;
  if (type.plus == schema::Plus::optional) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
  } else if (type.plus == schema::Plus::means_phone) {
    const auto first = std::find_if_not(cell.begin(), cell.end(), is_phone_separator);
    if (first != cell.end() && *first == '+') return read_value(ReadyPhone{}, cell, scratch);
  }
  if (digits.empty() || !is_all_digits(digits)) return bad(Code::value_digits, cell);
  return of_length(cell, digits, digits.size(), type.min, type.max);
}

// However many digits: what does not fit is out of range, and no less an integer (spec E30).
Reading read_value(const ReadyInteger& type, std::string_view cell, Scratch& scratch)
{
  std::string_view digits = cell;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || !is_all_digits(digits)) return bad(Code::value_integer, cell);
  std::int64_t value = 0;
  const auto parsed = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (parsed.ec != std::errc{} || value < type.min || value > type.max)
    return bad(Code::value_range, cell);
  return plain_integer(cell, scratch);
}

Reading read_value(const ReadyId&, std::string_view cell, Scratch&)
{
  if (is_spreadsheet_damage(cell)) return bad(Code::value_spreadsheet_damage, cell);
  if (cell.empty() || cell.size() > id_max || !std::all_of(cell.begin(), cell.end(), is_id_sign))
    return bad(Code::value_id, cell);
  return good(cell);
}

} // namespace rollcall::check
