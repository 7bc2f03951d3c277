// claims.cpp: what rows want, who holds it, and the largest set of rows that can stand together.
//
// The set is found from above: all rows stand at first; who cannot falls, and with him everybody
// who counted on what he would have given up. Each row falls once, so the work is linear in the
// ties.
#include "plan/claims.hpp"

#include <algorithm>
#include <tuple>

#include "base/unicode.hpp"
#include "check/typed.hpp"

namespace rollcall::plan {
namespace {

using check::RowMask;

std::size_t index_of(std::uint64_t number) noexcept
{
  return static_cast<std::size_t>(number);
}

// An object that holds a value, as expressions about holders see it.
class HolderFrame final : public expr::Frame {
 public:
  HolderFrame(const schema::CompiledSchema& schema, std::uint16_t kind, const expr::Frame& rows)
      : schema_{schema}, kind_{kind}, rows_{rows}
  {
  }
  void show(const check::Known& object) noexcept { object_ = &object; }

  [[nodiscard]] std::size_t rows() const noexcept override { return 1; }
  void presences(const expr::Slot& slot, expr::Mask into) const override
  {
    into[0] = value(slot, 0).what != expr::What::null ? 1 : 0;
  }
  void truths(const expr::Slot& slot, expr::Mask into) const override
  {
    into[0] = value(slot, 0).truth ? 1 : 0;
  }
  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    if (slot.space == expr::Space::holder)
      return check::value_of(schema_, kind_, object_, slot.field);
    return rows_.value(slot, 0); // a fact of the job
  }
  [[nodiscard]] bool is_range(const expr::Slot& /*slot*/, std::size_t /*row*/) const override
  {
    return false;
  }

 private:
  const schema::CompiledSchema& schema_;
  std::uint16_t kind_;
  const expr::Frame& rows_;
  const check::Known* object_ = nullptr;
};

} // namespace

Claims::Claims(const schema::CompiledSchema& schema, check::KnownObjects& known, const SipKey& key,
               std::pmr::memory_resource& memory)
    : schema_{schema},
      known_{known},
      memory_{&memory},
      wants_{&memory},
      wanted_{key, memory},
      targets_{key, memory},
      failed_{key, memory},
      releases_{key, memory},
      held_{&memory},
      losses_{&memory},
      fallen_(&memory),
      ties_{&memory},
      lines_{&memory},
      named_{&memory},
      named_lines_{&memory}
{
  for (std::size_t c = 0; c != schema.claims.size(); ++c) {
    const schema::CompiledClaim& claim = schema.claims[c];
    for (const schema::CompiledHolder& holder : claim.held_in) {
      for (std::size_t o = 0; o != schema.objects.size(); ++o) {
        const schema::CompiledObject& object = schema.objects[o];
        if (object.kind != holder.field.kind) continue;
        Source source{.claim = static_cast<std::uint16_t>(c),
                      .object = static_cast<std::uint16_t>(o),
                      .kind = holder.field.kind,
                      .field = holder.field.field};
        if (source.field == expr::key_field) {
          if (!object.key) continue;
          source.value = *object.key;
          source.blame = object.key_column;
        } else {
          const auto set =
              std::find_if(object.sets.begin(), object.sets.end(),
                           [&](const schema::CompiledSet& s) { return s.field == source.field; });
          if (set == object.sets.end()) continue;
          source.value = set->value;
          source.column = set->column;
          source.blame = set->column;
        }
        if (claim.blame != schema::none) source.blame = claim.blame;
        sources_.push_back(source);
      }
    }
  }
}

void Claims::expect(std::uint64_t rows)
{
  wanted_.expect(rows * sources_.size());
  fallen_.reserve(index_of(rows) + 1);
}

Result<void> Claims::take(check::Checker& checker, const csv::RowBatch& batch, RowNumber first)
{
  const check::JudgedBatch& judged = checker.judged();
  last_row_ = first + static_cast<RowNumber>(judged.rows()) - 1;
  fallen_.resize(last_row_ + 1, false);

  RowMask taking_part{judged.looked_at};
  taking_part -= judged.rejected;
  note_failed(judged, batch, first);
  take_keys(checker, batch, first, taking_part);
  take_releases(checker, batch, first, taking_part);
  for (std::size_t s = 0; s != sources_.size(); ++s) {
    const Source& source = sources_[s];
    const bool every = schema_.claims[source.claim].claim->duplicates == schema::Duplicates::every;
    ROLLCALL_CHECK(find_wants(checker, source, every ? judged.looked_at : taking_part));
    csv::Lines lines{batch};
    for (const Want& want : wants_) {
      const RowNumber row = first + static_cast<RowNumber>(want.row);
      const RowNumber has_it = wanted_.put(want.print, row);
      if (has_it == row) continue;
      losses_.push_back({.row = row,
                         .about = About::duplicate,
                         .source = static_cast<std::uint16_t>(s),
                         .other = has_it});
      fallen_[row] = true;
      if (!every) continue;
      losses_.push_back({.row = has_it,
                         .about = About::duplicate,
                         .source = static_cast<std::uint16_t>(s),
                         .other = row,
                         .other_line = lines.of(want.row)});
      fallen_[has_it] = true;
    }
    if (every) {
      // Only rows that passed everything else are told that somebody holds the value.
      std::erase_if(wants_, [&](const Want& want) { return !taking_part.has(want.row); });
    }
    ROLLCALL_CHECK(find_holders(checker, static_cast<std::uint16_t>(s), first, {}));
  }
  return success();
}

