// A book: nodes that are the same are kept once, what reads nothing is worked out at once, and each
// program knows all that it may ask for.
#include <algorithm>
#include <array>
#include <cstring>
#include <memory_resource>
#include <utility>

#include "expr/compiler.hpp"
#include "expr/node.hpp"
#include "expr/row_evaluator.hpp"

namespace rollcall::expr {
namespace {

// Values as keys: their bytes one behind the other, texts with their length before them.
template <class... Numbers>
void append_key(std::string& key, Numbers... numbers)
{
  const auto append = [&key](auto number) {
    std::array<char, sizeof number> bytes{};
    std::memcpy(bytes.data(), &number, sizeof number);
    key.append(bytes.data(), bytes.size());
  };
  (append(numbers), ...);
}

void append_key(std::string& key, std::string_view text)
{
  append_key(key, text.size());
  key += text;
}

bool is_condition(Op op) noexcept
{
  switch (op) {
    case Op::is_range:
    case Op::present:
    case Op::negation:
    case Op::all:
    case Op::any:
    case Op::same:
    case Op::same_folded:
    case Op::less:
    case Op::less_equal:
    case Op::in:
    case Op::contains:
    case Op::has:
    case Op::is_run:
      return true;
    default:
      return false;
  }
}

} // namespace

// ---- Literals ----------------------------------------------------------------------------------

NodeId Book::Body::add_literal(const Value& value, Type type, std::string key)
{
  const auto [at, is_new] = known_nodes_.try_emplace(std::move(key), 0);
  if (!is_new) return at->second;
  literals_.push_back(value);
  nodes_.push_back({.op = Op::literal,
                    .type = type,
                    .number = static_cast<std::uint32_t>(literals_.size() - 1)});
  weights_.emplace_back();
  at->second = static_cast<NodeId>(nodes_.size() - 1);
  return at->second;
}

NodeId Book::Body::add_null()
{
  return add_literal({}, Type::null, "Ln");
}

NodeId Book::Body::add_generated()
{
  return add_literal({.what = What::generated}, Type::generated, "Lg");
}

NodeId Book::Body::add_truth(bool truth)
{
  return add_literal({.what = What::truth, .truth = truth}, Type::boolean, truth ? "Lt" : "Lf");
}

NodeId Book::Body::add_integer(std::int64_t integer)
{
  return add_literal({.what = What::integer, .integer = integer}, Type::integer,
                     "Li" + std::to_string(integer));
}

NodeId Book::Body::add_text(std::string_view text)
{
  std::string key = "Lx" + std::string{text};
  const auto known = known_nodes_.find(key);
  if (known != known_nodes_.end()) return known->second;
  return add_literal({.what = What::text, .text = keep(text)}, Type::text, std::move(key));
}

NodeId Book::Body::add_list(std::span<const std::string> texts, Type type)
{
  std::string key = type == Type::integers ? "LI" : "LX";
  std::vector<std::string_view>& list = lists_.emplace_back();
  for (const std::string& text : texts) {
    append_key(key, std::string_view{text});
    list.push_back(keep(text));
  }
  return add_literal({.what = What::texts, .texts = list}, type, std::move(key));
}

// ---- Nodes -------------------------------------------------------------------------------------

Weight Book::Body::weigh(const Node& node, std::span<const NodeId> children) const
{
  const bool puts_together = node.op == Op::text || node.op == Op::join;
  Weight weight{.pieces = puts_together ? 0U : 1U};
  for (const NodeId child : children) {
    const Weight& of_child = weights_[child];
    // None of them passes its bound by more than this adds, so nothing overflows.
    weight.steps += of_child.steps;
    weight.height = std::max(weight.height, of_child.height + 1);
    weight.pieces =
        puts_together ? weight.pieces + of_child.pieces : std::max(weight.pieces, of_child.pieces);
  }
  return {.steps = std::min(weight.steps, weight_max.steps + 1),
          .height = std::min(weight.height, weight_max.height + 1),
          .pieces = std::min(weight.pieces, weight_max.pieces + 1)};
}

NodeId Book::Body::add_node(Node node, std::span<const NodeId> children)
{
  std::string key = "N";
  append_key(key, node.op, node.type, node.slot.space, node.slot.index, node.slot.field,
             node.number);
  for (const NodeId child : children) append_key(key, child);
  const auto [at, is_new] = known_nodes_.try_emplace(std::move(key), 0);
  if (!is_new) return at->second;
  node.first_child = static_cast<std::uint32_t>(links_.size());
  node.children = static_cast<std::uint32_t>(children.size());
  links_.insert(links_.end(), children.begin(), children.end());
  weights_.push_back(weigh(node, children));
  nodes_.push_back(node);
  at->second = static_cast<NodeId>(nodes_.size() - 1);
  return at->second;
}

NodeId Book::Body::add_slot(Op op, Type type, const Slot& slot)
{
  return add_node({.op = op, .type = type, .slot = slot}, {});
}

NodeId Book::Body::add_has(NodeId text, std::string_view class_text, const CharClass& char_class)
{
  const auto number = static_cast<std::uint32_t>(classes_.size());
  const auto [at, is_new] = known_classes_.try_emplace(std::string{class_text}, number);
  if (is_new) classes_.push_back(char_class);
  const Node node{.op = Op::has, .type = Type::boolean, .number = at->second};
  const NodeId added = add_node(node, {&text, 1});
  return is_literal(text) ? constant(added) : added;
}

std::optional<bool> Book::Body::known_truth(NodeId id) const
{
  const Node& known = nodes_[id];
  if (known.op != Op::literal) return std::nullopt;
  const Value& value = literals_[known.number];
  return value.what == What::truth && value.truth;
}

// All that stands in brackets of `and` and `or` and can be left out is; what is left says the same.
NodeId Book::Body::simplified(Op op, Type type, std::span<const NodeId> children)
{
  if (op == Op::choice) {
    const std::optional<bool> known = known_truth(children[0]);
    return known ? children[*known ? 1 : 2] : add_node({.op = op, .type = type}, children);
  }
  const bool neutral = op == Op::all;
  std::vector<NodeId> left;
  for (const NodeId child : children) {
    const std::optional<bool> known = known_truth(child);
    if (!known) left.push_back(child);
    if (known && *known != neutral) return add_truth(!neutral);
  }
  if (left.empty()) return add_truth(neutral);
  // One that is left is a condition where it stands, whatever its null means elsewhere.
  return add_node({.op = op, .type = type}, left);
}

NodeId Book::Body::add(Op op, Type type, std::span<const NodeId> children)
{
  if (op == Op::all || op == Op::any || op == Op::choice) return simplified(op, type, children);
  if (op == Op::present && is_condition(nodes_[children[0]].op)) return add_truth(true);
  const NodeId added = add_node({.op = op, .type = type}, children);
  // Texts that are put together stay as they are, or they would weigh no more than their parts.
  const bool is_kept = op == Op::text || op == Op::join || type == Type::secret;
  const bool is_constant = std::all_of(children.begin(), children.end(),
                                       [this](NodeId child) { return is_literal(child); });
  return is_constant && !is_kept ? constant(added) : added;
}

bool Book::Body::is_literal(NodeId id) const
{
  return nodes_[id].op == Op::literal;
}

// What reads nothing is worked out here.
NodeId Book::Body::constant(NodeId id)
{
  RowEvaluator evaluator{*this, *std::pmr::new_delete_resource()};
  const Value value = evaluator.value(id, {});
  switch (value.what) {
    case What::null:
      return add_null();
    case What::truth:
      return add_truth(value.truth);
    case What::integer:
      return add_integer(value.integer);
    case What::text:
      return add_text(value.text);
    case What::texts:
    case What::generated:
      break;
  }
  return id;
}

// ---- Programs and lookups ----------------------------------------------------------------------

const Book::Body::Let* Book::Body::find_let(std::string_view name) const
{
  const auto found = lets_.find(name);
  return found == lets_.end() ? nullptr : &found->second;
}

void Book::Body::collect_reads(NodeId id, Program& into, std::vector<bool>& seen) const
{
  if (seen[id]) return;
  seen[id] = true;
  const auto add_once = [](auto& list, const auto& one) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  };
  const Node& node = nodes_[id];
  if (node.op == Op::slot || node.op == Op::object || node.op == Op::is_range) {
    if (node.slot.space == Space::lookup) {
      const Program& key = programs_[lookups_[node.slot.index].key];
      for (const Slot& slot : key.reads) add_once(into.reads, slot);
      for (const std::uint16_t inner : key.lookups) add_once(into.lookups, inner);
      add_once(into.lookups, node.slot.index);
    }
    add_once(into.reads, node.slot);
  }
  for (const NodeId child : children(id)) collect_reads(child, into, seen);
}

