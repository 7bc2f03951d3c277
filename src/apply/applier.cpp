// applier.cpp: rows become groups, groups batches, and batches are settled.
#include "apply/applier.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "rollcall/sink.hpp"

namespace rollcall::apply {
namespace {

// A batch is a transaction, and what is lost if the process dies in it.
constexpr std::int64_t batch_ns_max = 50'000'000;

} // namespace

// What the directory says of the groups that it was given; each of them once.
class Applier::Answers final : public AnswerSink {
 public:
  explicit Answers(std::span<Pending*> given) : given_{given}, answered_(given.size(), false) {}

  void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
              std::string_view why) override
  {
    if (group >= given_.size() || answered_[group]) {
      lies_ = true;
      return;
    }
    Pending& pending = *given_[group];
    if (answer == Answer::applied && keys.size() != pending.changes.size()) {
      lies_ = true;
      return;
    }
    answered_[group] = true;
    pending.is = answer == Answer::applied   ? Fate::applied
                 : answer == Answer::refused ? Fate::failed
                                             : Fate::unknown;
    if (answer == Answer::applied) pending.keys.assign(keys.begin(), keys.end());
    if (answer == Answer::refused) {
      Finding made = finding(Code::host_refused);
      if (!why.empty()) made.facts.push_back(fact("reason", why));
      pending.fate.finding = std::move(made);
    }
  }

  [[nodiscard]] bool has_lied() const noexcept { return lies_; }
  [[nodiscard]] bool is_answered(std::size_t group) const noexcept { return answered_[group]; }

 private:
  std::span<Pending*> given_;
  std::vector<bool> answered_;
  bool lies_ = false;
};

Applier::Applier(const schema::CompiledSchema& schema, check::Facts& facts, Directory& directory,
                 const SipKey& key, const Seams& seams, const ApplierOptions& options)
    : schema_{schema},
      directory_{directory},
      seams_{seams},
      options_{options},
      is_joined_{options.journal != nullptr && options.journal->holds(directory)},
      preconditions_{schema, facts, directory, key, *seams.memory},
      maker_{schema, facts, *seams.random},
      row_texts_{seams.memory},
      texts_{seams.memory}
{
}

Applier::~Applier()
{
  if (has_begun_) options_.journal->roll_back();
}

Result<void> Applier::run(plan::PlanReader& plan, Fates& fates,
                          const std::map<std::uint64_t, SettledBefore>& settled)
{
  fates_ = &fates;
  plan_id_ = plan.header().id;
  next_id_ = fates.first_id;
  if (const auto& undoes = plan.header().undoes) {
    undone_ = undoes->job;
    preconditions_.undoes(options_.journal, undone_, options_.job);
  }
  bool was_stopped = false;
  for (plan::PlanRow row;;) {
    row_texts_.release(); // most rows do nothing: they must not wait for a batch to be full
    ROLLCALL_TRY(const bool is_row, plan.next(row, row_texts_));
    if (!is_row) break;
    if (row.result.changes.empty() && row.result.effects.empty()) continue;
    PlannedGroup group{.number = plan.groups()};
    if (row.group == 0) {
      row = keep_row(row, texts_);
      guess_key(row, texts_);
      group.rows.push_back(row);
      if (group.number > fates.groups) ROLLCALL_CHECK(take_secrets(row, 0, group.secrets));
    } else {
      const auto at = open_.try_emplace(row.group, *seams_.memory).first;
      Open& open = at->second;
      row = keep_row(row, *open.texts);
      guess_key(row, *open.texts);
      open.rows.push_back(row);
      ROLLCALL_CHECK(take_secrets(row, open.changes, open.secrets));
      open.changes += row.result.changes.size();
      if (!row.is_last) continue;
      group.rows = std::move(open.rows);
      group.secrets = std::move(open.secrets);
      kept_.push_back(std::move(open.texts));
      open_.erase(at);
    }
    if (group.number <= fates.groups) {
      const auto at = settled.find(group.number);
      if (at != settled.end()) {
        note(group, at->second);
        was_stopped = was_stopped || (options_.is_atomic && at->second.fate != Fate::applied);
      }
      // Where it was stopped then, it stays stopped.
      if (was_stopped && group.number == fates.groups) return stop(row.result.number);
      if (pending_.empty()) texts_.release();
      continue;
    }
    ROLLCALL_CHECK(put_in(std::move(group)));
    if (is_stopped_) return stop(row.result.number);
  }
  ROLLCALL_CHECK(apply_pending());
  ROLLCALL_CHECK(end_batch());
  if (is_stopped_) return stop(std::numeric_limits<std::uint64_t>::max());
  return commit();
}

