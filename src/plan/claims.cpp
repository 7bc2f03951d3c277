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
      wanted_{key, memory},
      targets_{key, memory},
      failed_{key, memory},
      releases_{key, memory},
      wanted_in_cell_{key, memory},
      shared_{key, memory},
      held_{&memory},
      losses_{&memory},
      standing_{memory}
{
}

void Claims::expect(std::uint64_t rows)
{
  wanted_.expect(rows * sources_.size());
  standing_.expect(rows);
}

Result<void> Claims::take(check::Checker& checker, RowNumber first)
{
  const check::JudgedBatch& judged = checker.judged();
  standing_.grow(first + static_cast<RowNumber>(judged.rows()) - 1);

  RowMask taking_part{judged.looked_at};
  taking_part -= judged.rejected;
  note_failed(judged, first);
  take_keys(checker, first, taking_part);
  take_releases(checker, first, taking_part);
  for (std::size_t begin = 0, end = 0; begin != sources_.size(); begin = end) {
    const std::uint16_t claim = sources_[begin].claim;
    while (end != sources_.size() && sources_[end].claim == claim) ++end;
    ROLLCALL_CHECK(take_claim(checker, first, taking_part, begin, end));
  }
  return success();
}

// What rows want of one claim, by whichever of its sources, in the order of the file.
Result<void> Claims::take_claim(check::Checker& checker, RowNumber first,
                                const RowMask& taking_part, std::size_t begin, std::size_t end)
{
  const std::uint16_t claim = sources_[begin].claim;
  const bool every = schema_.claims[claim].claim->duplicates == schema::Duplicates::every;
  wants_.clear();
  for (std::size_t s = begin; s != end; ++s)
    ROLLCALL_CHECK(add_wants(checker, s, every ? checker.judged().looked_at : taking_part));
  if (end - begin > 1) {
    std::stable_sort(wants_.begin(), wants_.end(),
                     [](const Want& a, const Want& b) { return a.row < b.row; });
  }
  // All at once: where a place is takes longer to find out than what stands there.
  for (const Want& want : wants_) wanted_.prefetch(want.print);
  for (const Want& want : wants_) {
    const RowNumber row = first + static_cast<RowNumber>(want.row);
    const RowNumber has_it = wanted_.put(want.print, row);
    if (every && end - begin > 1) wanted_in_cell_.put(cell_print(want.print, want.source), row);
    if (has_it == row) continue;
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
  if (every) {
    // Only rows that passed everything else are told that somebody holds the value.
    std::erase_if(wants_, [&](const Want& want) { return !taking_part.has(want.row); });
  }
  const auto note = [&](std::size_t want, std::uint16_t kind, std::string_view key) {
    const Fingerprint holder = targets_.print(kind, key);
    held_.push_back({.row = first + static_cast<RowNumber>(wants_[want].row),
                     .source = wants_[want].source,
                     .release = ClaimIndex::joined(wants_[want].print, holder),
                     .holder = holder});
  };
  return find_holders(schema_, known_, checker, claim, wants_, note);
}

Fingerprint Claims::cell_print(const Fingerprint& value, std::size_t source) noexcept
{
  return ClaimIndex::joined(value, {.low = source, .high = source});
}

// Who counted on such a row will be told its line.
void Claims::note_failed(const check::JudgedBatch& judged, RowNumber first)
{
  RowMask failed{judged.is_update};
  failed &= judged.rejected;
  if (failed.is_empty()) return;
  failed.for_each([&](std::size_t row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    const auto key = failed_.print(schema_.own_kind(), judged.object(row)->key);
    failed_.put(key, number);
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
    const check::Known& object = *judged.object(row);
    for (const ClaimSource& source : sources_) {
      if (source.object != 0 || source.column == schema::none) continue;
      const auto& had = object.fields[source.field];
      if (!had || keeps(checker, source.claim, row, *had)) continue;
      const Fingerprint value = wanted_.print(source.claim, *had);
      const Fingerprint holder = targets_.print(source.kind, object.key);
      releases_.put(ClaimIndex::joined(value, holder), first + static_cast<RowNumber>(row));
    }
  });
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

bool Claims::is_held_by_own(const check::JudgedBatch& judged, const ClaimSource& source,
                            std::size_t row, std::string_view value) const
{
  const check::Known* const object = judged.object(row);
  if (object == nullptr || source.object != 0) return false;
  for (const schema::CompiledHolder& holder : schema_.claims[source.claim].held_in) {
    if (holder.field.kind != source.kind || holder.field.field == expr::key_field) continue;
    const auto& had = object->fields[holder.field.field];
    if (had && is_same_without_case(*had, value)) return true;
  }
  return false;
}

// A row wants what its changes would write, if its object does not hold it yet (spec E33).
Result<void> Claims::add_wants(check::Checker& checker, std::size_t number, const RowMask& rows)
{
  const ClaimSource& source = sources_[number];
  const check::JudgedBatch& judged = checker.judged();
  const schema::CompiledObject& object = schema_.objects[source.object];
  RowMask making{rows};
  if (source.object == 0) {
    RowMask known{judged.is_new};
    known |= judged.is_update;
    making &= known;
  } else {
    RowMask made{memory_};
    made.assign(judged.rows(), false);
    for (const auto& when : {object.create, object.update}) {
      if (!when) continue;
      RowMask holds{rows};
      ROLLCALL_CHECK(checker.look_up(*when, holds));
      checker.evaluator().condition(*when, checker.frame(), holds.bits(), holds.bits());
      made |= holds;
    }
    making &= made;
  }
  if (source.column == schema::none) ROLLCALL_CHECK(checker.look_up(source.value, making));
  making.for_each([&](std::size_t row) {
    std::string_view value;
    if (source.column == schema::none) {
      const expr::Value made = checker.evaluator().value(source.value, checker.frame(), row);
      if (made.what != expr::What::text) return;
      value = made.text;
    } else if (const check::Cell& cell = judged.cell(source.column, row); cell.is_good()) {
      value = cell.text();
    } else {
      if (cell.state == check::CellState::bad) return;
      const check::Fresh fresh = checker.frame().fresh(source.column, row);
      if (fresh.is != check::Fresh::Is::text) return;
      value = fresh.text;
    }
    if (judged.object(row) != nullptr && is_held_by_own(judged, source, row, value)) return;
    wants_.push_back({.row = row,
                      .source = static_cast<std::uint16_t>(number),
                      .value = value,
                      .print = wanted_.print(source.claim, value)});
  });
  return success();
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
    held.told = failed_.find(held.holder).value_or(0);
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
    return releases_.find(held.release) || failed_.find(held.holder).value_or(0) != held.told;
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
                       .other = by ? *by : failed_.find(held.holder).value_or(0)});
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

Result<void> Claims::say(check::Checker& checker, RowNumber first)
{
  const RowNumber end = first + static_cast<RowNumber>(checker.judged().rows());
  const auto loss_of = [&](RowNumber row) {
    return std::lower_bound(losses_.begin(), losses_.end(), row,
                            [](const Loss& l, RowNumber r) { return l.row < r; });
  };
  const std::span<const Loss> losses{loss_of(first), loss_of(end)};
  if (losses.empty()) return success();
  for (const Loss& loss : losses) {
    const std::size_t row = loss.row - first;
    if (loss.about == About::held || !checker.judged().looked_at.has(row)) continue;
    const bool repeats = loss.about == About::repeats;
    const std::uint16_t blame =
        repeats ? schema_.objects.front().key_column : sources_[loss.source].blame;
    check::Found& found =
        checker.add(row, repeats ? Code::row_repeats_key : Code::claim_duplicate_in_file, blame,
                    Severity::error);
    if (blame != check::no_column) found.value = checker.judged().cell(blame, row).text();
    found.add(check::FactName::other_line, lines_.of(loss.other));
  }
  return say_held(checker, first, losses);
}

Result<void> Claims::say_held(check::Checker& checker, RowNumber first,
                              std::span<const Loss> losses)
{
  check::JudgedBatch& judged = checker.judged();
  for (std::size_t s = 0; s != sources_.size(); ++s) {
    RowMask rows{memory_};
    rows.assign(judged.rows(), false);
    std::vector<const Loss*> loss_of(judged.rows(), nullptr);
    for (const Loss& loss : losses) {
      const std::size_t row = loss.row - first;
      if (loss.source != s || !judged.looked_at.has(row)) continue;
      if (loss.about == About::duplicate) loss_of[row] = &loss; // says it all (spec E36)
      if (loss.about != About::held || loss_of[row] != nullptr) continue;
      loss_of[row] = &loss;
      rows.set(row);
    }
    if (rows.is_empty()) continue;
    const ClaimSource& source = sources_[s];
    wants_.clear();
    ROLLCALL_CHECK(add_wants(checker, s, rows));
    std::vector<std::string_view> names(wants_.size()); // of each value's first holder
    const auto name = [&](std::size_t want, std::uint16_t /*kind*/, std::string_view key) {
      if (names[want].empty()) names[want] = judged.keep(key);
    };
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, source.claim, wants_, name));
    for (std::size_t i = 0; i != wants_.size(); ++i) {
      const Want& want = wants_[i];
      const Loss& loss = *loss_of[want.row];
      check::Found& found = checker.add(want.row, Code::claim_taken, source.blame, Severity::error);
      found.value = judged.keep(want.value);
      if (schema_.claims[source.claim].claim->names_holder && !names[i].empty())
        found.add(check::FactName::holder, names[i]);
      if (loss.other != 0) found.add(check::FactName::other_line, lines_.of(loss.other));
    }
  }
  return success();
}

} // namespace rollcall::plan
