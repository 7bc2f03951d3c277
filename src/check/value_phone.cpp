// value_phone.cpp: phone numbers of E.164, with an extension behind them where that is allowed.
//
// Separators may stand anywhere in front of `;ext=`, also at both ends (spec E27, C7).
#include <algorithm>

#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::string_view ext_mark = ";ext=";

// The signs of a number without its separators; 0 if there are too many or it has others.
std::size_t copy_number(std::string_view number, char* into) noexcept
{
  std::size_t size = 0;
  for (const char c : number) {
    if (is_phone_separator(c)) continue;
    if (!is_digit(c) && (c != '+' || size != 0)) return 0;
    if (size > phone_digits_max) return 0;
    into[size++] = c;
  }
  return size;
}

} // namespace

bool is_phone_ext(std::string_view text) noexcept
{
  for (const char sign : ext_mark) {
    if (text.empty() || to_lower(text.front()) != sign) return false;
    text.remove_prefix(1);
  }
  return take_digits(text, 1, phone_ext_max) && text.empty();
}

Reading read_value(const ReadyPhone& type, std::string_view cell, Scratch& scratch)
{
  if (is_spreadsheet_damage(cell)) return bad(Code::value_spreadsheet_damage, cell);
  const Reading fault = bad(Code::value_phone, cell);
  const std::size_t semicolon = std::min(cell.find(';'), cell.size());
  const std::string_view ext = cell.substr(semicolon);
  if (!ext.empty() && (!type.ext || !is_phone_ext(ext))) return fault;

  char* const made = scratch.made.data();
  made[0] = '+';
  std::size_t size = copy_number(cell.substr(0, semicolon), made + 1);
  if (size == 0) return fault;
  const bool has_plus = made[1] == '+';
  const std::string_view digits{made + 1 + has_plus, size - has_plus};
  if (digits.size() < phone_digits_min || digits.size() > phone_digits_max ||
      digits.front() == '0' || (!has_plus && !type.restores_plus))
    return fault;

  char* end = made + 1 + size;
  for (const char c : ext) *end++ = to_lower(c);
  const char* const begin = digits.data() - 1; // a plus stands there
  const std::string_view number{begin, static_cast<std::size_t>(end - begin)};
  Reading reading = number == cell ? good(cell) : good(number, true);
  if (!has_plus) reading.verdict = Verdict::bare_digits;
  return reading;
}

} // namespace rollcall::check
