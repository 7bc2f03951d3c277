// rivals.hpp: a plan that was made before its job may do what another job is at, or has done:
// which, and as a finding that refuses it.
#ifndef ROLLCALL_JOB_RIVALS_HPP
#define ROLLCALL_JOB_RIVALS_HPP

#include <optional>
#include <string_view>

#include "job/remembered.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::job {

// One that undoes the same job. Whoever undoes a job by a plan that was kept lets all others go
// first: they may not have seen it.
[[nodiscard]] Result<std::optional<Finding>> find_rival_undo(const Remembered& kept, JobId job);

// One that imports the same file: what a validation has read is imported once, by its plan, by that
// of one that has repeated it, or by a retry of a job that carried one out in vain. What is left of
// it is for retries. (That two do not carry out the same plan, the store sees to.)
[[nodiscard]] Result<std::optional<Finding>> find_rival_import(const Remembered& kept,
                                                               std::string_view plan);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_RIVALS_HPP
