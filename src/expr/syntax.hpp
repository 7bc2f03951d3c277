// syntax.hpp: the text of an expression as a tree, before any name in it means anything.
//
// Nodes lie in one list and name each other by number; they borrow the text.
#ifndef ROLLCALL_EXPR_SYNTAX_HPP
#define ROLLCALL_EXPR_SYNTAX_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "expr/program.hpp"

namespace rollcall::expr {

// A schema is input like any other: what it can make us do is bounded.
inline constexpr std::size_t text_bytes_max = 65'536;
inline constexpr std::size_t nesting_max = 64; // brackets, calls and `not` within one another

enum class Says : std::uint8_t {
  truth,    // true false
  null,     // null
  fresh,    // generated
  integer,  // -42
  text,     // 'a {name}', `text` being what stands between the quotes
  list,     // ['a', 'b'] [4, 10], of its children
  name,     // a.b, which is `text`
  call,     // `text`(children...)
  field,    // child.`text`
  negation, // not child
  all,      // children with `and` between
  any,      // children with `or` between
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in
};

using SyntaxId = std::uint32_t;

struct SyntaxNode {
  Says says = Says::null;
  bool truth = false;
  std::int64_t integer = 0;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string_view text = {};
  std::vector<SyntaxId> children = {};
};

struct Syntax {
  std::vector<SyntaxNode> nodes = {};
  SyntaxId root = 0;
};

// The tree, or the first fault.
[[nodiscard]] std::optional<Fault> parse(std::string_view text, Syntax& into);

// May this be the name of something, and is it no word of the language?
[[nodiscard]] bool is_plain_name(std::string_view text) noexcept;

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_SYNTAX_HPP
