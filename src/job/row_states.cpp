// row_states.cpp: a group is settled if its number is; the rest, exceptions say.
#include "job/row_states.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace rollcall::job {
namespace {

using plan::Outcome;
using plan::RowNumber;

RowState state_of(Fate fate) noexcept
{
  switch (fate) {
    case Fate::applied:
      return RowState::applied;
    case Fate::unknown:
      return RowState::unknown;
    case Fate::stale:
    case Fate::failed:
    case Fate::withheld:
      break;
  }
  return RowState::open;
}

} // namespace

Result<JournalSeen> JournalSeen::read(JobStore& store, JobId job)
{
  JournalSeen made;
  ROLLCALL_TRY(const Progress progress, store.progress(job));
  made.groups = progress.groups;
  made.has_outstanding = !progress.intended.empty();
  ROLLCALL_CHECK(store.exceptions(job, made));
  return made;
}

bool JournalSeen::has_applied() const noexcept
{
  std::uint64_t others = 0;
  for (const auto& [row, exception] : exceptions)
    others += exception.fate != Fate::applied ? 1U : 0U;
  return groups > others;
}

bool JournalSeen::may_have_applied() const noexcept
{
  return has_outstanding || has_applied() ||
         std::any_of(exceptions.begin(), exceptions.end(),
                     [](const auto& each) { return each.second.fate == Fate::unknown; });
}

void JournalSeen::settled(const Settled& group)
{
  Exception& made = exceptions[static_cast<RowNumber>(group.row)];
  made.fate = group.fate;
  made.operation = group.operation;
  made.keys.assign(group.keys.begin(), group.keys.end());
}

Result<std::unique_ptr<Source>> plan_of(JobStore& store, JobId job, const JournalSeen& journal)
{
  auto plan = store.read_artifact(job, "plan");
  if (plan.has_value()) return plan;
  if (plan.assume_error().code() != ErrorCode::not_found) return std::move(plan).assume_error();
  if (journal.groups == 0) return std::unique_ptr<Source>{};
  return Error{ErrorCode::not_found,
               "the plan of job " + std::to_string(job) +
                   " was removed: what it has done can no longer be told row by row"};
}

Result<RowStates> read_states(Source& source, const JournalSeen& journal,
                              const schema::CompiledSchema& schema,
                              std::pmr::memory_resource& memory)
{
  RowStates states{memory};
  std::pmr::monotonic_buffer_resource texts{&memory};
  std::map<RowNumber, std::vector<RowNumber>> open; // rows of groups that are not whole
  ROLLCALL_TRY(auto plan, plan::PlanReader::open(source, &memory));
  ROLLCALL_CHECK(plan.bind(schema));
  states.plan = plan.header().id;
  const auto fate_of = [&](RowNumber first) {
    if (plan.groups() > journal.groups) return RowState::open;
    const auto at = journal.exceptions.find(first);
    return at == journal.exceptions.end() ? RowState::applied : state_of(at->second.fate);
  };
  for (plan::PlanRow row;;) {
    texts.release();
    ROLLCALL_TRY(const bool is_row, plan.next(row, texts));
    if (!is_row) return states;
    const auto number = static_cast<RowNumber>(row.result.number);
    if (!plan.header().undoes)
      states.first.note(number, {row.result.shown_number(), row.result.line});
    if (!acts(row.result)) {
      const bool is_done = row.result.outcome == Outcome::unchanged;
      states.of.push_back(is_done ? RowState::unchanged : RowState::open);
      continue;
    }
    if (row.group == 0) {
      states.of.push_back(fate_of(number));
      continue;
    }
    states.of.push_back(RowState::open);
    open[row.group].push_back(number);
    if (!row.is_last) continue;
    const auto whole = open.extract(row.group);
    const RowState state = fate_of(whole.mapped().front());
    for (const RowNumber each : whole.mapped()) states.of[each - 1] = state;
  }
}

} // namespace rollcall::job
