// settle.hpp: what a job came to, once its counts are in.
#ifndef ROLLCALL_JOB_SETTLE_HPP
#define ROLLCALL_JOB_SETTLE_HPP

#include <vector>

#include "rollcall/job_summary.hpp"

namespace rollcall::job {

// By severity, then column of the file, then code (spec/files.md).
void sort(std::vector<Finding>& findings);

// State, order of the findings, and the warnings among them.
void settle(JobSummary& job);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_SETTLE_HPP
