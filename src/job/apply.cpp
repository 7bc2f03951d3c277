// apply.cpp: a plan that was kept is carried out.
#include "base/siphash.hpp"
#include "job/job_run.hpp"
#include "job/spooled_source.hpp"
#include "plan/plan_reader.hpp"
#include "rollcall/plan.hpp"

namespace rollcall {

Result<JobSummary> apply_plan(const schema::Schema& schema, Source& plan, Directory& directory,
                              const Context& context, const ApplyOptions& options,
                              const Outputs& asked, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    std::optional<WriteBehind> by;
    const Outputs outputs = job::write_behind(asked, options.threads, seams, by);
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    JobSummary job = job::begin_job(compiled, "apply", {}, {});
    job::SpooledSource kept_plan{plan, seams, options.spool_folder, key};
    std::optional<job::SpooledSource> file;
    if (options.source != nullptr) file.emplace(*options.source, seams, options.spool_folder, key);
    ROLLCALL_CHECK(job::carry_out({.schema = compiled,
                                   .plan = kept_plan,
                                   .file = file ? &*file : nullptr,
                                   .directory = directory,
                                   .context = context,
                                   .outputs = outputs,
                                   .limits = options.limits,
                                   .seams = seams,
                                   .key = key,
                                   .stale = options.stale,
                                   .is_strange = true},
                                  job));
    if (job.refusal != Refusal::none) {
      ROLLCALL_TRY(job, job::refused(std::move(job), compiled, outputs, {}, seams));
    }
    if (by) ROLLCALL_CHECK(by->finish());
    return job;
  });
}

Result<std::string> path_in_plan(Source& plan, Seams seams)
{
  return guarded([&]() -> Result<std::string> {
    auto reader = plan::PlanReader::open(plan, seams.memory);
    // What is wrong with it, who carries it out will say.
    if (!reader.has_value() && plan::is_about_plan(reader.assume_error().code()))
      return std::string{};
    if (!reader.has_value()) return std::move(reader).assume_error();
    return reader.assume_value().header().path;
  });
}

} // namespace rollcall
