// value_plain.hpp: the text that was meant by characters which only look like it, or cannot be
// seen.
#ifndef ROLLCALL_CHECK_VALUE_PLAIN_HPP
#define ROLLCALL_CHECK_VALUE_PLAIN_HPP

#include <string>
#include <string_view>

namespace rollcall::check {

// With ASCII in the place of what looks like it: full-width and Arabic digits, other dashes and
// blanks; without what cannot be seen.
[[nodiscard]] std::string plain_text(std::string_view cell);

// Without what cannot be seen, and each character as `map` has it.
[[nodiscard]] std::string visible_text(std::string_view cell, char32_t (*map)(char32_t));
[[nodiscard]] std::string visible_text(std::string_view cell);

// What stands in ="0201", as which spreadsheets are made to keep digits for a text; empty: it is
// not that.
[[nodiscard]] std::string_view text_of_formula(std::string_view cell) noexcept;

// Takes a word of lower case off the front, however it is written.
void drop_prefix(std::string& text, std::string_view prefix);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUE_PLAIN_HPP
