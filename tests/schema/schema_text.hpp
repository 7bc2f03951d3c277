// Schemas as JSON text and back, for tests.
#ifndef ROLLCALL_TESTS_SCHEMA_SCHEMA_TEXT_HPP
#define ROLLCALL_TESTS_SCHEMA_SCHEMA_TEXT_HPP

#include <memory_resource>
#include <string>
#include <string_view>

#include "rollcall/schema_json.hpp"
#include "support/must.hpp"

namespace rollcall::tests {

[[nodiscard]] inline std::string json_of(const schema::Schema& schema)
{
  std::pmr::string text;
  TextSink sink{text};
  must(schema::write_schema(schema, sink));
  return std::string{text};
}

[[nodiscard]] inline std::string page_of(const schema::Schema& schema)
{
  std::pmr::string text;
  TextSink sink{text};
  must(schema::write_page(schema, sink));
  return std::string{text};
}

// What reading says of a text; empty if nothing is wrong.
[[nodiscard]] inline std::string faults_of_json(std::string_view json)
{
  const auto read = schema::read_schema(json);
  if (read.has_value()) return {};
  CHECK(read.assume_error().code() == ErrorCode::malformed);
  return std::string{read.assume_error().detail()};
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SCHEMA_SCHEMA_TEXT_HPP
