// compile_kinds.cpp: what the directory holds, and the types of cells and fields.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "base/unicode.hpp"
#include "schema/compiling.hpp"

namespace rollcall::schema {
namespace {

// A range is worked out number by number, so there is an end to it.
constexpr std::int64_t range_max = 10'000;

// What a literal says as canonical text: 'sales', 0, true. Nothing of any other expression.
std::optional<std::string> literal(std::string_view text)
{
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text == "true" || text == "false") return std::string{text};
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (!digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit))
    return std::string{text};
  if (text.size() < 2 || text.front() != '\'' || text.back() != '\'') return {};
  text = text.substr(1, text.size() - 2);
  if (text.find_first_of("'{}") != text.npos) return {};
  return std::string{text};
}

// Of the parameters of one type, each bound with its member's name.
class TypeCheck {
 public:
  TypeCheck(Compiling& compiling, const std::string& path, CompiledType& into)
      : compiling_{compiling}, path_{path}, into_{into}
  {
  }

  void operator()(const Text& type)
  {
    bound("min", type.min, 0, into_.min);
    bound("max", type.max, 1, into_.max);
    ordered(type.min, type.max);
    if (type.chars.empty()) return;
    expr::Fault fault;
    if (auto chars = expr::CharClass::parse(type.chars, fault))
      into_.chars = std::move(*chars);
    else
      compiling_.faults.add(path_ + ".chars", in_words(type.chars, fault));
  }

  void operator()(const Digits& type) { lengths(type); }

  void operator()(const Extension& type)
  {
    lengths(type);
    if (type.range_max < 1 || type.range_max > range_max)
      fault(".range_max", "a range has 1 to " + std::to_string(range_max) + " numbers");
  }

  void operator()(const Integer& type)
  {
    bound("min", type.min, amount_min, into_.min);
    bound("max", type.max, amount_min, into_.max);
    ordered(type.min, type.max);
  }

  void operator()(const Boolean& type)
  {
    if (type.yes.empty() || type.no.empty()) fault("", "a boolean has words for both sides");
    std::set<std::string> folded;
    words(".yes", type.yes, folded);
    words(".no", type.no, folded);
  }

  void operator()(const Choice& type)
  {
    if (type.of.empty() == type.from.empty())
      fault("", "a choice is of words, or from a list of them");
    std::set<std::string> folded;
    words(".of", type.of, folded);
    if (!type.from.empty())
      into_.from =
          compiling_.value(path_ + ".from", type.from, places::before_file, expr::Type::texts);
  }

  void operator()(const Secret& type)
  {
    lengths(type);
    bound("length", type.length, 1, into_.length);
    const std::int64_t* const length = type.length.number();
    const auto is_out = [&](const Amount& amount, bool is_max) {
      const std::int64_t* const number = amount.number();
      return length != nullptr && number != nullptr &&
             (is_max ? *length > *number : *length < *number);
    };
    if (is_out(type.min, false) || is_out(type.max, true))
      fault(".length", "what is generated is as long as min to max allow");
    if (!type.alphabet.empty() && type.digits) fault(".alphabet", "digits are made of digits");
    if (!type.alphabet.empty())
      into_.alphabet = compiling_.value(path_ + ".alphabet", type.alphabet, places::before_file,
                                        expr::Type::text);
    into_.shown =
        compiling_.condition_unless_always(path_ + ".shown", type.shown, places::before_file);
  }

  template <class Other>
  void operator()(const Other& /*type*/)
  {
  }

 private:
  void fault(std::string_view member, std::string what)
  {
    compiling_.faults.add(path_ + std::string{member}, std::move(what));
  }

  template <class Sized>
  void lengths(const Sized& type)
  {
    bound("min", type.min, 1, into_.min);
    bound("max", type.max, 1, into_.max);
    ordered(type.min, type.max);
  }

  void bound(std::string_view member, const Amount& amount, std::int64_t least,
             std::optional<ProgramId>& program)
  {
    const std::string path = path_ + "." + std::string{member};
    if (const Expr* const text = amount.expr())
      program = compiling_.value(path, *text, places::before_file, expr::Type::integer);
    else if (*amount.number() < least)
      compiling_.faults.add(path, "less than " + std::to_string(least));
  }

  void ordered(const Amount& min, const Amount& max)
  {
    const std::int64_t* const low = min.number();
    const std::int64_t* const high = max.number();
    if (low != nullptr && high != nullptr && *low > *high)
      fault("", "nothing is from " + std::to_string(*low) + " to " + std::to_string(*high));
  }

  void words(std::string_view member, const std::vector<std::string>& all,
             std::set<std::string>& folded)
  {
    std::string scratch;
    for (std::size_t i = 0; i != all.size(); ++i) {
      const std::string path = at(path_ + std::string{member}, i);
      if (all[i].empty())
        compiling_.faults.add(path, "a blank cell is no word");
      else if (!folded.emplace(fold_for_comparing(all[i], scratch)).second)
        compiling_.faults.add(path, "the word '" + all[i] + "' is there already");
    }
  }

  Compiling& compiling_;
  const std::string& path_;
  CompiledType& into_;
};

} // namespace

void Compiling::compile_type(const std::string& path, const Type& type, CompiledType& into)
{
  std::visit(TypeCheck{*this, path, into}, type);
}

void Compiling::compile_kinds()
{
  const auto& all = schema().kinds;
  for (std::size_t k = 0; k != all.size(); ++k) {
    const Kind& kind = all[k];
    CompiledKind& into = made.kinds[k];
    const std::string path = at("kinds", k);
    compile_type(path + ".key.type", kind.key.type, into.key);
    for (std::size_t i = 0; i != kind.fields.size(); ++i)
      compile_field(path + "." + at("fields", i), kind.fields[i], static_cast<std::uint16_t>(k));
    into.undo =
        compile_sets(path + ".undo", kind.undo, static_cast<std::uint16_t>(k), places::before_file);
  }
}

void Compiling::compile_field(const std::string& path, const Field& field, std::uint16_t kind)
{
  const auto number = fields[kind].find(field.name);
  if (number == fields[kind].end()) return;
  CompiledField& into = made.kinds[kind].fields[number->second];
  compile_type(path + ".type", field.type, into);
  if (field.null_is.empty()) return;
  if (into.is_secret) return faults.add(path + ".null_is", "a secret has no value of its own");
  value(path + ".null_is", field.null_is, places::settings, into.in_rules);
  into.null_text = literal(field.null_is);
  if (!into.null_text) faults.add(path + ".null_is", "expected a text, a number, true or false");
}

} // namespace rollcall::schema
