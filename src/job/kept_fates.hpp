// kept_fates.hpp: what became of rows where it is not what the plan says, as a file of the job.
//
// A journal has no more of it than resuming needs: what was taken back, and where a job was
// stopped, it does not know.
#ifndef ROLLCALL_JOB_KEPT_FATES_HPP
#define ROLLCALL_JOB_KEPT_FATES_HPP

#include "apply/fates.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::job {

inline constexpr std::string_view fates_name = "fates"; // of the artifact

// JSON Lines: what holds for all rows, then a line a row.
[[nodiscard]] Result<void> write_fates(const apply::Fates& fates, Sink& sink);
[[nodiscard]] Result<void> read_fates(Source& source, apply::Fates& fates);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_KEPT_FATES_HPP