ProgramId Book::Body::add_program(NodeId root, Type type, bool is_condition)
{
  Program program{.type = type, .root = root};
  std::vector<bool> seen(nodes_.size());
  collect_reads(root, program, seen);
  if (is_condition) program.constant = known_truth(root);
  if (!is_condition && nodes_[root].op == Op::slot) program.slot = nodes_[root].slot;
  programs_.push_back(std::move(program));
  return static_cast<ProgramId>(programs_.size() - 1);
}

std::optional<std::uint16_t> Book::Body::add_lookup(const LookupBy& by, NodeId key, Type key_type)
{
  std::string known = "K";
  append_key(known, by.kind, by.field, key);
  const auto number = static_cast<std::uint32_t>(lookups_.size());
  const auto [at, is_new] = known_nodes_.try_emplace(std::move(known), number);
  if (!is_new) return static_cast<std::uint16_t>(at->second);
  if (number == whole_object) {
    known_nodes_.erase(at);
    return std::nullopt;
  }
  Lookup lookup{.kind = by.kind, .field = by.field, .key = add_program(key, key_type, false)};
  for (const std::uint16_t inner : programs_[lookup.key].lookups) {
    const auto depth = static_cast<std::uint8_t>(lookups_[inner].depth + 1);
    lookup.depth = std::max(lookup.depth, depth);
  }
  lookups_.push_back(lookup);
  return static_cast<std::uint16_t>(number);
}

// ---- The book ----------------------------------------------------------------------------------

Book::Book() : body_{std::make_unique<Body>()} {}
Book::Book(Book&&) noexcept = default;
Book& Book::operator=(Book&&) noexcept = default;
Book::~Book() = default;

std::size_t Book::size() const noexcept
{
  return body_->size();
}

const Program& Book::program(ProgramId id) const noexcept
{
  return body_->program(id);
}

std::span<const Lookup> Book::lookups() const noexcept
{
  return body_->lookups();
}

std::optional<Fault> Book::let(std::string_view name, std::string_view text, const Names& names)
{
  std::vector<Fault> faults = Compiler::let(*body_, name, text, names);
  if (faults.empty()) return std::nullopt;
  return std::move(faults.front());
}

Book::Compiled Book::compile(std::string_view text, Wanted wanted, const Names& names,
                             std::optional<Type> type)
{
  return Compiler::compile(*body_, text, wanted, names, type);
}

} // namespace rollcall::expr
