// The formula guard. Nearly every cell is decided by its first byte, so that is looked at in a
// table.
#include "csv/guard.hpp"

#include <array>
#include <cstddef>

#include "csv/cell.hpp"

namespace rollcall::csv {
namespace {

// What a value that would run, or that looks guarded, can begin with.
constexpr std::array<bool, 256> is_suspect = [] {
  std::array<bool, 256> table = {};
  for (const char byte : std::string_view{"=+-@ \t\r'\xC2\xEF"}) {
    table[static_cast<unsigned char>(byte)] = true;
  }
  return table;
}();

bool begins_suspect(std::string_view value) noexcept
{
  return !value.empty() && is_suspect[static_cast<unsigned char>(value.front())];
}

std::string_view without_blanks(std::string_view value) noexcept
{
  return value.substr(leading_blanks(value));
}

// U+FF0B, U+FF0D, U+FF1D and U+FF20: full-width + - = @.
bool begins_full_width(std::string_view value) noexcept
{
  if (value.size() < 3 || value[0] != '\xEF' || value[1] != '\xBC') return false;
  const char last = value[2];
  return last == '\x8B' || last == '\x8D' || last == '\x9D' || last == '\xA0';
}

std::size_t count_digits(std::string_view value) noexcept
{
  std::size_t count = 0;
  while (count < value.size() && value[count] >= '0' && value[count] <= '9') ++count;
  return count;
}

// `+` or `-`, digits, and at most one point with digits (E44): what `text` leaves bare.
bool is_number(std::string_view value) noexcept
{
  if (!value.starts_with('+') && !value.starts_with('-')) return false;
  value.remove_prefix(1);
  const std::size_t whole = count_digits(value);
  value.remove_prefix(whole);
  if (whole == 0 || value.empty()) return whole != 0;
  if (value.front() != '.') return false;
  value.remove_prefix(1);
  return !value.empty() && count_digits(value) == value.size();
}

// Is this what a `'` was put in front of?
bool is_guarded_rest(std::string_view rest) noexcept
{
  return rest.starts_with('\'') || would_run(rest);
}

} // namespace

bool would_run(std::string_view value) noexcept
{
  if (!begins_suspect(value)) return false;
  if (value.front() == '\t' || value.front() == '\r') return true;
  const std::string_view rest = without_blanks(value);
  if (rest.empty()) return false;
  const char first = rest.front();
  return first == '=' || first == '+' || first == '-' || first == '@' || begins_full_width(rest);
}

bool needs_guard(std::string_view value, Guard mode) noexcept
{
  if (mode == Guard::off || !begins_suspect(value)) return false;
  if (value.front() == '\'') return is_guarded_rest(value.substr(1));
  return would_run(value) && !(mode == Guard::text && is_number(value));
}

std::string_view with_guard(std::string_view value, Guard mode, std::string& scratch)
{
  if (!needs_guard(value, mode)) return value;
  scratch.assign(1, '\'');
  scratch.append(value);
  return scratch;
}

std::string_view without_guard(std::string_view value) noexcept
{
  if (!value.starts_with('\'')) return value;
  const std::string_view rest = value.substr(1);
  return is_guarded_rest(rest) ? rest : value;
}

} // namespace rollcall::csv
