// value_guess.cpp: what a bad cell probably was meant to be: good guesses, and no more than that.
//
// They are offered ("did you mean"), and made only for who asks for unsafe fixes. What is guessed
// is good by its type, and has all the digits that were written, but for those that stand behind
// the point of a whole number:
//   - the number that a spreadsheet has written as a power of ten, if all of its digits are there;
//   - whole numbers with a point and zeros, as programs write a column of numbers; what stands
//     behind a point may be a fraction, so no other number with one is guessed at;
//   - digits with separators, or with letters that look like digits, between them; an extension
//     with signs around it, but none within: there they may separate two extensions;
//   - numbers with 00 for their plus, or with slashes;
//   - the apostrophe that makes a spreadsheet take a number for text;
//   - addresses in pointed brackets, with blanks beside their signs, a comma for the only dot of
//     their domain, or a full stop behind them;
//   - quotes and dashes of typographers, in plain text;
//   - a word that everybody takes for yes or no, in a column that takes other words for it.
#include "check/value_guess.hpp"

#include <algorithm>
#include <array>

#include "base/unicode.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "check/value_plain.hpp"

namespace rollcall::check {
namespace {

// As many as spreadsheets keep; of more the last ones are zeros of theirs.
constexpr std::size_t spreadsheet_digits_max = 15;

void drop_signs(std::string& text, std::string_view signs)
{
  std::erase_if(text, [&](char c) { return signs.find(c) != signs.npos; });
}

// A letter for the digit that it looks like, where anything but a digit would be wrong.
void read_letters_as_digits(std::string& text)
{
  for (char& c : text) {
    if (c == 'O' || c == 'o') c = '0';
    if (c == 'I' || c == 'l') c = '1';
  }
}

// The digits of 4.42071838750E+11; empty if some are missing.
std::string digits_of_power(std::string_view cell)
{
  const std::size_t sign = std::min(cell.find('E'), cell.find('e'));
  if (sign == cell.npos || sign + 2 >= cell.size() || cell.size() - sign > 4) return {};
  std::size_t power = 0;
  for (const char c : cell.substr(sign + 2)) power = power * 10 + static_cast<std::size_t>(c - '0');
  const std::string_view number = cell.substr(0, sign);
  const std::size_t point = std::min(number.find_first_of(".,"), number.size());
  const std::string_view behind = number.substr(std::min(point + 1, number.size()));
  if (number.front() == '0' || behind.size() < power) return {};
  if (behind.find_first_not_of('0', power) != behind.npos) return {};
  std::string digits{number.substr(0, point)};
  digits.append(behind.substr(0, power));
  return digits.size() <= spreadsheet_digits_max ? digits : std::string{};
}

// What was meant by a number, before its signs are looked at.
std::string plain_number(std::string_view cell)
{
  std::string text = plain_text(cell);
  drop_prefix(text, "'");
  return text;
}

// 201.0 is 201; of 1.5, and of 1.250, nobody knows what it was: nothing is left.
void drop_fraction(std::string& text)
{
  if (const auto whole = whole_part(text)) text.resize(whole->size());
}

// The trunk zero in brackets is dialled at home, and stands in no number with its country. A slash
// with blanks around it parts two numbers.
std::string guess(const ReadyPhone&, std::string_view cell)
{
  std::string text = plain_number(cell);
  drop_prefix(text, "tel:");
  if (text.find("(0)") != text.npos || text.find(" / ") != text.npos) return {};
  drop_signs(text, " -/()");
  drop_fraction(text);
  drop_signs(text, ".");
  if (text.starts_with("00")) text.replace(0, 2, "+");
  return text;
}

// 12.05.2024, 12-05-2024
bool is_date(std::string_view text) noexcept
{
  const auto take_point = [&text] { return take(text, '.') || take(text, '-'); };
  return take_digits(text, 1, 2) && take_point() && take_digits(text, 1, 2) && take_point() &&
         take_digits(text, 4, 4) && text.empty();
}

std::string guess(const ReadyDigits& type, std::string_view cell)
{
  std::string text = plain_number(cell);
  if (type.plus != schema::Plus::none) drop_prefix(text, "tel:");
  if (text.starts_with('+')) return guess(ReadyPhone{}, cell);
  if (is_date(text) || text.find(" / ") != text.npos) return {};
  drop_signs(text, " -/()");
  read_letters_as_digits(text);
  drop_fraction(text);
  drop_signs(text, ".");
  return text;
}

std::string guess(const ReadyExtension&, std::string_view cell)
{
  constexpr std::string_view around = " .,;:#";
  std::string text = plain_number(cell);
  drop_prefix(text, "ext");
  drop_prefix(text, "x");
  text.erase(0, std::min(text.find_first_not_of(around), text.size()));
  read_letters_as_digits(text);
  drop_fraction(text);
  text.erase(text.find_last_not_of(around) + 1);
  return text;
}

std::string guess(const ReadyInteger&, std::string_view cell)
{
  std::string text = plain_number(cell);
  read_letters_as_digits(text);
  drop_fraction(text);
  return text;
}

std::string guess(const ReadyId&, std::string_view cell)
{
  return plain_number(cell);
}

std::string guess(const ReadyMac&, std::string_view cell)
{
  std::string text = plain_number(cell);
  drop_fraction(text);
  drop_signs(text, " _/:.-");
  read_letters_as_digits(text);
  return text;
}

// Blanks beside an @, a dot or a comma, and around it all; others may stand where a sign is
// missing.
void drop_blanks_beside_signs(std::string& text)
{
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  const auto joins = [](char c) { return c == '@' || c == '.' || c == ','; };
  std::string made;
  for (std::size_t at = 0; at != text.size(); ++at) {
    std::size_t next = at;
    while (next != text.size() && is_blank(text[next])) ++next;
    const bool is_dropped = next != at && (made.empty() || joins(made.back()) ||
                                           next == text.size() || joins(text[next]));
    if (is_dropped && next == text.size()) break;
    made.push_back(is_dropped ? text[next] : text[at]);
    if (is_dropped) at = next;
  }
  text = std::move(made);
}

// Of two addresses nobody knows which one was meant.
std::string guess(const ReadyEmail&, std::string_view cell)
{
  std::string text = visible_text(cell);
  drop_prefix(text, "mailto:");
  const std::size_t open = text.find('<');
  const std::size_t close = text.find('>', open == text.npos ? 0 : open);
  if (open != text.npos && close != text.npos) {
    const std::string address = text.substr(open + 1, close - open - 1);
    std::string around = text.erase(open, close - open + 1);
    drop_signs(around, " \t\"'");
    if (around.find('@') != around.npos && around != address) return {};
    text = address;
  }
  drop_blanks_beside_signs(text);
  const std::size_t end = text.find_last_not_of(".,;");
  text.erase(end == text.npos ? 0 : end + 1);
  const std::size_t at = text.find('@');
  if (at != text.npos && text.find('.', at) == text.npos)
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), ',', '.');
  return text;
}

