// value_text.cpp: text and secrets: looked at for their characters, then for their length (E18).
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

// The first character of a text that the class does not have, as it stands in the text.
std::string_view first_foreign(std::string_view text, const expr::CharClass& chars) noexcept
{
  while (!text.empty()) {
    const Decoded next = decode_next(text);
    if (!chars.has(next.code_point)) return text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
  return text;
}

} // namespace

Reading read_value(const ReadyText& type, std::string_view cell, Scratch&)
{
  if (type.chars != nullptr && !type.chars->has_all(cell))
    return bad(Code::value_characters, first_foreign(cell, *type.chars));
  return of_length(cell, cell, count_code_points(cell), type.min, type.max);
}

Reading read_value(const ReadySecret& type, std::string_view cell, Scratch&)
{
  if (type.digits && !is_all_digits(cell)) return bad(Code::value_digits, cell);
  return of_length(cell, cell, count_code_points(cell), type.min, type.max);
}

Reading read_value(const ReadyType& type, std::string_view cell, Scratch& scratch)
{
  return std::visit([&](const auto& kind) { return read_value(kind, cell, scratch); }, type);
}

} // namespace rollcall::check
