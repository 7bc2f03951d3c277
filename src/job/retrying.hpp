// retrying.hpp: a retry of an import as a job: what is left of its file, imported.
#ifndef ROLLCALL_JOB_RETRYING_HPP
#define ROLLCALL_JOB_RETRYING_HPP

#include "base/siphash.hpp"
#include "job/remembered.hpp"
#include "job/tries.hpp"
#include "rollcall/follow_up.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

struct Retrying {
  const schema::Schema& schema;
  const schema::CompiledSchema& compiled;
  const SipKey& key;
  Directory& directory;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;
};

// Of a retry that is remembered so far. `tries` was found and read of the job that it came from.
[[nodiscard]] Result<JobSummary> retry_remembered(const Retrying& asked, Remembered& kept,
                                                  const Tries& tries);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_RETRYING_HPP