std::string guess(const ReadyText&, std::string_view cell)
{
  return visible_text(cell, [](char32_t point) -> char32_t {
    if (point == 0x2018 || point == 0x2019 || point == 0x201A || point == 0xB4) return U'\'';
    if (point >= 0x201C && point <= 0x201E) return U'"';
    if (point >= 0x2010 && point <= 0x2015) return U'-';
    return is_white_space(point) ? U' ' : point;
  });
}

// The first word of the column that stands for this. (They are listed with a comma between them.)
std::optional<std::string> word_for(const ReadyBoolean& type, bool truth)
{
  std::string scratch;
  for (std::string_view rest = type.names.text(); !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(", "));
    if (type.words.find(word, scratch) == (truth ? 1U : 0U)) return std::string{word};
    rest.remove_prefix(std::min(word.size() + 2, rest.size()));
  }
  return {};
}

// By a word that means the same whoever has written it.
std::optional<std::string> meant_truth(const ReadyBoolean& type, std::string_view cell)
{
  constexpr std::array<std::array<std::string_view, 5>, 2> words = {
      {{"no", "n", "false", "0", "off"}, {"yes", "y", "true", "1", "on"}}};
  for (std::size_t truth = 0; truth != words.size(); ++truth)
    for (const std::string_view word : words[truth])
      if (is_same_without_case(cell, word)) return word_for(type, truth != 0);
  return {};
}

template <class Ready>
std::string guess_power(const Ready&, std::string_view cell)
{
  std::string digits = digits_of_power(cell);
  if (std::is_same_v<Ready, ReadyPhone> && !digits.empty()) digits.insert(0, "+");
  return digits;
}

} // namespace

std::optional<std::string> likely_fix(const ReadyType& type, Code code, std::string_view cell,
                                      Scratch& scratch)
{
  // What is meant is clear there, and there is too much or too little of it.
  if (code == Code::value_too_short || code == Code::value_too_long || code == Code::value_range)
    return {};
  if (const auto* const boolean = std::get_if<ReadyBoolean>(&type))
    return meant_truth(*boolean, cell);
  return std::visit(
      [&]<class Ready>(const Ready& kind) -> std::optional<std::string> {
        std::string text;
        if (code == Code::value_spreadsheet_damage)
          text = guess_power(kind, cell);
        else if constexpr (requires { guess(kind, cell); })
          text = guess(kind, cell);
        if (text.empty() || text == cell) return {};
        const Reading reading = read_value(kind, text, scratch);
        if (!reading.is_good()) return {};
        return std::string{reading.text()};
      },
      type);
}

} // namespace rollcall::check
