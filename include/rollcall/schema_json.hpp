// A schema as JSON, and the page that tells people what it asks of a file.
//
// The JSON has the members of schema.hpp under the same names; those left out have the defaults
// written there. A type is its name, or an object of its name and parameters: "mac",
// {"text": {"max": 64}}. An enumerator is its name, without the `_` that C++ needs. Whatever a
// built-in format says can be said so: written and read again it is the same value.
#ifndef ROLLCALL_SCHEMA_JSON_HPP
#define ROLLCALL_SCHEMA_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/result.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::schema {

// Of a JSON text at most this long.
inline constexpr std::size_t schema_bytes_max = std::size_t{4} * 1024 * 1024;

// A malformed error names all faults at once, each with its path and place: members that nobody
// knows, values of another kind, words that are none. Whether the schema makes sense is not asked.
[[nodiscard]] Result<Schema> read_schema(std::string_view json);

// Members in the order of schema.hpp, those that have their default left out; a line for each
// member, and for each element of its lists.
[[nodiscard]] Result<void> write_schema(const Schema& schema, Sink& sink);

// SHA-256 of the same JSON without blanks, in hexadecimal: two schemas have one digest if they are
// the same value.
[[nodiscard]] Result<std::string> digest_of(const Schema& schema);

// A reference page of the format in Markdown: columns, rules, claims, objects, roles, settings.
[[nodiscard]] Result<void> write_page(const Schema& schema, Sink& sink);

struct SchemaFault {
  std::string path = {};    // "rules[3].when"; empty for the whole
  std::string what = {};    // "unknown name 'foo'; did you mean for?"
  std::uint64_t line = 0;   // in the JSON, from 1; 0 if it was not read from any
  std::uint64_t column = 0; // in bytes
  friend bool operator==(const SchemaFault&, const SchemaFault&) = default;
};

// `remarks` are no faults: what works, but perhaps not as it was meant.
struct SchemaCheck {
  std::uint64_t count = 0; // of all faults; the first hundred are kept
  std::vector<SchemaFault> faults = {};
  std::vector<SchemaFault> remarks = {};
  [[nodiscard]] bool is_good() const noexcept { return count == 0; }
};

// All that is wrong with a schema, as compiling it would find.
[[nodiscard]] Result<SchemaCheck> check_schema(const Schema& schema);

// The same of its JSON, with the places of what was found. Where the JSON itself is not what a
// schema is made of, the rest is looked at all the same, but not said what only follows from it.
[[nodiscard]] Result<SchemaCheck> check_schema(std::string_view json);

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_JSON_HPP
