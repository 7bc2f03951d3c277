// compiled.cpp: numbers the parts of a schema that has no faults.
#include "schema/compiled.hpp"

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"
#include "schema/schema_faults.hpp"

namespace rollcall::schema {
namespace {

// The columns that our own result files add, in every format (spec E13).
constexpr std::string_view result_headers[] = {"Change OK", "Notes",  "Errors",  "Row",
                                               "Line",      "Status", "Messages"};

} // namespace

std::string folded_header(std::string_view header)
{
  std::string scratch;
  std::string folded;
  for (const char c : fold_for_comparing(header, scratch))
    if (c != ' ' && c != '_' && c != '-') folded += c;
  return folded;
}

Result<CompiledSchema> CompiledSchema::compile(Schema schema)
{
  CompiledSchema made;
  made.schema_ = std::move(schema);
  const Schema& s = made.schema_;
  std::string faults = faults_of(s);
  if (!faults.empty()) return Error{ErrorCode::malformed, std::move(faults)};

  for (const Kind& kind : s.kinds) made.fields_.push_back(kind.fields);
  for (std::size_t i = 0; i != s.columns.size(); ++i) {
    const Column& column = s.columns[i];
    made.column_of_header_.emplace(folded_header(column.header), i);
    for (const std::string& alias : column.aliases)
      made.column_of_header_.emplace(folded_header(alias), i);
    if (column.field == s.kinds.front().key.name) {
      made.key_column_ = i;
      continue;
    }
    made.field_columns_.push_back(i);
    made.fields_.front().push_back({column.field, column.type});
  }
  for (const std::string_view header : result_headers)
    made.result_headers_.insert(folded_header(header));
  for (const std::string& header : s.result_headers)
    made.result_headers_.insert(folded_header(header));
  return made;
}

std::optional<std::size_t> CompiledSchema::find_column(std::string_view header) const
{
  const auto found = column_of_header_.find(folded_header(header));
  if (found == column_of_header_.end()) return {};
  return found->second;
}

bool CompiledSchema::is_result_header(std::string_view header) const
{
  return result_headers_.contains(folded_header(header));
}

bool CompiledSchema::allows(std::string_view role, Action action) const noexcept
{
  return std::any_of(schema_.roles.begin(), schema_.roles.end(), [&](const Role& known) {
    return known.name == role &&
           std::find(known.may.begin(), known.may.end(), action) != known.may.end();
  });
}

} // namespace rollcall::schema
