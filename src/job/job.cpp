// job.cpp: validating, planning and executing, from the actor's question to the last line of the
// report.
#include "rollcall/job.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "job/import_job.hpp"
#include "job/job_run.hpp"
#include "report/unreadable.hpp"
#include "rollcall/plan.hpp"

namespace rollcall {

using schema::CompiledSchema;

Result<JobSummary> validate(const schema::Schema& schema, Source& source, Directory& directory,
                            const Context& context, const JobOptions& options,
                            const Outputs& outputs, Seams seams)
{
  return job::import_file({.schema = schema,
                           .source = source,
                           .directory = directory,
                           .action = "validate",
                           .context = context,
                           .options = options,
                           .outputs = outputs,
                           .seams = seams});
}

Result<JobSummary> make_plan(const schema::Schema& schema, Source& source, Directory& directory,
                             const Context& context, const JobOptions& options,
                             const PlanOrigin& origin, Sink& sink, const Outputs& outputs,
                             Seams seams)
{
  return job::import_file({.schema = schema,
                           .source = source,
                           .directory = directory,
                           .action = "plan",
                           .context = context,
                           .options = options,
                           .origin = origin,
                           .plan = &sink,
                           .outputs = outputs,
                           .seams = seams});
}

Result<JobSummary> execute(const schema::Schema& schema, Source& source, Directory& directory,
                           const Context& context, const JobOptions& options,
                           const Outputs& outputs, Seams seams)
{
  return job::import_file({.schema = schema,
                           .source = source,
                           .directory = directory,
                           .action = "execute",
                           .context = context,
                           .options = options,
                           .outputs = outputs,
                           .seams = seams});
}

Result<std::optional<Finding>> find_missing_right(const schema::Schema& schema,
                                                  Directory& directory, const Context& context,
                                                  schema::Action action, Seams seams)
{
  return guarded([&]() -> Result<std::optional<Finding>> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    check::KnownObjects known{compiled, directory, key, *seams.memory};
    check::Facts facts{compiled, known, *seams.memory};
    ROLLCALL_CHECK(facts.read(context));
    ROLLCALL_TRY(const bool is_allowed, facts.allows(action));
    return is_allowed ? std::nullopt : std::optional{facts.not_allowed(action)};
  });
}

Result<JobSummary> refuse_unreadable(const schema::Schema& schema, Directory& directory,
                                     const Error& why, schema::Action action,
                                     const Context& context, const JobOptions& options,
                                     const Outputs& outputs, Seams seams, std::string_view kind)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    check::KnownObjects known{compiled, directory, key, *seams.memory};
    check::Facts facts{compiled, known, *seams.memory};
    ROLLCALL_CHECK(facts.read(context));
    ROLLCALL_TRY(const bool is_allowed, facts.allows(action));
    std::string_view word = action == schema::Action::execute ? "execute" : "validate";
    if (!kind.empty()) word = kind;
    JobSummary job = job::begin_job(compiled, word, options.file_name, options.dialect);
    job.refusal = is_allowed ? Refusal::file : Refusal::actor;
    job.findings.push_back(is_allowed ? report::unreadable(why, options.file_name)
                                      : facts.not_allowed(action));
    job::JobRequest request{.schema = schema, .context = context, .dialect = options.dialect};
    ROLLCALL_TRY(auto kept,
                 job::Remembered::begin(options.store, word, options.file_name, request, seams));
    job.id = kept.id();
    return kept.finish(job::refused(std::move(job), compiled, outputs, {}, seams),
                       {.outputs = outputs, .watcher = options.watcher});
  });
}

} // namespace rollcall
