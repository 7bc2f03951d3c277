// plan_scope.cpp: gathers what rows of a format make, set and take.
#include "plan/plan_scope.hpp"

namespace rollcall::plan {

PlanScope::PlanScope(const schema::CompiledSchema& schema)
{
  for (const schema::CompiledKind& kind : schema.kinds)
    kinds_.push_back({.settable = std::vector<bool>(kind.fields.size(), false)});
  const auto settable = [&](KindId kind, std::uint16_t field) {
    if (field < kinds_[kind].settable.size()) kinds_[kind].settable[field] = true;
  };
  for (const schema::CompiledObject& object : schema.objects) {
    kinds_[object.kind].is_made = true;
    for (const schema::CompiledSet& set : object.sets) settable(object.kind, set.field);
  }
  // What a row takes from another object, and what goes with it.
  for (const schema::CompiledClaim& claim : schema.claims)
    for (const schema::CompiledHolder& holder : claim.held_in)
      settable(holder.field.kind, holder.field.field);
  for (const schema::CompiledColumn& column : schema.columns)
    settable(schema.own_kind(), column.own_field);
  for (std::size_t kind = 0; kind != schema.kinds.size(); ++kind)
    for (const schema::CompiledSet& back : schema.kinds[kind].undo)
      settable(static_cast<KindId>(kind), back.field);
}

std::string_view PlanScope::refuses(const RowResult& row, bool is_undo) const
{
  for (const Change& change : row.changes) {
    const Kind& kind = kinds_[change.kind];
    if (change.op != Op::update && !kind.is_made)
      return "makes or deletes what rows of this format do not make";
    if (change.op == Op::delete_ && !is_undo) return "deletes, which only an undo does";
    for (const FieldChange& field : change.fields)
      if (field.field >= kind.settable.size() || !kind.settable[field.field])
        return "changes a field that rows of this format do not change";
  }
  return {};
}

} // namespace rollcall::plan
