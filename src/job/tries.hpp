// tries.hpp: an import and every retry of it, which are one in this: a row that any of them has
// done is done.
//
// A retry of a retry is one of the first import: what was left of that was all that the retry had.
// So there is one file, that of the first of them which the store still has. Where a validation
// was carried out, that is the first, with all that have repeated it: of all their plans one is
// carried out, and what that leaves is for retries.
#ifndef ROLLCALL_JOB_TRIES_HPP
#define ROLLCALL_JOB_TRIES_HPP

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/row_states.hpp"
#include "plan/first_places.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/seams.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

// Has the job tried an import again?
[[nodiscard]] Result<bool> is_retry(JobStore& store, const JobRecord& record);

class Tries {
 public:
  [[nodiscard]] static Error no_file(JobId id);

  // Of a job that imports, or was to. `self` is the job that asks, if it is there yet.
  [[nodiscard]] static Result<Tries> find(JobStore& store, const JobRecord& record, JobId self);

  // Which they came of, if it is there.
  [[nodiscard]] JobId first() const noexcept { return way_.front().id; }
  // One that is on its way, or broke off; of several retries that were begun at once, the first one
  // goes on.
  [[nodiscard]] std::optional<JobId> open_one() const;
  // The same, but for those that carry out this very plan: of these the store lets one.
  [[nodiscard]] std::optional<JobId> open_one_beside(std::string_view plan) const;
  // One that began when `before` was found already, and before `self`.
  [[nodiscard]] std::optional<JobId> newer_than(const Tries& before) const;
  // One beside them that has done something, or of which nobody can tell.
  [[nodiscard]] Result<std::optional<JobId>> find_done_beside(std::string_view plan) const;

  // Reads what became of rows. The host is asked about those of which nobody knew.
  [[nodiscard]] Result<void> read(Directory& directory, const schema::CompiledSchema& schema,
                                  const Seams& seams);

  // Once that was read:
  [[nodiscard]] Source& file() const noexcept { return *file_; }
  // As it was settled, if any of them came that far. If not, no row was done.
  [[nodiscard]] const std::optional<csv::Dialect>& dialect() const noexcept { return dialect_; }
  [[nodiscard]] bool is_open(std::uint64_t row) const;
  // Is any? Where that is not known before the file is read, it is so.
  [[nodiscard]] bool has_open() const;
  // How many rows the file has, if that is known.
  [[nodiscard]] std::optional<std::uint64_t> rows() const noexcept;
  // Where a row of the file stood in the first one, which may be gone.
  [[nodiscard]] plan::FirstPlace first_place(std::uint64_t row, std::uint64_t line) const noexcept;

 private:
  struct Try {
    JobId id = 0;
    JobId from = 0;
    std::string plan = {};
    bool imports = false, executes = false, validates = false, is_open = false;
    // It carries out a plan that no job of the store has made.
    [[nodiscard]] bool is_from_outside() const noexcept
    {
      return imports && !executes && from == 0 && !plan.empty();
    }
  };
  class All;

  Tries(JobStore& store, std::pmr::memory_resource& memory) : store_{&store}, done_{&memory} {}

  [[nodiscard]] bool is_in_the_way(const Try& one) const noexcept;
  [[nodiscard]] Result<void> find_file();
  [[nodiscard]] Result<std::unique_ptr<Source>> file_of(const Try& one) const;
  [[nodiscard]] Result<std::optional<RowStates>> states_of(JobId id, Directory& directory,
                                                           const schema::CompiledSchema& schema,
                                                           const Seams& seams);

  JobStore* store_;
  JobId self_ = 0;
  std::vector<Try> way_; // from the first of them to the job that is tried again
  std::vector<Try> all_; // the first of them and what came of it, in ascending order
  std::unique_ptr<Source> file_;
  JobId file_of_ = 0; // whose file that is
  std::optional<RowStates> states_;
  std::optional<csv::Dialect> dialect_;
  std::pmr::vector<std::uint64_t> done_; // by other tries: rows of the first file, ascending
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_TRIES_HPP
