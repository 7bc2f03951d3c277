// compile_rules.cpp: rules, once for each column that they are said of, and what follows from what
// they read: which cells must be good, whether the object must be known, what must have changed.
#include <algorithm>
#include <string>
#include <vector>

#include "schema/compiling.hpp"

namespace rollcall::schema {
namespace {

using expr::Program;
using expr::Slot;
using expr::Space;

void add_once(std::vector<std::uint16_t>& list, std::uint16_t number)
{
  if (std::find(list.begin(), list.end(), number) == list.end()) list.push_back(number);
}

// Innermost first in each program stays innermost first in all of them: what a lookup needs comes
// before it wherever it is named.
void add_reads(const Program& program, CompiledRule& into)
{
  for (const Slot& slot : program.reads) {
    if (slot.space == Space::cell || slot.space == Space::fresh)
      add_once(into.reads_cells, slot.index);
    if (slot.space == Space::fresh) add_once(into.reads_new, slot.index);
    if (slot.space == Space::fresh || slot.space == Space::old) into.reads_object = true;
  }
}

void add_lookups(const Program& program, CompiledRule& into)
{
  for (const std::uint16_t lookup : program.lookups) add_once(into.lookups, lookup);
}

} // namespace

void Compiling::compile_rules()
{
  const auto& all = schema().rules;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const std::string path = at("rules", i);
    check_rule(path, all[i]);
    if (all[i].each.empty()) {
      compile_rule(path, all[i], none);
      continue;
    }
    for (const ColumnId column : columns_named(path + ".each", all[i].each)) {
      const std::size_t before = faults.count();
      compile_rule(path, all[i], column);
      if (faults.count() != before) break; // of the other columns the same would be said
    }
    if (made.rules.size() > rules_max)
      return faults.add("rules", "more than " + std::to_string(rules_max) +
                                     ", each of those that are said of several columns");
  }
  std::stable_sort(made.rules.begin(), made.rules.end(),
                   [](const CompiledRule& left, const CompiledRule& right) {
                     return left.rule->stage < right.rule->stage;
                   });
}

void Compiling::check_rule(const std::string& path, const Rule& rule)
{
  check_code(path + ".code", rule.code);
  if (rule.severity == Severity::info)
    faults.add(path + ".severity", "a rule gives an error or a warning");
  if (rule.says.empty() && !code_of(rule.code))
    faults.add(path + ".says", "a code of one's own says what it means");
  if (!rule.drops.empty() && rule.severity != Severity::warning)
    faults.add(path + ".drops", "what rejects the row leaves no cells out");
  if (!rule.drops.empty() && rule.require != Rule{}.require)
    faults.add(path + ".require", "what is left out is left out when `when` holds");
  if (rule.even_unchanged && rule.stage == Stage::authority)
    faults.add(path + ".even_unchanged", "authority is about what a row does");
}

void Compiling::compile_rule(const std::string& path, const Rule& rule, std::uint16_t it)
{
  Place place = places::in_row;
  place.it = it;
  CompiledRule into;
  into.rule = &rule;
  into.code = code_of(rule.code);
  into.it = it;
  if (rule.blame == "it" && it != none)
    into.blame = it;
  else
    into.blame = column_named(path + ".blame", rule.blame);
  into.when = condition(path + ".when", rule.when, place);
  into.require = condition(path + ".require", rule.require, place);
  if (!rule.says.empty()) {
    Place said = place;
    said.can_say_dropped = !rule.drops.empty();
    if (said.can_say_dropped) said.may_read |= spaces(Space::row);
    into.says = text_template(path + ".says", rule.says, said);
  }
  into.drops = columns_named(path + ".drops", rule.drops);
  into.about = columns_named(path + ".about", rule.about);

  add_reads(book().program(into.when), into);
  add_reads(book().program(into.require), into);
  for (const ColumnId column : into.about) {
    add_once(into.reads_cells, column);
    if (!into.reads_new.empty()) add_once(into.reads_new, column);
  }
  add_lookups(book().program(into.when), into);
  add_lookups(book().program(into.require), into);
  if (into.says) add_lookups(book().program(*into.says), into);
  into.drops_unasked =
      !into.drops.empty() && into.reads_cells.empty() && !into.reads_object && into.lookups.empty();
  made.rules.push_back(std::move(into));
}

// Rules run in the order written, and what one has dropped the later ones do not see. Right behind
// it, and in the reasons of one finding that begin there, that is plain to see; further down it may
// not have been meant.
void Compiling::remark_on_order()
{
  for (std::size_t i = 0; i + 1 < made.rules.size(); ++i) {
    const CompiledRule& drops = made.rules[i];
    std::size_t later = i + 1;
    const std::string& code = made.rules[later].rule->code;
    while (later < made.rules.size() && made.rules[later].rule->code == code) ++later;
    for (; later < made.rules.size(); ++later)
      for (const ColumnId column : drops.drops)
        if (reads_cell(made.rules[later], column))
          faults.remark(path_of(made.rules[later]), "reads '" + schema().columns[column].field +
                                                        "', which " + path_of(drops) +
                                                        " may have left out by then");
  }
}

std::string Compiling::path_of(const CompiledRule& rule) const
{
  return at("rules", static_cast<std::size_t>(rule.rule - schema().rules.data()));
}

bool Compiling::reads_cell(const CompiledRule& rule, ColumnId column) const
{
  const auto is_it = [&](const Slot& slot) {
    return slot.space == Space::cell && slot.index == column;
  };
  const auto& when = made.book().program(rule.when).reads;
  const auto& require = made.book().program(rule.require).reads;
  return std::any_of(when.begin(), when.end(), is_it) ||
         std::any_of(require.begin(), require.end(), is_it);
}

} // namespace rollcall::schema
