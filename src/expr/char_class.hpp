// char_class.hpp: a class of characters, as inside the brackets of a regular expression: `a-z0-9`,
// `\p{L}` (a Unicode category), `\s` (white space), `^` first for all but these, `\\` before a sign
// that is meant as such.
#ifndef ROLLCALL_EXPR_CHAR_CLASS_HPP
#define ROLLCALL_EXPR_CHAR_CLASS_HPP

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/program.hpp"

namespace rollcall::expr {

class CharClass {
 public:
  // Nothing is in it.
  CharClass() = default;
  [[nodiscard]] static std::optional<CharClass> parse(std::string_view text, Fault& fault);

  [[nodiscard]] bool has(char32_t code_point) const noexcept;
  // Of valid UTF-8. ASCII is looked up in a table.
  [[nodiscard]] bool has_all(std::string_view text) const noexcept;
  [[nodiscard]] bool has_any(std::string_view text) const noexcept;

  friend bool operator==(const CharClass&, const CharClass&) = default;

 private:
  struct Range {
    char32_t first = 0, last = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };
  [[nodiscard]] bool has_listed(char32_t code_point) const noexcept;

  std::array<std::uint64_t, 2> ascii_ = {}; // already turned round if it is "all but"
  std::vector<Range> ranges_;               // beyond ASCII
  std::uint32_t categories_ = 0;            // a bit a Unicode category
  bool white_space_ = false;
  bool is_all_but_ = false;
};

} // namespace rollcall::expr

#endif // ROLLCALL_EXPR_CHAR_CLASS_HPP
