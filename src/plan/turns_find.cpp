// turns_find.cpp: which rows have to do with each other, as far as that can be seen beforehand.
#include "plan/turns.hpp"

#include <algorithm>

namespace rollcall::plan {
namespace {

using check::RowMask;

// Holders of a value that a row is known to have to do with, one by one.
constexpr std::uint8_t touched_max = 4;
constexpr std::uint8_t noted_max = 64; // likewise, where it is told

} // namespace

// What each row has to do with, as far as cells say it: its object, the values that it gives to it,
// and who holds those now. Where rows before the batch have to do with it too, or rows of the batch
// with each other, the backlog is done, and who holds them is asked again.
Result<void> Turns::find_turns(check::Checker& checker, RowNumber first)
{
  hangs_ = false;
  known_.see(may_wait_ ? known_.directory() : *state_);
  touches_.start();
  find_objects(checker, first);
  const std::size_t known_so_far = touches_.size();
  ROLLCALL_CHECK(find_wanted(checker, first));
  waits_ = may_wait_ && !hangs_ && touches_.begins(checker.judged().rows()).is_empty();
  if (!may_wait_ || waits_) return success();
  ROLLCALL_CHECK(catch_up());
  known_.see(*state_);
  touches_.go_back(known_so_far);
  return find_wanted(checker, first);
}

// Has a row of a batch before this one to do with the object?
bool Turns::is_changed_before(const Fingerprint& object, RowNumber first) const noexcept
{
  return keys_.find(object).value_or(first) < first || losers_.find(object).value_or(first) < first;
}

// The objects that rows are about; and which rows repeat the key of one before them (spec E37).
void Turns::find_objects(check::Checker& checker, RowNumber first)
{
  check::JudgedBatch& judged = checker.judged();
  const schema::CompiledObject& own = schema_.objects.front();
  // Of a second reading those of all rows are known: they are told of each other.
  objects_.resize(std::max<std::size_t>(objects_.size(), first - 1 + judged.rows()));
  if (on_touch_ && is_row_by_row_)
    judged.looked_at.for_each(
        [&](std::size_t row) { on_touch_(first + static_cast<RowNumber>(row), everything); });
  if (!own.key) return;
  RowMask rows{judged.looked_at};
  if (own.key_column != schema::none) rows &= judged.good(own.key_column);
  const std::uint16_t blamed = own.key_column == schema::none ? check::no_column : own.key_column;
  RowMask keyed{seams_.memory};
  keyed.assign(judged.rows(), false);
  prints_.resize(judged.rows());
  rows.for_each([&](std::size_t row) {
    const expr::Value key = checker.evaluator().value(*own.key, checker.frame(), row);
    if (key.what != expr::What::text) return;
    keyed.set(row);
    prints_[row] = keys_.print(own.kind, key.text);
    keys_.prefetch(prints_[row]);
  });
  keyed.for_each([&](std::size_t row) {
    const Fingerprint& print = prints_[row];
    touches_.add(row, print);
    if (on_touch_) on_touch_(first + static_cast<RowNumber>(row), object_thing(print));
    objects_[first - 1 + row] = print.low;
    const RowNumber has_it = keys_.put(print, first + static_cast<RowNumber>(row));
    hangs_ = hangs_ || has_it < first || losers_.find(print).value_or(first) < first;
    if (has_it == first + row) return;
    check::Found& made = checker.add(row, Code::row_repeats_key, blamed);
    if (blamed != check::no_column) made.value = judged.cell(blamed, row).text();
    made.add(check::FactName::other_line, lines_.of(has_it));
  });
  checker.evaluator().forget();
}

bool Turns::is_own_at_sight(const check::JudgedBatch& judged, const Holding& held,
                            std::size_t row) const noexcept
{
  const schema::CompiledObject& own = schema_.objects.front();
  if (own.key_column == schema::none || held.field.kind != own.kind) return false;
  const check::Cell& key = judged.cell(own.key_column, row);
  return key.is_good() && key.text() == held.object->key;
}

// The values that rows give to their objects, and who holds them.
Result<void> Turns::find_wanted(check::Checker& checker, RowNumber first)
{
  const check::JudgedBatch& judged = checker.judged();
  takes_from_others_.assign(judged.rows(), false);
  prints_.resize(sources_.size() * judged.rows());
  for (std::size_t s = 0; s != sources_.size(); ++s) {
    const ClaimSource& source = sources_[s];
    if (!gives(source)) continue;
    wants_.clear();
    judged.good(source.column).for_each([&](std::size_t row) {
      const std::string_view value = judged.cell(source.column, row).text();
      const Fingerprint print = givers_.print(source.claim, value);
      givers_.prefetch(print);
      prints_[s * judged.rows() + row] = print;
      touches_.add(row, print);
      if (on_touch_) on_touch_(first + static_cast<RowNumber>(row), value_thing(print));
      wants_.push_back({.row = row, .source = static_cast<std::uint16_t>(s), .value = value});
    });
    if (is_row_by_row_) continue;
    if (on_touch_) ROLLCALL_CHECK(touch_holders(checker, first));
    for (const Want& want : wants_)
      hangs_ =
          hangs_ || givers_.find(prints_[s * judged.rows() + want.row]).value_or(first) < first;
    // A value may be held by as many as there are, and be asked for in every row.
    holders_.assign(wants_.size(), 0);
    const auto note = [&](const Holding& held) {
      const std::size_t row = wants_[held.want].row;
      if (is_own_at_sight(judged, held, row)) return; // of its object all is known already
      std::uint8_t& holders = holders_[held.want];
      if (holders > touched_max) return;
      if (++holders > touched_max) {
        hangs_ = true;
        return touches_.add_alone(row);
      }
      const Fingerprint holder = keys_.print(held.field.kind, held.object->key);
      hangs_ = hangs_ || is_changed_before(holder, first);
      if (holder.low != objects_[first - 1 + row]) takes_from_others_.set(row);
      touches_.add(row, holder);
    };
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, source.claim, wants_, note));
  }
  return success();
}

// Who holds what the rows of wants_ give, before any row has done anything: what a row finds later
// on hangs on rows that have one of these things in common with it.
Result<void> Turns::touch_holders(check::Checker& checker, RowNumber first)
{
  if (wants_.empty()) return success();
  const auto number = [&](const Want& want) { return first + static_cast<RowNumber>(want.row); };
  holders_.assign(wants_.size(), 0);
  const auto note = [&](const Holding& held) {
    std::uint8_t& holders = holders_[held.want];
    if (holders > noted_max) return;
    const Fingerprint holder = keys_.print(held.field.kind, held.object->key);
    const bool is_noted = ++holders <= noted_max;
    on_touch_(number(wants_[held.want]), is_noted ? object_thing(holder) : everything);
  };
  const std::uint16_t claim = sources_[wants_.front().source].claim;
  return find_holders(schema_, known_, checker, claim, wants_, note, &known_.directory());
}

} // namespace rollcall::plan
