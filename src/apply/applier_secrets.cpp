// applier_secrets.cpp: secrets on their way to the directory: read again from the file, or made,
// and kept for who may fetch them.
#include <utility>
#include <vector>

#include "apply/applier.hpp"
#include "apply/settled_texts.hpp"

namespace rollcall::apply {

// Of a row that will be done: which secrets it sets, and those that its file has.
Result<void> Applier::take_secrets(const plan::PlanRow& row, std::size_t first_change,
                                   std::vector<GroupSecret>& into)
{
  const std::span<const Change> changes = row.result.changes;
  for (std::size_t i = 0; i != changes.size(); ++i) {
    for (const FieldChange& field : changes[i].fields) {
      if (field.secret == SecretFrom::none) continue;
      GroupSecret made{.change = static_cast<std::uint32_t>(first_change + i),
                       .field = {changes[i].kind, field.field},
                       .is_made = field.secret == SecretFrom::generated,
                       .row = row.result.number,
                       .line = row.result.line};
      for (const plan::EffectView& effect : row.result.effects)
        for (const schema::FieldRef& needed : effect.effect->secrets)
          made.waiting += needed == made.field ? 1U : 0U;
      if (made.is_made) {
        ROLLCALL_TRY(made.is_shown, maker_.is_shown(made.field));
      } else if (options_.from_file != nullptr && !options_.gives_nothing) {
        ROLLCALL_TRY(made.value, options_.from_file->find(row.result.number, made.field));
      }
      into.push_back(std::move(made));
    }
  }
  return success();
}

// Fresh ones, each time that the group is given to the directory.
Result<void> Applier::make_secrets(Pending& pending)
{
  pending.secrets.clear();
  pending.secrets.reserve(pending.group.secrets.size());
  std::vector<std::string_view> known; // of one change after the other
  const Change* of = nullptr;
  for (GroupSecret& secret : pending.group.secrets) {
    if (secret.is_made) {
      const Change& change = pending.changes[secret.change];
      if (std::exchange(of, &change) != &change) {
        known.clear();
        for (const FieldChange& field : change.fields)
          if (field.after) known.push_back(*field.after);
      }
      ROLLCALL_TRY(secret.value, maker_.make(secret.field, known));
    }
    pending.secrets.push_back({secret.change, secret.field.field, secret.value.view()});
  }
  return success();
}

// A host that is elsewhere may do it and then not be heard: its secrets are kept before.
Result<void> Applier::hold_secrets(std::span<Pending* const> pending)
{
  std::vector<MadeSecret> held;
  for (const Pending* const each : pending)
    append_made(schema_, each->group, {}, each->operation, held);
  return held.empty() ? success() : options_.journal->hold(options_.job, held);
}

// Where nobody remembers, they go to who waits for them.
Result<void> Applier::write_secrets()
{
  std::vector<MadeSecret> made;
  for (const Pending& pending : pending_) {
    if (pending.is != Fate::applied && pending.is != Fate::unknown) continue;
    made.clear();
    append_made(schema_, pending.group, pending.keys, pending.operation, made);
    for (const MadeSecret& each : made)
      if (each.is_shown) options_.secrets->put(each);
  }
  return success();
}

} // namespace rollcall::apply
