// diff.cpp: what the cells of a row come to, beside what was there.
#include "plan/diff.hpp"

#include <array>
#include <variant>

#include "base/unicode.hpp"
#include "check/values.hpp"
#include "csv/cell.hpp"
#include "csv/guard.hpp"

namespace rollcall::plan {
namespace {

using check::Cell;
using check::CellState;
using schema::Blank;
using schema::Column;

// What a directory has, as the cell of an export reads: its guard keeps blanks from being trimmed.
std::string_view read_back(std::string_view old, std::string& scratch)
{
  return csv::without_guard(csv::trimmed(csv::with_guard(old, csv::Guard::text, scratch)));
}

bool is_blank(std::string_view old)
{
  std::string scratch;
  return read_back(old, scratch).empty();
}

// Does the cell say what the directory has (spec E24)?
bool is_same(const schema::Type& type, std::string_view old, std::string_view cell)
{
  std::string guarded;
  std::string scratch;
  const std::string_view bare = read_back(old, guarded);
  if (std::holds_alternative<schema::Boolean>(type)) return bare == cell;
  const check::Reading reading =
      std::visit([&](const auto& kind) { return check::read_value(kind, bare, scratch); }, type);
  if (!reading.fault) return reading.value == cell;
  return to_nfc(bare, scratch) == cell;
}

// What the field comes to; no change if the row leaves it as it is.
std::optional<FieldChange> change_of(const Column& column, const Cell& cell, bool is_new,
                                     std::optional<std::string_view> old)
{
  const bool is_secret = std::holds_alternative<schema::Secret>(column.type);
  if (column.informational) return {};
  FieldChange change{.before = old};
  if (cell.state == CellState::good) {
    if (is_secret) {
      change.secret = SecretFrom::column;
      return change;
    }
    if (old && is_same(column.type, *old, cell.text)) return {};
    change.after = cell.text;
    return change;
  }
  if (cell.state == CellState::absent && !is_new) return {};
  switch (is_new ? column.on_create : column.on_update) {
    case Blank::keep:
    case Blank::required:
      return {};
    case Blank::generate:
      change.secret = SecretFrom::generated;
      return change;
    case Blank::fill:
      if (old && is_same(column.type, *old, column.fill)) return {};
      change.after = column.fill;
      return change;
    case Blank::clear:
      if (!old || is_blank(*old)) return {};
      return change;
  }
  return {};
}

} // namespace

std::string_view slug(Outcome outcome) noexcept
{
  constexpr std::array<std::string_view, outcome_count> slugs = {
      "created", "updated", "unchanged", "rejected", "withheld", "stale", "failed", "unknown"};
  return slugs[static_cast<std::size_t>(outcome)];
}

RowChange diff(const schema::CompiledSchema& schema, const check::JudgedBatch& batch,
               std::size_t row)
{
  const check::Row& judged = batch.row(row);
  RowChange made;
  made.key = judged.key;
  if (judged.is_rejected) {
    made.outcome = Outcome::rejected;
    return made;
  }
  const auto& columns = schema.field_columns();
  for (std::size_t field = 0; field != columns.size(); ++field) {
    const auto old = judged.is_new ? std::nullopt : judged.old[field];
    auto change = change_of(schema.columns()[columns[field]], batch.cell(columns[field], row),
                            judged.is_new, old);
    if (!change) continue;
    change->field = field;
    made.fields.push_back(*change);
  }
  if (judged.is_new)
    made.outcome = Outcome::created;
  else if (!made.fields.empty())
    made.outcome = Outcome::updated;
  return made;
}

} // namespace rollcall::plan
