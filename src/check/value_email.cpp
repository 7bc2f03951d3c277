// value_email.cpp: email addresses as they are given to people: no quoted local parts, no literals.
#include <algorithm>
#include <array>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::string_view local_signs = "!#$%&'*+-/=?^_`{|}~";

constexpr std::array<bool, 128> may_be_local = [] {
  std::array<bool, 128> table = {};
  for (std::size_t c = 0; c != table.size(); ++c)
    table[c] = is_alphanumeric(static_cast<char>(c)) ||
               local_signs.find(static_cast<char>(c)) != std::string_view::npos;
  return table;
}();

// Signs, with single dots inside. A letter beyond ASCII counts as composed (spec E29).
bool is_local_part(std::string_view text) noexcept
{
  if (text.empty() || count_code_points(text) > email_local_max) return false;
  bool after_dot = true; // none may stand first
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    text.remove_prefix(next.bytes);
    const char32_t point = next.code_point;
    const bool is_dot = point == U'.';
    const bool is_sign = point < 0x80 ? may_be_local[point] : is_letter(point);
    if (is_dot ? after_dot : !is_sign) return false;
    after_dot = is_dot;
  }
  return !after_dot;
}

bool is_label(std::string_view text) noexcept
{
  return !text.empty() && text.size() <= domain_label_max && text.front() != '-' &&
         text.back() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
           return is_alphanumeric(c) || c == '-';
         });
}

// Two or more labels, the last not all digits.
bool is_domain(std::string_view text) noexcept
{
  for (std::size_t labels = 1;; ++labels) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) return labels >= 2 && !is_all_digits(label);
    text.remove_prefix(dot + 1);
  }
}

} // namespace

Reading read_value(const ReadyEmail&, std::string_view cell, Scratch&)
{
  const std::size_t at = cell.find('@');
  const bool is_email = at != std::string_view::npos && count_code_points(cell) <= email_max &&
                        is_local_part(cell.substr(0, at)) && is_domain(cell.substr(at + 1));
  return is_email ? good(cell) : bad(Code::value_email, cell);
}

} // namespace rollcall::check
