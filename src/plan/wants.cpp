// wants.cpp: the key or a field of each object that rows make, as far as they make it.
#include "plan/wants.hpp"

#include "base/unicode.hpp"

namespace rollcall::plan {

using check::RowMask;

namespace {

bool is_held_by_own(const schema::CompiledSchema& schema, const check::JudgedBatch& judged,
                    const ClaimSource& source, std::size_t row, std::string_view value)
{
  const check::Known* const object = judged.object(row);
  if (object == nullptr || source.object != 0) return false;
  for (const schema::CompiledHolder& holder : schema.claims[source.claim].held_in) {
    if (holder.field.kind != source.kind || holder.field.field == expr::key_field) continue;
    const auto& had = object->fields[holder.field.field];
    if (had && is_same_without_case(*had, value)) return true;
  }
  return false;
}

// Those of the rows that make the object, or change it.
Result<void> keep_making(const schema::CompiledSchema& schema, std::size_t number,
                         check::Checker& checker, RowMask& rows, RowMask& made)
{
  const check::JudgedBatch& judged = checker.judged();
  if (number == 0) {
    made = judged.is_new;
    made |= judged.is_update;
    rows &= made;
    return success();
  }
  const schema::CompiledObject& object = schema.objects[number];
  made.assign(judged.rows(), false);
  RowMask holds{rows};
  for (const auto& when : {object.create, object.update}) {
    if (!when) continue;
    holds = rows;
    ROLLCALL_CHECK(checker.look_up(*when, holds));
    checker.evaluator().condition(*when, checker.frame(), holds.bits(), holds.bits());
    made |= holds;
  }
  rows &= made;
  return success();
}

} // namespace

Result<void> add_wants(const schema::CompiledSchema& schema, std::span<const ClaimSource> sources,
                       std::size_t number, check::Checker& checker, const RowMask& rows,
                       std::pmr::vector<Want>& into)
{
  const ClaimSource& source = sources[number];
  const check::JudgedBatch& judged = checker.judged();
  std::pmr::memory_resource* const memory = into.get_allocator().resource();
  RowMask making{memory};
  making = rows;
  RowMask made{memory};
  ROLLCALL_CHECK(keep_making(schema, source.object, checker, making, made));
  if (source.column == schema::none) ROLLCALL_CHECK(checker.look_up(source.value, making));
  making.for_each([&](std::size_t row) {
    std::string_view value;
    if (source.column == schema::none) {
      const expr::Value made_value = checker.evaluator().value(source.value, checker.frame(), row);
      if (made_value.what != expr::What::text) return;
      value = made_value.text;
    } else if (const check::Cell& cell = judged.cell(source.column, row); cell.is_good()) {
      value = cell.text();
    } else {
      if (cell.state == check::CellState::bad) return;
      const check::Fresh fresh = checker.frame().fresh(source.column, row);
      if (fresh.is != check::Fresh::Is::text) return;
      value = fresh.text;
    }
    if (judged.object(row) != nullptr && is_held_by_own(schema, judged, source, row, value)) return;
    into.push_back({.row = row, .source = static_cast<std::uint16_t>(number), .value = value});
  });
  return success();
}

} // namespace rollcall::plan
