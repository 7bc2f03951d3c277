// syntax.hpp: JSON read one sign at a time, only to say where something stands: simdjson says that
// a text is wrong, but not where.
//
// It accepts what Document accepts, but for names that stand twice; the tests and a fuzz target
// hold the two against each other.
#ifndef ROLLCALL_JSON_SYNTAX_HPP
#define ROLLCALL_JSON_SYNTAX_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "rollcall/error.hpp"

namespace rollcall::json {

struct SyntaxFault {
  std::size_t offset = 0;
  ErrorCode code = ErrorCode::malformed; // or limit_exceeded
  std::string what = {};
};

// The first thing that keeps the text from being one JSON value.
[[nodiscard]] std::optional<SyntaxFault> find_fault(std::string_view text, std::size_t depth_max);

// Where a value begins; they are numbered from 0 in the order of the text, which has no fault.
[[nodiscard]] std::size_t offset_of_value(std::string_view text, std::size_t number);

// A sign of the text, or its end, for messages: "'x'", "the end", "the byte 0x0B".
[[nodiscard]] std::string sign_in_words(std::string_view rest);

} // namespace rollcall::json

#endif // ROLLCALL_JSON_SYNTAX_HPP
