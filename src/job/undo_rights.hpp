// undo_rights.hpp: which rows of a job who undoes it may not take back.
//
// Where a format says who may do what to which objects, an undo is judged as an import that does
// the same: he must be one who might have done what the row did, and, of what it changed, one who
// may give back what there was. One that may not be undone stays, with the others of its group.
#ifndef ROLLCALL_JOB_UNDO_RIGHTS_HPP
#define ROLLCALL_JOB_UNDO_RIGHTS_HPP

#include <cstdint>
#include <map>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "check/authority.hpp"
#include "plan/plan_row.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

class UndoRights {
 public:
  // All outlive it.
  UndoRights(const schema::CompiledSchema& schema, const check::Facts& facts,
             check::KnownObjects& known, std::pmr::memory_resource& memory)
      : schema_{schema}, known_{known}, authority_{schema, facts, known, memory}, texts_{&memory}
  {
  }

  // If not, none of the rest need be asked.
  [[nodiscard]] bool asks_anything() const noexcept { return authority_.asks_anything(); }

  // First of all rows that are in force, with the keys that their objects have; the directory is
  // asked a batch at a time.
  [[nodiscard]] Result<void> look_at(const plan::PlanRow& done);
  [[nodiscard]] Result<void> end();

  // Then why a row is not taken back; empty if it is.
  [[nodiscard]] Result<std::vector<Finding>> refusing(const plan::PlanRow& done);

 private:
  using Objects = std::span<const check::Known*>;
  // The row of a group for which all of it stays.
  struct Fallen {
    std::uint64_t line = 0;
    Finding why;
  };

  [[nodiscard]] Result<void> judge_pending();
  // The objects that its updates are about, in their order; null where there is none any more.
  [[nodiscard]] Result<void> find(std::span<const plan::PlanRow> rows,
                                  std::vector<const check::Known*>& objects);
  [[nodiscard]] Result<std::vector<Finding>> judge(const plan::PlanRow& done, Objects& objects);
  [[nodiscard]] Result<void> judge(const Change& done, const check::Known* object,
                                   std::vector<Finding>& into);
  [[nodiscard]] Result<void> add(const check::Known& wanted, const check::Known* had,
                                 std::vector<Finding>& into);
  [[nodiscard]] bool is_update(const Change& change) const noexcept;

  const schema::CompiledSchema& schema_;
  check::KnownObjects& known_;
  check::Authority authority_;
  std::pmr::monotonic_buffer_resource texts_; // of rows that wait, and their objects
  std::vector<plan::PlanRow> pending_;
  std::vector<bool> is_refused_; // of row 1 on, as far as any is
  std::map<plan::RowNumber, Fallen> fallen_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_UNDO_RIGHTS_HPP
