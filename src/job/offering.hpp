// offering.hpp: what a format offers to an actor as an empty or a filled file: may he ask, is the
// tenant set up for it, and which columns are there for him.
#ifndef ROLLCALL_JOB_OFFERING_HPP
#define ROLLCALL_JOB_OFFERING_HPP

#include <vector>

#include "base/siphash.hpp"
#include "check/columns.hpp"
#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/schema.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::job {

class Offering {
 public:
  // All outlive it.
  Offering(const schema::CompiledSchema& compiled, Directory& directory, const SipKey& key,
           Seams seams)
      : known{compiled, directory, key, *seams.memory}, facts{compiled, known, *seams.memory}
  {
    job.format = compiled.schema().id;
  }
  Offering(const Offering&) = delete;
  Offering& operator=(const Offering&) = delete;

  // False if nothing is offered; the job says why.
  [[nodiscard]] Result<bool> open(const schema::CompiledSchema& compiled, schema::Action action,
                                  const Context& context);

  JobSummary job = {};
  check::KnownObjects known;
  check::Facts facts;
  std::vector<check::ReadyColumn> columns = {}; // of each of the schema
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_OFFERING_HPP
