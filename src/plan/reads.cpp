// reads.cpp: collects what was read, each object and field once.
#include "plan/reads.hpp"

#include <algorithm>

namespace rollcall::plan {

using check::Known;
using expr::Slot;
using expr::Space;

Reads::Reads(const schema::CompiledSchema& schema, check::Checker& checker,
             std::pmr::memory_resource& memory)
    : schema_{schema}, checker_{checker}, reads_{&memory}, fields_{&memory}
{
  for (const schema::CompiledRule& rule : schema.rules) {
    std::vector<Slot>& slots = of_rules_.emplace_back();
    add_slots(rule.when, slots);
    add_slots(rule.require, slots);
  }
  const auto add_if_any = [&](const std::optional<expr::ProgramId>& program) {
    if (program) add_slots(*program, of_changes_);
  };
  for (const schema::CompiledObject& object : schema.objects) {
    for (const auto& program : {object.key, object.create, object.update, object.eligible})
      add_if_any(program);
    for (const schema::CompiledSet& set : object.sets)
      if (set.column == schema::none) add_slots(set.value, of_changes_);
  }
  for (const schema::CompiledEffect& effect : schema.effects) {
    add_if_any(effect.when);
    for (const auto& part : effect.fields) add_slots(part.value, of_changes_);
  }
}

// Those of the directory; what cells and facts say is the plan's own.
void Reads::add_slots(expr::ProgramId program, std::vector<Slot>& slots) const
{
  for (const Slot& slot : schema_.book().program(program).reads) {
    const bool is_read =
        slot.space == Space::old || slot.space == Space::fresh || slot.space == Space::lookup;
    if (is_read && std::find(slots.begin(), slots.end(), slot) == slots.end())
      slots.push_back(slot);
  }
}

Result<std::span<const Read>> Reads::of(std::size_t row)
{
  reads_.clear();
  fields_.clear();
  ROLLCALL_CHECK(add_references(row));
  for (std::size_t rule = 0; rule != of_rules_.size(); ++rule)
    if (checker_.was_judged(rule, row))
      for (const Slot& slot : of_rules_[rule]) add(slot, row);
  for (const Slot& slot : of_changes_) add(slot, row);
  for (std::size_t i = 0; i != reads_.size(); ++i) reads_[i].fields = fields_[i];
  checker_.evaluator().forget();
  return std::span<const Read>{reads_};
}

void Reads::add(const Slot& slot, std::size_t row)
{
  switch (slot.space) {
    case Space::old:
      return add_own(slot.field, row);
    case Space::fresh:
      // What no cell says, the object has.
      if (!checker_.judged().good(slot.index).has(row) &&
          schema_.columns[slot.index].own_field != schema::none)
        add_own(schema_.columns[slot.index].own_field, row);
      return;
    case Space::lookup:
      return add_lookup(slot, row);
    default:
      return;
  }
}

void Reads::add_own(FieldId field, std::size_t row)
{
  const Known* const object = checker_.judged().object(row);
  if (object == nullptr || field == key_field) return;
  const std::size_t at =
      find({.kind = schema_.own_kind(), .value = object->key, .key = object->key});
  add_field(at, field, object->before(field));
}

void Reads::add_lookup(const Slot& slot, std::size_t row)
{
  const expr::Lookup& lookup = schema_.book().lookups()[slot.index];
  const expr::Value value = checker_.evaluator().value(lookup.key, checker_.frame(), row);
  if (value.what != expr::What::text) return;
  const Known* const object = checker_.lookups().object(slot.index, row);
  if (object == nullptr && checker_.is_range(row)) return; // it was asked number by number
  Read read{.kind = lookup.kind, .by = lookup.field, .value = checker_.judged().keep(value.text)};
  if (object != nullptr) read.key = object->key;
  const std::size_t at = find(read);
  const bool is_field = slot.field != expr::whole_object && slot.field != key_field;
  if (object != nullptr && is_field) add_field(at, slot.field, object->before(slot.field));
}

// Objects that cells name, where they are known.
Result<void> Reads::add_references(std::size_t row)
{
  check::JudgedBatch& judged = checker_.judged();
  for (std::size_t i = 0; i != schema_.columns.size(); ++i) {
    const schema::CompiledColumn& column = schema_.columns[i];
    if (!column.refers.is_any() || !judged.good(i).has(row)) continue;
    const check::Cell& cell = judged.cell(i, row);
    if (cell.is_word || !checker_.known().lists(column.refers.kind)) continue;
    if (!checker_.evaluator().condition(column.refers_when, checker_.frame(), row)) continue;
    const std::string_view name = cell.text();
    const Known* object = nullptr;
    ROLLCALL_CHECK(checker_.known().find(column.refers, {&name, 1}, {&object, 1}));
    if (object == nullptr) continue;
    find(
        {.kind = column.refers.kind, .by = column.refers.field, .value = name, .key = object->key});
  }
  return success();
}

std::size_t Reads::find(const Read& read)
{
  const auto is_same = [&](const Read& other) {
    return other.kind == read.kind && other.by == read.by && other.value == read.value;
  };
  const auto at = std::find_if(reads_.begin(), reads_.end(), is_same);
  if (at != reads_.end()) return static_cast<std::size_t>(at - reads_.begin());
  reads_.push_back(read);
  fields_.emplace_back();
  return reads_.size() - 1;
}

void Reads::add_field(std::size_t read, FieldId field, std::optional<std::string_view> was)
{
  auto& fields = fields_[read];
  const auto is_same = [&](const ReadField& other) { return other.field == field; };
  if (std::none_of(fields.begin(), fields.end(), is_same)) fields.push_back({field, was});
}

} // namespace rollcall::plan
