// compiler.hpp: gives names their meaning and checks types: the way from what a text says to nodes.
//
// A fault does not end it: what is faulty counts as good wherever it stands, so that each fault is
// said once and the others are found too.
#ifndef ROLLCALL_EXPR_COMPILER_HPP
#define ROLLCALL_EXPR_COMPILER_HPP

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/node.hpp"
#include "expr/syntax.hpp"

namespace rollcall::expr {

class Compiler {
 public:
  [[nodiscard]] static Book::Compiled compile(Book::Body& book, std::string_view text,
                                              Wanted wanted, const Names& names,
                                              std::optional<Type> type);
  [[nodiscard]] static std::vector<Fault> let(Book::Body& book, std::string_view name,
                                              std::string_view text, const Names& names);

 private:
  struct Place {
    std::size_t offset = 0;
    std::size_t length = 0;
  };

  // A part of the text, with what is known of it.
  struct Part {
    NodeId node = 0;
    Type type = Type::null;
    std::uint16_t kind = 0; // of an object
    bool is_good = true;
    Place place = {};
  };
  using Parts = std::vector<Part>;

  Compiler(Book::Body& book, const Names& names) : book_{book}, names_{names} {}

  // operators.cpp
  [[nodiscard]] Part expression(SyntaxId id);
  [[nodiscard]] Part expression_of(const SyntaxNode& node, Place place);
  [[nodiscard]] Part chain(Op op, const SyntaxNode& node, Place place);
  [[nodiscard]] Part equality(const SyntaxNode& node, Place place);
  [[nodiscard]] Part order(const SyntaxNode& node, Place place);
  [[nodiscard]] Part membership(const SyntaxNode& node, Place place);
  [[nodiscard]] Part list(const SyntaxNode& node, Place place);

  // compiler.cpp: names, and what a part may be where it stands.
  [[nodiscard]] Part name(std::string_view dotted, Place place);
  [[nodiscard]] Part field_of(const Part& object, std::string_view field, Place place);
  [[nodiscard]] NodeId field_node(NodeId object, const Slot& field, Type type);
  // The part as a condition, a literal or a node that is never null.
  [[nodiscard]] Part condition(const Part& part);

  // functions.cpp: what stands before brackets.
  struct Function;
  static std::span<const Function> functions();
  [[nodiscard]] Part call(const SyntaxNode& node, Place place);
  [[nodiscard]] Part presence(const SyntaxNode& call, Place place);
  [[nodiscard]] Part absence(const SyntaxNode& call, Place place);
  [[nodiscard]] Part first(const SyntaxNode& call, Place place);
  [[nodiscard]] Part choice(const SyntaxNode& call, Place place);
  [[nodiscard]] Part join(const SyntaxNode& call, Place place);
  [[nodiscard]] Part length(const SyntaxNode& call, Place place);
  [[nodiscard]] Part contains(const SyntaxNode& call, Place place);
  [[nodiscard]] Part has(const SyntaxNode& call, Place place);
  [[nodiscard]] Part is_run(const SyntaxNode& call, Place place);
  [[nodiscard]] Part is_range(const SyntaxNode& call, Place place);
  [[nodiscard]] Part lookup(const SyntaxNode& call, Place place);
  [[nodiscard]] Part exists(const SyntaxNode& call, Place place);
  [[nodiscard]] Part lists(const SyntaxNode& call, Place place);
  [[nodiscard]] Part key(const SyntaxNode& call, Place place);
  [[nodiscard]] std::optional<LookupBy> kind(SyntaxId id, bool may_name_field);
  // The type that all of them have; faults of those that have another.
  [[nodiscard]] Part agreed(std::span<const Part> parts);

  // text_template.cpp: texts with names in them.
  [[nodiscard]] Part text(std::string_view inside, Place place, bool is_quoted);
  [[nodiscard]] std::optional<std::string> plain_text(const SyntaxNode& node);
  [[nodiscard]] bool can_be_shown(const Part& part);

  [[nodiscard]] Part make(Op op, Type type, std::span<const NodeId> children, Place place);
  [[nodiscard]] Part checked(Part part);
  [[nodiscard]] bool is_text(const Part& part, bool may_be_secret);
  void check_fits(const Part& part, std::optional<Type> wanted);
  [[nodiscard]] Place place_of(SyntaxId id) const;
  Part bad(Place place) const { return {.is_good = false, .place = place}; }
  Part fail(Place place, std::string what);
  void say_all(std::string_view text);

  Book::Body& book_;
  const Names& names_;
  std::string_view text_;
  Syntax syntax_;
  std::vector<Fault> faults_;
};

// "a text", "an integer", and "expected a text, found an integer", for messages.
[[nodiscard]] std::string_view in_words(Type type) noexcept;
[[nodiscard]] std::string mismatch(std::string_view wanted, Type found);

constexpr bool is_textual(Type type) noexcept
{
  return type == Type::text || type == Type::folded;
}

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_COMPILER_HPP