// Who counted on such a row will be told its line.
void Claims::note_failed(const check::JudgedBatch& judged, const csv::RowBatch& batch,
                         RowNumber first)
{
  RowMask failed{judged.is_update};
  failed &= judged.rejected;
  if (failed.is_empty()) return;
  csv::Lines lines{batch};
  failed.for_each([&](std::size_t row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    const auto key = failed_.print(schema_.own_kind(), judged.object(row)->key);
    if (failed_.put(key, number) == number) lines_.push_back({number, lines.of(row)});
  });
}

// Of two rows for one object the later one takes no further part (spec E35).
void Claims::take_keys(check::Checker& checker, const csv::RowBatch& batch, RowNumber first,
                       RowMask& taking_part)
{
  const check::JudgedBatch& judged = checker.judged();
  RowMask updates{judged.is_update};
  updates &= taking_part;
  csv::Lines lines{batch};
  updates.for_each([&](std::size_t row) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    const Fingerprint key = targets_.print(schema_.own_kind(), judged.object(row)->key);
    const RowNumber has_it = targets_.put(key, number);
    if (has_it == number) return;
    losses_.push_back({.row = number, .about = About::repeats, .other = has_it});
    fallen_[number] = true;
    taking_part.clear(row);
  });
}

void Claims::take_releases(check::Checker& checker, const csv::RowBatch& batch, RowNumber first,
                           const RowMask& taking_part)
{
  const check::JudgedBatch& judged = checker.judged();
  RowMask updates{judged.is_update};
  updates &= taking_part;
  if (updates.is_empty()) return;
  csv::Lines lines{batch};
  updates.for_each([&](std::size_t row) {
    const check::Known& object = *judged.object(row);
    bool releases = false;
    for (const Source& source : sources_) {
      if (source.object != 0 || source.column == schema::none) continue;
      const auto& had = object.fields[source.field];
      if (!had) continue;
      const check::Fresh now = checker.frame().fresh(source.column, row);
      if (now.is == check::Fresh::Is::text && is_same_without_case(now.text, *had)) continue;
      const Fingerprint value = wanted_.print(source.claim, *had);
      const Fingerprint holder = targets_.print(source.kind, object.key);
      releases_.put(ClaimIndex::joined(value, holder), first + static_cast<RowNumber>(row));
      releases = true;
    }
    if (releases) lines_.push_back({first + static_cast<RowNumber>(row), lines.of(row)});
  });
}

bool Claims::is_held_by_own(const check::JudgedBatch& judged, const Source& source, std::size_t row,
                            std::string_view value) const
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
Result<void> Claims::find_wants(check::Checker& checker, const Source& source, const RowMask& rows)
{
  wants_.clear();
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
    if (source.column != schema::none) {
      if (judged.bad(source.column).has(row)) return;
      const check::Fresh fresh = checker.frame().fresh(source.column, row);
      if (fresh.is != check::Fresh::Is::text) return;
      value = fresh.text;
    } else {
      const expr::Value made = checker.evaluator().value(source.value, checker.frame(), row);
      if (made.what != expr::What::text) return;
      value = made.text;
    }
    if (is_held_by_own(judged, source, row, value)) return;
    wants_.push_back({.row = row, .value = value, .print = wanted_.print(source.claim, value)});
    wanted_.prefetch(wants_.back().print);
  });
  return success();
}

