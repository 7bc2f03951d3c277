// Reads anything as a schema. What is one is written and read again, made ready or told its faults,
// and has a page.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "rollcall/schema_json.hpp"
#include "schema/compiled.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace rollcall;
using namespace rollcall::schema;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

std::string written(const Schema& schema)
{
  std::pmr::string text;
  TextSink sink{text};
  expect(write_schema(schema, sink).has_value());
  return std::string{text};
}

void try_page(const Schema& schema)
{
  std::pmr::string text;
  TextSink sink{text};
  expect(write_page(schema, sink).has_value());
  expect(text.starts_with("# "));
}

// Two ways to ask give one answer.
void try_compile(const Schema& schema, std::string_view json)
{
  const auto compiled = CompiledSchema::compile(schema);
  const auto check = check_schema(json);
  expect(check.has_value());
  expect(check.assume_value().is_good() == compiled.has_value());
  if (!compiled.has_value()) {
    expect(compiled.assume_error().code() == ErrorCode::malformed);
    expect(!check.assume_value().faults.empty());
    return;
  }
  const CompiledSchema& made = compiled.assume_value();
  expect(made.columns.size() == schema.columns.size());
  expect(made.own_kind() < made.kinds.size());
  expect(made.digest.size() == 64);
  for (const Column& column : schema.columns) expect(made.find_column(column.header).has_value());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string text{data, data + size};
  const auto read = read_schema(text);
  if (!read.has_value()) {
    expect(read.assume_error().code() == ErrorCode::malformed ||
           read.assume_error().code() == ErrorCode::limit_exceeded);
    return 0;
  }
  const Schema& schema = read.assume_value();
  const std::string json = written(schema);
  const auto again = read_schema(json);
  expect(again.has_value() && again.assume_value() == schema);
  expect(written(again.assume_value()) == json);
  try_compile(schema, json);
  try_page(schema);
  return 0;
}
