// applier_end.cpp: how a batch ends: what became of its groups is kept, and told to who asked.
#include <set>
#include <span>
#include <string>
#include <utility>

#include "apply/applier.hpp"
#include "apply/settled_texts.hpp"
#include "plan/undoing.hpp"

namespace rollcall::apply {

namespace {

// A group was applied, but not quite as it was planned: it is said of one of its rows.
bool is_about(const plan::PlanRow& row, const std::optional<Finding>& finding)
{
  return finding && finding->place.line == row.result.line;
}

// Effects that still wait, of the rows that are asked about.
class Waiting final : public WaitingSink {
 public:
  void waits(std::uint64_t row, std::string_view effect) override { found.emplace(row, effect); }
  std::set<std::pair<std::uint64_t, std::string>> found;
};

} // namespace

// Effects of the rows that are taken back, which were not to be done any more: what was done since
// it was planned is said.
Result<void> Applier::withdraw(Pending& pending, std::vector<std::uint64_t>& rows)
{
  for (const plan::PlanRow& row : pending.group.rows)
    if (!row.result.withdraws.empty()) rows.push_back(row.undoes);
  if (rows.empty()) return success();
  Waiting waiting;
  ROLLCALL_CHECK(options_.journal->waiting_effects(undone_, rows, waiting));
  for (const plan::PlanRow& row : pending.group.rows)
    for (const std::string_view effect : row.result.withdraws) {
      if (waiting.found.contains({row.undoes, std::string{effect}})) continue;
      Finding done = plan::not_reversible(plan::Lost{.what = effect}, {});
      done.place.line = row.result.line;
      pending.fate.finding = std::move(done);
    }
  return success();
}

// What became of groups of the batch, into the transaction that is open.
Result<void> Applier::settle_pending()
{
  const std::span<Pending> pending = std::span{pending_}.subspan(settled_);
  if (options_.journal == nullptr || pending.empty()) return success();
  SettledTexts texts{schema_, *seams_.memory, is_joined_};
  std::vector<Settled> settled;
  std::vector<std::vector<std::uint64_t>> taken_back(pending.size());
  std::vector<std::vector<std::uint64_t>> withdrawn(pending.size());
  for (Pending& each : pending) {
    std::vector<std::uint64_t>& rows = taken_back[settled.size()];
    std::vector<std::uint64_t>& withdraws = withdrawn[settled.size()];
    if (undone_ != 0 && each.is == Fate::applied) {
      for (const plan::PlanRow& row : each.group.rows) rows.push_back(row.undoes);
      ROLLCALL_CHECK(withdraw(each, withdraws));
    }
    ROLLCALL_TRY(Settled made,
                 texts.make(each.group, each.keys, each.is, each.fate, each.operation));
    made.takes_back_of = undone_;
    made.takes_back = rows;
    made.withdraws = withdraws;
    settled.push_back(made);
  }
  ROLLCALL_CHECK(options_.journal->settle(options_.job, settled));
  settled_ = pending_.size();
  return success();
}

// Keeps what became of the batch, and ends its transaction.
Result<void> Applier::end_batch()
{
  if (pending_.empty()) return success();
  if (options_.journal != nullptr) {
    Result<void> kept = settle_pending();
    if (kept.has_value() && !holds_back()) kept = commit();
    if (!kept.has_value()) {
      if (has_begun_) options_.journal->roll_back();
      has_begun_ = false;
      return kept;
    }
  }
  if (options_.journal == nullptr && options_.secrets != nullptr) ROLLCALL_CHECK(write_secrets());
  for (const Pending& pending : pending_) {
    note(pending);
    is_stopped_ = is_stopped_ || (options_.is_atomic && pending.is != Fate::applied);
  }
  fates_->groups = pending_.back().group.number;
  // As long as the host is still to be asked about what it was given, nobody can end it.
  const bool is_clear = options_.intended == nullptr || probed_ >= options_.intended->size();
  if (options_.watcher != nullptr && !is_stopped_ && is_clear) {
    const auto row = pending_.back().group.rows.back().result.number;
    const bool goes_on = options_.watcher->goes_on({.id = options_.job,
                                                    .step = JobStep::applies,
                                                    .rows = row,
                                                    .groups = fates_->groups,
                                                    .groups_planned = options_.groups_planned});
    if (!goes_on && options_.watcher->stopped_as() == JobState::interrupted)
      return Error{ErrorCode::cancelled, "the job was interrupted"};
    fates_->is_cancelled = !goes_on;
    is_stopped_ = fates_->is_cancelled;
  }
  pending_.clear();
  done_ = settled_ = changes_ = 0;
  kept_.clear();
  texts_.release();
  return success();
}

void Applier::settle_as(const plan::PlanRow& row, RowFate fate)
{
  fate.planned = row.result.outcome;
  fates_->set(row.result.number, std::move(fate));
}

void Applier::note(const PlannedGroup& group, const SettledBefore& before)
{
  auto key = before.keys.begin();
  for (const plan::PlanRow& row : group.rows) {
    if (before.fate != Fate::applied) {
      settle_as(row, {.outcome = outcome_of(before.fate), .finding = before.finding});
    } else if (is_about(row, before.finding)) {
      settle_as(row, {.outcome = row.result.outcome, .finding = before.finding});
    } else if (!row.result.changes.empty() && row.result.changes.front().gives_key &&
               key != before.keys.end()) {
      settle_as(row, {.outcome = row.result.outcome, .key = *key++});
    }
  }
}

void Applier::note(const Pending& pending)
{
  if (pending.is != Fate::applied) {
    RowFate fate = pending.fate;
    fate.outcome = outcome_of(pending.is);
    for (const plan::PlanRow& row : pending.group.rows) settle_as(row, fate);
    return;
  }
  std::size_t at = 0;
  for (const plan::PlanRow& row : pending.group.rows) {
    const std::span<const Change> changes = row.result.changes;
    if (is_about(row, pending.fate.finding))
      settle_as(row, {.outcome = row.result.outcome, .finding = pending.fate.finding});
    else if (!changes.empty() && changes.front().gives_key &&
             changes.front().key != pending.keys[at])
      settle_as(row, {.outcome = row.result.outcome, .key = pending.keys[at]});
    at += changes.size();
  }
}

} // namespace rollcall::apply
