// download.cpp: files of jobs that have ended, as they are kept, or told again.
#include "rollcall/download.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "apply/secrets_csv.hpp"
#include "base/siphash.hpp"
#include "base/timestamp.hpp"
#include "check/facts.hpp"
#include "check/known_objects.hpp"
#include "job/job_run.hpp"
#include "job/kept_fates.hpp"
#include "job/plan_telling.hpp"
#include "job/row_outputs.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall {
namespace {

using schema::CompiledSchema;

constexpr std::array<std::string_view, artifact_count> names = {
    "source", "report", "result", "error_rows", "error_log", "plan", "secrets"};

Error none(JobId id, Artifact artifact, std::string_view why)
{
  std::string detail = "the job " + std::to_string(id) + " has no ";
  return Error{ErrorCode::not_found, detail.append(slug(artifact)).append(": ").append(why)};
}

Error purged(JobId id, const JobDetails& details)
{
  return Error{ErrorCode::not_found, "the files of job " + std::to_string(id) + " were purged on " +
                                         format_utc(details.purged_ms)};
}

// A file that may not be there.
Result<std::unique_ptr<Source>> find(JobStore& store, JobId id, std::string_view name)
{
  auto found = store.read_artifact(id, name);
  if (found.has_value() || found.assume_error().code() != ErrorCode::not_found) return found;
  return std::unique_ptr<Source>{};
}

Outputs outputs_of(Artifact artifact, Sink& sink)
{
  Outputs outputs;
  (artifact == Artifact::report       ? outputs.report
   : artifact == Artifact::result     ? outputs.result
   : artifact == Artifact::error_rows ? outputs.error_rows
                                      : outputs.error_log) = &sink;
  return outputs;
}

// A job whose outputs are told from what a store has of it.
struct Told {
  JobStore& store;
  const JobRecord& record;
  Artifact artifact;
  Directory& directory;
  Sink& sink;
  Seams seams;
};

Result<void> tell_refused(const Told& told, const CompiledSchema& schema)
{
  if (told.artifact == Artifact::result || told.artifact == Artifact::error_rows)
    return none(told.record.id, told.artifact, "it was refused");
  JobSummary job = told.record.summary;
  job.id = told.record.id;
  job.state = told.record.state;
  const Outputs outputs = outputs_of(told.artifact, told.sink);
  return job::RowOutputs::refuse(outputs, schema, job, {}, told.seams.memory);
}

// Of an older database, which kept no more of a format than its name.
Error told_no_more(const Told& told, const Error& why)
{
  if (why.code() != ErrorCode::malformed) return Error{why.code(), std::string{why.detail()}};
  std::string detail = "the " + std::string{slug(told.artifact)} + " of job " +
                       std::to_string(told.record.id) + " cannot be told any more: ";
  return Error{ErrorCode::unsupported, detail.append(why.detail())};
}

Result<void> tell(const Told& told)
{
  const JobRecord& record = told.record;
  const Seams& seams = told.seams;
  ROLLCALL_TRY(const job::JobRequest request, job::request_of(record));
  ROLLCALL_TRY(const auto schema, CompiledSchema::compile(request.schema));
  if (record.summary.refusal != Refusal::none) return tell_refused(told, schema);
  ROLLCALL_TRY(const auto kept_plan, find(told.store, record.id, "plan"));
  if (!kept_plan) return none(record.id, told.artifact, "it came to no plan");
  ROLLCALL_TRY(const auto file, find(told.store, record.id, "source"));
  const Outputs outputs = outputs_of(told.artifact, told.sink);
  ROLLCALL_TRY(auto plan, plan::PlanReader::open(*kept_plan, seams.memory));
  if (job::PlanTelling::needs_file(outputs)) {
    if (plan.header().undoes) return none(record.id, told.artifact, job::undo_has_rows_of_its_own);
    if (!file) return none(record.id, told.artifact, "it was not given the file that was planned");
  }

  ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
  check::KnownObjects known{schema, told.directory, key, *seams.memory};
  check::Facts facts{schema, known, *seams.memory};
  Context context = request.context;
  if (context.options.empty()) context.options = plan.header().context.options;
  ROLLCALL_CHECK(facts.read(context));
  ROLLCALL_TRY(const auto faults, facts.check()); // of settings as they are now: nobody asked
  static_cast<void>(faults);
  auto bound = plan.bind(schema);
  if (!bound.has_value()) return told_no_more(told, bound.assume_error());
  apply::Fates fates;
  fates.first_id = request.first_id ? request.first_id : plan.header().next_id;
  ROLLCALL_TRY(const auto kept_fates, find(told.store, record.id, job::fates_name));
  if (kept_fates) {
    ROLLCALL_CHECK(job::read_fates(*kept_fates, fates));
  } else if (record.state == JobState::cancelled) {
    // One that was stopped before anything was done has not told what became of its rows.
    ROLLCALL_TRY(const Progress progress, told.store.progress(record.id));
    if (progress.groups == 0) fates.withhold_all();
    fates.is_cancelled = true;
  }
  JobSummary job =
      job::begin_job(schema, record.summary.action, record.summary.file, record.summary.dialect);
  job.id = record.id;
  job::PlanTelling telling{schema, facts, file.get(), fates, outputs, request.limits, seams};
  return telling.run(plan, job);
}

} // namespace

