// The grammar of the rule language, in Boost.Spirit X3, which is seen nowhere else. From weak to
// strong:
//
//   expression = conjunction { "or" conjunction }
//   conjunction = negation { "and" negation }
//   negation   = { "not" } comparison
//   comparison = operand [ ("==" | "!=" | "<" | "<=" | ">" | ">=" | "in") operand ]
//   operand    = "(" expression ")" | call [ "." word ] | "true" | "false" | "null" | "generated"
//              | integer | text | "[" (text {"," text} | integer {"," integer}) "]" | name
//   call       = word "(" [ expression { "," expression } ] ")"
//   name       = word { "." word }
//
// One look ahead decides everywhere, so nothing is taken back once something opened: the actions
// may count brackets and keep what they make.
#include <algorithm>
#include <boost/spirit/home/x3.hpp>
#include <charconv>
#include <cstddef>
#include <string>
#include <utility>

#include "base/utf8.hpp"
#include "expr/syntax.hpp"

namespace rollcall::expr {
namespace {

namespace x3 = boost::spirit::x3;

using At = const char*;
using Piece = boost::iterator_range<At>;

// What is made on the way, and what stops it.
class Builder {
 public:
  Builder(std::string_view text, Syntax& syntax) : text_{text}, syntax_{syntax} {}

  SyntaxId add(SyntaxNode node, const Piece& place)
  {
    node.offset = static_cast<std::size_t>(place.begin() - text_.data());
    node.length = place.size();
    syntax_.nodes.push_back(std::move(node));
    return static_cast<SyntaxId>(syntax_.nodes.size() - 1);
  }

  SyntaxNode& node(SyntaxId id) { return syntax_.nodes[id]; }

  [[nodiscard]] Piece place(SyntaxId id) const
  {
    const SyntaxNode& node = syntax_.nodes[id];
    const At begin = text_.data() + node.offset;
    return {begin, begin + node.length};
  }

  void put(SyntaxId id, At begin, At end)
  {
    node(id).offset = static_cast<std::size_t>(begin - text_.data());
    node(id).length = static_cast<std::size_t>(end - begin);
  }

  // Adds a child to a node, which reaches as far as that now.
  void append(SyntaxId id, SyntaxId child)
  {
    node(id).children.push_back(child);
    put(id, place(id).begin(), place(child).end());
  }

  // Something opens here; what it is `nesting_max` deep in is a fault.
  void enter(const Piece& opening)
  {
    if (openings_.size() == nesting_max) {
      fail("nested more than " + std::to_string(nesting_max) + " deep", opening);
    }
    openings_.push_back(opening.begin());
  }

  At leave()
  {
    const At opening = openings_.back();
    openings_.pop_back();
    return opening;
  }

  [[noreturn]] void fail(std::string what, const Piece& place) const
  {
    throw Fault{std::move(what), static_cast<std::size_t>(place.begin() - text_.data()),
                place.size()};
  }

 private:
  std::string_view text_;
  Syntax& syntax_;
  std::vector<At> openings_;
};

struct ByBuilder;

template <class Context>
Builder& builder(const Context& context)
{
  return x3::get<ByBuilder>(context);
}

std::string_view view_of(const Piece& piece)
{
  return {piece.begin(), piece.size()};
}

// ---- Actions -----------------------------------------------------------------------------------

constexpr auto take = [](auto& context) { x3::_val(context) = x3::_attr(context); };

constexpr auto enter = [](auto& context) { builder(context).enter(x3::_attr(context)); };

constexpr auto close_brackets = [](auto& context) {
  const At opening = builder(context).leave();
  builder(context).put(x3::_val(context), opening, x3::_attr(context).end());
};

constexpr auto close_call = [](auto& context) {
  Builder& made = builder(context);
  made.leave();
  const SyntaxId id = x3::_val(context);
  made.put(id, made.place(id).begin(), x3::_attr(context).end());
};

constexpr auto close_list = [](auto& context) {
  Builder& made = builder(context);
  const SyntaxId id = x3::_val(context);
  made.put(id, made.place(id).begin(), x3::_attr(context).end());
};

constexpr auto add_constant = [](auto& context) {
  const std::string_view word = view_of(x3::_attr(context));
  SyntaxNode node{.says = Says::truth, .truth = word == "true"};
  if (word == "null") node.says = Says::null;
  if (word == "generated") node.says = Says::fresh;
  x3::_val(context) = builder(context).add(std::move(node), x3::_attr(context));
};

constexpr auto add_integer = [](auto& context) {
  const std::string_view digits = view_of(x3::_attr(context));
  SyntaxNode node{.says = Says::integer};
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), node.integer);
  if (read.ec != std::errc{}) {
    builder(context).fail("a number of more than 64 bits", x3::_attr(context));
  }
  x3::_val(context) = builder(context).add(std::move(node), x3::_attr(context));
};

