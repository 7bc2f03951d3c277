// Operators, and what else is no name and no function. Each gives null a meaning of its own: to
// `==` it is a value, to all that order or look into a text it is false.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "expr/compiler.hpp"

namespace rollcall::expr {

Compiler::Part Compiler::expression(SyntaxId id)
{
  return expression_of(syntax_.nodes[id], place_of(id));
}

Compiler::Part Compiler::expression_of(const SyntaxNode& node, Place place)
{
  switch (node.says) {
    case Says::truth:
      return {.node = book_.add_truth(node.truth), .type = Type::boolean, .place = place};
    case Says::null:
      return {.node = book_.add_null(), .type = Type::null, .place = place};
    case Says::fresh:
      return {.node = book_.add_generated(), .type = Type::generated, .place = place};
    case Says::integer:
      return {.node = book_.add_integer(node.integer), .type = Type::integer, .place = place};
    case Says::text:
      return text(node.text, {place.offset + 1, node.text.size()}, true);
    case Says::list:
      return list(node, place);
    case Says::name:
      return name(node.text, place);
    case Says::call:
      return call(node, place);
    case Says::field: {
      const Place field = {place.offset + place.length - node.text.size(), node.text.size()};
      Part part = field_of(expression(node.children[0]), node.text, field);
      part.place = place;
      return part;
    }
    case Says::negation: {
      const Part child = condition(expression(node.children[0]));
      if (!child.is_good) return bad(place);
      return make(Op::negation, Type::boolean, std::array{child.node}, place);
    }
    case Says::all:
      return chain(Op::all, node, place);
    case Says::any:
      return chain(Op::any, node, place);
    case Says::equal:
    case Says::not_equal:
      return equality(node, place);
    case Says::less:
    case Says::less_equal:
    case Says::greater:
    case Says::greater_equal:
      return order(node, place);
    case Says::in:
      return membership(node, place);
  }
  return bad(place);
}

Compiler::Part Compiler::chain(Op op, const SyntaxNode& node, Place place)
{
  std::vector<NodeId> children;
  bool is_good = true;
  for (const SyntaxId id : node.children) {
    const Part child = condition(expression(id));
    is_good = is_good && child.is_good;
    children.push_back(child.node);
  }
  return is_good ? make(op, Type::boolean, children, place) : bad(place);
}

Compiler::Part Compiler::equality(const SyntaxNode& node, Place place)
{
  const Part left = expression(node.children[0]);
  const Part right = expression(node.children[1]);
  if (!left.is_good || !right.is_good) return bad(place);
  const auto is_lone = [](Type type) {
    return type == Type::texts || type == Type::integers || type == Type::generated ||
           type == Type::object;
  };
  for (const Part& part : {left, right}) {
    if (is_lone(part.type)) {
      return fail(part.place, std::string{in_words(part.type)} + " cannot be compared");
    }
  }
  const auto class_of = [](Type type) { return type == Type::boolean || type == Type::integer; };
  const bool has_null = left.type == Type::null || right.type == Type::null;
  const bool is_good =
      has_null || left.type == right.type || (!class_of(left.type) && !class_of(right.type));
  if (!is_good) return fail(right.place, mismatch(in_words(left.type), right.type));
  const bool is_exact = left.type == Type::secret || right.type == Type::secret ||
                        (left.type != Type::folded && right.type != Type::folded);
  const std::array children = {left.node, right.node};
  const Part same = make(is_exact ? Op::same : Op::same_folded, Type::boolean, children, place);
  if (node.says == Says::equal || !same.is_good) return same;
  return make(Op::negation, Type::boolean, std::array{same.node}, place);
}

Compiler::Part Compiler::order(const SyntaxNode& node, Place place)
{
  const std::array parts = {expression(node.children[0]), expression(node.children[1])};
  bool is_good = true;
  for (const Part& part : parts) {
    if (!part.is_good) {
      is_good = false;
    } else if (part.type != Type::integer && part.type != Type::null) {
      is_good = false;
      fail(part.place, mismatch("an integer", part.type));
    }
  }
  if (!is_good) return bad(place);
  const bool is_turned = node.says == Says::greater || node.says == Says::greater_equal;
  const bool can_be_same = node.says == Says::less_equal || node.says == Says::greater_equal;
  const std::array children = {parts[is_turned ? 1 : 0].node, parts[is_turned ? 0 : 1].node};
  return make(can_be_same ? Op::less_equal : Op::less, Type::boolean, children, place);
}

Compiler::Part Compiler::membership(const SyntaxNode& node, Place place)
{
  const Part one = expression(node.children[0]);
  const Part all = expression(node.children[1]);
  if (!all.is_good || !one.is_good) return bad(place);
  if (all.type == Type::integers) {
    if (one.type != Type::integer && one.type != Type::null) {
      return fail(one.place, mismatch("an integer", one.type));
    }
  } else if (all.type != Type::texts && all.type != Type::null) {
    return fail(all.place, mismatch("a list", all.type));
  } else if (!is_text(one, false)) {
    return bad(place);
  }
  return make(Op::in, Type::boolean, std::array{one.node, all.node}, place);
}

Compiler::Part Compiler::list(const SyntaxNode& node, Place place)
{
  std::vector<std::string> texts;
  const Says says = syntax_.nodes[node.children[0]].says;
  bool is_good = true;
  for (const SyntaxId id : node.children) {
    const SyntaxNode& element = syntax_.nodes[id];
    if (element.says != says) {
      fail(place_of(id), "expected all of a list to be texts, or all to be integers");
      is_good = false;
    } else if (says == Says::integer) {
      texts.push_back(std::to_string(element.integer));
    } else if (std::optional<std::string> text = plain_text(element)) {
      texts.push_back(std::move(*text));
    } else {
      is_good = false;
    }
  }
  if (!is_good) return bad(place);
  const Type type = says == Says::integer ? Type::integers : Type::texts;
  return {.node = book_.add_list(texts, type), .type = type, .place = place};
}

} // namespace rollcall::expr
