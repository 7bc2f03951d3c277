// import_job.hpp: a file as a job: read, judged, planned, told, carried out, remembered; as far as
// was asked for.
#ifndef ROLLCALL_JOB_IMPORT_JOB_HPP
#define ROLLCALL_JOB_IMPORT_JOB_HPP

#include <string_view>

#include "base/siphash.hpp"
#include "job/remembered.hpp"
#include "plan/first_places.hpp"
#include "rollcall/job.hpp"
#include "rollcall/plan.hpp"
#include "schema/compiled.hpp"

namespace rollcall::job {

struct ImportJob {
  const schema::Schema& schema;
  Source& source;
  Directory& directory;
  std::string_view action = {}; // "validate", "plan", "execute"
  const Context& context;
  const JobOptions& options;
  PlanOrigin origin = {};
  Sink* plan = nullptr; // where the plan goes, beside the store; null: nobody wants it
  const Outputs& outputs;
  Seams seams;
  JobId from = 0;                           // the job that it repeats; 0: none
  const plan::FirstPlaces* first = nullptr; // of a retry: where its rows stood
};

[[nodiscard]] Result<JobSummary> import_file(const ImportJob& asked);

// The same of a job that is remembered already. Who asks tells the store what came of it.
[[nodiscard]] Result<JobSummary> import_remembered(const ImportJob& asked,
                                                   const schema::CompiledSchema& schema,
                                                   const SipKey& key, Remembered& kept);
// And of one that broke off before it had a plan; its file is one that was kept.
[[nodiscard]] Result<JobSummary> import_kept_again(const ImportJob& asked,
                                                   const schema::CompiledSchema& schema,
                                                   const SipKey& key, Remembered& kept);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_IMPORT_JOB_HPP
