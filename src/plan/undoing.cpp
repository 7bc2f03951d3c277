// undoing.cpp: effects, secrets that go, objects that stay.
#include "plan/undoing.hpp"

#include <string>

namespace rollcall::plan {

std::string_view slug(Lost::Why why) noexcept
{
  switch (why) {
    case Lost::Why::effect:
      return "effect";
    case Lost::Why::secret:
      return "secret";
    case Lost::Why::object:
      break;
  }
  return "object";
}

Finding not_reversible(const Lost& lost, std::string_view reason)
{
  Finding made = finding(Code::undo_not_reversible);
  const std::string done = std::string{lost.what} + " was done";
  made.facts.push_back(fact("reason", reason.empty() ? std::string_view{done} : reason));
  made.facts.push_back(fact("lost", slug(lost.why)));
  made.facts.push_back(fact("what", lost.what));
  return made;
}

std::vector<Lost> lost_by(const schema::CompiledSchema& schema, const RowResult& row)
{
  std::vector<Lost> lost;
  for (const EffectView& effect : row.effects)
    lost.push_back({.why = Lost::Why::effect, .what = effect.effect->effect->name});
  for (const std::string_view effect : row.withdraws)
    lost.push_back({.why = Lost::Why::effect, .what = effect});
  for (const Change& change : row.changes) {
    const schema::CompiledKind& kind = schema.kinds[change.kind];
    const std::string_view key =
        change.gives_key ? std::string_view{} : change.key.value_or(std::string_view{});
    if (change.op == Op::create && !kind.undo.empty())
      lost.push_back({.why = Lost::Why::object, .what = kind.name, .of = key});
    if (change.op == Op::create) continue;
    for (const FieldChange& field : change.fields)
      if (field.field != key_field && kind.fields[field.field].is_secret && field.before)
        lost.push_back(
            {.why = Lost::Why::secret, .what = kind.fields[field.field].name, .of = key});
  }
  return lost;
}

} // namespace rollcall::plan