std::string_view slug(Artifact artifact) noexcept
{
  return names[static_cast<std::size_t>(artifact)];
}

std::optional<Artifact> artifact_of(std::string_view name) noexcept
{
  for (std::size_t i = 0; i != names.size(); ++i)
    if (names[i] == name) return static_cast<Artifact>(i);
  return {};
}

bool shows_secrets(Artifact artifact) noexcept
{
  return artifact == Artifact::source || artifact == Artifact::error_rows ||
         artifact == Artifact::secrets;
}

bool shows_secrets(Artifact artifact, const schema::Schema& schema) noexcept
{
  const bool has_column =
      std::any_of(schema.columns.begin(), schema.columns.end(), [](const schema::Column& column) {
        return std::holds_alternative<schema::Secret>(column.type);
      });
  return shows_secrets(artifact) && (has_column || artifact == Artifact::secrets);
}

namespace {

// What a job is asked for, if there is one and it was not purged; and whether it was written.
Result<std::pair<JobRecord, bool>> copy_kept(JobStore& store, JobService& service, JobId id,
                                             Artifact artifact, Sink& sink)
{
  if (artifact == Artifact::secrets)
    return Error{ErrorCode::wrong_use, "secrets are fetched by download_secrets"};
  ROLLCALL_TRY(auto record, store.job(id));
  if (!record) return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
  ROLLCALL_TRY(const JobDetails details, service.details(id));
  if (details.purged_ms != 0) return purged(id, details);
  ROLLCALL_TRY(const auto kept, find(store, id, slug(artifact)));
  if (kept) {
    ROLLCALL_CHECK(job::copy(*kept, sink));
  } else if (artifact == Artifact::source || artifact == Artifact::plan) {
    return none(id, artifact, "none was kept");
  } else if (!has_ended(record->state)) {
    return none(id, artifact, "it is " + std::string{slug(record->state)});
  }
  return std::pair{std::move(*record), kept != nullptr};
}

} // namespace

Result<bool> download_kept(JobStore& store, JobService& service, JobId id, Artifact artifact,
                           Sink& sink)
{
  return guarded([&]() -> Result<bool> {
    ROLLCALL_TRY(const auto copied, copy_kept(store, service, id, artifact, sink));
    return copied.second;
  });
}

Result<void> download(JobStore& store, JobService& service, JobId id, Artifact artifact,
                      Directory& directory, Sink& sink, Seams seams)
{
  return guarded([&]() -> Result<void> {
    ROLLCALL_TRY(const auto copied, copy_kept(store, service, id, artifact, sink));
    const auto& [record, was_kept] = copied;
    return was_kept ? success() : tell({store, record, artifact, directory, sink, seams});
  });
}

namespace {

class Taking final : public SecretTaker {
 public:
  Taking(apply::SecretsCsv& csv, const std::function<Result<void>()>& keep) : csv_{csv}, keep_{keep}
  {
  }
  Result<void> secret(const MadeSecret& secret) override
  {
    csv_.put(secret);
    return success();
  }
  Result<void> keep() override
  {
    ROLLCALL_CHECK(csv_.finish());
    return keep_();
  }

 private:
  apply::SecretsCsv& csv_;
  const std::function<Result<void>()>& keep_;
};

} // namespace

Result<std::uint64_t> download_secrets(JobService& service, JobId id, Sink& sink,
                                       const std::function<Result<void>()>& keep, Seams seams)
{
  return guarded([&]() -> Result<std::uint64_t> {
    ROLLCALL_TRY(auto csv, apply::SecretsCsv::open(sink, seams.memory));
    Taking taking{csv, keep};
    ROLLCALL_TRY(const std::uint64_t count, service.take_secrets(id, taking));
    if (count != 0) return count;
    ROLLCALL_TRY(const JobDetails details, service.details(id));
    if (details.secrets_made == 0) return none(id, Artifact::secrets, "it has made none");
    if (details.secrets_taken_ms != 0)
      return none(id, Artifact::secrets,
                  "they were fetched on " + format_utc(details.secrets_taken_ms));
    if (details.purged_ms == 0)
      return none(id, Artifact::secrets, "those that nobody had fetched went with what was undone");
    return purged(id, details);
  });
}

} // namespace rollcall
