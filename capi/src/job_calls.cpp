// Jobs on a file, as functions: each says what the work is, and what it cannot do without.
#include "job.hpp"
#include "report_tables.hpp"

using namespace rollcall;
using namespace rollcall::capi;

namespace {

Result<void> check(const JobGiven& given, bool needs_source)
{
  ROLLCALL_CHECK(capi::given(given.schema, "schema"));
  ROLLCALL_CHECK(capi::given(given.directory, "directory"));
  return needs_source ? capi::given(given.source, "source") : success();
}

using Function = Result<JobSummary> (*)(const schema::Schema&, Source&, Directory&, const Context&,
                                        const JobOptions&, const Outputs&, Seams);

rollcall_status import(const char* what, Function function, const JobGiven& given,
                       rollcall_report** report, rollcall_error** err) noexcept
{
  return start(given.options, report, nullptr, err, [&]() -> Result<Begun> {
    ROLLCALL_CHECK(check(given, true));
    ROLLCALL_TRY(auto job, Job::make(given.schema->body->engine, what, given));
    return Begun{std::move(job), [function](Job& of) {
                   return function(of.schema(), of.source(), of.directory(), of.context(),
                                   of.options(), of.outputs(), of.seams());
                 }};
  });
}

} // namespace

rollcall_status rollcall_validate(const rollcall_schema* schema, rollcall_source* source,
                                  rollcall_directory* directory, const rollcall_context* context,
                                  const rollcall_job_options* options,
                                  const rollcall_outputs* outputs, rollcall_report** report,
                                  rollcall_error** err)
{
  return import("validate", validate, {schema, source, directory, context, options, outputs},
                report, err);
}

rollcall_status rollcall_execute(const rollcall_schema* schema, rollcall_source* source,
                                 rollcall_directory* directory, const rollcall_context* context,
                                 const rollcall_job_options* options,
                                 const rollcall_outputs* outputs, rollcall_report** report,
                                 rollcall_error** err)
{
  return import("execute", execute, {schema, source, directory, context, options, outputs}, report,
                err);
}

rollcall_status rollcall_refuse_unreadable(const rollcall_schema* schema,
                                           rollcall_directory* directory, const rollcall_error* why,
                                           int32_t action, const rollcall_context* context,
                                           const rollcall_job_options* options,
                                           const rollcall_outputs* outputs,
                                           rollcall_report** report, rollcall_error** err)
{
  return start(options, report, nullptr, err, [&]() -> Result<Begun> {
    const JobGiven given{schema, nullptr, directory, context, options, outputs};
    ROLLCALL_CHECK(check(given, false));
    ROLLCALL_CHECK(capi::given(why, "why"));
    if (action != ROLLCALL_ACTION_VALIDATE && action != ROLLCALL_ACTION_EXECUTE)
      return wrong_use("a file is validated or executed");
    ROLLCALL_TRY(auto job, Job::make(schema->body->engine, "unreadable file", given));
    const auto error = std::make_shared<const Error>(error_of(*why));
    return Begun{std::move(job), [error, action](Job& of) {
                   return refuse_unreadable(of.schema(), of.directory(), *error,
                                            static_cast<schema::Action>(action), of.context(),
                                            of.options(), of.outputs(), of.seams());
                 }};
  });
}

rollcall_status rollcall_missing_right(const rollcall_schema* schema, rollcall_directory* directory,
                                       const rollcall_context* context, int32_t action,
                                       rollcall_table** out, rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_table>> {
    const JobGiven given{schema, nullptr, directory, context};
    ROLLCALL_CHECK(check(given, false));
    ROLLCALL_CHECK(check_choice(action, ROLLCALL_ACTION_JOBS + 1, "action"));
    ROLLCALL_TRY(const InUse held, InUse::take(directory->body->in_use(), "the directory"));
    static_cast<void>(held);
    const auto& engine = schema->body->engine;
    ROLLCALL_TRY(const std::optional<Finding> found,
                 find_missing_right(schema->body->schema, directory->body->directory(),
                                    context != nullptr ? context->context : Context{},
                                    static_cast<schema::Action>(action), engine->seams()));
    if (!found) return std::unique_ptr<rollcall_table>{};
    return findings_table(engine, {&*found, 1});
  });
}

rollcall_status rollcall_template(const rollcall_schema* schema, rollcall_directory* directory,
                                  const rollcall_context* context,
                                  const rollcall_job_options* options, rollcall_output* output,
                                  rollcall_report** report, rollcall_error** err)
{
  return start(options, report, nullptr, err, [&]() -> Result<Begun> {
    JobGiven given{schema, nullptr, directory, context, options};
    given.output = output;
    ROLLCALL_CHECK(check(given, false));
    ROLLCALL_CHECK(capi::given(output, "output"));
    ROLLCALL_TRY(auto job, Job::make(schema->body->engine, "template", given));
    return Begun{std::move(job), [](Job& of) {
                   return write_template(of.schema(), of.directory(), of.context(), of.output(),
                                         of.seams());
                 }};
  });
}

rollcall_status rollcall_export(const rollcall_schema* schema, rollcall_directory* directory,
                                const rollcall_context* context,
                                const rollcall_job_options* options, rollcall_output* output,
                                rollcall_report** report, rollcall_error** err)
{
  return start(options, report, nullptr, err, [&]() -> Result<Begun> {
    JobGiven given{schema, nullptr, directory, context, options};
    given.output = output;
    ROLLCALL_CHECK(check(given, false));
    ROLLCALL_CHECK(capi::given(output, "output"));
    ROLLCALL_TRY(auto job, Job::make(schema->body->engine, "export", given));
    return Begun{std::move(job), [](Job& of) {
                   return write_export(of.schema(), of.directory(), of.context(), of.output(),
                                       of.seams(),
                                       {.store = of.options().store,
                                        .file_name = of.options().file_name,
                                        .watcher = of.options().watcher});
                 }};
  });
}
