// undoing.hpp: an undo as a job: planned from what a store knows of another one, carried out, told.
#ifndef ROLLCALL_JOB_UNDOING_HPP
#define ROLLCALL_JOB_UNDOING_HPP

#include "base/siphash.hpp"
#include "job/remembered.hpp"
#include "rollcall/follow_up.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

struct Undoing {
  const schema::CompiledSchema& schema;
  Directory& directory;
  const Context& context;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;
  const SipKey& key;
};

// A job that broke off does no more from now on, and is told as far as it came: who undoes it does
// not want it to go on.
[[nodiscard]] Result<void> end_broken_off(JobStore& store, JobId id, const schema::Schema& schema,
                                          const Undoing& asked);

// The undo that is remembered so far, and has no plan yet.
[[nodiscard]] Result<JobSummary> undo_remembered(const Undoing& asked, Remembered& kept);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_UNDOING_HPP
