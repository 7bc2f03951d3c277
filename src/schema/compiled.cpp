// compiled.cpp: makes a schema ready, step by step, and answers what is asked of its headers.
#include "schema/compiled.hpp"

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"
#include "schema/compiling.hpp"
#include "schema/did_you_mean.hpp"

namespace rollcall::schema {
namespace {

Error error_of(const SchemaCheck& check)
{
  std::string detail;
  for (const SchemaFault& fault : check.faults) {
    if (!detail.empty()) detail += "; ";
    detail += fault.path + ": " + fault.what;
  }
  if (check.count > check.faults.size())
    detail += "; and " + std::to_string(check.count - check.faults.size()) + " more";
  return Error{ErrorCode::malformed, std::move(detail)};
}

} // namespace

std::string folded_header(std::string_view header)
{
  std::string scratch;
  std::string folded;
  for (const char c : fold_for_comparing(header, scratch))
    if (c != ' ' && c != '_' && c != '-') folded += c;
  return folded;
}

CompiledSchema::CompiledSchema() = default;
CompiledSchema::CompiledSchema(CompiledSchema&&) noexcept = default;
CompiledSchema& CompiledSchema::operator=(CompiledSchema&&) noexcept = default;
CompiledSchema::~CompiledSchema() = default;

Result<std::optional<CompiledSchema>> CompiledSchema::compile(Schema schema, SchemaCheck& check)
{
  return guarded([&]() -> Result<std::optional<CompiledSchema>> {
    CompiledSchema made;
    made.schema_ = std::make_unique<Schema>(std::move(schema));
    FaultList faults{check};
    Compiling compiling{made, faults};
    if (!compiling.number_names()) return std::optional<CompiledSchema>{};
    compiling.compile_lets();
    compiling.compile_facts();
    compiling.compile_kinds();
    compiling.compile_columns();
    compiling.compile_rules();
    compiling.compile_objects();
    compiling.compile_claims();
    compiling.compile_outputs();
    compiling.check_ranges();
    compiling.check_allotments();
    if (faults.count() != 0) return std::optional<CompiledSchema>{};
    compiling.remark_on_order();
    ROLLCALL_TRY(made.digest, digest_of(made.schema()));
    return std::optional<CompiledSchema>{std::move(made)};
  });
}

Result<CompiledSchema> CompiledSchema::compile(Schema schema)
{
  return guarded([&]() -> Result<CompiledSchema> {
    SchemaCheck check;
    ROLLCALL_TRY(std::optional<CompiledSchema> made, compile(std::move(schema), check));
    if (!made) return error_of(check);
    return std::move(*made);
  });
}

std::optional<ColumnId> CompiledSchema::find_column(std::string_view header) const
{
  const auto found = column_of_header_.find(folded_header(header));
  if (found == column_of_header_.end()) return {};
  return found->second;
}

bool CompiledSchema::is_result_header(std::string_view header) const
{
  return result_headers_.contains(folded_header(header));
}

std::vector<std::string_view> CompiledSchema::nearest_headers(std::string_view header) const
{
  const std::string folded = folded_header(header);
  Nearest nearest{folded};
  for (const auto& [name, column] : column_of_header_)
    nearest.offer(name, schema_->columns[column].header);
  std::vector<std::string_view> near;
  for (const Column& column : schema_->columns) {
    const auto bests = nearest.bests();
    if (std::find(bests.begin(), bests.end(), column.header) != bests.end())
      near.push_back(column.header);
  }
  return near;
}

std::string_view CompiledSchema::nearest_header(std::string_view header) const
{
  const auto near = nearest_headers(header);
  return near.size() == 1 ? near.front() : std::string_view{};
}

} // namespace rollcall::schema
