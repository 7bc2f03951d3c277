// The functions of the rule language: what each takes and what it gives.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "expr/compiler.hpp"

namespace rollcall::expr {
namespace {

constexpr std::size_t many = 1'000'000;
constexpr std::uint8_t lookup_depth_max = 3;

std::string count_in_words(std::size_t least, std::size_t most)
{
  if (most == many) return "at least " + std::to_string(least);
  return std::to_string(least);
}

} // namespace

struct Compiler::Function {
  std::string_view name;
  Part (Compiler::*compile)(const SyntaxNode&, Place);
  std::size_t least = 1; // arguments
  std::size_t most = 1;
};

std::span<const Compiler::Function> Compiler::functions()
{
  static constexpr Function all[] = {
      {"present", &Compiler::presence},
      {"blank", &Compiler::absence},
      {"first", &Compiler::first, 1, many},
      {"if", &Compiler::choice, 3, 3},
      {"join", &Compiler::join, 2, many},
      {"length", &Compiler::length},
      {"contains", &Compiler::contains, 2, 2},
      {"has", &Compiler::has, 2, 2},
      {"is_run", &Compiler::is_run},
      {"is_range", &Compiler::is_range},
      {"lookup", &Compiler::lookup, 2, 2},
      {"exists", &Compiler::exists, 2, 2},
      {"lists", &Compiler::lists},
      {"key", &Compiler::key},
  };
  return all;
}

Compiler::Part Compiler::call(const SyntaxNode& node, Place place)
{
  const std::span<const Function> all = functions();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Function& one) { return one.name == node.text; });
  const Place named = {place.offset, node.text.size()};
  if (found == all.end()) return fail(named, "unknown function '" + std::string{node.text} + "'");
  const std::size_t count = node.children.size();
  if (count < found->least || count > found->most) {
    return fail(named, "expected " + count_in_words(found->least, found->most) +
                           (found->least == 1 ? " value" : " values") + " in the brackets, found " +
                           std::to_string(count));
  }
  return (this->*found->compile)(node, place);
}

// ---- Of any value ------------------------------------------------------------------------------

Compiler::Part Compiler::presence(const SyntaxNode& call, Place place)
{
  const Part asked = expression(call.children[0]);
  if (!asked.is_good) return bad(place);
  if (asked.type == Type::generated) return fail(asked.place, "what is generated is never blank");
  return make(Op::present, Type::boolean, std::array{asked.node}, place);
}

Compiler::Part Compiler::absence(const SyntaxNode& call, Place place)
{
  const Part present = presence(call, place);
  if (!present.is_good) return present;
  return make(Op::negation, Type::boolean, std::array{present.node}, place);
}

// What is mixed with a secret, or with what is generated, is one.
Compiler::Part Compiler::agreed(std::span<const Part> parts)
{
  Part agreed;
  for (const Part& part : parts) {
    if (!part.is_good) return part;
    const Type type = part.type;
    const bool is_secret = type == Type::secret || type == Type::generated;
    const bool was_secret = agreed.type == Type::secret || agreed.type == Type::generated;
    if (agreed.type == Type::null) {
      agreed = part;
    } else if (type == Type::null || type == agreed.type) {
      if (type != Type::object || part.kind == agreed.kind) continue;
      return fail(part.place, "expected an object of the same kind");
    } else if ((is_secret || is_textual(type)) && (was_secret || is_textual(agreed.type))) {
      agreed.type = is_secret || was_secret ? Type::secret : Type::folded;
    } else {
      return fail(part.place, mismatch(in_words(agreed.type), type));
    }
  }
  return agreed;
}

Compiler::Part Compiler::first(const SyntaxNode& call, Place place)
{
  Parts parts;
  std::vector<NodeId> children;
  for (const SyntaxId id : call.children) {
    parts.push_back(expression(id));
    children.push_back(parts.back().node);
    // A list stands for its items.
    if (parts.back().type == Type::texts) parts.back().type = Type::folded;
    if (parts.back().type == Type::integers) {
      return fail(parts.back().place, "expected texts, found a list of integers");
    }
  }
  const Part type = agreed(parts);
  if (!type.is_good) return bad(place);
  Part made = make(Op::first, type.type, children, place);
  made.kind = type.kind;
  return made;
}

Compiler::Part Compiler::choice(const SyntaxNode& call, Place place)
{
  const Part asked = condition(expression(call.children[0]));
  const std::array parts = {expression(call.children[1]), expression(call.children[2])};
  const Part type = agreed(parts);
  if (!asked.is_good || !type.is_good) return bad(place);
  Part made =
      make(Op::choice, type.type, std::array{asked.node, parts[0].node, parts[1].node}, place);
  made.kind = type.kind;
  return made;
}

Compiler::Part Compiler::join(const SyntaxNode& call, Place place)
{
  std::vector<NodeId> children;
  bool is_good = true;
  for (const SyntaxId id : call.children) {
    const Part part = expression(id);
    is_good = (children.empty() ? is_text(part, false) : can_be_shown(part)) && is_good;
    children.push_back(part.node);
  }
  return is_good ? make(Op::join, Type::text, children, place) : bad(place);
}

// ---- Of text -----------------------------------------------------------------------------------

Compiler::Part Compiler::length(const SyntaxNode& call, Place place)
{
  const Part asked = expression(call.children[0]);
  if (!is_text(asked, true)) return bad(place);
  return make(Op::length, Type::integer, std::array{asked.node}, place);
}

