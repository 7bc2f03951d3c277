// authority.cpp: an object in the place of a row: its fields stand for the cells of their columns.
#include "check/authority.hpp"

#include <array>
#include <string_view>

#include "check/typed.hpp"

namespace rollcall::check {

Authority::Authority(const schema::CompiledSchema& schema, const Facts& facts, KnownObjects& known,
                     std::pmr::memory_resource& memory)
    : schema_{schema},
      facts_{facts},
      known_{known},
      lookups_{schema, known, memory},
      evaluator_{schema.book(), memory},
      row_{&memory}
{
  for (const schema::CompiledRule& rule : schema.rules)
    if (rule.rule->stage == schema::Stage::authority && rule.rule->severity == Severity::error &&
        rule.drops.empty())
      rules_.push_back(&rule);
}

Result<std::vector<Finding>> Authority::judge(const Known& wanted, const Known* had)
{
  wanted_ = &wanted;
  had_ = had;
  known_.make_room();
  lookups_.start(1);
  std::vector<Finding> broken;
  for (const schema::CompiledRule* const rule : rules_) {
    ROLLCALL_TRY(const bool is_it, is_broken(*rule));
    if (is_it) broken.push_back(say(*rule));
    evaluator_.forget();
  }
  return broken;
}

// As of a row: a rule that reads a name which nobody knows is not asked.
Result<bool> Authority::is_broken(const schema::CompiledRule& rule)
{
  ROLLCALL_TRY(const bool is_unknown, reads_unknown(rule));
  if (is_unknown) return false;
  row_.assign(1, true);
  ROLLCALL_CHECK(lookups_.run(rule.lookups, *this, evaluator_, row_));
  return evaluator_.condition(rule.when, *this, 0) && !evaluator_.condition(rule.require, *this, 0);
}

Result<bool> Authority::reads_unknown(const schema::CompiledRule& rule)
{
  for (const schema::ColumnId column : rule.reads_cells) {
    const schema::FieldRef& refers = schema_.columns[column].refers;
    const std::array names{text_of(column)};
    if (!refers.is_any() || !known_.lists(refers.kind) || names.front().empty()) continue;
    std::array<const Known*, 1> found = {};
    ROLLCALL_CHECK(known_.find(refers, names, found));
    if (found.front() == nullptr) return true;
  }
  return false;
}

// Empty: it has no value.
std::string_view Authority::text_of(std::size_t column) const
{
  const std::uint16_t field = schema_.columns[column].own_field;
  if (field == schema::none) return {};
  if (field == expr::key_field) return wanted_->key;
  return wanted_->fields[field].value_or(std::string_view{});
}

expr::Value Authority::cell(std::size_t column) const
{
  const std::uint16_t field = schema_.columns[column].own_field;
  const bool is_null =
      field == schema::none || (field != expr::key_field && !wanted_->fields[field]);
  return is_null ? expr::Value{} : value_of(schema_.columns[column].column->type, text_of(column));
}

expr::Value Authority::value(const expr::Slot& slot, std::size_t row) const
{
  switch (slot.space) {
    case expr::Space::cell:
      return cell(slot.index);
    case expr::Space::fresh: {
      const std::uint16_t field = schema_.columns[slot.index].own_field;
      if (field == schema::none) return {};
      return value_of(schema_, schema_.own_kind(), wanted_, field);
    }
    case expr::Space::old:
      return value_of(schema_, schema_.own_kind(), had_, slot.field);
    case expr::Space::fact:
    case expr::Space::listed:
      return facts_.value(slot, 0);
    case expr::Space::lookup: {
      const expr::Lookup& lookup = schema_.book().lookups()[slot.index];
      return value_of(schema_, lookup.kind, lookups_.object(slot.index, row), slot.field);
    }
    default:
      return {};
  }
}

Finding Authority::say(const schema::CompiledRule& rule)
{
  Finding made = finding(rule.code.value_or(Code::rule));
  if (!rule.code) made.rule = rule.rule->code;
  made.severity = rule.rule->severity;
  if (rule.blame != schema::none) {
    const schema::CompiledColumn& column = schema_.columns[rule.blame];
    made.column = column.column->header;
    if (!column.is_secret) made.value = text_of(rule.blame);
  }
  if (rule.says) made.says = evaluator_.value(*rule.says, *this, 0).text;
  return made;
}

} // namespace rollcall::check
