// Whole texts, names, and what a part of a text may be where it stands. A part of type secret gets
// no further than to those few that know what to do with one.
#include "expr/compiler.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rollcall::expr {

std::string_view in_words(Type type) noexcept
{
  switch (type) {
    case Type::null:
      return "null";
    case Type::boolean:
      return "true or false";
    case Type::integer:
      return "an integer";
    case Type::text:
    case Type::folded:
      return "a text";
    case Type::texts:
      return "a list";
    case Type::secret:
      return "a secret";
    case Type::generated:
      return "generated";
    case Type::object:
      return "an object";
    case Type::integers:
      return "a list of integers";
  }
  return "nothing";
}

std::string mismatch(std::string_view wanted, Type found)
{
  return "expected " + std::string{wanted} + ", found " + std::string{in_words(found)};
}

namespace {

constexpr std::string_view secret_fault =
    "a secret may only be asked for its presence, its length and its characters";
constexpr std::string_view generated_fault = "only a secret field can be generated";

} // namespace

// ---- Parts -------------------------------------------------------------------------------------

Compiler::Place Compiler::place_of(SyntaxId id) const
{
  return {syntax_.nodes[id].offset, syntax_.nodes[id].length};
}

Compiler::Part Compiler::fail(Place place, std::string what)
{
  faults_.push_back({std::move(what), place.offset, place.length});
  return bad(place);
}

Compiler::Part Compiler::checked(Part part)
{
  const Weight& weight = book_.weight(part.node);
  if (weight.steps > weight_max.steps) {
    return fail(part.place, "comes to more than " + std::to_string(weight_max.steps) + " steps");
  }
  if (weight.height > weight_max.height) {
    return fail(part.place, "nested more than " + std::to_string(weight_max.height) +
                                " deep with the names that it uses");
  }
  if (weight.pieces > weight_max.pieces) {
    return fail(part.place,
                "puts together more than " + std::to_string(weight_max.pieces) + " values");
  }
  return part;
}

Compiler::Part Compiler::make(Op op, Type type, std::span<const NodeId> children, Place place)
{
  return checked({.node = book_.add(op, type, children), .type = type, .place = place});
}

bool Compiler::is_text(const Part& part, bool may_be_secret)
{
  if (!part.is_good) return false;
  if (part.type == Type::secret && !may_be_secret) {
    fail(part.place, std::string{secret_fault});
    return false;
  }
  const bool is_good =
      is_textual(part.type) || part.type == Type::null || part.type == Type::secret;
  if (!is_good) fail(part.place, mismatch("a text", part.type));
  return is_good;
}

Compiler::Part Compiler::condition(const Part& part)
{
  if (!part.is_good) return part;
  switch (part.type) {
    case Type::boolean:
      return part;
    case Type::null:
      return {.node = book_.add_truth(false), .type = Type::boolean, .place = part.place};
    case Type::integer:
    case Type::text:
    case Type::folded:
    case Type::object:
      return make(Op::present, Type::boolean, std::array{part.node}, part.place);
    case Type::secret:
      return fail(part.place, std::string{secret_fault});
    case Type::generated:
      return fail(part.place, std::string{generated_fault});
    case Type::texts:
    case Type::integers:
      break;
  }
  return fail(part.place, mismatch("a condition", part.type));
}

void Compiler::check_fits(const Part& part, std::optional<Type> wanted)
{
  if (!part.is_good || part.type == Type::null) return;
  if (wanted == Type::secret) {
    const bool is_good =
        part.type == Type::secret || part.type == Type::generated || is_textual(part.type);
    if (!is_good) fail(part.place, mismatch("a text", part.type));
    return;
  }
  if (part.type == Type::secret || part.type == Type::generated) {
    const bool is_secret = part.type == Type::secret;
    fail(part.place, std::string{is_secret ? secret_fault : generated_fault});
  } else if (!wanted) {
    if (part.type == Type::object) fail(part.place, "expected a field of the object behind it");
  } else if (part.type != *wanted && !(is_textual(part.type) && is_textual(*wanted))) {
    fail(part.place, mismatch(in_words(*wanted), part.type));
  }
}

// ---- Names -------------------------------------------------------------------------------------

