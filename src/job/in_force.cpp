// in_force.cpp: an undo has a later number than what it undoes, so this comes to an end.
#include "job/in_force.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace rollcall::job {
namespace {

class Undos final : public JobSink {
 public:
  explicit Undos(JobId of) : of_{of} {}
  std::vector<UndoSeen> all;
  void job(const JobRecord& record) override
  {
    const std::string& action = record.summary.action;
    // The plan of an undo that somebody has kept is carried out as any other.
    const bool is_undo = action == "undo" || action == "apply";
    if (is_undo && record.from == of_) all.push_back({record.id, record.state});
  }

 private:
  JobId of_;
};

// Takes off what an undo has taken back, and what it found that there was nothing to take back of.
Result<void> take_off(JobStore& store, JobId undo, const schema::CompiledSchema& schema,
                      std::pmr::memory_resource& memory, InForce& from)
{
  ROLLCALL_TRY(const InForce of_undo, in_force(store, undo, schema, memory));
  if (of_undo.states.of.empty()) return success();
  ROLLCALL_TRY(const auto source, plan_of(store, undo, of_undo.journal));
  ROLLCALL_TRY(auto plan, plan::PlanReader::open(*source, &memory));
  ROLLCALL_CHECK(plan.bind(schema));
  const auto& undoes = plan.header().undoes;
  if (!undoes || undoes->plan != from.states.plan) return success(); // of something else
  std::pmr::monotonic_buffer_resource texts{&memory};
  for (plan::PlanRow row;;) {
    texts.release();
    ROLLCALL_TRY(const bool is_row, plan.next(row, texts));
    if (!is_row) return success();
    const RowState state = of_undo.states.of[row.result.number - 1];
    const bool is_in_force = of_undo.rank(row.result.number) != 0;
    if (row.undoes == 0 || row.undoes > from.ranks.size()) continue;
    if (state == RowState::applied && !is_in_force) {
      from.again.resize(from.ranks.size(), false);
      from.again[row.undoes - 1] = true;
    }
    if (!is_in_force && state != RowState::unchanged) continue;
    if (from.ranks[row.undoes - 1] != 0) from.undone_by = undo;
    from.ranks[row.undoes - 1] = 0;
  }
}

} // namespace

Result<std::vector<UndoSeen>> undos_of(JobStore& store, JobId job)
{
  Undos undos{job};
  ROLLCALL_CHECK(store.jobs(undos));
  std::sort(undos.all.begin(), undos.all.end(),
            [](const UndoSeen& left, const UndoSeen& right) { return left.id < right.id; });
  return std::move(undos.all);
}

Result<std::optional<JobId>> find_other_undo(JobStore& store, JobId job, JobId self, Among among)
{
  ROLLCALL_TRY(const auto undos, undos_of(store, job));
  for (const UndoSeen& undo : undos) {
    const bool is_open = is_on_its_way(undo.state) || undo.state == JobState::interrupted;
    const bool is_among = among == Among::all || undo.id < self;
    if (is_open && is_among && undo.id != self) return std::optional{undo.id};
  }
  return std::optional<JobId>{};
}

Result<InForce> in_force(JobStore& store, JobId job, const schema::CompiledSchema& schema,
                         std::pmr::memory_resource& memory)
{
  InForce made{memory};
  ROLLCALL_TRY(made.journal, JournalSeen::read(store, job));
  ROLLCALL_TRY(const auto source, plan_of(store, job, made.journal));
  if (source == nullptr) return made;
  ROLLCALL_TRY(made.states, read_states(*source, made.journal, schema, memory));
  made.ranks.reserve(made.states.of.size());
  for (const RowState state : made.states.of)
    made.ranks.push_back(state == RowState::applied ? 1 : 0);
  made.has_applied = std::find(made.ranks.begin(), made.ranks.end(), 1U) != made.ranks.end();
  if (!made.has_applied) return made;
  ROLLCALL_TRY(const auto undos, undos_of(store, job));
  for (const UndoSeen& undo : undos)
    if (undo.id > job) ROLLCALL_CHECK(take_off(store, undo.id, schema, memory, made));
  for (std::uint32_t& rank : made.ranks)
    if (rank != 0) rank = ++made.count;
  return made;
}

Result<InForce> in_force_of(JobStore& store, const JobRecord& job, JobId self,
                            const schema::CompiledSchema& schema, std::pmr::memory_resource& memory)
{
  InForce made{memory};
  ROLLCALL_TRY(made.journal, JournalSeen::read(store, job.id));
  ROLLCALL_TRY(const auto undos, undos_of(store, job.id));
  const bool is_undone = std::any_of(undos.begin(), undos.end(),
                                     [&](const UndoSeen& undo) { return undo.id != self; });
  const std::uint64_t changed = job.summary.created + job.summary.updated;
  const bool has_ended = job.state == JobState::succeeded || job.state == JobState::partial;
  const bool is_all = has_ended && made.journal.exceptions.empty() && !is_undone &&
                      made.journal.groups != 0 &&
                      changed < std::numeric_limits<std::uint32_t>::max();
  if (!is_all) return in_force(store, job.id, schema, memory);
  made.is_all = made.has_applied = true;
  made.count = static_cast<std::uint32_t>(changed);
  return made;
}

} // namespace rollcall::job
