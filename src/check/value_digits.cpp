// value_digits.cpp: numbers of telephones and of things: digits, extensions, ids.
#include <algorithm>
#include <array>

#include "base/unicode.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::uint64_t id_characters_max = 64;

// Takes digits off the front, between `min` and `max` of them; false if there are not so many.
bool take_digits(std::string_view& text, std::size_t min, std::size_t max) noexcept
{
  std::size_t count = 0;
  while (count != text.size() && count != max && is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count >= min && (text.empty() || !is_digit(text.front()));
}

bool take(std::string_view& text, char sign) noexcept
{
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  return true;
}

// 4.42E+11
bool is_scientific(std::string_view text) noexcept
{
  if (!take_digits(text, 1, text.size())) return false;
  if ((take(text, '.') || take(text, ',')) && !take_digits(text, 1, text.size())) return false;
  if (!take(text, 'E') && !take(text, 'e')) return false;
  return take(text, '+') && take_digits(text, 1, text.size()) && text.empty();
}

bool is_month(std::string_view text) noexcept
{
  constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  if (text.size() != 3) return false;
  std::array<char, 3> lower{};
  for (std::size_t i = 0; i != lower.size(); ++i)
    lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] | 0x20) : text[i];
  const std::string_view name{lower.data(), lower.size()};
  return std::find(months.begin(), months.end(), name) != months.end();
}

// 12/05/2024, 2024-05-12, 12-May
bool is_date(std::string_view text) noexcept
{
  std::string_view rest = text;
  if (take_digits(rest, 1, 2)) {
    if (take(rest, '/'))
      return take_digits(rest, 1, 2) && take(rest, '/') && take_digits(rest, 4, 4) && rest.empty();
    return take(rest, '-') && is_month(rest);
  }
  rest = text;
  return take_digits(rest, 4, 4) && take(rest, '-') && take_digits(rest, 1, 2) && take(rest, '-') &&
         take_digits(rest, 1, 2) && rest.empty();
}

} // namespace

bool is_all_digits(std::string_view text) noexcept
{
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_spreadsheet_damage(std::string_view cell) noexcept
{
  if (cell.empty() || !is_digit(cell.front())) return false;
  return is_scientific(cell) || is_date(cell);
}

Reading read_value(const schema::Digits& type, std::string_view cell, std::string&)
{
  if (is_spreadsheet_damage(cell)) return {Code::value_spreadsheet_damage, cell};
  std::string_view digits = cell;
  if (type.plus) take(digits, '+');
  if (digits.empty() || !is_all_digits(digits)) return {Code::value_digits, cell};
  const auto fault = length_fault(digits.size(), type.min, type.max);
  return {fault, fault ? digits : cell};
}

Reading read_value(const schema::Extension& type, std::string_view cell, std::string&)
{
  if (is_spreadsheet_damage(cell)) return {Code::value_spreadsheet_damage, cell};
  if (!is_all_digits(cell)) return {Code::value_extension, cell};
  return {length_fault(cell.size(), type.min, type.max), cell};
}

// Composed first (spec E8): the sign of Kelvin is a K.
Reading read_value(const schema::Id&, std::string_view cell, std::string& scratch)
{
  if (is_spreadsheet_damage(cell)) return {Code::value_spreadsheet_damage, cell};
  const std::string_view text = to_nfc(cell, scratch);
  const auto is_sign = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
  };
  if (text.size() > id_characters_max || !std::all_of(text.begin(), text.end(), is_sign))
    return {Code::value_id, cell};
  return {{}, text};
}

} // namespace rollcall::check
