// fields_of.cpp: the one numbering of the fields of a kind, for who compiles a schema and for who
// keeps its objects.
#include <algorithm>
#include <string_view>

#include "rollcall/schema.hpp"

namespace rollcall::schema {
namespace {

bool has_field(const std::vector<Field>& fields, std::string_view name)
{
  return std::any_of(fields.begin(), fields.end(),
                     [&](const Field& field) { return field.name == name; });
}

} // namespace

std::vector<Field> fields_of(const Schema& schema, std::size_t kind)
{
  if (kind >= schema.kinds.size()) return {};
  const Kind& of = schema.kinds[kind];
  std::vector<Field> fields;
  const bool has_columns = !schema.objects.empty() && schema.objects.front().kind == of.name &&
                           schema.objects.front().sets.empty();
  if (has_columns) {
    for (const Column& column : schema.columns) {
      const bool stands_elsewhere = column.field == of.key.name ||
                                    has_field(of.fields, column.field) ||
                                    has_field(fields, column.field);
      if (!stands_elsewhere) fields.push_back({.name = column.field, .type = column.type});
    }
  }
  fields.insert(fields.end(), of.fields.begin(), of.fields.end());
  return fields;
}

} // namespace rollcall::schema
