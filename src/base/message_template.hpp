// message_template.hpp: the templates of messages in pieces, and how a value is shown in one.
//
// The grammar is in finding.hpp. What stands in a file must not be able to do anything to a
// terminal or a log: control characters become escapes, undecodable bytes too, and a long value is
// cut, but never in the middle of a character.
#ifndef ROLLCALL_BASE_MESSAGE_TEMPLATE_HPP
#define ROLLCALL_BASE_MESSAGE_TEMPLATE_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "base/block.hpp"
#include "base/utf8.hpp"

namespace rollcall {

struct Finding;

struct MessagePiece {
  enum class Is : std::uint8_t {
    text,
    name, // `text` is what stood between the braces
    part  // `text` is what stood between the brackets: a template without parts, with a name
  };
  Is is = Is::text;
  std::string_view text = {};
  friend bool operator==(const MessagePiece&, const MessagePiece&) = default;
};

// Takes the first piece off a template that is not empty.
[[nodiscard]] MessagePiece take_piece(std::string_view& rest) noexcept;

// The template with what the finding has in place of its names.
[[nodiscard]] std::string fill_template(std::string_view text, const Finding& finding);

// How many characters of a value are shown.
inline constexpr std::size_t shown_characters_max = 100;
// Of a list of the words that there are: half of it would not help.
inline constexpr std::size_t shown_characters_of_list_max = 600;
inline constexpr std::size_t shown_characters_unlimited = std::numeric_limits<std::size_t>::max();

[[nodiscard]] constexpr std::size_t shown_characters_of(std::string_view fact) noexcept
{
  // A message of its own, with such a list.
  if (fact == "first") return 2 * shown_characters_of_list_max;
  const bool is_list = fact == "known" || fact == "others";
  return is_list ? shown_characters_of_list_max : shown_characters_max;
}

// Characters that would do something to a terminal or to a line, or that nobody sees though the
// cell is no good for them: controls, separators of lines and paragraphs, marks that turn the
// direction of what follows, blanks without width.
[[nodiscard]] bool is_shown_as_escape(char32_t code_point) noexcept;

// "\x1b", "\u202e" for a character that is not shown itself; of tabs and line ends, what people
// write: "\t".
template <class Out>
void append_escape(Out& out, std::uint32_t number)
{
  if (number == '\t') return void(out.append("\\t"));
  if (number == '\n') return void(out.append("\\n"));
  if (number == '\r') return void(out.append("\\r"));
  constexpr std::string_view digits = "0123456789abcdef";
  out.append(number < 0x100 ? "\\x" : "\\u");
  for (int shift = number < 0x100 ? 4 : 12; shift >= 0; shift -= 4)
    out.append(digits.substr((number >> shift) & 0xF, 1));
}

// ASCII without controls.
[[nodiscard]] inline bool is_shown_as_is(std::string_view value) noexcept
{
  return !has_byte(
      value, [](Block bytes) { return static_cast<BlockMask>((bytes < 0x20) | (bytes >= 0x7F)); });
}

// `Out` has append(text).
template <class Out>
void append_shown(Out& out, std::string_view value,
                  std::size_t characters_max = shown_characters_max)
{
  if (value.size() <= characters_max && is_shown_as_is(value)) {
    out.append(value);
    return;
  }
  for (std::size_t shown = 0; !value.empty(); ++shown) {
    if (shown == characters_max) {
      out.append("...");
      return;
    }
    const Decoded next = decode_next(value);
    const std::string_view bytes = value.substr(0, next.bytes);
    if (!next.is_valid) {
      for (const char byte : bytes) append_escape(out, static_cast<unsigned char>(byte));
    } else if (is_shown_as_escape(next.code_point)) {
      append_escape(out, next.code_point);
    } else {
      out.append(bytes);
    }
    value.remove_prefix(next.bytes);
  }
}

// The name of a file, perhaps with its path: of a long one the end, which tells it from others.
template <class Out>
void append_shown_path(Out& out, std::string_view path)
{
  constexpr std::size_t bytes_max = 4 * shown_characters_max; // of that many characters
  std::size_t at = path.size();
  std::size_t seen = path.size();
  for (std::size_t characters = 0;
       seen != 0 && characters != shown_characters_max && path.size() - seen != bytes_max;) {
    --seen;
    if ((static_cast<unsigned char>(path[seen]) & 0xC0U) == 0x80U) continue;
    at = seen;
    ++characters;
  }
  if (seen == 0) at = 0;
  if (at != 0) out.append("...");
  append_shown(out, path.substr(at), shown_characters_unlimited);
}

// A kind of object as people read it: "phone_model" is a phone model.
template <class Out>
void append_kind(Out& out, std::string_view kind)
{
  for (std::size_t at = kind.find('_'); at != std::string_view::npos; at = kind.find('_')) {
    append_shown(out, kind.substr(0, at));
    out.append(" ");
    kind.remove_prefix(at + 1);
  }
  append_shown(out, kind);
}

} // namespace rollcall

#endif // ROLLCALL_BASE_MESSAGE_TEMPLATE_HPP
