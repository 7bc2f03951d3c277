// message_template.cpp: takes templates apart.
#include "base/message_template.hpp"

namespace rollcall {
namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Braces {
  std::size_t open = npos, close = npos;
  [[nodiscard]] bool is_any() const noexcept { return close != npos; }
};

Braces find_pair(std::string_view text, char open, char close) noexcept
{
  const std::size_t begin = text.find(open);
  return {.open = begin, .close = begin == npos ? npos : text.find(close, begin)};
}

// So many bytes of the front are a piece.
MessagePiece take(std::string_view& rest, std::size_t bytes) noexcept
{
  const MessagePiece piece{.text = rest.substr(0, bytes)};
  rest.remove_prefix(bytes);
  return piece;
}

} // namespace

MessagePiece take_piece(std::string_view& rest) noexcept
{
  const Braces part = find_pair(rest, '[', ']');
  if (part.is_any() && part.open == 0) {
    MessagePiece piece = take(rest, part.close + 1);
    const std::string_view inner = piece.text.substr(1, part.close - 1);
    if (find_pair(inner, '{', '}').is_any()) piece = {.is = MessagePiece::Is::part, .text = inner};
    return piece;
  }
  const std::string_view before = part.is_any() ? rest.substr(0, part.open) : rest;
  const Braces name = find_pair(before, '{', '}');
  if (!name.is_any()) return take(rest, before.size());
  if (name.open != 0) return take(rest, name.open);
  MessagePiece piece = take(rest, name.close + 1);
  return {.is = MessagePiece::Is::name, .text = piece.text.substr(1, name.close - 1)};
}

// The joiners U+200C and U+200D are left alone: names in Persian and Indian scripts need them.
bool is_shown_as_escape(char32_t code_point) noexcept
{
  if (code_point < 0x2000)
    return is_control(code_point) || code_point == 0xAD || code_point == 0x61C;
  return code_point == 0x200B || code_point == 0x200E || code_point == 0x200F ||
         (code_point >= 0x2028 && code_point <= 0x202E) ||
         (code_point >= 0x2060 && code_point <= 0x206F) || code_point == 0xFEFF;
}

} // namespace rollcall
