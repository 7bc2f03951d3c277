// The codes of findings: a closed list that every output and every language binding shares.
//
// The list stands in codes.def, once. Beside it a schema has rule codes of its own, which are data
// and not known when rollcall is compiled: such a finding has Code::rule, and its slug stands in
// Finding::rule. So a switch over Code stays complete, and a format of one's own needs no new enum.
#ifndef ROLLCALL_CODE_HPP
#define ROLLCALL_CODE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rollcall {

enum class Severity : std::uint8_t { error = 0, warning = 1, info = 2 };

// What a code is about. The scope is the thousands of the number.
enum class Scope : std::uint8_t {
  rule = 0,
  file = 1,
  text = 2,
  value = 3,
  row = 4,
  claim = 5,
  apply = 6,
  convert = 7
};

enum class Code : std::uint16_t {
  rule = 0, // a schema's own code; not in the closed list, without slug and page
#define ROLLCALL_CODE(number, name, slug, severity, message, meaning, bad, good, mend) \
  name = number,
#include "rollcall/codes.def"
#undef ROLLCALL_CODE
};

// The closed list, by number.
[[nodiscard]] std::span<const Code> all_codes() noexcept;

// "value.phone". Empty for Code::rule and for a number that is no code.
[[nodiscard]] std::string_view slug(Code code) noexcept;

[[nodiscard]] std::optional<Code> code_of(std::string_view slug) noexcept;

// The severity that a finding of this code has unless a schema says otherwise.
[[nodiscard]] Severity severity(Code code) noexcept;

[[nodiscard]] std::string_view slug(Severity severity) noexcept;

[[nodiscard]] Scope scope(Code code) noexcept;

// The text with {named} places that render_message fills.
[[nodiscard]] std::string_view message_template(Code code) noexcept;

// What is wrong with a cell that has it, in a sentence or two.
[[nodiscard]] std::string_view meaning(Code code) noexcept;

// What to do about it, likewise.
[[nodiscard]] std::string_view mend(Code code) noexcept;

// A page for people: what is said, what it means, why it matters, bad and good, how to mend it.
[[nodiscard]] std::string explain(Code code);

} // namespace rollcall

#endif // ROLLCALL_CODE_HPP
