// outcome_counts.hpp: the count of a job that an outcome is.
#ifndef ROLLCALL_JOB_OUTCOME_COUNTS_HPP
#define ROLLCALL_JOB_OUTCOME_COUNTS_HPP

#include <cstdint>

#include "plan/row_result.hpp"
#include "rollcall/job_summary.hpp"

namespace rollcall::job {

[[nodiscard]] inline std::uint64_t& count_of(JobSummary& job, plan::Outcome outcome) noexcept
{
  using plan::Outcome;
  switch (outcome) {
    case Outcome::created:
      return job.created;
    case Outcome::updated:
      return job.updated;
    case Outcome::unchanged:
      return job.unchanged;
    case Outcome::rejected:
      return job.rejected;
    case Outcome::withheld:
      return job.withheld;
    case Outcome::stale:
      return job.stale;
    case Outcome::failed:
      return job.failed;
    case Outcome::unknown:
      break;
  }
  return job.unknown;
}

} // namespace rollcall::job

#endif // ROLLCALL_JOB_OUTCOME_COUNTS_HPP
