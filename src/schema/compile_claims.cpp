// compile_claims.cpp: values that only one may hold.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "schema/compiling.hpp"

namespace rollcall::schema {

void Compiling::compile_claims()
{
  Numbers names;
  for (std::size_t i = 0; i != schema().claims.size(); ++i) {
    const std::string& name = schema().claims[i].name;
    const std::string path = at("claims", i) + ".name";
    if (name.empty())
      faults.add(path, "a name is needed");
    else
      is_new(names, path, name, i);
    compile_claim(i);
  }
  check_claimed_once();
  check_pools();
}

void Compiling::compile_claim(std::size_t number)
{
  const Claim& claim = schema().claims[number];
  const std::string path = at("claims", number);
  CompiledClaim into;
  into.claim = &claim;
  into.blame = column_named(path + ".blame", claim.blame);
  if (claim.held_in.empty()) faults.add(path + ".held_in", "held in no field");
  for (std::size_t i = 0; i != claim.held_in.size(); ++i) {
    const Holder& holder = claim.held_in[i];
    const std::string here = path + "." + at("held_in", i);
    CompiledHolder held;
    held.field = field_ref(here + ".field", holder.field);
    if (!held.field.is_any()) continue;
    if (field(held.field).is_secret) faults.add(here + ".field", "a secret is compared with none");
    Place place = places::held;
    place.kind = held.field.kind;
    held.when = condition_unless_always(here + ".when", holder.when, place);
    if (!holder.owner.empty())
      held.owner = field_named(here + ".owner", held.field.kind, holder.owner);
    into.held_in.push_back(held);
  }
  compile_takes(path, into);
  made.claims.push_back(std::move(into));
}

void Compiling::compile_takes(const std::string& path, CompiledClaim& into)
{
  Place place = places::held;
  if (!into.held_in.empty()) place.kind = into.held_in.front().field.kind;
  into.takes_from = condition_unless_always(path + ".takes_from", into.claim->takes_from, place);
  if (schema().rows == Rows::in_turn) {
    const bool is_one_kind =
        std::all_of(into.held_in.begin(), into.held_in.end(),
                    [&](const CompiledHolder& holder) { return holder.field.kind == place.kind; });
    if (!is_one_kind)
      faults.add(path + ".held_in", "rows that act in turn take from objects of one kind");
    const bool can_be_cleared =
        std::all_of(into.held_in.begin(), into.held_in.end(), [](const CompiledHolder& holder) {
          return holder.field.field != expr::key_field && holder.owner == none;
        });
    if (!can_be_cleared)
      faults.add(path + ".held_in", "what is taken is cleared, which can be done to fields alone");
    if (into.claim->duplicates == Duplicates::every)
      faults.add(path + ".duplicates", "of rows that act in turn the last one has the value");
  } else if (into.takes_from) {
    faults.add(path + ".takes_from", "only rows that act in turn take anything from anybody");
  }
}

void Compiling::check_claimed_once()
{
  std::set<std::pair<std::uint16_t, std::uint16_t>> claimed;
  for (const CompiledClaim& claim : made.claims)
    for (const CompiledHolder& holder : claim.held_in)
      if (!claimed.emplace(holder.field.kind, holder.field.field).second)
        faults.add(at("claims", static_cast<std::size_t>(claim.claim - schema().claims.data())) +
                       ".held_in",
                   "'" + made.kinds[holder.field.kind].name + "." + field(holder.field).name +
                       "' is claimed already");
}

// A number of a pool is free if no claim says that it is held, so there is one.
void Compiling::check_pools()
{
  for (std::size_t i = 0; i != made.columns.size(); ++i) {
    const CompiledColumn& column = made.columns[i];
    if (column.pool == none) continue;
    const bool is_claimed =
        std::any_of(made.claims.begin(), made.claims.end(), [&](const CompiledClaim& claim) {
          return std::any_of(
              claim.held_in.begin(), claim.held_in.end(), [&](const CompiledHolder& holder) {
                return !made.objects.empty() && holder.field.kind == made.own_kind() &&
                       holder.field.field == column.own_field;
              });
        });
    if (!is_claimed)
      faults.add(at("columns", i) + ".fill", "no claim says which numbers of the pool are free");
  }
}

} // namespace rollcall::schema
