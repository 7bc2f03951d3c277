// markup.cpp: https://www.w3.org/TR/xml/#charsets says which characters there may be.
#include "report/markup.hpp"

#include "base/utf8.hpp"

namespace rollcall::report {
namespace {

constexpr std::string_view reference_of(char32_t code_point) noexcept
{
  switch (code_point) {
    case U'&':
      return "&amp;";
    case U'<':
      return "&lt;";
    case U'>':
      return "&gt;";
    case U'"':
      return "&quot;";
    case U'\'':
      return "&#39;";
    case U'\t':
      return "&#9;";
    case U'\n':
      return "&#10;";
    case U'\r':
      return "&#13;";
    default:
      return {};
  }
}

} // namespace

void append_markup(std::string& made, std::string_view text)
{
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    const std::string_view reference = reference_of(next.code_point);
    const bool is_no_character = !next.is_valid || is_control(next.code_point) ||
                                 next.code_point == 0xFFFE || next.code_point == 0xFFFF;
    if (!reference.empty())
      made += reference;
    else if (is_no_character)
      append_utf8(made, replacement_character);
    else
      made += text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
}

std::string in_markup(std::string_view text)
{
  std::string made;
  append_markup(made, text);
  return made;
}

} // namespace rollcall::report
