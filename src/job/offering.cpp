// offering.cpp: who asks comes first, then how the tenant is set up.
#include "job/offering.hpp"

#include "job/settle.hpp"

namespace rollcall::job {

Result<bool> Offering::open(const schema::CompiledSchema& compiled, schema::Action action,
                            const Context& context)
{
  job.action = action == schema::Action::export_ ? "export" : "template";
  ROLLCALL_CHECK(facts.read(context));
  ROLLCALL_TRY(const bool is_allowed, facts.allows(action));
  if (!is_allowed) {
    job.refusal = Refusal::actor;
    job.findings.push_back(facts.not_allowed(action));
    return false;
  }
  ROLLCALL_TRY(job.findings, facts.check());
  if (!job.findings.empty()) {
    job.refusal = Refusal::file;
    settle(job);
    return false;
  }
  ROLLCALL_TRY(columns, check::ready_columns(compiled, facts));
  return true;
}

} // namespace rollcall::job
