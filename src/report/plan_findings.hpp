// plan_findings.hpp: what a plan says was found when it was made, in any form of findings.
#ifndef ROLLCALL_REPORT_PLAN_FINDINGS_HPP
#define ROLLCALL_REPORT_PLAN_FINDINGS_HPP

#include <memory_resource>

#include "report/findings_writer.hpp"
#include "report/plan_overview.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::report {

// Those of its rows in their order, then those about the file. The plan has been read to its end by
// the overview, and is read once more. The schema says which columns are secrets, of which nothing
// is shown even if somebody wrote it into the plan; null: nobody knows.
[[nodiscard]] Result<void> put_findings_of_plan(Source& plan, const PlanOverview& overview,
                                                const schema::Schema* schema,
                                                std::pmr::memory_resource* memory,
                                                FindingsWriter& into);

// What the plan would come to, as a job says it.
[[nodiscard]] JobSummary job_of_plan(const PlanOverview& overview);

// Writes them as a whole. False if the plan is not what was written: it is broken off, or was
// changed, which is then the last of the findings.
[[nodiscard]] Result<bool> write_findings_of_plan(Source& plan, const schema::Schema* schema,
                                                  FindingsForm form, Sink& sink,
                                                  std::pmr::memory_resource* memory);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_PLAN_FINDINGS_HPP
