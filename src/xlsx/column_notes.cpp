// column_notes.cpp: bounds as they are settled, and the words of rules that blame the column.
#include "xlsx/column_notes.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>

namespace rollcall::xlsx {
namespace {

using schema::Blank;

// "2 to 10", "up to 64"; empty where there is no bound worth a word.
template <class Number>
std::string between(Number min, Number max, Number least, Number most)
{
  if (min <= least && max >= most) return {};
  if (min == max) return std::to_string(min);
  if (min <= least) return "up to " + std::to_string(max);
  if (max >= most) return std::to_string(min) + " or more";
  return std::to_string(min) + " to " + std::to_string(max);
}

std::string counted(std::string_view what, const std::string& bounds, std::string_view of)
{
  std::string text{what};
  if (!bounds.empty()) text.append(", ").append(bounds).append(" ").append(of);
  return text;
}

std::string listed(const std::vector<std::string>& words)
{
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

constexpr std::uint64_t long_text = 65'536;

struct InWords {
  std::string operator()(const check::ReadyText& type) const
  {
    return counted("Text", between<std::uint64_t>(type.min, type.max, 0, long_text), "characters");
  }
  std::string operator()(const check::ReadyDigits& type) const
  {
    return counted("Digits", between<std::uint64_t>(type.min, type.max, 1, long_text), "of them");
  }
  std::string operator()(const check::ReadyInteger& type) const
  {
    using Limits = std::numeric_limits<std::int64_t>;
    return counted("A whole number",
                   between<std::int64_t>(type.min, type.max, Limits::min(), Limits::max()), "");
  }
  std::string operator()(const check::ReadyBoolean& /*type*/) const { return "Yes or no"; }
  std::string operator()(const check::ReadyChoice& type) const
  {
    return "One of: " + listed(type.spelled);
  }
  std::string operator()(const check::ReadyEmail& /*type*/) const { return "An email address"; }
  std::string operator()(const check::ReadyPhone& /*type*/) const
  {
    return "A phone number with its plus: +442071838750";
  }
  std::string operator()(const check::ReadyExtension& type) const
  {
    std::string text =
        counted("An extension", between<std::uint64_t>(type.min, type.max, 1, long_text), "digits");
    if (type.range_max > 1) text += "; or a range of them: 200-204";
    return text + ". Leading zeros count";
  }
  std::string operator()(const check::ReadyMac& /*type*/) const
  {
    return "A MAC address: 00:15:65:74:b1:50";
  }
  std::string operator()(const check::ReadyIp& /*type*/) const { return "An IP address"; }
  std::string operator()(const check::ReadyId& /*type*/) const
  {
    return "An id: letters, digits, . _ -";
  }
  std::string operator()(const check::ReadySecret& type) const
  {
    const std::string_view what = type.digits ? "A secret of digits" : "A secret";
    return counted(what, between<std::uint64_t>(type.min, type.max, 1, long_text),
                   type.digits ? "of them" : "characters");
  }
};

std::string_view blank_in_words(Blank blank)
{
  switch (blank) {
    case Blank::required:
      return "must be filled in";
    case Blank::keep:
      return "a blank cell keeps what there is";
    case Blank::generate:
      return "a blank cell has one made";
    case Blank::pool:
      return "a blank cell takes the next one that is free";
    case Blank::fill:
      return "a blank cell takes what is usual";
    case Blank::clear:
      break;
  }
  return "may be blank";
}

void add_line(std::string& note, std::string_view text)
{
  note.append(note.empty() ? "" : "\n").append(text);
}

void add_blanks(std::string& note, const schema::Schema& schema, const schema::Column& column)
{
  if (schema.objects.empty()) return;
  const schema::Object& own = schema.objects.front();
  const std::string_view created = blank_in_words(column.on_create);
  const std::string_view updated = blank_in_words(column.on_update);
  if (own.update.empty() || created == updated) return add_line(note, created);
  if (own.create.empty()) return add_line(note, updated);
  add_line(note, std::string{"in a new one: "}.append(created));
  add_line(note, std::string{"in one that exists: "}.append(updated));
}

// What rules say of the column; words with names in them are for a row at hand.
void add_rules(std::string& note, const schema::Schema& schema, const schema::Column& column)
{
  for (const schema::Rule& rule : schema.rules) {
    const bool is_blamed =
        rule.blame == column.field ||
        std::find(rule.each.begin(), rule.each.end(), column.field) != rule.each.end();
    const bool is_plain = !rule.says.empty() && rule.says.find('{') == std::string::npos;
    if (is_blamed && is_plain && note.find(rule.says) == std::string::npos)
      add_line(note, rule.says);
  }
}

} // namespace

std::vector<std::string> choices_of(const schema::Column& column, const check::ReadyColumn& ready)
{
  std::vector<std::string> choices;
  if (const auto* const choice = std::get_if<check::ReadyChoice>(&ready.type)) {
    choices = choice->spelled;
  } else if (const auto* const boolean = std::get_if<schema::Boolean>(&column.type)) {
    for (const auto* const words : {&boolean->yes, &boolean->no})
      if (!words->empty()) choices.push_back(words->front());
  }
  if (choices.empty()) return choices;
  for (const schema::Word& word : column.words)
    if (std::find(choices.begin(), choices.end(), word.word) == choices.end())
      choices.push_back(word.word);
  return choices;
}

std::string note_of(const schema::Schema& schema, std::size_t column,
                    const check::ReadyColumn& ready)
{
  const schema::Column& about = schema.columns[column];
  std::string note = std::visit(InWords{}, ready.type);
  add_blanks(note, schema, about);
  if (ready.is_mandatory) add_line(note, "the column must be there");
  if (about.informational) add_line(note, "never imported: it is there to be read");
  if (!about.refers.empty()) {
    std::string kind = about.refers.substr(0, about.refers.find('.'));
    std::replace(kind.begin(), kind.end(), '_', ' ');
    add_line(note, "names a " + kind + " that exists");
  }
  for (const schema::Word& word : about.words)
    add_line(note, word.word + " stands for " + (word.means ? *word.means : "nothing"));
  add_rules(note, schema, about);
  return note;
}

} // namespace rollcall::xlsx
