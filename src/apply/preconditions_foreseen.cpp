// preconditions_foreseen.cpp: what groups of a plan do, for who looks at all of them before any is
// applied. What an earlier group changes cannot be held to the directory, which has it not yet;
// that the change can be made is held to what the earlier group hangs on.
#include <algorithm>

#include "apply/preconditions.hpp"

namespace rollcall::apply {
namespace {

// Of an object there is a print that it is made or goes, and one for each field that is changed.
constexpr std::uint64_t of_life = 0xD6E8FEB86659FD93;
constexpr std::uint64_t of_field = 0xA5CB9243F0ED1C4D;

} // namespace

std::uint64_t Preconditions::print_of_life(KindId kind, std::string_view key) const
{
  return print(kind, key_field, key) ^ of_life;
}

std::uint64_t Preconditions::print_of_field(KindId kind, FieldId field, std::string_view key) const
{
  return (print(kind, key_field, key) ^ of_field) + (std::uint64_t{field} + 1) * of_life;
}

void Preconditions::note_foreseen(const PlannedGroup& group)
{
  group.each_change([&](const Change& change) {
    const bool has_key = change.key.has_value();
    if (has_key && change.op != Op::update) foresee(print_of_life(change.kind, *change.key));
    for (const FieldChange& field : change.fields) {
      if (has_key && change.op == Op::update)
        foresee(print_of_field(change.kind, field.field, *change.key));
      if (!is_sought(change.kind, field.field)) continue;
      if (field.before) foresee(print(change.kind, field.field, *field.before));
      if (field.after) foresee(print(change.kind, field.field, *field.after));
    }
  });
}

void Preconditions::foresee(std::uint64_t print)
{
  foreseen_.try_emplace(print, group_);
}

// By a group before the one at hand.
bool Preconditions::is_foreseen(std::uint64_t print) const
{
  const auto at = foreseen_.find(print);
  return at != foreseen_.end() && at->second < group_;
}

bool Preconditions::is_made_or_gone(KindId kind, std::string_view key) const
{
  return foresees_ && is_foreseen(print_of_life(kind, key));
}

bool Preconditions::is_changed(KindId kind, FieldId field, std::string_view key) const
{
  return foresees_ &&
         (is_foreseen(print_of_field(kind, field, key)) || is_foreseen(print_of_life(kind, key)));
}

// Whether it will hold its value is for an earlier group to say.
bool Preconditions::is_foreseen(const schema::CompiledHolder& holder, const Shown& shown) const
{
  if (!foresees_) return false;
  const KindId kind = holder.field.kind;
  const auto is_its = [&](FieldId field) { return is_changed(kind, field, shown.key); };
  if (is_made_or_gone(kind, shown.key)) return true;
  if (holder.field.field != key_field && is_its(holder.field.field)) return true;
  if (holder.owner != schema::none && is_its(holder.owner)) return true;
  if (!holder.when) return false;
  const auto& reads = schema_.book().program(*holder.when).reads;
  return std::any_of(reads.begin(), reads.end(), [&](const expr::Slot& slot) {
    return slot.space == expr::Space::holder && is_its(slot.field);
  });
}

// Somebody is given the value of a field, or gives it up.
bool Preconditions::is_moved(schema::FieldRef by, std::string_view value) const
{
  if (!foresees_) return false;
  return by.field == key_field ? is_made_or_gone(by.kind, value)
                               : is_foreseen(print(by.kind, by.field, value));
}

} // namespace rollcall::apply
