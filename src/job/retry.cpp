// retry.cpp: what is read again of a job's file, and with what.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "job/export_again.hpp"
#include "job/import_job.hpp"
#include "job/job_run.hpp"
#include "job/kept_plan.hpp"
#include "job/retrying.hpp"
#include "job/tries.hpp"
#include "rollcall/follow_up.hpp"

namespace rollcall {
namespace {

// An import, a validation, an export, or none of these.
enum class Kind : std::uint8_t { import, validation, exports };

// Whoever wants the file of an export can fetch it from the store.
class Nowhere final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override { return success(); }
};

Error was_undo(const JobRecord& record)
{
  return Error{ErrorCode::wrong_use,
               job::the_job(record.id).append("was an undo: undo job " +
                                              std::to_string(record.from) + " again")};
}

Result<Kind> kind_of(const JobRecord& record)
{
  const std::string& action = record.summary.action;
  const auto wrong = [&](std::string_view why) {
    return Error{ErrorCode::wrong_use, job::the_job(record.id).append(why)};
  };
  if (action == "undo") return was_undo(record);
  const bool is_import = action == "execute" || action == "apply";
  const bool exports = action == "export";
  if (!is_import && !exports && action != "validate" && action != "plan")
    return wrong("read no file: there is nothing to read again");
  if (record.state == JobState::queued || record.state == JobState::running ||
      record.state == JobState::interrupted)
    return wrong("has not ended: resume it first");
  if (exports) return Kind::exports;
  return is_import ? Kind::import : Kind::validation;
}

// A job of the store that is tried again.
struct Retry {
  JobStore& store;
  const JobRecord& record;
  const schema::CompiledSchema& compiled;
  const SipKey& key;
  Directory& directory;
  const Context& context;
  const ApplyOptions& options;
  const Outputs& outputs;
  Seams seams;

  [[nodiscard]] Result<JobSummary> run(Kind kind);
  [[nodiscard]] Result<JobSummary> import_rest();
  [[nodiscard]] Result<JobSummary> validate_all();
  [[nodiscard]] Result<JobSummary> export_all();
  [[nodiscard]] Error wrong(std::string_view why) const
  {
    return Error{ErrorCode::wrong_use, job::the_job(record.id).append(why)};
  }
  // Who asks is who asks now; options of the format are those of the job, where none were given.
  [[nodiscard]] Context context_of(const job::JobRequest& request) const
  {
    Context made = context;
    if (made.options.empty()) made.options = request.context.options;
    return made;
  }
};

Result<JobSummary> Retry::run(Kind kind)
{
  switch (kind) {
    case Kind::exports:
      return export_all();
    case Kind::validation:
      return validate_all();
    case Kind::import:
      break;
  }
  return import_rest();
}

Result<JobSummary> Retry::import_rest()
{
  ROLLCALL_CHECK(job::check_secrets(outputs, &store));
  ROLLCALL_TRY(job::Tries tries, job::Tries::find(store, record, 0));
  if (const auto other = tries.open_one())
    return wrong("is being tried again by job " + std::to_string(*other) + ": resume that first");
  ROLLCALL_CHECK(tries.read(directory, compiled, seams));
  if (!tries.has_open()) return wrong("has no rows left that were not applied");
  ROLLCALL_TRY(const job::JobRequest was, job::request_of(record));
  const job::JobRequest request{.schema = was.schema,
                                .context = context_of(was),
                                .dialect = tries.dialect().value_or(was.dialect),
                                .limits = was.limits,
                                .atomic = was.atomic};
  ROLLCALL_TRY(auto kept, job::Remembered::begin(&store, "execute", record.summary.file, request,
                                                 seams, record.id));
  const job::Retrying asked{was.schema, compiled, key, directory, options, outputs, seams};
  return kept.finish(guarded([&] { return job::retry_remembered(asked, kept, tries); }),
                     {.outputs = outputs, .watcher = options.watcher});
}

Result<JobSummary> Retry::validate_all()
{
  auto source = store.read_artifact(record.id, "source");
  if (!source.has_value() && source.assume_error().code() == ErrorCode::not_found)
    return job::Tries::no_file(record.id);
  ROLLCALL_TRY(const auto file, std::move(source));
  ROLLCALL_TRY(const job::JobRequest request, job::request_of(record));
  const Context as = context_of(request);
  const JobOptions how{.dialect = request.dialect,
                       .limits = request.limits,
                       .atomic = request.atomic,
                       .threads = options.threads,
                       .file_name = record.summary.file,
                       .spool_folder = options.spool_folder,
                       .store = &store,
                       .watcher = options.watcher};
  return job::import_file({.schema = request.schema,
                           .source = *file,
                           .directory = directory,
                           .action = record.summary.action,
                           .context = as,
                           .options = how,
                           .outputs = outputs,
                           .seams = seams,
                           .from = record.id});
}

Result<JobSummary> Retry::export_all()
{
  if (outputs.report != nullptr || outputs.error_rows != nullptr || outputs.error_log != nullptr ||
      outputs.findings != nullptr)
    return Error{ErrorCode::wrong_use, "an export has a result, and no other output"};
  Nowhere nowhere;
  Sink& sink = outputs.result != nullptr ? *outputs.result : static_cast<Sink&>(nowhere);
  const ExportOptions how{.store = &store, .file_name = record.summary.file};
  return job::export_again(compiled, directory, context, sink, seams, how, record.id);
}

} // namespace

Result<JobSummary> retry(JobStore& store, JobId id, const schema::Schema& schema,
                         Directory& directory, const Context& context, const ApplyOptions& options,
                         const Outputs& outputs, Seams seams)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
    ROLLCALL_TRY(const JobRecord record, job::find_job(store, id, schema));
    const auto right =
        record.summary.action == "export" ? schema::Action::export_ : schema::Action::execute;
    ROLLCALL_TRY(auto refusal, job::refuse_actor(compiled, directory, context, right, "retry",
                                                 outputs, key, seams));
    if (refusal) return job::Remembered{}.finish(std::move(*refusal), {.outputs = outputs});
    ROLLCALL_TRY(const Kind kind, kind_of(record));
    ROLLCALL_TRY(const bool is_undo, job::carries_out_undo(store, record, seams));
    if (is_undo) return was_undo(record);
    Retry again{store, record, compiled, key, directory, context, options, outputs, seams};
    return again.run(kind);
  });
}

} // namespace rollcall
