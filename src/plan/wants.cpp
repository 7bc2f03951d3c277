// wants.cpp: the key or a field of each object that rows make, as far as they make it.
#include "plan/wants.hpp"

#include <algorithm>
#include <optional>
#include <vector>

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
  rows.for_each([&](std::size_t row) {
    if (checker.is_range(row)) made.set(row); // each of its numbers is asked
  });
  rows &= made;
  return success();
}

std::optional<std::string_view> value_of(const ClaimSource& source, check::Checker& checker,
                                         std::size_t row)
{
  if (source.column == schema::none) {
    const expr::Value made = checker.evaluator().value(source.value, checker.frame(), row);
    if (made.what != expr::What::text || made.text.empty()) return {};
    return made.text;
  }
  const check::Cell& cell = checker.judged().cell(source.column, row);
  if (cell.is_good() && !cell.is_range) return cell.text();
  if (cell.state == check::CellState::bad) return {};
  const check::Fresh fresh = checker.frame().fresh(source.column, row);
  if (fresh.is != check::Fresh::Is::text) return {};
  return fresh.text;
}

// A row of a range wants a value for each of its numbers.
Result<void> add_wants_of_range(const schema::CompiledSchema& schema, const ClaimSource& source,
                                std::uint16_t number, check::Checker& checker, std::size_t row,
                                std::pmr::memory_resource& texts, std::pmr::vector<Want>& into)
{
  const std::uint64_t count = checker.numbers(row);
  for (std::uint64_t i = 0; i != count; ++i) {
    ROLLCALL_CHECK(checker.stand_for(row, i));
    // The row's own object is made for every number, whatever is there under it.
    if (source.object != 0 && !makes(schema, source.object, checker, row)) continue;
    if (const auto value = value_of(source, checker, row))
      into.push_back({.row = row,
                      .source = number,
                      .number = static_cast<std::uint32_t>(i),
                      .value = check::KnownObjects::keep(*value, texts)});
    checker.evaluator().forget();
  }
  checker.stand_for_cells();
  return success();
}

} // namespace

bool makes(const schema::CompiledSchema& schema, std::size_t number, check::Checker& checker,
           std::size_t row)
{
  const schema::CompiledObject& object = schema.objects[number];
  const auto holds = [&](const std::optional<expr::ProgramId>& when) {
    return when && checker.evaluator().condition(*when, checker.frame(), row);
  };
  return holds(object.create) || holds(object.update);
}

Result<void> add_wants(const schema::CompiledSchema& schema, std::span<const ClaimSource> sources,
                       std::size_t number, check::Checker& checker, const RowMask& rows,
                       std::pmr::memory_resource& texts, std::pmr::vector<Want>& into)
{
  const ClaimSource& source = sources[number];
  const auto name = static_cast<std::uint16_t>(number);
  const check::JudgedBatch& judged = checker.judged();
  std::pmr::memory_resource* const memory = into.get_allocator().resource();
  RowMask making{memory};
  making = rows;
  RowMask made{memory};
  ROLLCALL_CHECK(keep_making(schema, source.object, checker, making, made));
  if (source.column == schema::none) ROLLCALL_CHECK(checker.look_up(source.value, making));
  const bool has_ranges = schema.range_column != schema::none;
  Result<void> result = success();
  making.for_each([&](std::size_t row) {
    if (checker.is_range(row)) {
      if (result.has_value())
        result = add_wants_of_range(schema, source, name, checker, row, texts, into);
      return;
    }
    auto value = value_of(source, checker, row);
    if (!value) return;
    // Ranges make so many texts that they have to be forgotten before the batch is done.
    if (has_ranges && source.column == schema::none)
      value = check::KnownObjects::keep(*value, texts);
    if (judged.object(row) != nullptr && is_held_by_own(schema, judged, source, row, *value))
      return;
    into.push_back({.row = row, .source = name, .value = *value});
  });
  return result;
}

} // namespace rollcall::plan
