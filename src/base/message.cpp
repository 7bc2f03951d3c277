// Renders the message of a finding from its template, piece by piece; the grammar is in
// finding.hpp. The report has a faster way for findings that are still in their batch: the two say
// the same.
#include <optional>

#include "base/facts.hpp"
#include "base/message_template.hpp"
#include "rollcall/finding.hpp"

namespace rollcall {

namespace {

using Is = MessagePiece::Is;

std::optional<std::string> words(const std::string& value)
{
  return value.empty() ? std::nullopt : std::optional{value};
}

std::optional<std::string> number(std::uint64_t value)
{
  return value == 0 ? std::nullopt : std::optional{std::to_string(value)};
}

// What a name of a template stands for, if the finding has it.
std::optional<std::string> value_of(const Finding& finding, std::string_view name)
{
  if (const Fact* const fact = find_fact(finding, name)) return fact->value;
  if (name == "value") return words(finding.value);
  if (name == "column") return words(finding.column);
  if (name == "rule") return words(finding.rule);
  if (name == "row") return number(finding.place.row);
  if (name == "line") return number(finding.place.line);
  if (name == "byte") return std::to_string(finding.place.byte);
  return std::nullopt;
}

bool has_all_names(const Finding& finding, std::string_view text)
{
  while (!text.empty()) {
    const MessagePiece piece = take_piece(text);
    if (piece.is == Is::name && !value_of(finding, piece.text)) return false;
  }
  return true;
}

void append_filled(std::string& message, const Finding& finding, std::string_view text)
{
  while (!text.empty()) {
    const MessagePiece piece = take_piece(text);
    if (piece.is == Is::part) {
      if (has_all_names(finding, piece.text)) append_filled(message, finding, piece.text);
    } else if (piece.is == Is::text) {
      append_shown(message, piece.text, shown_characters_unlimited);
    } else if (const auto value = value_of(finding, piece.text)) {
      if (piece.text == "kind")
        append_kind(message, *value);
      else
        append_shown(message, *value, shown_characters_of(piece.text));
    } else {
      message.append("{").append(piece.text).append("}");
    }
  }
}

} // namespace

std::string fill_template(std::string_view text, const Finding& finding)
{
  std::string message;
  append_filled(message, finding, text);
  return message;
}

std::string render_message(const Finding& finding)
{
  if (finding.says.empty())
    return fill_template(
        finding.code == Code::rule ? "the rule {rule} is broken" : message_template(finding.code),
        finding);
  std::string message;
  append_shown(message, finding.says, shown_characters_unlimited);
  return message;
}

} // namespace rollcall
