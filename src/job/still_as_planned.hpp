// still_as_planned.hpp: what a plan was made of beside the objects of the host.
#ifndef ROLLCALL_JOB_STILL_AS_PLANNED_HPP
#define ROLLCALL_JOB_STILL_AS_PLANNED_HPP

#include <optional>
#include <string>

#include "check/facts.hpp"
#include "plan/plan_header.hpp"
#include "rollcall/source.hpp"

namespace rollcall::job {

// What is no longer as it was of the tenant's settings, if anything.
[[nodiscard]] std::optional<std::string> changed_setting(const plan::PlanHeader& header,
                                                         const check::Facts& facts);

// What is no longer as it was of the options, and of what the format asks of the actor: the name.
[[nodiscard]] std::optional<std::string> changed_fact(const plan::PlanHeader& header,
                                                      const Context& now,
                                                      const schema::CompiledSchema& schema);

// Is this the file that was planned? It is read.
[[nodiscard]] Result<bool> is_planned(Source& file, const plan::PlanEnd& end);

// Is it read as it was, by what the plan says of its signs? Its header is read. Malformed, corrupt
// or past a limit if it cannot be.
[[nodiscard]] Result<bool> is_read_alike(Source& file, const plan::PlanHeader& header,
                                         const schema::CompiledSchema& schema, check::Facts& facts,
                                         const Limits& limits, std::pmr::memory_resource* memory);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_STILL_AS_PLANNED_HPP
