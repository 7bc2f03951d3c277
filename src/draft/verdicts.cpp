// verdicts.cpp: who has to be judged again, and what is kept of it.
#include "draft/verdicts.hpp"

#include <algorithm>

namespace rollcall::draft {
namespace {

using Was = plan::RowNote::Was;

} // namespace

Verdicts::Verdicts(const schema::CompiledSchema& schema, const Table& table, Directory& directory,
                   const Context& context, const Seams& seams, const SipKey& key,
                   JobWatcher* watcher)
    : schema_{schema},
      table_{table},
      memory_{seams.memory},
      judging_{schema, table, directory, context, seams, key, watcher},
      touches_{*seams.memory},
      verdicts_{seams.memory},
      is_judged_{seams.memory},
      marks_{seams.memory},
      came_{seams.memory},
      let_go_{seams.memory},
      members_{seams.memory},
      ordered_{seams.memory},
      judged_{seams.memory},
      touched_{seams.memory},
      checked_{seams.memory},
      given_out_{table.order(), [this](RowId row) { return ask_of(row); }, *seams.memory}
{
}

Result<void> Verdicts::start()
{
  ROLLCALL_CHECK(judging_.start());
  while (numbers_.size() != judging_.allotment().pools()) numbers_.emplace_back(*memory_);
  return success();
}

// ---- What changes ------------------------------------------------------------------------------

void Verdicts::expect(std::span<const RowId> going, std::span<const RowId> coming)
{
  const std::size_t ids = table_.ids();
  if (ids > verdicts_.size()) {
    const std::size_t room = std::max(ids, verdicts_.size() + verdicts_.size() / 2);
    touches_.expect(static_cast<RowId>(room));
    verdicts_.resize(room);
    is_judged_.resize(room, 0);
    marks_.resize(room, 0);
  }
  const auto make_room = [](auto& list, std::size_t more) {
    if (list.capacity() - list.size() < more)
      list.reserve(std::max(list.size() + more, 2 * list.size()));
  };
  make_room(came_, coming.size());
  std::size_t things = 0;
  for (const RowId row : going) touches_.for_each_thing(row, [&](std::uint64_t) { ++things; });
  make_room(let_go_, things);
}

void Verdicts::went(RowId row) noexcept
{
  touches_.for_each_thing(row, [&](std::uint64_t thing) { let_go_.push_back(thing); });
  touches_.forget(row);
  is_given_ = false; // those behind it have other numbers now
  if (is_judged_[row] == 0) return;
  count(row, false);
  is_judged_[row] = 0;
  counts_.erase(row);
}

void Verdicts::came(RowId row) noexcept
{
  is_given_ = false;
  came_.push_back(row);
}

void Verdicts::forget_all() noexcept
{
  touches_.clear();
  std::fill(is_judged_.begin(), is_judged_.end(), std::uint8_t{0});
  counts_.clear();
  given_out_.changed();
  tally_ = {};
  came_.clear();
  let_go_.clear();
  knows_nothing_ = true;
}

void Verdicts::take(RowId row, const Verdict& verdict)
{
  if (is_judged_[row] != 0) count(row, false);
  verdicts_[row] = verdict;
  is_judged_[row] = 1;
  if (const auto counted = counted_.find(row); counted != counted_.end())
    counts_.insert_or_assign(row, std::move(counted->second));
  else if (!counts_.empty())
    counts_.erase(row);
  count(row, true);
  given_out_.changed(row);
}

std::span<const plan::Allotment::Count> Verdicts::counts_of(RowId row) const
{
  if (counts_.empty()) return {};
  const auto counts = counts_.find(row);
  if (counts == counts_.end()) return {};
  return counts->second;
}

void Verdicts::count(RowId row, bool comes) noexcept
{
  const auto change = [comes](std::uint64_t& counter, std::uint64_t by) {
    counter = comes ? counter + by : counter - by;
  };
  const Verdict& verdict = verdicts_[row];
  is_given_ = is_given_ && verdict.asks == 0;
  change(tally_.was[static_cast<std::size_t>(verdict.was)], 1);
  change(tally_.warned, verdict.is_warned ? 1 : 0);
  if (verdict.asks == 0 || verdict.was == Was::rejected) return;
  const auto counts = counts_of(row);
  for (std::size_t i = 0; i != tally_.asked.size(); ++i) {
    if ((unsigned{verdict.asks} >> i & 1U) == 0) continue;
    const auto many = std::find_if(counts.begin(), counts.end(), [&](const auto& each) {
      return judging_.allotment().bit_of(each) == i;
    });
    change(tally_.asked[i], many == counts.end() ? 1 : many->objects);
  }
}

// ---- Judging -----------------------------------------------------------------------------------

// Most of them are as quickly judged as all, without looking for them.
bool Verdicts::is_too_many(std::size_t rows) const noexcept
{
  return touches_.unbounded() != 0 || rows > table_.order().size() / 2 + 64;
}

void Verdicts::order(std::pmr::vector<RowId>& rows) const
{
  std::vector<std::pair<std::size_t, RowId>> places;
  places.reserve(rows.size());
  for (const RowId row : rows) places.emplace_back(table_.order().position_of(row), row);
  std::sort(places.begin(), places.end());
  for (std::size_t i = 0; i != rows.size(); ++i) rows[i] = places[i].second;
}

std::pmr::vector<RowId> Verdicts::all_rows() const
{
  std::pmr::vector<RowId> rows{memory_};
  rows.reserve(table_.order().size());
  table_.order().for_each([&](RowId row) {
    if (!table_.is_blank(row)) rows.push_back(row);
  });
  return rows;
}

Result<void> Verdicts::check()
{
  if (judging_.is_refused()) return success();
  if (!knows_nothing_ && came_.empty() && let_go_.empty()) return success();
  const bool knows_nothing = std::exchange(knows_nothing_, true); // until it has come through
  if (knows_nothing) return check_all();
  return check_members();
}

Result<void> Verdicts::check_members()
{
  if (++mark_ == 0) return check_all();
  members_.clear();
  const auto add = [&](RowId row) {
    if (marks_[row] == mark_) return true;
    marks_[row] = mark_;
    members_.push_back(row);
    return true;
  };
  // One that came may have gone since.
  for (const RowId row : came_)
    if (table_.order().has(row) && !table_.is_blank(row)) add(row);
  for (const std::uint64_t thing : let_go_) {
    touches_.for_each_row(thing, add);
    note_wants(thing);
  }
  for (std::size_t judged = 0;;) {
    touches_.close(members_, marks_, mark_);
    if (is_too_many(members_.size())) return check_all();
    if (members_.size() == judged) break;
    ordered_.assign(members_.begin(), members_.end());
    order(ordered_);
    touched_.clear();
    counted_.clear();
    const Rows rows{
        .ids = ordered_,
        .on_touch = [&](RowId row, std::uint64_t thing) { touched_.emplace_back(row, thing); },
        .on_counts = [&](RowId row,
                         auto counts) { counted_[row].assign(counts.begin(), counts.end()); }};
    ROLLCALL_CHECK(judging_.judge(rows, judged_));
    for (const RowId row : ordered_) {
      touches_.for_each_thing(row, [&](std::uint64_t thing) { note_wants(thing); });
      touches_.forget(row);
    }
    for (const auto& [row, thing] : touched_) {
      touches_.add(row, thing);
      note_wants(thing);
    }
    for (std::size_t i = 0; i != ordered_.size(); ++i) take(ordered_[i], judged_[i]);
    judged = ordered_.size();
  }
  if (!checked_all_) checked_.insert(checked_.end(), members_.begin(), members_.end());
  came_.clear();
  let_go_.clear();
  knows_nothing_ = false;
  return success();
}

Result<void> Verdicts::check_all()
{
  forget_all();
  expect({}, {});
  for (PoolNumbers& pool : numbers_) pool.changed();
  is_given_ = false;
  checked_all_ = true;
  checked_.clear();
  const std::pmr::vector<RowId> all = all_rows();
  counted_.clear();
  const Rows rows{
      .ids = all,
      .on_touch = [&](RowId row, std::uint64_t thing) { touches_.add(row, thing); },
      .on_counts = [&](RowId row,
                       auto counts) { counted_[row].assign(counts.begin(), counts.end()); }};
  std::pmr::vector<Verdict> judged{memory_};
  ROLLCALL_CHECK(judging_.judge(rows, judged));
  for (std::size_t i = 0; i != all.size(); ++i) take(all[i], judged[i]);
  counted_.clear();
  knows_nothing_ = false;
  return success();
}

std::vector<std::size_t> Verdicts::take_checked()
{
  std::vector<std::size_t> positions;
  if (checked_all_) {
    positions.resize(table_.order().size());
    for (std::size_t i = 0; i != positions.size(); ++i) positions[i] = i;
  } else {
    for (const RowId row : checked_)
      if (table_.order().has(row)) positions.push_back(table_.order().position_of(row));
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  }
  checked_.clear();
  checked_all_ = false;
  return positions;
}

} // namespace rollcall::draft
