// row_states.hpp: what became of each row of a job that a store remembers: its plan and its
// journal, read side by side. A byte a row is kept.
#ifndef ROLLCALL_JOB_ROW_STATES_HPP
#define ROLLCALL_JOB_ROW_STATES_HPP

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/first_places.hpp"
#include "plan/plan_reader.hpp"
#include "rollcall/job_store.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

enum class RowState : std::uint8_t {
  unchanged, // nothing was to be done
  applied,
  open,   // rejected, withheld, stale, failed, not come to
  unknown // nobody can tell
};

// What a journal says of the groups of a plan, by the first row of each.
class JournalSeen final : public SettledSink {
 public:
  struct Exception {
    Fate fate = Fate::applied;
    std::string operation = {};
    std::vector<std::string> keys = {}; // that the host gave, if not the expected ones
  };

  [[nodiscard]] static Result<JournalSeen> read(JobStore& store, JobId job);

  std::uint64_t groups = 0; // so many are settled
  bool has_outstanding = false;
  std::unordered_map<plan::RowNumber, Exception> exceptions = {};

  // Something was changed.
  [[nodiscard]] bool has_applied() const noexcept;
  // The same, or nobody can tell.
  [[nodiscard]] bool may_have_applied() const noexcept;

  void settled(const Settled& group) override;
};

struct RowStates {
  explicit RowStates(std::pmr::memory_resource& memory) : of{&memory}, first{memory} {}

  std::string plan = {};         // its id
  std::pmr::vector<RowState> of; // of row 1 on
  plan::FirstPlaces first;       // of a retry: where they stood in the file that it is one of
};

// The plan that a job has carried out, or would; none if it was refused before it had one. One that
// was removed though it was carried out is not found.
[[nodiscard]] Result<std::unique_ptr<Source>> plan_of(JobStore& store, JobId job,
                                                      const JournalSeen& journal);

[[nodiscard]] Result<RowStates> read_states(Source& plan, const JournalSeen& journal,
                                            const schema::CompiledSchema& schema,
                                            std::pmr::memory_resource& memory);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_ROW_STATES_HPP