Compiler::Part Compiler::name(std::string_view dotted, Place place)
{
  const std::size_t dot = dotted.find('.');
  const std::string_view head = dotted.substr(0, dot);
  if (const Book::Body::Let* const let = book_.find_let(head)) {
    const Part named{.node = let->node,
                     .type = let->type,
                     .kind = let->kind,
                     .is_good = let->is_good,
                     .place = place};
    if (dot == std::string_view::npos || !let->is_good) return named;
    const std::string_view field = dotted.substr(dot + 1);
    Part part = field_of(named, field, {place.offset + dot + 1, field.size()});
    part.place = place;
    return part;
  }
  if (const std::optional<Name> found = names_.find(dotted)) {
    return {.node = book_.add_slot(Op::slot, found->type, found->slot),
            .type = found->type,
            .place = place};
  }
  std::string what = "unknown name '" + std::string{dotted} + "'";
  const std::string near = names_.nearest(dotted);
  if (!near.empty()) what += "; did you mean " + near + "?";
  return fail(place, std::move(what));
}

Compiler::Part Compiler::field_of(const Part& object, std::string_view field, Place place)
{
  if (!object.is_good) return bad(place);
  if (object.type == Type::null) return object;
  if (object.type != Type::object) {
    return fail(place, "expected an object before '." + std::string{field} + "', found " +
                           std::string{in_words(object.type)});
  }
  const std::optional<Name> found = names_.find_field(object.kind, field);
  if (!found) return fail(place, "unknown field '" + std::string{field} + "'");
  const NodeId node = field_node(object.node, found->slot, found->type);
  return checked({.node = node, .type = found->type, .place = place});
}

// The field of whichever object it is that the node comes to.
NodeId Compiler::field_node(NodeId object, const Slot& field, Type type)
{
  const Node node = book_.node(object);
  const std::span<const NodeId> links = book_.children(object);
  const std::vector<NodeId> children{links.begin(), links.end()};
  const auto choose = [&](NodeId condition, NodeId yes, NodeId no) {
    return book_.add(Op::choice, type, std::array{condition, yes, no});
  };
  switch (node.op) {
    case Op::object:
      return book_.add_slot(Op::slot, type, {Space::lookup, node.slot.index, field.field});
    case Op::choice:
      return choose(children[0], field_node(children[1], field, type),
                    field_node(children[2], field, type));
    case Op::first: {
      NodeId chosen = book_.add_null();
      for (std::size_t i = children.size(); i-- != 0;) {
        const NodeId found = book_.add(Op::present, Type::boolean, std::array{children[i]});
        chosen = choose(found, field_node(children[i], field, type), chosen);
      }
      return chosen;
    }
    default:
      return object; // null
  }
}

// ---- Whole texts -------------------------------------------------------------------------------

// The faults in the order of the text. There is one at least: what hangs on a name that has a fault
// is no good either.
void Compiler::say_all(std::string_view text)
{
  if (faults_.empty()) fail({0, text.size()}, "hangs on a name that has a fault");
  std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& left, const Fault& right) {
    return left.offset < right.offset;
  });
}

Book::Compiled Compiler::compile(Book::Body& book, std::string_view text, Wanted wanted,
                                 const Names& names, std::optional<Type> type)
{
  Compiler compiler{book, names};
  Part part;
  if (wanted == Wanted::text_template) {
    part = compiler.text(text, {0, text.size()}, false);
  } else if (std::optional<Fault> fault = parse(text, compiler.syntax_)) {
    return {.faults = {std::move(*fault)}};
  } else {
    part = compiler.expression(compiler.syntax_.root);
  }
  if (wanted == Wanted::condition) part = compiler.condition(part);
  if (wanted == Wanted::value) compiler.check_fits(part, type);
  if (!part.is_good || !compiler.faults_.empty()) {
    compiler.say_all(text);
    return {.faults = std::move(compiler.faults_)};
  }
  return {.program = book.add_program(part.node, part.type, wanted == Wanted::condition)};
}

std::vector<Fault> Compiler::let(Book::Body& book, std::string_view name, std::string_view text,
                                 const Names& names)
{
  Compiler compiler{book, names};
  if (!is_plain_name(name)) return {{"expected a name of letters, digits and '_' to give"}};
  const Book::Body::Let* const known = book.find_let(name);
  if ((known != nullptr && known->is_good) || names.find(name)) {
    return {{"there is a '" + std::string{name} + "' already"}};
  }
  if (std::optional<Fault> fault = parse(text, compiler.syntax_)) {
    book.add_let(name, {.is_good = false});
    return {std::move(*fault)};
  }
  const Part part = compiler.expression(compiler.syntax_.root);
  const bool is_good = part.is_good && compiler.faults_.empty();
  if (!is_good) compiler.say_all(text);
  book.add_let(name, {.node = part.node, .type = part.type, .kind = part.kind, .is_good = is_good});
  return std::move(compiler.faults_);
}

} // namespace rollcall::expr
