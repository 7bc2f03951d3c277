// Schemas with faults: the schema for tests after a change, and what compiling says of it.
#ifndef ROLLCALL_TESTS_SCHEMA_BAD_SCHEMAS_HPP
#define ROLLCALL_TESTS_SCHEMA_BAD_SCHEMAS_HPP

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "schema/compiled.hpp"
#include "support/staff_schema.hpp"

namespace rollcall::tests {

using Change = void (*)(schema::Schema&);

// Empty if it is good.
[[nodiscard]] inline std::string faults_after(Change change)
{
  schema::Schema changed = staff();
  change(changed);
  const auto result = schema::CompiledSchema::compile(std::move(changed));
  if (result.has_value()) return {};
  CHECK(result.assume_error().code() == ErrorCode::malformed);
  return std::string{result.assume_error().detail()};
}

struct Bad {
  Change change;
  std::string faults;
};

inline void check_all(const std::vector<Bad>& all)
{
  for (const Bad& bad : all) {
    CAPTURE(bad.faults);
    CHECK(faults_after(bad.change) == bad.faults);
  }
}

[[nodiscard]] inline schema::Rule rule(schema::Expr when, schema::Expr require = "false")
{
  return {.code = "a.b", .when = std::move(when), .require = std::move(require), .says = "no"};
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SCHEMA_BAD_SCHEMAS_HPP
