// page_words.cpp: the words of a format's page that are the same for every format.
#include "schema/page_words.hpp"

#include <variant>

namespace rollcall::schema {
namespace {

std::string in_words(const Amount& amount)
{
  return amount.expr() != nullptr ? code(*amount.expr()) : std::to_string(*amount.number());
}

bool is_number(const Amount& amount, std::int64_t value)
{
  return amount.number() != nullptr && *amount.number() == value;
}

// ", 4 to 10 digits"; nothing if neither bound says anything.
std::string size_in_words(const Amount& min, const Amount& max, std::int64_t least,
                          std::int64_t most, std::string_view of)
{
  const bool has_min = !is_number(min, least);
  const bool has_max = !is_number(max, most);
  std::string text = ", ";
  if (has_min && has_max)
    text += in_words(min) + " to " + in_words(max);
  else if (has_max)
    text += "up to " + in_words(max);
  else if (has_min)
    text += "at least " + in_words(min);
  else
    return {};
  return text.append(" ").append(of);
}

std::string words_in_words(const std::vector<std::string>& words)
{
  std::vector<std::string> pieces;
  pieces.reserve(words.size());
  for (const std::string& word : words) pieces.push_back(code(word));
  return listed(pieces, " or ");
}

struct TypeInWords {
  std::string operator()(const Text& type) const
  {
    return "text" + size_in_words(type.min, type.max, 0, 65'536, "characters") +
           (type.chars.empty() ? "" : ", all in " + code("[" + type.chars + "]"));
  }
  std::string operator()(const Digits& type) const
  {
    std::string text = "digits" + size_in_words(type.min, type.max, 1, 64, "of them");
    if (type.plus == Plus::optional) text += ", perhaps with a plus in front";
    if (type.plus == Plus::means_phone) text += ", or a phone number with its plus";
    return text;
  }
  std::string operator()(const Integer& type) const
  {
    const bool has_min = !is_number(type.min, amount_min);
    const bool has_max = !is_number(type.max, amount_max);
    if (has_min && has_max) return "integer, " + in_words(type.min) + " to " + in_words(type.max);
    if (has_min) return "integer, from " + in_words(type.min);
    return has_max ? "integer, up to " + in_words(type.max) : "integer";
  }
  std::string operator()(const Boolean& type) const
  {
    return "yes (" + words_in_words(type.yes) + ") or no (" + words_in_words(type.no) + ")";
  }
  std::string operator()(const Choice& type) const
  {
    return type.from.empty() ? "one of " + words_in_words(type.of) : "one of " + code(type.from);
  }
  std::string operator()(const Email& /*type*/) const { return "email address"; }
  std::string operator()(const Phone& type) const
  {
    std::string text = "phone number with its plus and country code";
    if (type.ext) text += ", perhaps with `;ext=` and digits";
    if (type.restores_plus) text += "; a plus that was lost is put back if the number is known";
    return text;
  }
  std::string operator()(const Extension& type) const
  {
    std::string text = "extension, " + in_words(type.min) + " to " + in_words(type.max) + " digits";
    if (type.range_max > 1)
      text += ", or a range of up to " + number(static_cast<std::uint64_t>(type.range_max));
    return text;
  }
  std::string operator()(const Mac& /*type*/) const { return "MAC address"; }
  std::string operator()(const Ip& /*type*/) const { return "IP address"; }
  std::string operator()(const Id& /*type*/) const { return "id"; }
  std::string operator()(const Secret& type) const
  {
    return (type.digits ? "secret of digits" : "secret") +
           size_in_words(type.min, type.max, 1, 65'536, type.digits ? "digits" : "characters");
  }
};

} // namespace

std::string code(std::string_view text)
{
  const std::string_view fence = text.find('`') == text.npos ? "`" : "``";
  std::string made{fence};
  if (fence.size() == 2) made += ' ';
  for (const char c : text) {
    if (c == '|') made += '\\'; // or a table would end its cell here
    made += c == '\n' || c == '\r' ? ' ' : c;
  }
  if (fence.size() == 2) made += ' ';
  return made.append(fence);
}

std::string plain(std::string_view text)
{
  std::string made;
  for (const char c : text) {
    if (std::string_view{"\\`*_[]<>|#"}.find(c) != std::string_view::npos) made += '\\';
    made += c == '\n' || c == '\r' ? ' ' : c;
  }
  return made;
}

std::string listed(const std::vector<std::string>& pieces, std::string_view last)
{
  std::string text;
  for (std::size_t i = 0; i != pieces.size(); ++i) {
    if (i != 0) text += i + 1 == pieces.size() ? last : std::string_view{", "};
    text += pieces[i];
  }
  return text;
}

std::string number(std::uint64_t value)
{
  std::string text = std::to_string(value);
  for (std::size_t end = text.size(); end > 3; end -= 3) text.insert(end - 3, ",");
  return text;
}

std::string type_in_words(const Type& type)
{
  return std::visit(TypeInWords{}, type);
}

std::string blank_in_words(Blank blank, const Expr& fill, bool is_new)
{
  switch (blank) {
    case Blank::clear:
      return is_new ? "nothing" : "clears";
    case Blank::keep:
      return "keeps";
    case Blank::required:
      return "no blank";
    case Blank::generate:
      return "generated";
    case Blank::fill:
      return code(fill);
    case Blank::pool:
      return "the next free one of " + code(fill);
  }
  return {};
}

std::string fact_in_words(const Fact& fact)
{
  std::string text;
  switch (fact.is) {
    case Is::text:
      text = "text";
      break;
    case Is::key:
      text = "key of an object";
      break;
    case Is::boolean:
      text = "true or false";
      break;
    case Is::integer:
      text = "integer, at least " + std::to_string(fact.min);
      break;
    case Is::texts:
      text = "list of texts";
      if (fact.min > 0) text += ", at least " + std::to_string(fact.min);
      break;
    case Is::interval:
      text = "interval: [min, max]";
      break;
    case Is::pool:
      text = "pool: {first, last}, digits of one width";
      break;
  }
  if (!fact.one_of.empty()) text = "one of " + words_in_words(fact.one_of);
  if (!fact.chars.empty()) text += ", all in " + code("[" + fact.chars + "]");
  return text;
}

} // namespace rollcall::schema