// All or nothing was asked for, and a group cannot be applied: what can be taken back is, and
// nothing more is done.
Result<void> Applier::stop(std::uint64_t row)
{
  if (has_begun_) {
    options_.journal->roll_back();
    has_begun_ = false;
    fates_->withhold_all();
  }
  for (const auto& [group, open] : open_)
    for (const plan::PlanRow& each : open.rows)
      settle_as(each, {.outcome = plan::Outcome::withheld});
  fates_->stop_behind(row);
  return success();
}

// In the order of the file, as a report of what would be done shows them.
void Applier::guess_key(plan::PlanRow& row, std::pmr::memory_resource& texts)
{
  const std::span<const Change> changes = row.result.changes;
  if (changes.empty() || !changes.front().gives_key || !next_id_) return;
  const std::string id = std::to_string((*next_id_)++);
  if (*next_id_ == 0) next_id_.reset();
  fill_key(row, id, texts);
}

Result<void> Applier::put_in(PlannedGroup&& group)
{
  if (preconditions_.hangs_on_others(group)) {
    ROLLCALL_CHECK(apply_pending());
    // What does not fit is known before the host is given more, and is kept with that: who goes on
    // after a crash would judge it by what the host has done since.
    if (!is_joined_) ROLLCALL_CHECK(settle_pending());
  }
  Pending pending{.group = std::move(group)};
  pending.operation = plan_id_ + "-" + std::to_string(pending.group.rows.back().result.number);
  pending.group.each_change([&](const Change& change) { pending.changes.push_back(change); });
  preconditions_.note_changes(pending.group);
  changes_ += pending.changes.size();
  pending_.push_back(std::move(pending));
  if (pending_.size() == 1) began_ns_ = seams_.clock->monotonic_ns();
  const bool is_full = pending_.size() == batch_groups_max || changes_ >= batch_changes_max;
  const bool is_late =
      pending_.size() % 16 == 0 && seams_.clock->monotonic_ns() - began_ns_ >= batch_ns_max;
  if (!is_full && !is_late) return success();
  ROLLCALL_CHECK(apply_pending());
  return end_batch();
}

Result<void> Applier::begin()
{
  if (options_.journal == nullptr || has_begun_) return success();
  ROLLCALL_CHECK(options_.journal->begin(options_.job));
  has_begun_ = true;
  return success();
}

Result<void> Applier::commit()
{
  if (!has_begun_) return success();
  has_begun_ = false;
  return options_.journal->commit();
}

bool Applier::is_intended(const Pending& pending) const
{
  return options_.intended != nullptr &&
         std::binary_search(options_.intended->begin(), options_.intended->end(),
                            pending.operation);
}

// Applies what was gathered, as far as it still holds.
Result<void> Applier::apply_pending()
{
  if (done_ == pending_.size()) return success();
  Result<void> done = [&]() -> Result<void> {
    ROLLCALL_CHECK(begin());
    return options_.gives_nothing ? withhold() : apply_fitting();
  }();
  if (!done.has_value() && has_begun_) {
    options_.journal->roll_back();
    has_begun_ = false;
  }
  done_ = pending_.size();
  return done;
}

Result<void> Applier::apply_fitting()
{
  ROLLCALL_TRY(const bool holds, holds_still());
  const auto fits = [&](Pending& pending) {
    auto stale = holds ? std::nullopt : preconditions_.check(pending.group);
    if (!stale) return true;
    pending.is = Fate::stale;
    pending.fate.finding = std::move(stale);
    return false;
  };
  if (!holds) {
    for (std::size_t i = done_; i != pending_.size(); ++i) preconditions_.add(pending_[i].group);
    ROLLCALL_CHECK(preconditions_.ask());
  }
  std::vector<Pending*> given;
  std::vector<Pending*> lone;
  for (std::size_t i = done_; i != pending_.size(); ++i) {
    Pending& pending = pending_[i];
    if (is_intended(pending))
      lone.push_back(&pending);
    else if (fits(pending))
      given.push_back(&pending);
  }
  probed_ += lone.size();
  ROLLCALL_CHECK(probe(lone));
  // What was not done, and will not be, is done now, if it still fits.
  for (Pending* const pending : lone)
    if (pending->is == Fate::failed && fits(*pending)) given.push_back(pending);
  preconditions_.clear();
  ROLLCALL_CHECK(give(given));
  return note_version();
}