// What others hold in the directory, whichever field of the claim it is in. With `names` they are
// only named, each value's first holder by key; else what rows count on is noted.
class Claims::Holders final : public ObjectSink {
 public:
  Holders(Claims& claims, check::Checker& checker, std::uint16_t source,
          const schema::CompiledHolder& holder, RowNumber first, std::span<std::string_view> names)
      : claims_{claims},
        checker_{checker},
        source_{source},
        holder_{holder},
        first_{first},
        names_{names},
        frame_{claims.schema_, holder.field.kind, checker.frame()}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    const schema::CompiledKind& kind = claims_.schema_.kinds[holder_.field.kind];
    is_answer_ =
        is_answer_ && asked < claims_.wants_.size() && object.fields.size() == kind.fields.size();
    if (!is_answer_) return;
    if (holder_.when) {
      const check::Known known{.key = object.key, .fields = object.fields};
      frame_.show(known);
      if (!checker_.evaluator().condition(*holder_.when, frame_, 0)) return;
    }
    std::string_view key = object.key;
    std::uint16_t holder_kind = holder_.field.kind;
    if (holder_.owner != schema::none) {
      const auto& owner = object.fields[holder_.owner];
      if (!owner) return;
      key = *owner;
      holder_kind = claims_.schema_.own_kind();
    }
    const Want& want = claims_.wants_[asked];
    const check::Known* const own = checker_.judged().object(want.row);
    const bool is_own = own != nullptr && holder_kind == claims_.schema_.own_kind() &&
                        is_same_without_case(own->key, key);
    if (!is_own) note(asked, holder_kind, key);
  }

  [[nodiscard]] Result<void> check() const
  {
    if (is_answer_) return success();
    return Error{ErrorCode::host_failed,
                 "the directory showed an object that was not asked for, or not all of its fields"};
  }

 private:
  void note(std::size_t asked, std::uint16_t kind, std::string_view key)
  {
    const Want& want = claims_.wants_[asked];
    if (!names_.empty()) {
      if (names_[asked].empty()) names_[asked] = checker_.judged().keep(key);
      return;
    }
    const Fingerprint holder = claims_.targets_.print(kind, key);
    claims_.held_.push_back({.row = first_ + static_cast<RowNumber>(want.row),
                             .source = source_,
                             .release = ClaimIndex::joined(want.print, holder),
                             .holder = holder});
  }

  Claims& claims_;
  check::Checker& checker_;
  std::uint16_t source_;
  const schema::CompiledHolder& holder_;
  RowNumber first_;
  std::span<std::string_view> names_;
  HolderFrame frame_;
  bool is_answer_ = true;
};

Result<void> Claims::find_holders(check::Checker& checker, std::uint16_t source, RowNumber first,
                                  std::span<std::string_view> names)
{
  if (wants_.empty()) return success();
  std::vector<std::string_view> values;
  values.reserve(wants_.size());
  for (const Want& want : wants_) values.push_back(want.value);
  for (const schema::CompiledHolder& holder : schema_.claims[sources_[source].claim].held_in) {
    if (!known_.has_objects(holder.field.kind)) continue;
    Holders holders{*this, checker, source, holder, first, names};
    ROLLCALL_CHECK(known_.directory().find(holder.field.kind, holder.field.field, values, holders));
    ROLLCALL_CHECK(holders.check());
  }
  return success();
}

Result<void> Claims::settle()
{
  // What each row counts on: a value that another row gives up. Without such a row it falls at
  // once.
  std::pmr::vector<Edge> edges{memory_};
  std::pmr::vector<RowNumber> falling{memory_};
  for (RowNumber row = 1; row < fallen_.size(); ++row)
    if (fallen_[row]) falling.push_back(row);
  for (const Held& held : held_) {
    const auto by = releases_.find(held.release);
    if (by) {
      edges.push_back({.on = *by, .row = held.row});
    } else if (!fallen_[held.row]) {
      fallen_[held.row] = true;
      falling.push_back(held.row);
    }
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.on < b.on; });
  const auto first_edge = [&](RowNumber on) {
    return std::lower_bound(edges.begin(), edges.end(), on,
                            [](const Edge& edge, RowNumber row) { return edge.on < row; });
  };
  while (!falling.empty()) {
    const RowNumber row = falling.back();
    falling.pop_back();
    for (auto edge = first_edge(row); edge != edges.end() && edge->on == row; ++edge) {
      if (fallen_[edge->row]) continue;
      fallen_[edge->row] = true;
      falling.push_back(edge->row);
    }
  }

  // What is not free in the state that it comes to (spec E36).
  for (const Held& held : held_) {
    const auto by = releases_.find(held.release);
    if (by && !fallen_[*by]) continue;
    losses_.push_back({.row = held.row,
                       .about = About::held,
                       .source = held.source,
                       .other = by ? *by : failed_.find(held.holder).value_or(0)});
  }
  std::stable_sort(losses_.begin(), losses_.end(), [](const Loss& a, const Loss& b) {
    return std::tuple{a.row, a.source, a.about} < std::tuple{b.row, b.source, b.about};
  });
  std::sort(lines_.begin(), lines_.end(),
            [](const LineOf& a, const LineOf& b) { return a.row < b.row; });
  for (Loss& loss : losses_) {
    if (loss.other == 0 || loss.other_line != 0) continue;
    loss.other_line = line_of(loss.other);
    if (loss.other_line == 0) named_.push_back(loss.other); // known when it is seen again
  }
  std::sort(named_.begin(), named_.end());
  named_.erase(std::unique(named_.begin(), named_.end()), named_.end());

  std::erase_if(edges, [&](const Edge& edge) { return fallen_[edge.row] || edge.on == edge.row; });
  tie(edges);
  return success();
}

