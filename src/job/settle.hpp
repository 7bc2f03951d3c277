// settle.hpp: what a job came to, once its counts are in.
#ifndef ROLLCALL_JOB_SETTLE_HPP
#define ROLLCALL_JOB_SETTLE_HPP

#include "rollcall/job_summary.hpp"

namespace rollcall::job {

// State, order of the findings, and the warnings among them.
void settle(JobSummary& job);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_SETTLE_HPP
