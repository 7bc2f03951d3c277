// Renders the message of a finding from its template; the grammar is in finding.hpp.
//
// What stands in a file must not be able to do anything to a terminal or a log: control characters
// become escapes, undecodable bytes too, and a long value is cut in the middle of nowhere but never
// in the middle of a character.
#include <optional>

#include "base/utf8.hpp"
#include "rollcall/finding.hpp"

namespace rollcall {

namespace {

constexpr std::size_t shown_characters_max = 100;

void append_escape(std::string& text, std::uint32_t number)
{
  constexpr std::string_view digits = "0123456789abcdef";
  text.append(number < 0x100 ? "\\x" : "\\u");
  for (int shift = number < 0x100 ? 4 : 12; shift >= 0; shift -= 4) {
    text.push_back(digits[(number >> shift) & 0xF]);
  }
}

// Line and paragraph separators, and the marks that turn the direction of what follows.
constexpr bool can_disguise(char32_t code_point) noexcept
{
  return (code_point >= 0x2028 && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

void append_shown(std::string& text, std::string_view value)
{
  for (std::size_t shown = 0; !value.empty(); ++shown) {
    if (shown == shown_characters_max) {
      text.append("...");
      return;
    }
    const Decoded next = decode_next(value);
    const std::string_view bytes = value.substr(0, next.bytes);
    if (!next.is_valid) {
      for (const char byte : bytes) {
        append_escape(text, static_cast<unsigned char>(byte));
      }
    } else if (is_control(next.code_point) || can_disguise(next.code_point)) {
      append_escape(text, next.code_point);
    } else {
      text.append(bytes);
    }
    value.remove_prefix(next.bytes);
  }
}

// What a name of a template stands for, if the finding has it.
std::optional<std::string> value_of(const Finding& finding, std::string_view name)
{
  for (const Fact& fact : finding.facts) {
    if (fact.name == name) {
      return fact.value;
    }
  }
  const auto number = [](std::uint64_t value) -> std::optional<std::string> {
    return value == 0 ? std::nullopt : std::optional{std::to_string(value)};
  };
  const auto words = [](const std::string& value) -> std::optional<std::string> {
    return value.empty() ? std::nullopt : std::optional{value};
  };
  if (name == "value") {
    return words(finding.value);
  }
  if (name == "column") {
    return words(finding.column);
  }
  if (name == "rule") {
    return words(finding.rule);
  }
  if (name == "row") {
    return number(finding.place.row);
  }
  if (name == "line") {
    return number(finding.place.line);
  }
  if (name == "byte") {
    return std::to_string(finding.place.byte);
  }
  return std::nullopt;
}

struct Part {
  std::string text;
  std::size_t names = 0;   // how many names stand in it
  std::size_t missing = 0; // and how many of them the finding lacks
};

// Fills in the names of a text without square brackets.
Part fill(const Finding& finding, std::string_view text)
{
  Part part;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) {
      break;
    }
    part.text.append(text.substr(0, open));
    ++part.names;
    if (const auto value = value_of(finding, text.substr(open + 1, close - open - 1))) {
      append_shown(part.text, *value);
    } else {
      ++part.missing;
      part.text.append(text.substr(open, close - open + 1));
    }
    text.remove_prefix(close + 1);
  }
  part.text.append(text);
  return part;
}

} // namespace

std::string render_message(const Finding& finding)
{
  std::string_view text = finding.says;
  if (text.empty()) {
    text =
        finding.code == Code::rule ? "the rule {rule} is broken" : message_template(finding.code);
  }
  std::string message;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t close = open == text.npos ? text.npos : text.find(']', open);
    if (close == text.npos) {
      break;
    }
    message += fill(finding, text.substr(0, open)).text;
    const Part part = fill(finding, text.substr(open + 1, close - open - 1));
    if (part.names == 0) {
      message += text.substr(open, close - open + 1);
    } else if (part.missing == 0) {
      message += part.text;
    }
    text.remove_prefix(close + 1);
  }
  return message += fill(finding, text).text;
}

} // namespace rollcall
