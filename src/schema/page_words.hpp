// page_words.hpp: pieces of a format's page: kinds of value, blanks and numbers in words.
#ifndef ROLLCALL_SCHEMA_PAGE_WORDS_HPP
#define ROLLCALL_SCHEMA_PAGE_WORDS_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/schema.hpp"

namespace rollcall::schema {

// As code, whatever is in it; in a table too.
[[nodiscard]] std::string code(std::string_view text);
// As plain text: what Markdown would take for its own is escaped.
[[nodiscard]] std::string plain(std::string_view text);
// "a, b and c" of pieces that are Markdown already.
[[nodiscard]] std::string listed(const std::vector<std::string>& pieces,
                                 std::string_view last = " and ");
// "102,400"
[[nodiscard]] std::string number(std::uint64_t value);

// "text, up to 64 characters"
[[nodiscard]] std::string type_in_words(const Type& type);
// What a blank cell stands for in a new object, or in one that exists.
[[nodiscard]] std::string blank_in_words(Blank blank, const Expr& fill, bool is_new);
// "a list of texts"
[[nodiscard]] std::string fact_in_words(const Fact& fact);

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_PAGE_WORDS_HPP
