// retrying.cpp: of retries that are begun at once, only the first one reads the file.
#include "job/retrying.hpp"

#include <optional>
#include <string>
#include <utility>

#include "job/import_job.hpp"
#include "job/job_run.hpp"
#include "job/kept_plan.hpp"
#include "job/remaining_rows.hpp"

namespace rollcall::job {
namespace {

// Has another one begun since it was looked?
Result<std::optional<JobSummary>> refuse_second(const Retrying& asked, const Remembered& kept,
                                                const Tries& tries)
{
  ROLLCALL_TRY(const auto record, kept.store()->job(kept.record().from));
  if (!record)
    return Error{ErrorCode::not_found,
                 "there is no job " + std::to_string(kept.record().from) + " any more"};
  ROLLCALL_TRY(const Tries now, Tries::find(*kept.store(), *record, kept.id()));
  const auto other = now.open_one() ? now.open_one() : now.newer_than(tries);
  if (!other) return std::optional<JobSummary>{};
  ROLLCALL_TRY(
      JobSummary made,
      refused_by_other(asked.compiled, "execute", kept, asked.outputs, asked.seams,
                       the_job(record->id) + "is tried again by job " + std::to_string(*other)));
  return std::optional{std::move(made)};
}

} // namespace

Result<JobSummary> retry_remembered(const Retrying& asked, Remembered& kept, const Tries& tries)
{
  ROLLCALL_TRY(auto refusal, refuse_second(asked, kept, tries));
  if (refusal) return std::move(*refusal);
  const JobRequest& request = kept.request();
  std::optional<RemainingRows> rows;
  if (tries.dialect()) {
    ROLLCALL_TRY(auto opened, RemainingRows::open(tries.file(), *tries.dialect(), request.limits,
                                                  tries, *asked.seams.memory));
    rows.emplace(std::move(opened));
  }
  // Where nobody came so far as to settle how it is read, it is read as it was to be.
  const JobOptions how{.dialect = tries.dialect().value_or(request.dialect),
                       .limits = request.limits,
                       .atomic = request.atomic,
                       .threads = asked.options.threads,
                       .file_name = kept.record().summary.file,
                       .spool_folder = asked.options.spool_folder,
                       .store = kept.store(),
                       .watcher = asked.options.watcher};
  const Context as = request.context;
  return import_remembered({.schema = asked.schema,
                            .source = rows ? static_cast<Source&>(*rows) : tries.file(),
                            .directory = asked.directory,
                            .action = "execute",
                            .context = as,
                            .options = how,
                            .outputs = asked.outputs,
                            .seams = asked.seams,
                            .first = rows ? &rows->first() : nullptr},
                           asked.compiled, asked.key, kept);
}

} // namespace rollcall::job