// Rows that stand because another one gives something up are one group with it.
void Claims::tie(std::span<const Edge> edges)
{
  const auto is_before = [](const Tie& a, const Tie& b) { return a.row < b.row; };
  const auto is_same = [](const Tie& a, const Tie& b) { return a.row == b.row; };
  ties_.reserve(2 * edges.size());
  for (const Edge& edge : edges) {
    ties_.push_back({.row = edge.on, .group = edge.on});
    ties_.push_back({.row = edge.row, .group = edge.row});
  }
  std::sort(ties_.begin(), ties_.end(), is_before);
  ties_.erase(std::unique(ties_.begin(), ties_.end(), is_same), ties_.end());
  const auto tie_of = [&](RowNumber row) {
    return std::lower_bound(ties_.begin(), ties_.end(), Tie{.row = row}, is_before);
  };
  const auto root_of = [&](RowNumber row) {
    for (;;) {
      const auto tie = tie_of(row);
      if (tie->group == row) return row;
      tie->group = tie_of(tie->group)->group; // a shorter way for the next one
      row = tie->group;
    }
  };
  for (const Edge& edge : edges) {
    const RowNumber a = root_of(edge.on);
    const RowNumber b = root_of(edge.row);
    if (a != b) tie_of(std::max(a, b))->group = std::min(a, b);
  }
  for (Tie& tie : ties_) tie.group = root_of(tie.row);
}

bool Claims::has_fallen(RowNumber row) const noexcept
{
  return row < fallen_.size() && fallen_[row];
}

bool Claims::is_said_of(RowNumber row) const noexcept
{
  const auto loss = std::lower_bound(losses_.begin(), losses_.end(), row,
                                     [](const Loss& l, RowNumber r) { return l.row < r; });
  return loss != losses_.end() && loss->row == row;
}

RowNumber Claims::group_of(RowNumber row) const noexcept
{
  const auto tie = std::lower_bound(ties_.begin(), ties_.end(), row,
                                    [](const Tie& t, RowNumber r) { return t.row < r; });
  return tie != ties_.end() && tie->row == row ? tie->group : 0;
}

std::uint64_t Claims::line_of(RowNumber row) const
{
  const auto find = [&](const std::pmr::vector<LineOf>& lines) -> std::uint64_t {
    const auto line = std::lower_bound(lines.begin(), lines.end(), row,
                                       [](const LineOf& l, RowNumber r) { return l.row < r; });
    return line != lines.end() && line->row == row ? line->line : 0;
  };
  const std::uint64_t line = find(lines_);
  return line != 0 ? line : find(named_lines_);
}

Result<void> Claims::say(check::Checker& checker, const csv::RowBatch& batch, RowNumber first)
{
  const RowNumber end = first + static_cast<RowNumber>(batch.size());
  csv::Lines lines{batch};
  for (; seen_ != named_.size() && named_[seen_] < end; ++seen_)
    named_lines_.push_back({named_[seen_], lines.of(named_[seen_] - first)});
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
    found.add(check::FactName::other_line,
              loss.other_line != 0 ? loss.other_line : line_of(loss.other));
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
    const Source& source = sources_[s];
    ROLLCALL_CHECK(find_wants(checker, source, rows));
    std::vector<std::string_view> names(wants_.size());
    ROLLCALL_CHECK(find_holders(checker, static_cast<std::uint16_t>(s), first, names));
    for (std::size_t i = 0; i != wants_.size(); ++i) {
      const Want& want = wants_[i];
      const Loss& loss = *loss_of[want.row];
      check::Found& found = checker.add(want.row, Code::claim_taken, source.blame, Severity::error);
      found.value = judged.keep(want.value);
      if (schema_.claims[source.claim].claim->names_holder && !names[i].empty())
        found.add(check::FactName::holder, names[i]);
      const std::uint64_t line =
          loss.other_line != 0 || loss.other == 0 ? loss.other_line : line_of(loss.other);
      if (line != 0) found.add(check::FactName::other_line, line);
    }
  }
  return success();
}

} // namespace rollcall::plan
