// preconditions_claims.cpp: values that only one may hold are free, or given up by an object of the
// group.
#include <algorithm>

#include "apply/preconditions.hpp"
#include "base/unicode.hpp"
#include "plan/holder_frame.hpp"

namespace rollcall::apply {
namespace {

constexpr std::size_t indexed_rows_min = 16;

} // namespace

void Preconditions::check_claims(const PlannedGroup& group, const Change& change, Conflicts& found)
{
  each_wanted(change, [&](std::string_view value, const schema::CompiledClaim& claim) {
    const auto moves = [&](const schema::CompiledHolder& holder) {
      return is_moved(holder.field, value);
    };
    if (std::any_of(claim.held_in.begin(), claim.held_in.end(), moves)) return;
    if (holds_already(change, value, claim)) return;
    for (const schema::CompiledHolder& holder : claim.held_in) {
      for (const Shown* shown = find(holder.field, value); shown != nullptr; shown = next(*shown)) {
        if (!holds(holder, *shown) || is_given_up(group, change, holder, *shown)) continue;
        if (is_foreseen(holder, *shown)) continue;
        const auto owner =
            holder.owner != schema::none ? shown->fields[holder.owner] : std::nullopt;
        found.add(stale({}, value, "free", "held by " + std::string{owner.value_or(shown->key)}));
        return;
      }
    }
  });
}

const Preconditions::Shown* Preconditions::next(const Shown& shown) const noexcept
{
  return shown.next != 0 ? &shown_[shown.next - 1] : nullptr;
}

bool Preconditions::holds(const schema::CompiledHolder& holder, const Shown& shown)
{
  if (holder.owner != schema::none && !shown.fields[holder.owner]) return false;
  if (!holder.when) return true;
  plan::HolderFrame frame{schema_, holder.field.kind, facts_};
  const check::Known known{.key = shown.key, .fields = shown.fields};
  frame.show(known);
  return evaluator_.condition(*holder.when, frame, 0);
}

// What an object holds already it keeps, whoever else holds it (spec E33).
bool Preconditions::holds_already(const Change& wants, std::string_view value,
                                  const schema::CompiledClaim& claim)
{
  for (const schema::CompiledHolder& holder : claim.held_in)
    for (const Shown* shown = find(holder.field, value); shown != nullptr; shown = next(*shown))
      if (holder.field.kind == wants.kind && wants.key && !wants.gives_key &&
          is_same_without_case(*wants.key, shown->key))
        return true;
  return false;
}

// A chain of ten thousand links must not be gone through once for each of them.
void Preconditions::index(const PlannedGroup& group)
{
  if (!of_group_.empty()) of_group_.clear();
  if (group.rows.size() < indexed_rows_min) return;
  group.each_change([&](const Change& change) {
    if (change.key && !change.gives_key)
      of_group_.emplace(print(change.kind, key_field, *change.key), &change);
  });
}

// The changes of an object that is there.
template <class Visit>
void Preconditions::each_change_of(const PlannedGroup& group, KindId kind, std::string_view key,
                                   Visit visit) const
{
  const auto visit_if = [&](const Change& change) {
    if (change.kind == kind && change.key && !change.gives_key &&
        is_same_without_case(*change.key, key))
      visit(change);
  };
  if (of_group_.empty()) return group.each_change(visit_if);
  const auto [begin, end] = of_group_.equal_range(print(kind, key_field, key));
  for (auto at = begin; at != end; ++at) visit_if(*at->second);
}

// Does a change of the group take the value from its holder, or is it the holder that wants it?
bool Preconditions::is_given_up(const PlannedGroup& group, const Change& wants,
                                const schema::CompiledHolder& holder, const Shown& shown) const
{
  // Who is still to be made holds nothing: its key is a guess, and may be somebody else's by now.
  const auto is_his = [&](std::string_view key) {
    return !wants.gives_key && wants.key && is_same_without_case(*wants.key, key);
  };
  bool is_given = wants.kind == holder.field.kind && is_his(shown.key);
  if (holder.owner != schema::none && wants.kind == schema_.own_kind() &&
      shown.fields[holder.owner])
    is_given = is_his(*shown.fields[holder.owner]);
  each_change_of(group, holder.field.kind, shown.key, [&](const Change& change) {
    if (change.op == Op::delete_) is_given = true;
    for (const FieldChange& field : change.fields)
      if (field.field == holder.field.field || field.field == holder.owner) is_given = true;
    if (holder.when && !change.fields.empty()) {
      const auto& reads = schema_.book().program(*holder.when).reads;
      for (const FieldChange& field : change.fields)
        is_given = is_given || std::any_of(reads.begin(), reads.end(), [&](const expr::Slot& slot) {
                     return slot.space == expr::Space::holder && slot.field == field.field;
                   });
    }
  });
  return is_given;
}

} // namespace rollcall::apply
