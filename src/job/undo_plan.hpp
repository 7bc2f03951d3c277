// undo_plan.hpp: the plan of an undo, made from what a store has recorded of a job.
//
// Rows are undone last first, and a plan can be read only forwards. So each row is turned round as
// it is read, and its line put into a file without a name; then that file is read from its end.
// A row costs four bytes of memory meanwhile.
#ifndef ROLLCALL_JOB_UNDO_PLAN_HPP
#define ROLLCALL_JOB_UNDO_PLAN_HPP

#include <cstdint>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "apply/planned_group.hpp"
#include "check/facts.hpp"
#include "job/in_force.hpp"
#include "job/undo_rights.hpp"
#include "json/writer.hpp"
#include "plan/inverse.hpp"
#include "plan/plan_writer.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/seams.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::job {

class UndoPlan {
 public:
  // All outlive it. `job` has changed something that is in force; the facts have been checked.
  UndoPlan(JobStore& store, const JobRecord& job, const schema::CompiledSchema& schema,
           check::Facts& facts, check::KnownObjects& known, const InForce& in_force,
           const Seams& seams);

  // Says what undoing comes to.
  [[nodiscard]] Result<plan::PlanEnd> write(Sink& sink, const std::string& spool_folder);

 private:
  // Those that are in force, in their order.
  template <class Visit>
  [[nodiscard]] Result<plan::PlanHeader> each_row(Source& source, Visit visit);
  [[nodiscard]] Result<plan::PlanHeader> turn_round(Source& source);
  [[nodiscard]] Result<void> find_waiting(const plan::PlanRow& done);
  [[nodiscard]] Result<void> put(plan::PlanRow& done);
  void fill_given_key(plan::PlanRow& row);
  [[nodiscard]] bool is_in_force(const plan::PlanRow& row) const;
  void place(const plan::PlanRow& done, plan::PlanRow& made);
  void count(const plan::PlanRow& row);
  [[nodiscard]] Result<void> write_backwards(plan::PlanWriter& writer);
  [[nodiscard]] plan::PlanHeader header_of(const plan::PlanHeader& job) const;

  JobStore& store_;
  const JobRecord& job_;
  const schema::CompiledSchema& schema_;
  check::Facts& facts_;
  const InForce& in_force_;
  Seams seams_;
  plan::Inverse inverse_;
  UndoRights rights_;
  std::optional<std::uint64_t> first_id_;
  std::optional<std::uint64_t> next_id_;
  std::vector<std::string> waiting_;          // effects of the row at hand
  std::pmr::monotonic_buffer_resource texts_; // of the row
  std::pmr::string line_;
  TextSink line_sink_;
  std::optional<json::Writer> writer_;
  std::unique_ptr<File> spool_;
  std::pmr::string block_;                // lines on their way to the spool
  std::pmr::vector<std::uint32_t> lines_; // how long each is, and whether it ends a group
  std::uint64_t spooled_ = 0;             // bytes
  std::uint32_t turned_ = 0;              // rows
  std::map<plan::RowNumber, plan::RowNumber> open_groups_; // of the job: what they are in the undo
  std::map<plan::RowNumber, std::size_t> given_of_group_;  // keys of the journal that were used
  plan::PlanEnd end_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_UNDO_PLAN_HPP
