// export_again.hpp: an export that repeats another one, in the same store.
#ifndef ROLLCALL_JOB_EXPORT_AGAIN_HPP
#define ROLLCALL_JOB_EXPORT_AGAIN_HPP

#include "rollcall/job.hpp"
#include "rollcall/job_store.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

[[nodiscard]] Result<JobSummary> export_again(const schema::CompiledSchema& schema,
                                              Directory& directory, const Context& context,
                                              Sink& sink, Seams seams, const ExportOptions& options,
                                              JobId from);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_EXPORT_AGAIN_HPP
