// turns.cpp: cells, then turn after turn: judged, what is wanted taken, done.
#include "plan/turns.hpp"

#include <algorithm>
#include <utility>

#include "directory/compared.hpp"
#include "plan/holder_names.hpp"

namespace rollcall::plan {
namespace {

using check::RowMask;

// The overlay says no only to what could not be meant.
class Done final : public AnswerSink {
 public:
  void answer(std::size_t /*group*/, Answer answer, std::span<const std::string_view> /*keys*/,
              std::string_view why) override
  {
    if (answer == Answer::applied) return;
    is_refused_ = true;
    why_ = why;
  }
  [[nodiscard]] Result<void> check() const
  {
    if (!is_refused_) return success();
    return Error{ErrorCode::host_failed, "the directory contradicts itself: " + why_};
  }

 private:
  bool is_refused_ = false;
  std::string why_;
};

// Does the value of a cell compare the same in the directory's spelling of what it refers to?
bool is_compared_alike(const schema::CompiledSchema& schema, const ClaimSource& source)
{
  if (source.column == schema::none || !schema.columns[source.column].refers.is_any()) return true;
  const auto form = [&](const schema::FieldRef& field) {
    const schema::CompiledKind& kind = schema.kinds[field.kind];
    return directory::form_of(field.field == expr::key_field ? kind.key.type
                                                             : kind.fields[field.field].type);
  };
  const auto& holders = schema.claims[source.claim].held_in;
  return std::all_of(holders.begin(), holders.end(), [&](const schema::CompiledHolder& holder) {
    return form(holder.field) == form(schema.columns[source.column].refers);
  });
}

} // namespace

Turns::Turns(const schema::CompiledSchema& schema, check::KnownObjects& known,
             const LineBook& lines, const SipKey& key, const Seams& seams)
    : schema_{schema},
      known_{known},
      lines_{lines},
      seams_{seams},
      sources_{claim_sources(schema)},
      backlog_{*seams.memory},
      keys_{key, *seams.memory},
      givers_{key, *seams.memory},
      losers_{key, *seams.memory},
      objects_{seams.memory},
      contests_{objects_, *seams.memory},
      touches_{*seams.memory},
      prints_{seams.memory},
      holders_{seams.memory},
      takes_from_others_{seams.memory},
      kept_{seams.memory},
      works_{seams.memory},
      wants_{seams.memory},
      takes_{seams.memory},
      takings_{seams.memory},
      groups_{seams.memory}
{
  // What can be seen beforehand is what cells say of the row's own object.
  for (const ClaimSource& source : sources_) {
    const bool is_plain =
        source.object == 0 && source.column != schema::none && !schema.columns[source.column].fill;
    is_row_by_row_ = is_row_by_row_ || !is_plain;
    may_be_spelled_ = may_be_spelled_ || !is_compared_alike(schema, source);
  }
  const auto is_changed = [&](std::uint16_t kind) {
    return std::any_of(schema.objects.begin(), schema.objects.end(),
                       [&](const schema::CompiledObject& object) { return object.kind == kind; });
  };
  for (const expr::Lookup& lookup : schema.book().lookups())
    if (is_changed(lookup.kind)) changed_kinds_.push_back(lookup.kind);
  for (const schema::CompiledColumn& column : schema.columns)
    if (column.refers.is_any() && is_changed(column.refers.kind))
      changed_kinds_.push_back(column.refers.kind);
  is_row_by_row_ = is_row_by_row_ || !changed_kinds_.empty() || schema.objects.size() > 1;
  // The next id hangs on all rows before.
  may_wait_ = !is_row_by_row_ && schema.kinds[schema.own_kind()].keys == schema::Keys::from_file;
}

Result<void> Turns::start()
{
  ROLLCALL_TRY(auto state, directory::Overlay::make(known_.directory(), schema_.schema(), seams_));
  state_.emplace(std::move(state));
  backlog_.clear();
  known_.see(*state_);
  for (const std::uint16_t kind : changed_kinds_) known_.forget(kind);
  return success();
}

Result<void> Turns::judge(check::Checker& checker, Changes& changes, const csv::RowBatch& batch)
{
  const auto first = static_cast<RowNumber>(batch.number(0));
  ROLLCALL_CHECK(checker.read(batch));
  kept_.release();
  works_.assign(batch.size(), Work{});
  ROLLCALL_CHECK(find_turns(checker, first));
  RowMask begins{seams_.memory};
  begins.assign(batch.size(), false);
  if (!waits_) begins = touches_.begins(batch.size());
  is_foreseen_ = !is_row_by_row_ && !may_be_spelled_ && begins.is_empty();
  RowMask turn{seams_.memory};
  turn.assign(batch.size(), false);
  for (std::size_t row = 0; row != batch.size(); ++row) {
    if (!checker.judged().looked_at.has(row)) continue;
    if ((is_row_by_row_ || begins.has(row)) && !turn.is_empty()) {
      ROLLCALL_CHECK(act(checker, changes, turn, first));
      turn.assign(batch.size(), false);
    }
    turn.set(row);
  }
  if (!turn.is_empty()) ROLLCALL_CHECK(act(checker, changes, turn, first));
  noted_ = std::max(noted_, first + static_cast<RowNumber>(batch.size()) - 1);
  return success();
}

Result<void> Turns::catch_up()
{
  if (backlog_.is_empty()) return success();
  Done done;
  ROLLCALL_CHECK(backlog_.give_to(*state_, done));
  return done.check();
}

RowMask Turns::standing_of(const check::JudgedBatch& judged) const
{
  RowMask standing{judged.is_new};
  standing |= judged.is_update;
  standing -= judged.rejected;
  return standing;
}

Result<void> Turns::act(check::Checker& checker, Changes& changes, const RowMask& turn,
                        RowNumber first)
{
  ROLLCALL_CHECK(checker.judge(turn));
  RowMask standing{standing_of(checker.judged())};
  standing &= turn;
  ROLLCALL_CHECK(find_takes(checker, standing));
  judge_takes(checker, standing);
  note_gifts(checker, standing, first);
  ROLLCALL_CHECK(changes.start(standing));
  ROLLCALL_CHECK(carry_out(checker, changes, standing, first));
  for (const std::uint16_t kind : changed_kinds_) known_.forget(kind);
  return success();
}

// Who holds what the rows want, by row. Where all rows of a batch are one turn, nothing has changed
// since that was asked, and most want what nobody holds.
Result<void> Turns::find_takes(check::Checker& checker, const RowMask& standing)
{
  wants_.clear();
  takes_.clear();
  RowMask asking{standing};
  if (is_foreseen_) asking &= takes_from_others_;
  if (asking.is_empty()) return success();
  for (std::size_t begin = 0, end = 0; begin != sources_.size(); begin = end) {
    const std::uint16_t claim = sources_[begin].claim;
    const std::size_t first_want = wants_.size();
    for (; end != sources_.size() && sources_[end].claim == claim; ++end)
      ROLLCALL_CHECK(add_wants(schema_, sources_, end, checker, asking, kept_, wants_));
    const auto note = [&](const Holding& held) {
      takes_.push_back({.want = first_want + held.want,
                        .kind = held.field.kind,
                        .holder = checker.kept_object(held.field.kind, *held.object),
                        .field = held.field.field,
                        .is_protected = !held.may_be_taken});
    };
    const std::span<const Want> wants{wants_.data() + first_want, wants_.size() - first_want};
    ROLLCALL_CHECK(find_holders(schema_, known_, checker, claim, wants, note));
  }
  std::stable_sort(takes_.begin(), takes_.end(), [&](const Take& a, const Take& b) {
    return std::pair{wants_[a.want].row, a.want} < std::pair{wants_[b.want].row, b.want};
  });
  return success();
}

// A row that wants what is protected is rejected and takes nothing (spec C3); of the others it is
// said whom they take from.
void Turns::judge_takes(check::Checker& checker, RowMask& standing)
{
  const auto row_of = [&](const Take& take) { return wants_[take.want].row; };
  for (auto begin = takes_.cbegin(); begin != takes_.cend();) {
    auto end = begin;
    while (end != takes_.cend() && row_of(*end) == row_of(*begin)) ++end;
    const bool is_rejected =
        std::any_of(begin, end, [](const Take& take) { return take.is_protected; });
    if (is_rejected) standing.clear(row_of(*begin));
    for (auto of_want = begin; of_want != end;) {
      auto next = of_want;
      while (next != end && next->want == of_want->want) ++next;
      const bool is_protected =
          std::any_of(of_want, next, [](const Take& take) { return take.is_protected; });
      if (is_protected || !is_rejected)
        say_takes(checker, {of_want, next}, is_protected ? Code::claim_taken : Code::claim_moved);
      of_want = next;
    }
    begin = end;
  }
}

void Turns::say_takes(check::Checker& checker, std::span<const Take> takes, Code code)
{
  const Want& want = wants_[takes.front().want];
  const ClaimSource& source = sources_[want.source];
  HolderNames names;
  for (const Take& take : takes)
    if (take.is_protected == (code == Code::claim_taken)) names.add(take.kind, take.holder.key);
  check::Found& made = checker.add(want.row, code, source.blame);
  made.value = checker.judged().keep(want.value);
  if (schema_.claims[source.claim].claim->names_holder) names.tell(schema_, checker.judged(), made);
}

// The first rows that give a value, for who comes later, and those who do; once a reading.
void Turns::note_gifts(check::Checker& checker, const RowMask& standing, RowNumber first)
{
  for_each_gift(checker, standing, [&](std::size_t row, std::uint16_t, const Fingerprint& value) {
    const RowNumber number = first + static_cast<RowNumber>(row);
    const RowNumber giver = givers_.put(value, number);
    if (giver != number && number > noted_) contests_.add(value, giver, number);
  });
}

bool Turns::gives(const ClaimSource& source) noexcept
{
  return source.object == 0 && source.column != schema::none;
}

// Values that cells give to the objects of these rows, also those that they have already.
template <class Visit>
void Turns::for_each_gift(check::Checker& checker, const RowMask& standing, Visit visit)
{
  const check::JudgedBatch& judged = checker.judged();
  for (std::size_t s = 0; s != sources_.size(); ++s) {
    if (!gives(sources_[s])) continue;
    const std::uint16_t column = sources_[s].column;
    standing.for_each([&](std::size_t row) {
      if (judged.cell(column, row).is_good()) visit(row, column, prints_[s * judged.rows() + row]);
    });
  }
}

void Turns::say(check::Checker& checker, RowNumber first)
{
  if (!has_contests()) return;
  const RowMask standing{standing_of(checker.judged())};
  for_each_gift(checker, standing,
                [&](std::size_t row, std::uint16_t column, const Fingerprint& value) {
                  const auto number = first + static_cast<RowNumber>(row);
                  const auto others = contests_.others(value, number, LineBook::named_max + 1);
                  if (others.empty()) return;
                  check::JudgedBatch& judged = checker.judged();
                  check::Found& made = checker.add(row, Code::claim_contested, column);
                  made.value = judged.cell(column, row).text();
                  made.add(check::FactName::other_line, lines_.of(others.front()));
                  if (others.size() > 1)
                    made.add(check::FactName::more_lines,
                             judged.keep(lines_.more(std::span{others}.subspan(1))));
                });
}

// The rows of a turn have nothing to do with each other, so what they do is done at once.
Result<void> Turns::carry_out(check::Checker& checker, Changes& changes, const RowMask& standing,
                              RowNumber first)
{
  std::optional<std::uint64_t> next_id;
  if (schema_.kinds[schema_.own_kind()].keys == schema::Keys::from_host) {
    ROLLCALL_TRY(next_id, state_->next_id(schema_.own_kind()));
  }
  groups_.clear();
  auto take = takes_.cbegin();
  Result<void> result = success();
  standing.for_each([&](std::size_t row) {
    while (take != takes_.cend() && wants_[take->want].row < row) ++take;
    takings_.clear();
    for (; take != takes_.cend() && wants_[take->want].row == row; ++take) {
      takings_.push_back({.kind = take->kind, .holder = &take->holder, .field = take->field});
      losers_.put(losers_.print(take->kind, take->holder.key), first + static_cast<RowNumber>(row));
    }
    if (result.has_value()) result = carry_out(checker, changes, row, next_id);
  });
  ROLLCALL_CHECK(std::move(result));
  if (groups_.empty()) return success();
  if (waits_) {
    for (const Group& group : groups_) backlog_.add(group.changes);
    return success();
  }
  Done done;
  ROLLCALL_CHECK(state_->apply(groups_, done));
  return done.check();
}

// What one row does, with what it takes.
Result<void> Turns::carry_out(check::Checker& checker, Changes& changes, std::size_t row,
                              std::optional<std::uint64_t>& next_id)
{
  if (takings_.empty() && !changes.has_any(row) && schema_.objects.size() == 1) return success();
  const auto given = given_key(checker, row, next_id);
  ROLLCALL_TRY(const Work made, changes.make(row, given, takings_));
  works_[row] = Changes::keep(made, kept_);
  if (!made.changes.empty()) groups_.push_back({.changes = works_[row].changes});
  return success();
}

// Of a new object to which the host gives its key: a number after the others.
std::optional<std::string_view> Turns::given_key(check::Checker& checker, std::size_t row,
                                                 std::optional<std::uint64_t>& next_id) const
{
  const bool is_given = checker.judged().object(row) == nullptr &&
                        schema_.kinds[schema_.own_kind()].keys == schema::Keys::from_host;
  if (!is_given || !next_id) return {};
  const std::string_view id = checker.judged().keep(std::to_string(*next_id));
  if (++*next_id == 0) next_id.reset();
  return id;
}

} // namespace rollcall::plan
