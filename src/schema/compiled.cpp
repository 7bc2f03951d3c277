// compiled.cpp: numbers the parts of a schema and names its faults.
#include "schema/compiled.hpp"

#include <algorithm>
#include <utility>

#include "base/unicode.hpp"

namespace rollcall::schema {
namespace {

// The columns that our own result files add, in every format (spec E13).
constexpr std::string_view result_headers[] = {"Change OK", "Notes",  "Errors",  "Row",
                                               "Line",      "Status", "Messages"};

void add_fault(std::string& faults, const std::string& fault)
{
  if (!faults.empty()) faults += "; ";
  faults += fault;
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

Result<CompiledSchema> CompiledSchema::compile(Schema schema)
{
  CompiledSchema made;
  made.schema_ = std::move(schema);
  const Schema& s = made.schema_;
  if (s.kinds.empty()) return Error{ErrorCode::malformed, "kinds: a schema has at least one kind"};
  std::string faults;
  std::optional<std::size_t> key;
  for (std::size_t i = 0; i != s.columns.size(); ++i) {
    const Column& column = s.columns[i];
    const std::string path = "columns[" + std::to_string(i) + "]";
    const bool is_key = column.field == s.kinds.front().key.name;
    if (is_key) key = i;
    if (column.field.empty()) add_fault(faults, path + ".field: a column has a field");
    const bool fills = column.on_create == Blank::fill || column.on_update == Blank::fill;
    if (fills && column.fill.empty()) add_fault(faults, path + ".fill: nothing to fill in");
    std::vector<std::string> names = column.aliases;
    names.push_back(column.header);
    for (const std::string& name : names)
      if (!made.column_of_header_.emplace(folded_header(name), i).second)
        add_fault(faults, path + ": the header '" + name + "' is another column's, too");
  }
  if (!key) add_fault(faults, "columns: none is the key of the first kind");
  if (!faults.empty()) return Error{ErrorCode::malformed, faults};

  made.key_column_ = *key;
  for (const Kind& kind : s.kinds) made.fields_.push_back(kind.fields);
  made.fields_.front().clear();
  for (std::size_t i = 0; i != s.columns.size(); ++i) {
    if (i == *key) continue;
    made.field_columns_.push_back(i);
    made.fields_.front().push_back({s.columns[i].field, s.columns[i].type});
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
