// batch_frame.cpp: names of the rule language, answered from a batch.
#include "check/batch_frame.hpp"

#include <algorithm>
#include <optional>

#include "base/unicode.hpp"
#include "check/typed.hpp"

namespace rollcall::check {
namespace {

using expr::Space;
using schema::Blank;

void copy(const RowMask& from, expr::Mask into)
{
  std::copy(from.bits().begin(), from.bits().end(), into.begin());
}

void set(expr::Mask mask, std::size_t row)
{
  mask[row / 64] |= std::uint64_t{1} << row % 64;
}

void fill_with(expr::Mask mask, std::size_t rows, bool value)
{
  std::fill(mask.begin(), mask.end(), value ? ~std::uint64_t{0} : 0);
  if (value && rows % 64 != 0) mask.back() = (std::uint64_t{1} << rows % 64) - 1;
}

expr::Value typed(const schema::CompiledColumn& column, const Fresh& fresh)
{
  if (fresh.is == Fresh::Is::text) return value_of(column.column->type, fresh.text);
  if (fresh.is == Fresh::Is::generated) return {.what = expr::What::generated};
  return {};
}

} // namespace

bool is_same_value(const schema::CompiledColumn& column, std::string_view left,
                   std::string_view right)
{
  if (left == right) return true;
  const bool is_spelled_by_others =
      column.refers.is_any() || std::holds_alternative<schema::Choice>(column.column->type);
  return is_spelled_by_others && is_same_without_case(left, right);
}

BatchFrame::BatchFrame(const schema::CompiledSchema& schema, const Facts& facts,
                       const JudgedBatch& batch, const Lookups& lookups,
                       std::pmr::memory_resource& memory)
    : schema_{schema}, facts_{facts}, batch_{batch}, lookups_{lookups}, memory_{&memory}
{
}

void BatchFrame::forget() const noexcept
{
  for (const auto& evaluator : evaluators_) evaluator->forget();
  numbers_.clear();
}

std::optional<std::string_view> BatchFrame::old(std::size_t column, std::size_t row) const
{
  const Known* const object = batch_.object(row);
  const std::uint16_t field = schema_.columns[column].own_field;
  if (object == nullptr || field == schema::none) return {};
  if (field == expr::key_field) return object->key;
  const auto& value = object->fields[field];
  if (value) return value;
  const auto& null_text = schema_.kinds[schema_.own_kind()].fields[field].null_text;
  return null_text ? std::optional<std::string_view>{*null_text} : std::nullopt;
}

Fresh BatchFrame::filled(expr::ProgramId fill, std::size_t row) const
{
  if (level_ == evaluators_.size())
    evaluators_.push_back(std::make_unique<expr::Evaluator>(schema_.book(), *memory_));
  expr::Evaluator& evaluator = *evaluators_[level_];
  ++level_;
  const expr::Value value = evaluator.value(fill, *this, row);
  --level_;
  switch (value.what) {
    case expr::What::truth:
      return {.is = Fresh::Is::text, .text = value.truth ? "true" : "false"};
    case expr::What::integer:
      return {.is = Fresh::Is::text,
              .text = numbers_.emplace_back(std::to_string(value.integer)),
              .is_made = true};
    case expr::What::text:
      if (value.text.empty()) break;
      return {.is = Fresh::Is::text, .text = value.text, .is_made = true};
    case expr::What::generated:
      return {.is = Fresh::Is::generated};
    case expr::What::null:
    case expr::What::texts:
      break;
  }
  return {};
}

Fresh BatchFrame::blank_of(std::size_t column, std::size_t row) const
{
  const schema::CompiledColumn& about = schema_.columns[column];
  const bool is_new = batch_.is_new.has(row);
  Blank blank = is_new ? about.column->on_create : about.column->on_update;
  if (!is_new && batch_.cell(column, row).state == CellState::absent) blank = Blank::keep;
  switch (blank) {
    case Blank::keep:
      if (const auto had = old(column, row)) return {.is = Fresh::Is::text, .text = *had};
      return {};
    case Blank::generate:
      return {.is = Fresh::Is::generated};
    case Blank::fill:
      return filled(*about.fill, row);
    case Blank::pool:
      return {.is = Fresh::Is::from_pool};
    case Blank::clear:
    case Blank::required:
      break;
  }
  return {};
}

Fresh BatchFrame::as_given(std::size_t column, std::size_t row) const
{
  const Cell& cell = batch_.cell(column, row);
  switch (cell.state) {
    case CellState::good:
      return {.is = Fresh::Is::text, .text = is_number(column, row) ? number_ : cell.text()};
    case CellState::nothing:
    case CellState::bad:
      return {};
    case CellState::absent:
    case CellState::blank:
      break;
  }
  return blank_of(column, row);
}

bool BatchFrame::needs_hold(std::size_t column, std::size_t row) const
{
  const auto& needs = schema_.columns[column].needs;
  if (!needs) return true;
  if (level_ == evaluators_.size())
    evaluators_.push_back(std::make_unique<expr::Evaluator>(schema_.book(), *memory_));
  expr::Evaluator& evaluator = *evaluators_[level_];
  ++level_;
  const bool holds = evaluator.condition(*needs, *this, row);
  --level_;
  return holds;
}

Fresh BatchFrame::fresh(std::size_t column, std::size_t row) const
{
  const Fresh given = as_given(column, row);
  if (given.is == Fresh::Is::null || !schema_.columns[column].needs) return given;
  if (batch_.cell(column, row).is_good()) return given;
  if (!batch_.is_needed(column, row) || needs_hold(column, row)) return given;
  return {};
}

bool BatchFrame::leaves(std::size_t column, std::uint16_t field, std::size_t row) const noexcept
{
  const Known* const object = batch_.object(row);
  if (object == nullptr || field >= object->fields.size()) return false;
  const schema::CompiledColumn& about = schema_.columns[column];
  const Cell& cell = batch_.cell(column, row);
  const bool is_blank = cell.state == CellState::blank;
  const bool keeps = is_blank ? about.column->on_update == Blank::keep
                              : cell.state == CellState::absent && !batch_.is_new.has(row);
  // An object that says what it sets has no columns of its own whose values were known.
  if (keeps && about.own_field == schema::none) return true;
  const schema::CompiledField& of = schema_.kinds[schema_.own_kind()].fields[field];
  if (of.is_secret || of.null_text) return false;
  const auto& before = object->fields[field];
  if (cell.is_good()) return before && !cell.is_range && cell.text() == *before;
  if (keeps) return field == about.own_field && (!before || !about.needs);
  return is_blank && about.column->on_update == Blank::clear && !before;
}

bool BatchFrame::changes(std::size_t column, std::size_t row) const
{
  const Known* const object = batch_.object(row);
  if (object == nullptr || !schema_.columns[column].is_applied) return false;
  if (leaves(column, schema_.columns[column].own_field, row)) return false;
  const Fresh now = as_given(column, row);
  if (schema_.columns[column].is_secret) // one that is filled always is a change (spec E24)
    return batch_.cell(column, row).is_good() || now.is == Fresh::Is::generated ||
           (now.is == Fresh::Is::null && old(column, row).has_value());
  const auto before = old(column, row);
  if (now.is == Fresh::Is::text && before)
    return !is_same_value(schema_.columns[column], now.text, *before);
  return (now.is == Fresh::Is::null) != !before.has_value();
}

void BatchFrame::ask_each(const expr::Slot& slot, bool truths, expr::Mask into) const
{
  fill_with(into, rows(), false);
  batch_.now.for_each([&](std::size_t row) {
    const expr::Value asked = value(slot, row);
    if (truths ? asked.truth : asked.what != expr::What::null) set(into, row);
  });
}

void BatchFrame::presences(const expr::Slot& slot, expr::Mask into) const
{
  switch (slot.space) {
    case Space::cell:
      return copy(batch_.good(slot.index), into);
    case Space::fresh: {
      // Of most cells their being good says it all; the others are asked for one by one.
      copy(batch_.good(slot.index), into);
      const schema::Column& column = *schema_.columns[slot.index].column;
      const bool is_null_if_new =
          column.on_create == Blank::clear || column.on_create == Blank::required ||
          column.on_create == Blank::keep || column.on_create == Blank::pool;
      for (std::size_t i = 0; i != into.size(); ++i) {
        std::uint64_t others = batch_.now.word(i) & ~into[i] & ~batch_.bad(slot.index).word(i);
        if (is_null_if_new) others &= ~batch_.is_new.word(i);
        for (; others != 0; others &= others - 1) {
          const std::size_t row = i * 64 + static_cast<std::size_t>(std::countr_zero(others));
          const Fresh::Is is = fresh(slot.index, row).is;
          if (is != Fresh::Is::null && is != Fresh::Is::from_pool) set(into, row);
        }
      }
      return;
    }
    case Space::fact:
    case Space::listed:
      return fill_with(into, rows(), facts_.value(slot, 0).what != expr::What::null);
    default:
      return ask_each(slot, false, into);
  }
}

void BatchFrame::truths(const expr::Slot& slot, expr::Mask into) const
{
  if (slot.space == Space::fact || slot.space == Space::listed)
    return fill_with(into, rows(), facts_.value(slot, 0).truth);
  ask_each(slot, true, into);
}

expr::Value BatchFrame::value(const expr::Slot& slot, std::size_t row) const
{
  switch (slot.space) {
    case Space::cell: {
      const Cell& cell = batch_.cell(slot.index, row);
      if (!cell.is_good()) return {};
      const std::string_view text = is_number(slot.index, row) ? number_ : cell.text();
      return value_of(schema_.columns[slot.index].column->type, text);
    }
    case Space::fresh:
      return typed(schema_.columns[slot.index], fresh(slot.index, row));
    case Space::old:
      if (const Known* const object = batch_.object(row))
        return value_of(schema_, schema_.own_kind(), object, slot.field);
      return {};
    case Space::fact:
    case Space::listed:
      return facts_.value(slot, 0);
    case Space::lookup: {
      const expr::Lookup& lookup = schema_.book().lookups()[slot.index];
      return value_of(schema_, lookup.kind, lookups_.object(slot.index, row), slot.field);
    }
    case Space::row:
      return {.what = expr::What::text, .text = dropped_};
    default:
      return {};
  }
}

bool BatchFrame::is_range(const expr::Slot& slot, std::size_t row) const
{
  return slot.space == Space::cell && batch_.cell(slot.index, row).is_range &&
         !is_number(slot.index, row);
}

} // namespace rollcall::check
