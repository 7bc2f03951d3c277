// What the structs of a schema are called: the page of reference and the JSON Schema say the same.
#ifndef ROLLCALL_TESTS_SCHEMA_STRUCT_NAMES_HPP
#define ROLLCALL_TESTS_SCHEMA_STRUCT_NAMES_HPP

#include <string_view>

#include "schema/describe.hpp"

namespace rollcall::tests {

template <class Struct>
inline constexpr std::string_view name_of = "";
#define NAMED(Struct) \
  template <>         \
  inline constexpr std::string_view name_of<schema::Struct> = #Struct
NAMED(Schema);
NAMED(Export);
NAMED(FileChecks);
NAMED(Fact);
NAMED(Role);
NAMED(Kind);
NAMED(Field);
NAMED(Column);
NAMED(Word);
NAMED(Let);
NAMED(Rule);
NAMED(CodePage);
NAMED(Claim);
NAMED(Holder);
NAMED(Limit);
NAMED(Object);
NAMED(Set);
NAMED(Effect);
NAMED(ResultFile);
NAMED(Cell);
NAMED(Text);
NAMED(Digits);
NAMED(Integer);
NAMED(Boolean);
NAMED(Choice);
NAMED(Email);
NAMED(Phone);
NAMED(Extension);
NAMED(Mac);
NAMED(Ip);
NAMED(Id);
NAMED(Secret);
#undef NAMED

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SCHEMA_STRUCT_NAMES_HPP