// What the host was given before it may have done; the rest it is not given.
Result<void> Applier::withhold()
{
  std::vector<Pending*> lone;
  for (std::size_t i = done_; i != pending_.size(); ++i) {
    if (is_intended(pending_[i]))
      lone.push_back(&pending_[i]);
    else
      pending_[i].is = Fate::withheld;
  }
  probed_ += lone.size();
  ROLLCALL_CHECK(probe(lone));
  for (Pending* const pending : lone) {
    if (pending->is != Fate::failed) continue;
    pending->is = Fate::withheld;
    pending->fate.finding.reset();
  }
  return success();
}

// Nobody but this job has changed anything since the plan was made, and what it has done came out
// as planned: then all preconditions hold, and need not be asked.
Result<bool> Applier::holds_still()
{
  if (!is_joined_ || !options_.version) return false;
  ROLLCALL_TRY(const auto now, options_.journal->directory_version());
  if (now != options_.version) options_.version.reset();
  return options_.version.has_value();
}

Result<void> Applier::note_version()
{
  if (!options_.version) return success();
  for (std::size_t i = done_; i != pending_.size(); ++i) {
    const Pending& pending = pending_[i];
    bool is_planned = pending.is == Fate::applied;
    for (std::size_t at = 0; is_planned && at != pending.changes.size(); ++at)
      is_planned = pending.changes[at].key == pending.keys[at];
    if (is_planned) continue;
    options_.version.reset();
    return success();
  }
  ROLLCALL_TRY(options_.version, options_.journal->directory_version());
  return success();
}

Result<void> Applier::give(std::span<Pending*> pending)
{
  if (pending.empty()) return success();
  for (Pending* const each : pending) ROLLCALL_CHECK(make_secrets(*each));
  if (options_.journal != nullptr && !is_joined_) {
    std::vector<std::string_view> operations;
    for (const Pending* const each : pending) operations.emplace_back(each->operation);
    ROLLCALL_CHECK(options_.journal->intend(options_.job, operations));
    ROLLCALL_CHECK(hold_secrets(pending));
    ROLLCALL_CHECK(commit());
  }
  std::vector<Group> groups;
  for (Pending* const each : pending) {
    each->fate.finding.reset();
    groups.push_back(
        {.changes = each->changes, .operation = each->operation, .secrets = each->secrets});
  }
  Answers answers{pending};
  Result<void> applied = directory_.apply(groups, answers);
  if (answers.has_lied())
    return Error{ErrorCode::host_failed,
                 "the directory answered for a group that it was not given, or not as it must"};
  if (!applied.has_value()) {
    if (options_.journal != nullptr && !is_joined_) keep_answered(pending, answers);
    return applied;
  }
  std::vector<Pending*> silent;
  for (std::size_t i = 0; i != pending.size(); ++i)
    if (!answers.is_answered(i) || pending[i]->is == Fate::unknown) silent.push_back(pending[i]);
  ROLLCALL_CHECK(probe(silent));
  return begin();
}

// What a host has answered before it broke off is kept, up to the first group that it has not:
// those behind it are asked about when somebody goes on. Should it not be possible to keep it, all
// of them are; the error is the host's either way.
void Applier::keep_answered(std::span<Pending*> given, const Answers& answers)
{
  std::size_t known = pending_.size();
  for (std::size_t i = 0; i != given.size(); ++i) {
    if (answers.is_answered(i) && given[i]->is != Fate::unknown) continue;
    known = std::min(known, static_cast<std::size_t>(given[i] - pending_.data()));
  }
  if (known == 0) return;
  (void)guarded([&]() -> Result<void> {
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(known), pending_.end());
    ROLLCALL_CHECK(begin());
    return end_batch();
  }).has_value();
}

// Asks what became of operations whose answer is missing; what nobody can tell is unknown.
Result<void> Applier::probe(std::span<Pending*> pending)
{
  if (pending.empty()) return success();
  std::vector<std::string_view> operations;
  for (Pending* const each : pending) {
    each->is = Fate::unknown;
    operations.emplace_back(each->operation);
  }
  Answers answers{pending};
  ROLLCALL_CHECK(directory_.probe(operations, answers));
  if (answers.has_lied())
    return Error{ErrorCode::host_failed, "the directory answered for what it was not asked about"};
  for (Pending* const each : pending)
    if (each->is == Fate::unknown) each->fate.finding = finding(Code::host_no_answer);
  return success();
}

} // namespace rollcall::apply
