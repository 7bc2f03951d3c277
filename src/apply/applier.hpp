// applier.hpp: carries a plan out, group by group, in batches that are transactions.
//
// Of each batch: is everything still as it was planned, then the directory does it, then the
// journal keeps what became of it. Where the journal keeps the objects, too, these are one
// transaction; else what the host will be given is kept before it is given.
#ifndef ROLLCALL_APPLY_APPLIER_HPP
#define ROLLCALL_APPLY_APPLIER_HPP

#include <cstdint>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "apply/fates.hpp"
#include "apply/planned_group.hpp"
#include "apply/preconditions.hpp"
#include "plan/plan_reader.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::apply {

struct ApplierOptions {
  JobStore* journal = nullptr; // null: nobody remembers
  JobId job = 0;
  bool is_atomic = false;                             // all groups are applied, or none
  const std::vector<std::string>* intended = nullptr; // operations of before, without an answer
  JobWatcher* watcher = nullptr;
  std::uint64_t groups = 0; // of the plan, for the watcher; 0: not known
  // JobStore::directory_version as it was before the first question that made the plan was asked.
  std::optional<std::uint64_t> version = {};
};

class Applier {
 public:
  // All outlive it; the key is a fresh one.
  Applier(const schema::CompiledSchema& schema, const check::Facts& facts, Directory& directory,
          const SipKey& key, const Seams& seams, const ApplierOptions& options);
  Applier(const Applier&) = delete;
  Applier& operator=(const Applier&) = delete;
  // Takes back what was begun and not committed, if memory ran out in the middle of it.
  ~Applier();

  // See Preconditions.
  void has_moved(std::uint64_t planned, std::uint64_t now)
  {
    preconditions_.has_moved(planned, now);
  }

  // From the first row of the plan on. Groups up to `fates.groups` were settled before; what became
  // of them is in `settled`, by group, if it is not what the plan says.
  [[nodiscard]] Result<void> run(plan::PlanReader& plan, Fates& fates,
                                 const std::map<std::uint64_t, SettledBefore>& settled);

 private:
  class Answers;
  // A group of the batch.
  struct Pending {
    PlannedGroup group;
    std::string operation = {};
    std::vector<Change> changes = {}; // of all its rows
    RowFate fate = {};
    Fate is = Fate::applied;
    std::vector<std::string> keys = {}; // of the objects of `changes`, as the host says
  };
  // Rows of a group that is not whole yet.
  struct Open {
    explicit Open(std::pmr::memory_resource& memory)
        : texts{std::make_unique<std::pmr::monotonic_buffer_resource>(&memory)}
    {
    }
    std::unique_ptr<std::pmr::monotonic_buffer_resource> texts;
    std::vector<plan::PlanRow> rows = {};
  };

  void guess_key(plan::PlanRow& row);
  [[nodiscard]] Result<void> put_in(PlannedGroup&& group);
  [[nodiscard]] Result<void> apply_pending();
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> commit();
  [[nodiscard]] Result<bool> holds_still();
  [[nodiscard]] Result<void> note_version();
  [[nodiscard]] Result<void> give(std::span<Pending*> pending);
  [[nodiscard]] Result<void> probe(std::span<Pending*> pending);
  [[nodiscard]] Result<void> stop(std::uint64_t row);
  // Is one transaction kept open to the end?
  [[nodiscard]] bool holds_back() const noexcept { return options_.is_atomic && is_joined_; }
  [[nodiscard]] Result<void> end_batch();
  void note(const Pending& pending);
  void note(const PlannedGroup& group, const SettledBefore& before);
  void settle_as(const plan::PlanRow& row, RowFate fate);

  const schema::CompiledSchema& schema_;
  Directory& directory_;
  Seams seams_;
  ApplierOptions options_;
  bool is_joined_; // the journal's transaction is the directory's as well
  Preconditions preconditions_;
  Fates* fates_ = nullptr;
  std::string plan_id_;
  std::optional<std::uint64_t> next_id_;
  std::pmr::monotonic_buffer_resource row_texts_; // of the row at hand
  std::pmr::monotonic_buffer_resource texts_;     // of the rows of the batch
  std::map<plan::RowNumber, Open> open_;
  std::vector<std::unique_ptr<std::pmr::monotonic_buffer_resource>> kept_; // of whole groups
  std::vector<Pending> pending_; // of the batch; those from `done_` on are not applied yet
  std::size_t done_ = 0;
  bool has_begun_ = false;
  bool is_stopped_ = false;
  std::int64_t began_ns_ = 0;
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_APPLIER_HPP
