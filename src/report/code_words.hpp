// code_words.hpp: what a code means and what to do about it, whether it is one of the closed list
// or a schema's own.
#ifndef ROLLCALL_REPORT_CODE_WORDS_HPP
#define ROLLCALL_REPORT_CODE_WORDS_HPP

#include <string>
#include <string_view>

#include "rollcall/code.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::report {

// Empty where nobody has said it. They live as long as the schema.
struct CodeWords {
  std::string_view means = {}, mend = {};
};

// A null schema has no codes of its own.
[[nodiscard]] CodeWords words_of(Code code, std::string_view slug, const schema::Schema* schema);

// Its whole page (`rollcall explain`); empty if it has none.
[[nodiscard]] std::string page_of(Code code, std::string_view slug, const schema::Schema* schema);

// "error", "warning", "note": what people and other tools call it.
[[nodiscard]] std::string_view word_of(Severity severity) noexcept;

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_CODE_WORDS_HPP
