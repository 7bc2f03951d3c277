// import_job.cpp: the way of a file through all of it.
#include "job/import_job.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "job/import.hpp"
#include "job/job_run.hpp"
#include "job/plan_id.hpp"
#include "job/spool.hpp"
#include "job/spooled_source.hpp"
#include "job/store_watcher.hpp"
#include "job/tee.hpp"
#include "report/unreadable.hpp"

namespace rollcall::job {
namespace {

using schema::Action;
using schema::CompiledSchema;

Result<bool> is_allowed(const CompiledSchema& schema, const ImportJob& asked, const SipKey& key,
                        Action action)
{
  check::KnownObjects known{schema, asked.directory, key, *asked.seams.memory};
  check::Facts facts{schema, known, *asked.seams.memory};
  ROLLCALL_CHECK(facts.read(asked.context));
  return facts.allows(action);
}

// One run of it, from the first byte to the last output.
class Run {
 public:
  Run(const ImportJob& asked, const CompiledSchema& schema, const SipKey& key, Remembered& kept)
      : asked_{asked},
        schema_{schema},
        key_{key},
        kept_{kept},
        executes_{asked.action == "execute"},
        watcher_{kept, asked.options.watcher, *asked.seams.clock},
        options_{asked.options}
  {
    options_.watcher = &watcher_;
  }

  [[nodiscard]] Result<JobSummary> run(Source& source)
  {
    const JobOptions& options = options_;
    const Seams& seams = asked_.seams;
    // Outputs are written before the first change: what cannot be written is not done either. They
    // are written again if not all comes as it was planned, so they have to wait.
    HeldBack held;
    Outputs final = asked_.outputs;
    if (executes_) {
      ROLLCALL_TRY(final, held.hold(asked_.outputs, seams, options.spool_folder));
    }
    std::optional<WriteBehind> by;
    const Outputs outputs = write_behind(final, options.threads, seams, by);
    JobSummary job = begin_job(schema_, asked_.action, options.file_name, options.dialect);
    job.id = kept_.id();
    SpooledSource twice{source, seams, options.spool_folder, key_};
    ROLLCALL_CHECK(open_plan());
    std::optional<std::uint64_t> version;
    if (executes_ && kept_) {
      ROLLCALL_TRY(version, kept_.store()->directory_version());
    }
    std::string header_text;
    std::uint64_t groups = 0;
    {
      Import import{schema_, twice, asked_.directory, asked_.context, options, outputs,
                    seams,   key_};
      if (asked_.first != nullptr) import.stand_for(*asked_.first);
      const Action action = executes_ ? Action::execute : Action::validate;
      ROLLCALL_CHECK(import.run(action, job, plan_, header_));
      header_text = import.header_text();
      groups = import.groups_planned();
    }
    if (job.refusal != Refusal::none) {
      ROLLCALL_TRY(job, refused(std::move(job), schema_, outputs, header_text, seams));
      if (by) ROLLCALL_CHECK(by->finish());
      ROLLCALL_CHECK(held.let_go());
      return job;
    }
    if (by) ROLLCALL_CHECK(by->finish());
    if (artifact_) ROLLCALL_CHECK(artifact_->finish());
    if (executes_) {
      ROLLCALL_TRY(auto plan, read_plan());
      ROLLCALL_CHECK(carry_out({.schema = schema_,
                                .plan = plan.get() != nullptr ? *plan : *spool_,
                                .file = &twice,
                                .directory = asked_.directory,
                                .context = asked_.context,
                                .outputs = final,
                                .limits = options.limits,
                                .seams = seams,
                                .key = key_,
                                .kept = kept_,
                                .watcher = options.watcher,
                                .groups_planned = groups,
                                .is_told = true,
                                .version = version},
                               job));
    }
    ROLLCALL_CHECK(held.let_go());
    return job;
  }

