// in_force.hpp: which rows of a job are in force: applied, and not taken back by an undo that is in
// force itself. Some bytes a row are kept.
#ifndef ROLLCALL_JOB_IN_FORCE_HPP
#define ROLLCALL_JOB_IN_FORCE_HPP

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <vector>

#include "job/row_states.hpp"
#include "rollcall/job_store.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

struct InForce {
  explicit InForce(std::pmr::memory_resource& memory)
      : states{memory}, journal{}, ranks{&memory}, again(&memory)
  {
  }

  RowStates states; // as if there were no undo
  JournalSeen journal;
  std::pmr::vector<std::uint32_t> ranks; // of row 1 on: its place among those in force, or 0
  std::pmr::vector<bool> again; // likewise: an undo took it back, and was itself undone; or empty
  std::uint32_t count = 0;      // of rows in force
  bool is_all = false; // every row that does anything, which is mostly so: nothing is known of each
  bool has_applied = false; // it has changed something at some time
  JobId undone_by = 0;      // the last job that took something of it back

  [[nodiscard]] std::uint32_t rank(std::uint64_t row) const noexcept
  {
    return row <= ranks.size() ? ranks[row - 1] : 0;
  }
  // It is in force again: what nobody could bring back when its undo was undone is not there.
  [[nodiscard]] bool is_again(std::uint64_t row) const noexcept
  {
    return row <= again.size() && again[row - 1];
  }
};

// For the undo `self`, which goes through the plan anyhow: without a reading of it, if the record
// of the job tells.
[[nodiscard]] Result<InForce> in_force_of(JobStore& store, const JobRecord& job, JobId self,
                                          const schema::CompiledSchema& schema,
                                          std::pmr::memory_resource& memory);
[[nodiscard]] Result<InForce> in_force(JobStore& store, JobId job,
                                       const schema::CompiledSchema& schema,
                                       std::pmr::memory_resource& memory);

// The jobs that undo a job, whether they have ended or not, in ascending order.
struct UndoSeen {
  JobId id = 0;
  JobState state = JobState::queued;
};
[[nodiscard]] Result<std::vector<UndoSeen>> undos_of(JobStore& store, JobId job);

[[nodiscard]] constexpr bool is_on_its_way(JobState state) noexcept
{
  return state == JobState::queued || state == JobState::running;
}

// One that is on its way, or broke off, beside `self`. Of undos that were begun at once the older
// ones go first, so each asks for these; who may have been begun unseen asks for all.
enum class Among : std::uint8_t { older, all };
[[nodiscard]] Result<std::optional<JobId>> find_other_undo(JobStore& store, JobId job, JobId self,
                                                           Among among);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_IN_FORCE_HPP
