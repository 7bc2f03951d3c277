// plan_marks.cpp: a column's field is found in the objects that it is set in.
#include "report/plan_marks.hpp"

#include <variant>

#include "rollcall/formats.hpp"

namespace rollcall::report {
namespace {

Mark mark_of(const schema::Column& column)
{
  if (std::holds_alternative<schema::Secret>(column.type)) return Mark::secret;
  for (const std::string& canonical : column.carries) {
    if (canonical == "active") return Mark::active;
    if (canonical == "not active") return Mark::not_active;
    if (canonical == "role") return Mark::role;
  }
  return Mark::none;
}

} // namespace

PlanMarks::PlanMarks(const schema::Schema& schema)
{
  const auto mark = [&](const std::string& kind, const std::string& field, Mark as) {
    if (as != Mark::none) marks_.insert_or_assign({kind, field}, as);
  };
  for (const schema::Kind& kind : schema.kinds)
    for (const schema::Field& field : kind.fields)
      if (std::holds_alternative<schema::Secret>(field.type))
        mark(kind.name, field.name, Mark::secret);
  for (const schema::Column& column : schema.columns) {
    const Mark as = mark_of(column);
    for (const schema::Object& object : schema.objects) {
      if (object.sets.empty()) mark(object.kind, column.field, as);
      for (const schema::Set& set : object.sets) {
        const bool is_it = set.value.empty()
                               ? set.field == column.field
                               : set.value == column.field || set.value == "new." + column.field;
        if (is_it) mark(object.kind, set.field, as);
      }
    }
  }
}

Mark PlanMarks::of(std::string_view kind, std::string_view field) const
{
  const auto at = marks_.find(std::pair{std::string{kind}, std::string{field}});
  return at == marks_.end() ? Mark::none : at->second;
}

std::optional<schema::Schema> builtin_named(std::string_view format)
{
  const formats::Format* const known = formats::find(format);
  if (known == nullptr) return {};
  return known->make();
}

} // namespace rollcall::report
