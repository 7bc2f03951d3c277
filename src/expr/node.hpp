// node.hpp: what a book holds: the nodes that its programs are made of.
//
// Nodes that are the same are one, so what `let` names is shared and not copied, and two lookups
// are the same if their keys are the same node. A program is a graph without circles, not a tree.
#ifndef ROLLCALL_EXPR_NODE_HPP
#define ROLLCALL_EXPR_NODE_HPP

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "expr/char_class.hpp"
#include "expr/program.hpp"

namespace rollcall::expr {

enum class Op : std::uint8_t {
  literal,
  slot,     // what the frame says
  object,   // was it found? a slot too
  is_range, // of a slot
  present,  // all that follow have children
  negation,
  all,
  any,
  choice, // if(condition, a, b)
  first,
  same,
  same_folded, // without case
  less,        // of integers, like all that order
  less_equal,
  in,
  contains,
  length,
  has, // a character of a class
  is_run,
  join, // the first child between the others
  text  // the children one behind the other, null being nothing
};

using NodeId = std::uint32_t;

struct Node {
  Op op = Op::literal;
  Type type = Type::null;
  Slot slot = {};
  std::uint32_t number = 0;      // of the literal or the class
  std::uint32_t first_child = 0; // in Book::Body::links
  std::uint32_t children = 0;
};

// What it takes to work a node out, its children included however often they are shared.
struct Weight {
  std::uint32_t steps = 1;  // nodes looked at
  std::uint32_t height = 1; // calls within one another
  std::uint32_t pieces = 1; // values whose texts are put together
};

// What may not be passed. Names are shared but worked out wherever they stand, so without this a
// few lines of `let` could keep us busy, or fill the memory, for as long as one likes.
inline constexpr Weight weight_max = {.steps = 10'000, .height = 256, .pieces = 256};

class Book::Body {
 public:
  struct Let {
    NodeId node = 0;
    Type type = Type::null;
    std::uint16_t kind = 0; // of an object
    bool is_good = true;
  };

  [[nodiscard]] const Node& node(NodeId id) const noexcept { return nodes_[id]; }
  [[nodiscard]] std::span<const NodeId> children(NodeId id) const noexcept
  {
    const Node& parent = nodes_[id];
    return std::span{links_}.subspan(parent.first_child, parent.children);
  }
  [[nodiscard]] const Value& literal(const Node& node) const noexcept
  {
    return literals_[node.number];
  }
  [[nodiscard]] const CharClass& char_class(const Node& node) const noexcept
  {
    return classes_[node.number];
  }
  [[nodiscard]] const Weight& weight(NodeId id) const noexcept { return weights_[id]; }
  [[nodiscard]] const Program& program(ProgramId id) const noexcept { return programs_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return programs_.size(); }
  [[nodiscard]] std::span<const Lookup> lookups() const noexcept { return lookups_; }
  [[nodiscard]] const Let* find_let(std::string_view name) const;

  // The literals. Texts are copied.
  NodeId add_null();
  NodeId add_truth(bool truth);
  NodeId add_integer(std::int64_t integer);
  NodeId add_text(std::string_view text);
  NodeId add_list(std::span<const std::string> texts, Type type);
  NodeId add_generated();
  // A node, or the literal that it comes to if it reads nothing.
  NodeId add_slot(Op op, Type type, const Slot& slot);
  NodeId add(Op op, Type type, std::span<const NodeId> children);
  NodeId add_has(NodeId text, std::string_view class_text, const CharClass& char_class);

  // What the node comes to as a condition, if that is known here and now.
  [[nodiscard]] std::optional<bool> known_truth(NodeId id) const;

  void add_let(std::string_view name, const Let& let) { lets_[std::string{name}] = let; }
  ProgramId add_program(NodeId root, Type type, bool is_condition);
  // The number of a lookup with this key; the same for the same. Nothing if there are too many.
  std::optional<std::uint16_t> add_lookup(const LookupBy& by, NodeId key, Type key_type);

 private:
  NodeId add_node(Node node, std::span<const NodeId> children);
  NodeId add_literal(const Value& value, Type type, std::string key);
  [[nodiscard]] bool is_literal(NodeId id) const;
  [[nodiscard]] NodeId constant(NodeId id);
  [[nodiscard]] NodeId simplified(Op op, Type type, std::span<const NodeId> children);
  [[nodiscard]] Weight weigh(const Node& node, std::span<const NodeId> children) const;
  std::string_view keep(std::string_view text) { return texts_.emplace_back(text); }
  void collect_reads(NodeId id, Program& into, std::vector<bool>& seen) const;

  std::vector<Node> nodes_;
  std::vector<Weight> weights_;
  std::vector<NodeId> links_;
  std::vector<Value> literals_;
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> lists_;
  std::vector<CharClass> classes_;
  std::vector<Program> programs_;
  std::vector<Lookup> lookups_;
  std::map<std::string, Let, std::less<>> lets_;
  // All that is in them, to find what is there already; and the lookups.
  std::unordered_map<std::string, NodeId> known_nodes_;
  std::unordered_map<std::string, std::uint32_t> known_classes_;
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_NODE_HPP
