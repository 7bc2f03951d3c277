// value.hpp: what an expression is about and comes to: the types of the rule language, and one
// value of any of them.
//
// A value borrows its text: from the rows that it is read of, from the program, or from the scratch
// of who evaluates.
#ifndef ROLLCALL_EXPR_VALUE_HPP
#define ROLLCALL_EXPR_VALUE_HPP

#include <cstdint>
#include <span>
#include <string_view>

namespace rollcall::expr {

// How a value compares is part of its type: keys, ids, references and choices without case
// (folded), other text exactly. Phones, MACs and addresses come in their plain form, and compare
// exactly.
enum class Type : std::uint8_t {
  null,      // the literal, which fits any type
  boolean,   // a condition, or a switch of the directory
  integer,   // 64 bits
  text,      // compares exactly
  folded,    // compares without case
  texts,     // a list; `in` and contains() compare without case
  secret,    // may be asked for its length and characters, never for its text
  generated, // a fresh secret, a value of secret fields only
  object,    // what lookup() finds; null if there is none
  integers   // a list, as the default of an interval is written; a value holds their decimal texts
};

enum class What : std::uint8_t { null, truth, integer, text, texts, generated };

struct Value {
  What what = What::null;
  bool truth = false;
  std::int64_t integer = 0;
  std::string_view text = {};
  std::span<const std::string_view> texts = {};
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_VALUE_HPP
