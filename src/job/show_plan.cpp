// show_plan.cpp: a plan in any form, from any source: it is read several times.
#include "base/siphash.hpp"
#include "job/spooled_source.hpp"
#include "report/plan_findings.hpp"
#include "report/plan_html.hpp"
#include "report/plan_page.hpp"
#include "rollcall/plan.hpp"

namespace rollcall {

Result<bool> show_plan(Source& plan, const ShowOptions& options, Sink& sink, Seams seams)
{
  return guarded([&]() -> Result<bool> {
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    job::SpooledSource again{plan, seams, options.spool_folder, key};
    const report::PlanPageOptions how{.schema = options.schema,
                                      .colour = options.colour,
                                      .name = options.name,
                                      .columns = options.columns};
    if (options.form == FindingsForm::text)
      return report::PlanPage{again, sink, how, seams.memory}.write();
    if (options.form == FindingsForm::html)
      return report::PlanHtml{again, sink, how, seams.memory}.write();
    return report::write_findings_of_plan(again, options.schema, options.form, sink, seams.memory);
  });
}

} // namespace rollcall