Compiler::Part Compiler::contains(const SyntaxNode& call, Place place)
{
  const std::array parts = {expression(call.children[0]), expression(call.children[1])};
  const bool are_texts = is_text(parts[0], true);
  if (!is_text(parts[1], true) || !are_texts) return bad(place);
  return make(Op::contains, Type::boolean, std::array{parts[0].node, parts[1].node}, place);
}

Compiler::Part Compiler::has(const SyntaxNode& call, Place place)
{
  const Part asked = expression(call.children[0]);
  const bool is_good = is_text(asked, true);
  const SyntaxNode& quoted = syntax_.nodes[call.children[1]];
  if (quoted.says != Says::text) {
    return fail(place_of(call.children[1]), "expected a class of characters in quotes");
  }
  std::string class_text;
  std::vector<std::size_t> offsets; // in the text, of each sign and of the end
  for (std::size_t i = 0; i != quoted.text.size(); ++i) {
    class_text += quoted.text[i];
    offsets.push_back(quoted.offset + 1 + i);
    if (quoted.text[i] == '\'') ++i; // doubled
  }
  offsets.push_back(quoted.offset + 1 + quoted.text.size());
  Fault fault;
  const std::optional<CharClass> parsed = CharClass::parse(class_text, fault);
  if (!parsed) {
    const std::size_t end = std::min(fault.offset + fault.length, class_text.size());
    const std::size_t offset = offsets[std::min(fault.offset, class_text.size())];
    return fail({offset, offsets[end] - offset}, std::move(fault.what));
  }
  if (!is_good) return bad(place);
  const NodeId node = book_.add_has(asked.node, class_text, *parsed);
  return checked({.node = node, .type = Type::boolean, .place = place});
}

Compiler::Part Compiler::is_run(const SyntaxNode& call, Place place)
{
  const Part asked = expression(call.children[0]);
  if (!is_text(asked, true)) return bad(place);
  return make(Op::is_run, Type::boolean, std::array{asked.node}, place);
}

Compiler::Part Compiler::is_range(const SyntaxNode& call, Place place)
{
  const Part asked = expression(call.children[0]);
  if (!asked.is_good) return bad(place);
  const Node node = book_.node(asked.node);
  if (node.op != Op::slot || !names_.can_be_range(node.slot)) {
    return fail(asked.place, "expected a column whose cells may be ranges");
  }
  return {.node = book_.add_slot(Op::is_range, Type::boolean, node.slot),
          .type = Type::boolean,
          .place = place};
}

// ---- Of the directory --------------------------------------------------------------------------

std::optional<LookupBy> Compiler::kind(SyntaxId id, bool may_name_field)
{
  const SyntaxNode& node = syntax_.nodes[id];
  const bool is_dotted = node.text.find('.') != std::string_view::npos;
  if (node.says != Says::name || (is_dotted && !may_name_field)) {
    fail(place_of(id),
         may_name_field ? "expected a kind of object, or kind.field" : "expected a kind of object");
    return std::nullopt;
  }
  const std::optional<LookupBy> found = names_.find_kind(node.text);
  if (!found) fail(place_of(id), "unknown kind '" + std::string{node.text} + "'");
  return found;
}

Compiler::Part Compiler::lookup(const SyntaxNode& call, Place place)
{
  const std::optional<LookupBy> by = kind(call.children[0], true);
  const Part key = expression(call.children[1]);
  if (!by || !key.is_good) return bad(place);
  if (by->type == Type::secret) {
    return fail(place_of(call.children[0]), "nothing is found by a secret");
  }
  const std::size_t faults = faults_.size();
  check_fits(key, by->type);
  if (faults_.size() != faults) return bad(place);
  const std::optional<std::uint16_t> number = book_.add_lookup(*by, key.node, key.type);
  if (!number) return fail(place, "too many lookups");
  if (book_.lookups()[*number].depth > lookup_depth_max) {
    return fail(place, "looks up more than " + std::to_string(lookup_depth_max) +
                           " deep: the key of a lookup needs others");
  }
  return {.node = book_.add_slot(Op::object, Type::object, {Space::lookup, *number, whole_object}),
          .type = Type::object,
          .kind = by->kind,
          .place = place};
}

Compiler::Part Compiler::exists(const SyntaxNode& call, Place place)
{
  const Part found = lookup(call, place);
  if (!found.is_good) return found;
  return make(Op::present, Type::boolean, std::array{found.node}, place);
}

Compiler::Part Compiler::lists(const SyntaxNode& call, Place place)
{
  const std::optional<LookupBy> found = kind(call.children[0], false);
  if (!found) return bad(place);
  const NodeId node = book_.add_slot(Op::slot, Type::boolean, {Space::listed, found->kind, 0});
  return {.node = node, .type = Type::boolean, .place = place};
}

Compiler::Part Compiler::key(const SyntaxNode& call, Place place)
{
  const std::optional<LookupBy> found = kind(call.children[0], false);
  if (!found) return bad(place);
  const std::optional<Name> made = names_.find_made(found->kind);
  if (!made) {
    return fail(place_of(call.children[0]), "no key of this kind is known here");
  }
  return {
      .node = book_.add_slot(Op::slot, made->type, made->slot), .type = made->type, .place = place};
}

} // namespace rollcall::expr