constexpr auto add_text = [](auto& context) {
  const Piece& inside = x3::_attr(context);
  x3::_val(context) = builder(context).add({.says = Says::text, .text = view_of(inside)},
                                           {inside.begin() - 1, inside.end() + 1});
};

constexpr auto add_name = [](auto& context) {
  const Piece& name = x3::_attr(context);
  x3::_val(context) = builder(context).add({.says = Says::name, .text = view_of(name)}, name);
};

constexpr auto open_call = [](auto& context) {
  Builder& made = builder(context);
  SyntaxNode& node = made.node(x3::_val(context));
  if (node.text.find('.') != std::string_view::npos) {
    made.fail("expected a function before '('", made.place(x3::_val(context)));
  }
  node.says = Says::call;
  made.enter(x3::_attr(context));
};

constexpr auto open_list = [](auto& context) {
  x3::_val(context) = builder(context).add({.says = Says::list}, x3::_attr(context));
};

constexpr auto add_child = [](auto& context) {
  builder(context).append(x3::_val(context), x3::_attr(context));
};

constexpr auto add_field = [](auto& context) {
  Builder& made = builder(context);
  const Piece& name = x3::_attr(context);
  const SyntaxId object = x3::_val(context);
  x3::_val(context) = made.add({.says = Says::field, .text = view_of(name), .children = {object}},
                               {made.place(object).begin(), name.end()});
};

constexpr auto add_negation = [](auto& context) {
  Builder& made = builder(context);
  const SyntaxId child = x3::_attr(context);
  x3::_val(context) = made.add({.says = Says::negation, .children = {child}},
                               {made.leave(), made.place(child).end()});
};

constexpr auto add_operator = [](auto& context) {
  Builder& made = builder(context);
  const SyntaxId left = x3::_val(context);
  x3::_val(context) = made.add({.says = x3::_attr(context), .children = {left}}, made.place(left));
};

constexpr auto refuse_chain = [](auto& context) {
  builder(context).fail("expected 'and' or 'or', comparisons cannot be chained",
                        x3::_attr(context));
};

// What stands between the same operators is one node, also from brackets: it means the same.
template <Says says>
constexpr auto join = [](auto& context) {
  Builder& made = builder(context);
  const SyntaxId left = x3::_val(context);
  if (made.node(left).says != says) {
    x3::_val(context) = made.add({.says = says, .children = {left}}, made.place(left));
  }
  made.append(x3::_val(context), x3::_attr(context));
};

// ---- Words -------------------------------------------------------------------------------------

const auto space = x3::char_(" \t\r\n");
const auto letter = x3::char_("a-zA-Z_");
const auto word_sign = x3::char_("a-zA-Z0-9_");

auto keyword(const char* word)
{
  return x3::lexeme[x3::lit(word) >> !word_sign];
}

struct Signs : x3::symbols<Says> {
  Signs()
  {
    add("==", Says::equal)("!=", Says::not_equal)("<", Says::less)("<=", Says::less_equal)(
        ">", Says::greater)(">=", Says::greater_equal);
  }
} const signs;

struct InWord : x3::symbols<Says> {
  InWord() { add("in", Says::in); }
} const in_word;

struct Constant : x3::symbols<x3::unused_type> {
  Constant()
  {
    add("true", x3::unused)("false", x3::unused)("null", x3::unused)("generated", x3::unused);
  }
} const constant;

struct Reserved : x3::symbols<x3::unused_type> {
  Reserved()
  {
    for (const char* const word :
         {"and", "or", "not", "in", "true", "false", "null", "generated"}) {
      add(word, x3::unused);
    }
  }
} const reserved;

// ---- Rules -------------------------------------------------------------------------------------

// Their names are what the user meets behind "expected"; an expectation of anything but a plain
// rule or sign would tell him about templates.
const x3::rule<struct OfExpression, SyntaxId> expression{"a value or condition"};
const x3::rule<struct OfConjunction, SyntaxId> conjunction{"a condition"};
const x3::rule<struct OfNegation, SyntaxId> negation{"a condition"};
const x3::rule<struct OfComparison, SyntaxId> comparison{"a condition"};
const x3::rule<struct OfOperand, SyntaxId> operand{"a value"};
const x3::rule<struct OfList, SyntaxId> list{"a list"};
const x3::rule<struct OfElement, SyntaxId> element{"a text or an integer"};
const x3::rule<struct OfName, SyntaxId> name{"a name"};
const x3::rule<struct OfInteger, SyntaxId> integer{"an integer"};
const x3::rule<struct OfText, SyntaxId> text{"a text"};
const x3::rule<struct OfFieldName, Piece> field_name{"a field"};
const x3::rule<struct OfComparer, Says> comparer{"an operator"};
const x3::rule<struct OfBracket, Piece> bracket{"')'"};
const x3::rule<struct OfListEnd, Piece> list_end{"',' or ']'"};
const x3::rule<struct OfTextEnd> text_end{"a closing quote"};

