// show_plan.cpp: a plan for people, from any source: it is read several times.
#include "base/siphash.hpp"
#include "job/spooled_source.hpp"
#include "report/plan_page.hpp"
#include "rollcall/plan.hpp"

namespace rollcall {

Result<bool> show_plan(Source& plan, const ShowOptions& options, Sink& sink, Seams seams)
{
  return guarded([&]() -> Result<bool> {
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    job::SpooledSource again{plan, seams, options.spool_folder, key};
    report::PlanPage page{again,
                          sink,
                          {.schema = options.schema,
                           .colour = options.colour,
                           .name = options.name,
                           .columns = options.columns},
                          seams.memory};
    return page.write();
  });
}

} // namespace rollcall
