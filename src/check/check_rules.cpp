// check_rules.cpp: the rules of a schema, one after the other, each asked of all rows of a batch
// that it is about.
//
// When a rule may be judged follows from what it reads (schema.hpp): good cells, a known object,
// and of the resulting object only what the row changes.
#include <algorithm>

#include "check/checker.hpp"

namespace rollcall::check {

Result<void> Checker::look_up(expr::ProgramId program, const RowMask& rows)
{
  const auto& lookups = schema_.book().program(program).lookups;
  if (lookups.empty()) return success();
  return lookups_.run(lookups, frame_, evaluator_, rows);
}

// Where the cells that it reads are good, does it hold?
Result<void> Checker::ask(expr::ProgramId condition, const RowMask& among, RowMask& into)
{
  into = among;
  for (const expr::Slot& slot : schema_.book().program(condition).reads)
    if (slot.space == expr::Space::cell || slot.space == expr::Space::fresh)
      into -= judged_.bad(slot.index);
  ROLLCALL_CHECK(look_up(condition, into));
  evaluator_.condition(condition, frame_, into.bits(), into.bits());
  return success();
}

// What rows change, before any rule drops a cell: "as given" (spec E21).
void Checker::note_changes()
{
  for (const schema::ColumnId column : watched_) {
    RowMask& changed = changed_[column];
    changed = judged_.is_new;
    asked_ = judged_.is_update;
    asked_ &= judged_.now;
    asked_.for_each([&](std::size_t row) {
      if (frame_.changes(column, row)) changed.set(row);
    });
  }
  for (std::size_t column = 0; column != schema_.columns.size(); ++column) {
    const auto& needs = schema_.columns[column].needs;
    if (!needs) continue;
    asked_ = changed_[column];
    for (const expr::Slot& slot : schema_.book().program(*needs).reads)
      if (slot.space == expr::Space::fresh) asked_ |= changed_[slot.index];
    asked_ &= judged_.now;
    judged_.needed(column) |= asked_;
  }
}

// Cells that are dropped whatever stands in their row were never there, also where the row's object
// is unknown (spec M9).
void Checker::drop_unasked()
{
  for (std::size_t i = 0; i != schema_.rules.size(); ++i) {
    const schema::CompiledRule& rule = schema_.rules[i];
    if (!rule.drops_unasked) continue;
    rows_ = judged_.now;
    evaluator_.condition(rule.when, frame_, rows_.bits(), rows_.bits());
    if (!rows_.is_empty()) drop(rule, i, rows_);
  }
  evaluator_.forget();
  for (std::size_t column = 0; column != columns_.size(); ++column) {
    if (columns_[column].is_offered) continue;
    judged_.now.for_each([&](std::size_t row) { judged_.cell(column, row) = {}; });
    judged_.good(column) -= judged_.now;
    judged_.bad(column) -= judged_.now;
  }
}

Result<void> Checker::judge(schema::Stage stage)
{
  for (std::size_t rule = 0; rule != schema_.rules.size(); ++rule)
    if (schema_.rules[rule].rule->stage == stage && !schema_.rules[rule].drops_unasked)
      ROLLCALL_CHECK(judge(rule));
  return success();
}

Result<void> Checker::judge(std::size_t index)
{
  const schema::CompiledRule& rule = schema_.rules[index];
  rows_ = judged_.now;
  rows_ -= judged_.is_unknown;
  for (const schema::ColumnId column : rule.reads_cells) rows_ -= judged_.bad(column);
  if (rule.reads_object) {
    asked_ = judged_.is_new;
    asked_ |= judged_.is_update;
    rows_ &= asked_;
  }
  if (!rule.reads_new.empty() && !rule.rule->even_unchanged) {
    asked_ = changed_[rule.reads_new.front()];
    for (const schema::ColumnId column : rule.reads_new) asked_ |= changed_[column];
    for (const schema::ColumnId column : rule.about) asked_ |= changed_[column];
    rows_ &= asked_;
  }
  if (rows_.is_empty()) return success();
  if (!judged_for_.empty()) judged_for_[index] |= rows_;
  if (!rule.lookups.empty()) ROLLCALL_CHECK(lookups_.run(rule.lookups, frame_, evaluator_, rows_));
  evaluator_.condition(rule.when, frame_, rows_.bits(), rows_.bits());
  if (rows_.is_empty()) return success();
  if (!rule.drops.empty()) {
    drop(rule, index, rows_);
  } else {
    failed_ = rows_;
    evaluator_.condition(rule.require, frame_, rows_.bits(), rows_.bits());
    failed_ -= rows_;
    if (!failed_.is_empty()) say(rule, index, failed_);
  }
  evaluator_.forget();
  frame_.forget();
  return success();
}

// The finding is about cells that asked for something: a value, or a yes.
void Checker::drop(const schema::CompiledRule& rule, std::size_t index, const RowMask& rows)
{
  std::string dropped;
  asked_.assign(judged_.rows(), false);
  const std::uint16_t blame = rule.blame == schema::none ? no_column : rule.blame;
  rows.for_each([&](std::size_t row) {
    dropped.clear();
    std::string_view value;
    if (blame != no_column && judged_.cell(blame, row).is_good()) value = typed(blame, row);
    for (const schema::ColumnId column : rule.drops) {
      Cell& cell = judged_.cell(column, row);
      const bool is_no =
          cell.is_good() && cell.text() == "false" &&
          std::holds_alternative<schema::Boolean>(schema_.columns[column].column->type);
      if (cell.is_good() && !is_no)
        dropped.append(dropped.empty() ? "" : ", ").append(header_.name_of(schema_, column));
      if (cell.state == CellState::bad) continue;
      cell.state = CellState::absent;
      judged_.good(column).clear(row);
    }
    if (dropped.empty()) return;
    frame_.set_dropped(dropped);
    Found& made = add(row, rule.code.value_or(Code::rule), blame, rule.rule->severity);
    made.rule = static_cast<std::uint16_t>(index);
    made.value = value;
    made.add(FactName::dropped, judged_.keep(dropped));
    if (rule.says) made.says = judged_.keep(evaluator_.value(*rule.says, frame_, row).text);
  });
  for (const schema::ColumnId column : rule.drops)
    for (std::size_t i = 0; i != schema_.book().lookups().size(); ++i) {
      const auto& reads = schema_.book().program(schema_.book().lookups()[i].key).reads;
      const bool is_read = std::any_of(reads.begin(), reads.end(), [&](const expr::Slot& slot) {
        return slot.index == column &&
               (slot.space == expr::Space::cell || slot.space == expr::Space::fresh);
      });
      if (is_read) lookups_.forget(static_cast<std::uint16_t>(i));
    }
}

void Checker::say(const schema::CompiledRule& rule, std::size_t index, const RowMask& rows)
{
  const std::uint16_t blame = rule.blame == schema::none ? no_column : rule.blame;
  rows.for_each([&](std::size_t row) {
    Found& made = add(row, rule.code.value_or(Code::rule), blame, rule.rule->severity);
    made.rule = static_cast<std::uint16_t>(index);
    made.value = typed(blame, row);
    if (rule.says) made.says = judged_.keep(evaluator_.value(*rule.says, frame_, row).text);
  });
}

} // namespace rollcall::check
