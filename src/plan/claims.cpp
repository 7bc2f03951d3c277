// claims.cpp: what rows want, who holds it, and what is said of those who cannot have it.
#include "plan/claims.hpp"

#include <algorithm>
#include <tuple>

#include "base/unicode.hpp"

namespace rollcall::plan {

using check::RowMask;

Claims::Claims(const schema::CompiledSchema& schema, check::KnownObjects& known,
               const LineBook& lines, const SipKey& key, std::pmr::memory_resource& memory)
    : schema_{schema},
      known_{known},
      lines_{lines},
      memory_{&memory},
      sources_{claim_sources(schema)},
      wants_{&memory},
      texts_{&memory},
      wanted_{key, memory},
      targets_{key, memory},
      releases_{key, memory},
      failed_{key, memory},
      wanted_in_cell_{key, memory},
      shared_{key, memory},
      held_{&memory},
      losses_{&memory},
      standing_{memory}
{
}

void Claims::expect(std::uint64_t rows, std::uint64_t taken)
{
  wanted_.expect(wanted_.size() * rows / taken);
  standing_.expect(rows);
}

Result<void> Claims::take(check::Checker& checker, RowNumber first)
{
  const check::JudgedBatch& judged = checker.judged();
  standing_.grow(first + static_cast<RowNumber>(judged.rows()) - 1);

  RowMask taking_part{judged.looked_at};
  taking_part -= judged.rejected;
  note_failed(checker, first);
  if (on_touch_) touch_objects(judged, first);
  take_keys(checker, first, taking_part);
  take_releases(checker, first, taking_part);
  if (schema_.range_column == schema::none)
    return take_slice(checker, first, {.rows = judged.looked_at, .taking_part = taking_part});
  // A file has many more numbers than bytes, so ranges are expanded a few at a time.
  constexpr std::uint64_t expanded_max = 4096;
  Slice slice{.rows = RowMask{memory_}, .taking_part = RowMask{memory_}};
  slice.rows.assign(judged.rows(), false);
  std::uint64_t numbers = 0;
  const auto take_so_far = [&]() -> Result<void> {
    slice.taking_part = taking_part;
    slice.taking_part &= slice.rows;
    ROLLCALL_CHECK(take_slice(checker, first, slice));
    slice.rows.assign(judged.rows(), false);
    numbers = 0;
    return success();
  };
  for (std::size_t row = 0; row != judged.rows(); ++row) {
    if (!judged.looked_at.has(row)) continue;
    const std::uint64_t more = checker.numbers(row);
    if (numbers != 0 && numbers + more > expanded_max) ROLLCALL_CHECK(take_so_far());
    slice.rows.set(row);
    numbers += more;
  }
  return numbers == 0 ? success() : take_so_far();
}

Result<void> Claims::take_slice(check::Checker& checker, RowNumber first, const Slice& slice)
{
  for (std::size_t begin = 0, end = 0; begin != sources_.size(); begin = end) {
    const std::uint16_t claim = sources_[begin].claim;
    while (end != sources_.size() && sources_[end].claim == claim) ++end;
    ROLLCALL_CHECK(take_claim(checker, first, slice, begin, end));
  }
  return success();
}

// What rows want of one claim, by whichever of its sources, in the order of the file.
Result<void> Claims::take_claim(check::Checker& checker, RowNumber first, const Slice& slice,
                                std::size_t begin, std::size_t end)
{
  const std::uint16_t claim = sources_[begin].claim;
  const bool every = schema_.claims[claim].claim->duplicates == schema::Duplicates::every;
  wants_.clear();
  texts_.release();
  for (std::size_t s = begin; s != end; ++s)
    ROLLCALL_CHECK(add_wants(checker, s, every ? slice.rows : slice.taking_part));
  if (end - begin > 1) {
    std::stable_sort(wants_.begin(), wants_.end(),
                     [](const Want& a, const Want& b) { return a.row < b.row; });
  }
  note_duplicates(first, begin, end);
  if (on_touch_)
    for (const Want& want : wants_)
      on_touch_(first + static_cast<RowNumber>(want.row), value_thing(want.print));
  if (every) {
    // Only rows that passed everything else are told that somebody holds the value.
    std::erase_if(wants_, [&](const Want& want) { return !slice.taking_part.has(want.row); });
  }
  const auto note = [&](const Holding& held) {
    const Want& want = wants_[held.want];
    const RowNumber row = first + static_cast<RowNumber>(want.row);
    const Fingerprint holder = targets_.print(held.kind, held.key);
    // Nobody gives anything up to a range, so the first number that is held says it all.
    if (checker.is_range(want.row) && !held_.empty() && held_.back().row == row &&
        held_.back().source == want.source)
      return;
    if (on_touch_ && held.kind == schema_.own_kind()) on_touch_(row, object_thing(holder));
    held_.push_back(
        {.row = row, .source = want.source, .release = ClaimIndex::joined(want.print, holder)});
  };
  return find_holders(schema_, known_, checker, claim, wants_, note);
}

// The first row that wants a value has it; where all are told that share it, that row too.
void Claims::note_duplicates(RowNumber first, std::size_t begin, std::size_t end)
{
  const bool every =
      schema_.claims[sources_[begin].claim].claim->duplicates == schema::Duplicates::every;
  // All at once: where a place is takes longer to find out than what stands there.
  for (const Want& want : wants_) wanted_.prefetch(want.print);
  for (const Want& want : wants_) {
    const RowNumber row = first + static_cast<RowNumber>(want.row);
    const RowNumber has_it = wanted_.put(want.print, row);
    if (every && end - begin > 1) wanted_in_cell_.put(cell_print(want.print, want.source), row);
    if (has_it == row) continue;
    if (want.number != 0 && is_lost(row, want.source)) continue; // the range is told as a whole
    losses_.push_back(
        {.row = row, .about = About::duplicate, .source = want.source, .other = has_it});
    standing_.fall(row);
    if (!every) continue;
    standing_.fall(has_it);
    // The row that came first is told once, by each of its cells that shares the value.
    for (std::size_t s = begin; s != end; ++s) {
      const Fingerprint in_cell = cell_print(want.print, s);
      if (end - begin > 1 && wanted_in_cell_.find(in_cell) != has_it) continue;
      if (shared_.find(in_cell)) continue;
      shared_.put(in_cell, row);
      losses_.push_back({.row = has_it,
                         .about = About::duplicate,
                         .source = static_cast<std::uint16_t>(s),
                         .other = row});
    }
  }
}

bool Claims::is_lost(RowNumber row, std::uint16_t source) const noexcept
{
  return !losses_.empty() && losses_.back().row == row && losses_.back().source == source;
}

Fingerprint Claims::cell_print(const Fingerprint& value, std::size_t source) noexcept
{
  return ClaimIndex::joined(value, {.low = source, .high = source});
}

// Who would have got a value from such a row is told its line: by a good cell it gives the value
// up.
void Claims::note_failed(check::Checker& checker, RowNumber first)
{
  const check::JudgedBatch& judged = checker.judged();
  RowMask failed{judged.is_update};
  failed &= judged.rejected;
  failed.for_each([&](std::size_t row) {
    each_given_up(checker, row, [&](const ClaimSource& source, const Fingerprint& release) {
      if (!judged.bad(source.column).has(row))
        failed_.put(release, first + static_cast<RowNumber>(row));
    });
  });
}

void Claims::touch_objects(const check::JudgedBatch& judged, RowNumber first)
{
  judged.is_update.for_each([&](std::size_t row) {
    const Fingerprint key = targets_.print(schema_.own_kind(), judged.object(row)->key);
    on_touch_(first + static_cast<RowNumber>(row), object_thing(key));
  });
}

// Of two rows for one object the later one takes no further part (spec E35).
void Claims::take_keys(check::Checker& checker, RowNumber first, RowMask& taking_part)
{
  const check::JudgedBatch& judged = checker.judged();
  RowMask updates{judged.is_update};
  updates &= taking_part;
  updates.for_each([&](std::size_t row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    const Fingerprint key = targets_.print(schema_.own_kind(), judged.object(row)->key);
    const RowNumber has_it = targets_.put(key, number);
    if (has_it == number) return;
    losses_.push_back({.row = number, .about = About::repeats, .other = has_it});
    standing_.fall(number);
    taking_part.clear(row);
  });
}

void Claims::take_releases(check::Checker& checker, RowNumber first, const RowMask& taking_part)
{
  const check::JudgedBatch& judged = checker.judged();
  RowMask updates{judged.is_update};
  updates &= taking_part;
  if (updates.is_empty()) return;
  updates.for_each([&](std::size_t row) {
    each_given_up(checker, row, [&](const ClaimSource&, const Fingerprint& release) {
      releases_.put(release, first + static_cast<RowNumber>(row));
    });
  });
}

// The values that a row takes from its object, joined with that.
template <class Visit>
void Claims::each_given_up(check::Checker& checker, std::size_t row, Visit visit)
{
  const check::Known& object = *checker.judged().object(row);
  for (const ClaimSource& source : sources_) {
    if (source.object != 0 || source.column == schema::none) continue;
    const auto& had = object.fields[source.field];
    if (!had || keeps(checker, source.claim, row, *had)) continue;
    const Fingerprint value = wanted_.print(source.claim, *had);
    const Fingerprint holder = targets_.print(source.kind, object.key);
    visit(source, ClaimIndex::joined(value, holder));
  }
}

// Will the row's object still hold the value, in whichever field of the claim?
bool Claims::keeps(check::Checker& checker, std::uint16_t claim, std::size_t row,
                   std::string_view value) const
{
  const check::Known& object = *checker.judged().object(row);
  return std::any_of(sources_.begin(), sources_.end(), [&](const ClaimSource& source) {
    if (source.claim != claim || source.object != 0 || source.field == expr::key_field)
      return false;
    if (source.column == schema::none) {
      const auto& had = object.fields[source.field];
      return had && is_same_without_case(*had, value);
    }
    const check::Fresh now = checker.frame().fresh(source.column, row);
    return now.is == check::Fresh::Is::text && is_same_without_case(now.text, value);
  });
}

// With their prints.
Result<void> Claims::add_wants(check::Checker& checker, std::size_t source, const RowMask& rows)
{
  const std::size_t before = wants_.size();
  ROLLCALL_CHECK(plan::add_wants(schema_, sources_, source, checker, rows, texts_, wants_));
  for (std::size_t i = before; i != wants_.size(); ++i)
    wants_[i].print = wanted_.print(sources_[source].claim, wants_[i].value);
  return success();
}

std::optional<RowNumber> Claims::wanting(std::uint16_t claim, std::string_view value)
{
  return wanted_.find(wanted_.print(claim, value));
}

bool Claims::settle_so_far(RowNumber first)
{
  if (is_open_) return false;
  for (; held_told_ != held_.size(); ++held_told_) {
    Held& held = held_[held_told_];
    if (releases_.find(held.release)) {
      is_open_ = true;
      return false;
    }
    held.told = failed_.find(held.release).value_or(0);
    standing_.fall(held.row);
    losses_.push_back(
        {.row = held.row, .about = About::held, .source = held.source, .other = held.told});
  }
  sort_losses(losses_told_);
  is_open_ = losses_told_ != losses_.size() && losses_[losses_told_].row < first;
  losses_told_ = losses_.size();
  return !is_open_;
}

bool Claims::has_kept_word() const
{
  return !is_open_ && std::none_of(held_.begin(), held_.end(), [&](const Held& held) {
    return releases_.find(held.release) || failed_.find(held.release).value_or(0) != held.told;
  });
}

void Claims::settle()
{
  // What was settled so far is forgotten.
  std::erase_if(losses_, [](const Loss& loss) { return loss.about == About::held; });
  standing_.raise_all();
  for (const Loss& loss : losses_) standing_.fall(loss.row);

  // What each row counts on: a value that another row gives up. Without such a row it falls.
  for (const Held& held : held_) {
    const auto by = releases_.find(held.release);
    if (by) {
      standing_.count_on(held.row, *by);
    } else {
      standing_.fall(held.row);
    }
  }
  standing_.settle();

  // What is not free in the state that it comes to (spec E36).
  for (const Held& held : held_) {
    const auto by = releases_.find(held.release);
    if (by && !standing_.has_fallen(*by)) continue;
    losses_.push_back({.row = held.row,
                       .about = About::held,
                       .source = held.source,
                       .other = by ? *by : failed_.find(held.release).value_or(0)});
  }
  sort_losses(0);
}

void Claims::sort_losses(std::size_t begin)
{
  std::stable_sort(
      losses_.begin() + static_cast<std::ptrdiff_t>(begin), losses_.end(),
      [](const Loss& a, const Loss& b) {
        return std::tuple{a.row, a.source, a.about} < std::tuple{b.row, b.source, b.about};
      });
}

bool Claims::is_said_of(RowNumber row) const noexcept
{
  const auto loss = std::lower_bound(losses_.begin(), losses_.end(), row,
                                     [](const Loss& l, RowNumber r) { return l.row < r; });
  return loss != losses_.end() && loss->row == row;
}

} // namespace rollcall::plan