const auto bracket_def = x3::raw[x3::lit(')')];
const auto list_end_def = x3::raw[x3::lit(']')];
const auto text_end_def = x3::lit('\'');
const auto comparer_def = signs | x3::lexeme[in_word >> !word_sign];
const auto field_name_def = x3::raw[x3::lexeme[letter >> *word_sign]];
const auto name_def = x3::raw[x3::lexeme[!(reserved >> !word_sign) >> letter >> *word_sign >>
                                         *('.' >> letter >> *word_sign)]][add_name];
const auto integer_def =
    x3::raw[x3::lexeme[-x3::lit('-') >> +x3::char_("0-9") >> !word_sign]][add_integer];
const auto text_def = x3::lexeme['\'' > x3::raw[*((x3::char_ - '\'') | "''")] > text_end][add_text];
const auto element_def = text[take] | integer[take];
const auto list_def = x3::raw[x3::lit('[')][open_list] >> (x3::eps > element)[add_child] >>
                      *(',' > element)[add_child] >> (x3::eps > list_end)[close_list];

const auto opening = x3::raw[x3::lit('(')];
const auto closing = x3::eps > bracket;
const auto arguments = -(expression[add_child] >> *(',' > expression)[add_child]);

const auto operand_def =
    (opening[enter] >> (x3::eps > expression)[take] >> closing[close_brackets]) |
    x3::raw[x3::lexeme[constant >> !word_sign]][add_constant] | integer[take] | text[take] |
    list[take] |
    (name[take] >>
     -(opening[open_call] >> arguments >> closing[close_call] >> -('.' > field_name)[add_field]));

const auto comparison_def = operand[take] >>
                            -(comparer[add_operator] >> (x3::eps > operand)[add_child] >>
                              -x3::raw[comparer][refuse_chain]);

const auto negation_def =
    (x3::raw[keyword("not")][enter] >> (x3::eps > negation)[add_negation]) | comparison[take];

const auto conjunction_def = negation[take] >> *(keyword("and") > negation)[join<Says::all>];
const auto expression_def = conjunction[take] >> *(keyword("or") > conjunction)[join<Says::any>];

BOOST_SPIRIT_DEFINE(expression, conjunction, negation, comparison, operand, list, element, name,
                    integer, text, field_name, comparer, bracket, list_end, text_end)

// ---- Faults ------------------------------------------------------------------------------------

bool is_word_sign(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The word or sign that stands there, a character of several bytes whole.
std::size_t token_length(std::string_view rest)
{
  std::size_t length = 0;
  while (length < rest.size() && is_word_sign(rest[length])) ++length;
  if (length != 0 || rest.empty()) return length;
  const auto goes_on = [rest](std::size_t i) {
    return i < rest.size() && (static_cast<unsigned char>(rest[i]) & 0xC0U) == 0x80U;
  };
  for (length = 1; goes_on(length);) ++length;
  return length;
}

Fault fault_of(std::string_view all, At where, const std::string& wanted)
{
  std::size_t offset = static_cast<std::size_t>(where - all.data());
  offset = std::min(all.find_first_not_of(" \t\r\n", offset), all.size());
  const std::string_view found = all.substr(offset, token_length(all.substr(offset)));
  Fault fault{"expected " + (wanted == "eoi" ? "an operator or the end" : wanted), offset,
              found.size()};
  if (found.empty()) {
    fault.what += ", found the end";
  } else if (found == "'") {
    fault.what += ", found a quote";
  } else if (is_control(static_cast<unsigned char>(found.front()))) {
    fault.what += ", found a control character";
  } else if (found.size() <= 32) {
    fault.what += ", found '" + std::string{found} + "'";
  }
  return fault;
}

} // namespace

std::optional<Fault> parse(std::string_view all, Syntax& into)
{
  if (all.size() > text_bytes_max) {
    return Fault{"longer than " + std::to_string(text_bytes_max) + " bytes", text_bytes_max,
                 all.size() - text_bytes_max};
  }
  if (const std::size_t fault = find_invalid_utf8(all); fault != std::string_view::npos) {
    return Fault{"expected UTF-8", fault, 1};
  }
  into = {};
  Builder builder{all, into};
  At at = all.data();
  const At end = at + all.size();
  try {
    const auto grammar = x3::with<ByBuilder>(builder)[x3::eps > expression > x3::eoi];
    x3::phrase_parse(at, end, grammar, space, into.root);
  } catch (const x3::expectation_failure<At>& failure) {
    return fault_of(all, failure.where(), failure.which());
  } catch (const Fault& fault) {
    return fault;
  }
  return std::nullopt;
}

bool is_plain_name(std::string_view word) noexcept
{
  if (word.empty() || (word.front() >= '0' && word.front() <= '9')) return false;
  return std::all_of(word.begin(), word.end(), is_word_sign) && reserved.find(word) == nullptr;
}

} // namespace rollcall::expr
