// value_email.cpp: email addresses as they are given to people: no quoted local parts, no literals.
#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

constexpr std::uint64_t email_max = 254;
constexpr std::uint64_t local_part_max = 64;
constexpr std::size_t label_max = 63;

bool is_ascii_alphanumeric(char c) noexcept
{
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_local_sign(char32_t point) noexcept
{
  if (point >= 0x80) return is_letter(point);
  const char c = static_cast<char>(point);
  return is_ascii_alphanumeric(c) ||
         std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

// Signs, with single dots inside.
bool is_local_part(std::string_view text) noexcept
{
  if (text.empty() || count_code_points(text) > local_part_max) return false;
  bool after_dot = true; // none may stand first
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    text.remove_prefix(next.bytes);
    const bool is_dot = next.code_point == U'.';
    if (is_dot ? after_dot : !is_local_sign(next.code_point)) return false;
    after_dot = is_dot;
  }
  return !after_dot;
}

bool is_label(std::string_view text) noexcept
{
  if (text.empty() || text.size() > label_max || text.front() == '-' || text.back() == '-')
    return false;
  for (const char c : text)
    if (!is_ascii_alphanumeric(c) && c != '-') return false;
  return true;
}

// Two or more labels, the last not all digits.
bool is_domain(std::string_view text) noexcept
{
  std::size_t labels = 0;
  for (;;) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (!is_label(label)) return false;
    ++labels;
    if (dot == std::string_view::npos) return labels >= 2 && !is_all_digits(label);
    text.remove_prefix(dot + 1);
  }
}

} // namespace

Reading read_value(const schema::Email&, std::string_view cell, std::string& scratch)
{
  const std::string_view text = to_nfc(cell, scratch);
  const std::size_t at = text.find('@');
  const bool is_good = at != std::string_view::npos && count_code_points(text) <= email_max &&
                       is_local_part(text.substr(0, at)) && is_domain(text.substr(at + 1));
  if (!is_good) return {Code::value_email, cell};
  return {{}, text};
}

} // namespace rollcall::check
