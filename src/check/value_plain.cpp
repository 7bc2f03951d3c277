// value_plain.cpp: which characters look like others, and which cannot be seen.
#include "check/value_plain.hpp"

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"

namespace rollcall::check {
namespace {

constexpr bool is_between(char32_t point, char32_t first, char32_t last) noexcept
{
  return point >= first && point <= last;
}

constexpr bool is_invisible(char32_t point) noexcept
{
  return point == 0xAD || is_between(point, 0x200B, 0x200F) || is_between(point, 0x202A, 0x202E) ||
         is_between(point, 0x2060, 0x2064) || is_between(point, 0x2066, 0x2069) || point == 0xFEFF;
}

// The character of ASCII that this one looks like, or itself.
char32_t plain(char32_t point)
{
  if (is_between(point, 0xFF01, 0xFF5E)) return point - 0xFF01 + U'!';
  if (is_between(point, 0x660, 0x669)) return point - 0x660 + U'0';
  if (is_between(point, 0x6F0, 0x6F9)) return point - 0x6F0 + U'0';
  if (is_between(point, 0x2010, 0x2015) || point == 0x2212) return U'-';
  return is_white_space(point) ? U' ' : point;
}

} // namespace

std::string_view text_of_formula(std::string_view cell) noexcept
{
  if (cell.size() < 4 || !cell.starts_with("=\"") || !cell.ends_with('"')) return {};
  const std::string_view text = cell.substr(2, cell.size() - 3);
  return text.find('"') == text.npos ? text : std::string_view{};
}

std::string plain_text(std::string_view cell)
{
  return visible_text(cell, plain);
}

std::string visible_text(std::string_view cell)
{
  return visible_text(cell, [](char32_t point) { return point; });
}

std::string visible_text(std::string_view cell, char32_t (*map)(char32_t))
{
  std::string out;
  while (!cell.empty()) {
    const Decoded next = decode_next(cell);
    cell.remove_prefix(next.bytes);
    if (!is_invisible(next.code_point)) append_utf8(out, map(next.code_point));
  }
  return out;
}

void drop_prefix(std::string& text, std::string_view prefix)
{
  if (text.size() < prefix.size()) return;
  for (std::size_t i = 0; i != prefix.size(); ++i)
    if (to_lower(text[i]) != prefix[i]) return;
  text.erase(0, prefix.size());
}

} // namespace rollcall::check
