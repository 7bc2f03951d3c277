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

#include "apply/column_secrets.hpp"
#include "apply/fates.hpp"
#include "apply/planned_group.hpp"
#include "apply/preconditions.hpp"
#include "apply/secret_maker.hpp"
#include "apply/secrets_csv.hpp"
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
  std::uint64_t groups_planned = 0;   // what the watcher is told of them; 0: not known
  ColumnSecrets* from_file = nullptr; // null: the plan takes none from its file
  SecretsCsv* secrets = nullptr;      // where made ones go if nobody remembers them; null: nowhere
  // It was asked to stop before it goes on: what became of intended operations is found out, and
  // nothing more is given to the directory.
  bool gives_nothing = false;
  // JobStore::directory_version as it was before the first question that made the plan was asked.
  std::optional<std::uint64_t> version = {};
};

class Applier {
 public:
  // All outlive it; the key is a fresh one.
  Applier(const schema::CompiledSchema& schema, check::Facts& facts, Directory& directory,
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
    std::vector<Change> changes = {};      // of all its rows
    std::vector<SecretValue> secrets = {}; // of the group's, as the directory gets them
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
    std::vector<GroupSecret> secrets = {};
    std::size_t changes = 0;
  };

  void guess_key(plan::PlanRow& row, std::pmr::memory_resource& texts);
  [[nodiscard]] Result<void> take_secrets(const plan::PlanRow& row, std::size_t first_change,
                                          std::vector<GroupSecret>& into);
  [[nodiscard]] Result<void> make_secrets(Pending& pending);
  [[nodiscard]] Result<void> hold_secrets(std::span<Pending* const> pending);
  [[nodiscard]] Result<void> write_secrets();
  [[nodiscard]] Result<void> put_in(PlannedGroup&& group);
  [[nodiscard]] Result<void> apply_pending();
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> commit();
  [[nodiscard]] bool is_intended(const Pending& pending) const;
  [[nodiscard]] Result<void> apply_fitting();
  [[nodiscard]] Result<void> withhold();
  [[nodiscard]] Result<bool> holds_still();
  [[nodiscard]] Result<void> note_version();
  [[nodiscard]] Result<void> give(std::span<Pending*> pending);
  void keep_answered(std::span<Pending*> given, const Answers& answers);
  [[nodiscard]] Result<void> probe(std::span<Pending*> pending);
  [[nodiscard]] Result<void> stop(std::uint64_t row);
  // Is one transaction kept open to the end?
  [[nodiscard]] bool holds_back() const noexcept { return options_.is_atomic && is_joined_; }
  [[nodiscard]] Result<void> settle_pending();
  [[nodiscard]] Result<void> end_batch();
  [[nodiscard]] Result<void> withdraw(Pending& pending, std::vector<std::uint64_t>& rows);
  void note(const Pending& pending);
  void note(const PlannedGroup& group, const SettledBefore& before);
  void settle_as(const plan::PlanRow& row, RowFate fate);

  const schema::CompiledSchema& schema_;
  Directory& directory_;
  Seams seams_;
  ApplierOptions options_;
  bool is_joined_; // the journal's transaction is the directory's as well
  Preconditions preconditions_;
  SecretMaker maker_;
  Fates* fates_ = nullptr;
  std::string plan_id_;
  JobId undone_ = 0; // by the plan; 0: it is no undo
  std::optional<std::uint64_t> next_id_;
  std::pmr::monotonic_buffer_resource row_texts_; // of the row at hand
  std::pmr::monotonic_buffer_resource texts_;     // of the rows of the batch
  std::map<plan::RowNumber, Open> open_;
  std::vector<std::unique_ptr<std::pmr::monotonic_buffer_resource>> kept_; // of whole groups
  std::vector<Pending> pending_; // of the batch; those from `done_` on are not applied yet
  std::size_t done_ = 0;
  std::size_t settled_ = 0; // of the batch; the journal has them, if its transaction is committed
  std::size_t changes_ = 0; // of the batch
  std::size_t probed_ = 0;  // of the intended operations
  bool has_begun_ = false;
  bool is_stopped_ = false;
  std::int64_t began_ns_ = 0;
};

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_APPLIER_HPP