 private:
  // Where the plan goes: to who asked, to the store, or to a file without a name.
  [[nodiscard]] Result<void> open_plan()
  {
    plan_ = asked_.plan;
    if (kept_) {
      ROLLCALL_TRY(artifact_, kept_.store()->write_artifact(kept_.id(), "plan"));
      Sink& artifact = *artifact_;
      plan_ = plan_ != nullptr ? static_cast<Sink*>(&tee_.emplace(*plan_, artifact)) : &artifact;
    } else if (executes_) {
      ROLLCALL_TRY(auto opened, Spool::open(*asked_.seams.files, asked_.options.spool_folder));
      plan_ = &spool_.emplace(std::move(opened));
    }
    if (plan_ == nullptr) return success();
    ROLLCALL_TRY(header_.id, make_plan_id(*asked_.seams.random));
    ROLLCALL_CHECK(kept_.note_plan(header_.id));
    header_.store = kept_ ? std::string{kept_.store()->id()} : asked_.origin.store;
    header_.path = asked_.origin.source_path;
    return success();
  }

  [[nodiscard]] Result<std::unique_ptr<Source>> read_plan()
  {
    if (kept_) return kept_.read("plan");
    ROLLCALL_CHECK(spool_->rewind());
    return std::unique_ptr<Source>{};
  }

  const ImportJob& asked_;
  const CompiledSchema& schema_;
  const SipKey& key_;
  Remembered& kept_;
  bool executes_;
  StoreWatcher watcher_;
  JobOptions options_; // with that watcher
  Sink* plan_ = nullptr;
  plan::PlanHeader header_;
  std::unique_ptr<ArtifactSink> artifact_;
  std::optional<Tee> tee_;
  std::optional<Spool> spool_;
};

// What a store keeps of a file is bounded by what may be read of it.
std::uint64_t bytes_max(const ImportJob& asked)
{
  std::uint64_t most = asked.options.limits.file_bytes;
  if (asked.schema.file.bytes_max != 0) most = std::min(most, asked.schema.file.bytes_max);
  return most;
}

} // namespace

Result<JobSummary> import_remembered(const ImportJob& asked, const CompiledSchema& schema,
                                     const SipKey& key, Remembered& kept)
{
  Run run{asked, schema, key, kept};
  if (!kept) return run.run(asked.source);
  // The file of somebody who may not is not read, and one that is too long is not kept.
  const Action action = asked.action == "execute" ? Action::execute : Action::validate;
  ROLLCALL_TRY(const bool allowed, is_allowed(schema, asked, key, action));
  if (!allowed || asked.source.size().value_or(0) > bytes_max(asked)) return run.run(asked.source);
  bool is_source = false;
  auto source = kept.keep("source", asked.source, bytes_max(asked) + 1, is_source);
  if (source.has_value()) return run.run(*source.assume_value());
  Error error = std::move(source).assume_error();
  if (!is_source || !report::is_about_file(error.code())) return error;
  JobSummary job = begin_job(schema, asked.action, asked.options.file_name, asked.options.dialect);
  job.id = kept.id();
  job.refusal = Refusal::file;
  job.findings.push_back(report::unreadable(error, asked.options.file_name));
  return refused(std::move(job), schema, asked.outputs, {}, asked.seams);
}

Result<JobSummary> import_file(const ImportJob& asked)
{
  return guarded([&]() -> Result<JobSummary> {
    ROLLCALL_CHECK(check_secrets(asked.outputs, asked.options.store));
    ROLLCALL_TRY(const auto schema, CompiledSchema::compile(asked.schema));
    ROLLCALL_TRY(const SipKey key, make_sip_key(*asked.seams.random));
    const JobRequest request{.schema = asked.schema,
                             .context = asked.context,
                             .dialect = asked.options.dialect,
                             .limits = asked.options.limits,
                             .atomic = asked.options.atomic,
                             .path = asked.origin.source_path};
    ROLLCALL_TRY(Remembered kept,
                 Remembered::begin(asked.options.store, asked.action, asked.options.file_name,
                                   request, asked.seams, asked.from));
    return kept.finish(
        guarded([&] { return import_remembered(asked, schema, key, kept); }),
        {.outputs = asked.outputs, .made = asked.plan, .watcher = asked.options.watcher});
  });
}

Result<JobSummary> import_kept_again(const ImportJob& asked, const CompiledSchema& schema,
                                     const SipKey& key, Remembered& kept)
{
  Run run{asked, schema, key, kept};
  return run.run(asked.source);
}

} // namespace rollcall::job
