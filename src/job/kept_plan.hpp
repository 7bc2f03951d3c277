// kept_plan.hpp: what all ways to carry out a plan that was kept have in common, and who may begin
// a job that comes from another one.
#ifndef ROLLCALL_JOB_KEPT_PLAN_HPP
#define ROLLCALL_JOB_KEPT_PLAN_HPP

#include <optional>
#include <string_view>

#include "base/siphash.hpp"
#include "job/remembered.hpp"
#include "rollcall/plan.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

struct KeptPlan {
  const schema::CompiledSchema& schema;
  Source& plan;
  Source* source = nullptr;
  Directory& directory;
  const Context& context;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;
  const SipKey& key;
  Remembered& remembered;
  std::string_view action = {};
  bool is_strange = true; // nobody has looked at it yet
  bool goes_on = false;
  std::uint64_t groups_planned = 0; // 0: not known
  bool keeps = false;               // plan and file are kept in the store before the first change
};

[[nodiscard]] Result<JobSummary> carry_out(const KeptPlan& kept);

// A job that carries out a plan which was there before it.
struct GivenPlan {
  const schema::Schema& schema;
  Source& plan;
  Source* source = nullptr;
  Directory& directory;
  const Context& context;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;
  std::string_view action = {};
  std::string file = {};
  JobId from = 0;
};

[[nodiscard]] Result<JobSummary> apply_given(const GivenPlan& given);

// The job as refused, if who asks may not do this.
[[nodiscard]] Result<std::optional<JobSummary>> refuse_actor(
    const schema::CompiledSchema& schema, Directory& directory, const Context& context,
    schema::Action right, std::string_view action, const Outputs& outputs, const SipKey& key,
    const Seams& seams);

// A job of the store that was begun with this format.
[[nodiscard]] Result<JobRecord> find_job(JobStore& store, JobId id, const schema::Schema& schema);

// The plan of a job is one of this format as it is today.
[[nodiscard]] Result<void> check_format(Source& plan, const schema::CompiledSchema& schema,
                                        JobId id);

// The plan of an undo that somebody has kept is carried out as any other: has this job one?
[[nodiscard]] Result<bool> carries_out_undo(JobStore& store, const JobRecord& record,
                                            const Seams& seams);

// "job 7 "
[[nodiscard]] std::string the_job(JobId id);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_KEPT_PLAN_HPP
