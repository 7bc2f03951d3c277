// A job on its way: everything that it was given, kept alive, and run at once or by steps.
#ifndef ROLLCALL_CAPI_SRC_JOB_HPP
#define ROLLCALL_CAPI_SRC_JOB_HPP

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cancel.hpp"
#include "context.hpp"
#include "directory.hpp"
#include "output.hpp"
#include "report.hpp"
#include "report_tables.hpp"
#include "rollcall/job.h"
#include "rollcall/job.hpp"
#include "rollcall/plan.h"
#include "rollcall/plan.hpp"
#include "source.hpp"
#include "tee.hpp"
#include "watcher.hpp"

namespace rollcall::capi {

class StoreBody;
struct PlanBody;

// What a function was given. Any may be null; who runs the job says what it needs.
struct JobGiven {
  const rollcall_schema* schema = nullptr;
  rollcall_source* source = nullptr;
  rollcall_directory* directory = nullptr;
  const rollcall_context* context = nullptr;
  const rollcall_job_options* options = nullptr;
  const rollcall_outputs* outputs = nullptr;
  rollcall_output* output = nullptr;     // beside those of every job
  std::shared_ptr<StoreBody> store = {}; // that has the job already
};

class Job {
 public:
  // Carries the job out, with what it was given.
  using Work = std::function<Result<JobSummary>(Job&)>;

  // `what` names the function in the log.
  [[nodiscard]] static Result<std::unique_ptr<Job>> make(std::shared_ptr<Engine> engine,
                                                         const char* what, const JobGiven& given);

  Job(std::shared_ptr<Engine> engine, const char* what)
      : engine_{std::move(engine)}, what_{what}, watcher_{*engine_}
  {
  }

  // Once, on whichever thread.
  [[nodiscard]] Result<std::unique_ptr<rollcall_report>> run(const Work& work);

  // Until it has ended nobody else uses what this flag stands for.
  [[nodiscard]] Result<void> hold(std::atomic<bool>& flag, const char* what);

  // For the work. The schema must have been given.
  [[nodiscard]] const schema::Schema& schema() const noexcept { return schema_->schema; }
  [[nodiscard]] Directory& directory() noexcept { return directory_->directory(); }
  [[nodiscard]] Source& source() noexcept { return *begun_; }
  [[nodiscard]] const Context& context() const noexcept { return context_; }
  [[nodiscard]] const JobOptions& options() const noexcept { return options_; }
  [[nodiscard]] const ApplyOptions& apply_options() const noexcept { return apply_options_; }
  [[nodiscard]] PlanOrigin origin() const { return origin_; }
  [[nodiscard]] const Outputs& outputs() const noexcept { return outputs_; }
  [[nodiscard]] Seams seams() noexcept { return engine_->seams(); }
  [[nodiscard]] Watcher& watcher() noexcept { return watcher_; }
  [[nodiscard]] Engine& engine() noexcept { return *engine_; }

  // The file that was planned; null if the options do not give it.
  [[nodiscard]] const std::shared_ptr<SourceBody>& planned() const noexcept { return planned_; }

  // JobGiven::output.
  [[nodiscard]] Sink& output() noexcept { return *more_begun_; }

  std::shared_ptr<PlanBody> plan = {}; // that it makes

 private:
  [[nodiscard]] Result<void> take(const JobGiven& given);
  [[nodiscard]] Result<void> take_options(const rollcall_job_options* options);
  [[nodiscard]] Result<void> take_outputs(const rollcall_outputs* outputs);
  [[nodiscard]] Result<void> open_outputs();
  [[nodiscard]] Result<void> take_output(rollcall_output* output,
                                         std::shared_ptr<OutputBody>& into);
  [[nodiscard]] Result<void> keep_tables();

  std::shared_ptr<Engine> engine_;
  const char* what_;
  std::vector<std::atomic<bool>*> holds_ = {};
  std::shared_ptr<const SchemaBody> schema_ = {};
  std::shared_ptr<SourceBody> source_ = {}, planned_ = {};
  Source* begun_ = nullptr;
  std::shared_ptr<DirectoryBody> directory_ = {};
  std::shared_ptr<StoreBody> store_ = {};
  std::shared_ptr<std::atomic<bool>> cancel_ = {};
  Context context_ = {};
  JobOptions options_ = {};
  ApplyOptions apply_options_ = {};
  PlanOrigin origin_ = {};
  Watcher watcher_;
  std::array<std::shared_ptr<OutputBody>, 7> given_outputs_ = {}; // as Outputs has them
  std::shared_ptr<OutputBody> more_output_ = {};
  Sink* more_begun_ = nullptr;
  std::uint32_t keep_ = 0;
  Outputs outputs_ = {};
  std::unique_ptr<ReportTables> tables_ = {};
  std::unique_ptr<Tee> tee_ = {};
  // Last, so that it goes first: the flags belong to what is above.
  std::vector<InUse> held_ = {};
};

struct Begun {
  std::unique_ptr<Job> job;
  Job::Work work;
};

// Runs a job at once, or hands it to the steps that its options name.
[[nodiscard]] Result<rollcall_status> go_on(Begun&& begun, const rollcall_job_options* options,
                                            rollcall_report** report, rollcall_plan** plan);

// The same for a function of the ABI: `begin` makes the job, `plan` gets the plan that it made.
template <class Begin>
rollcall_status start(const rollcall_job_options* options, rollcall_report** report,
                      rollcall_plan** plan, rollcall_error** err, Begin&& begin) noexcept
{
  if (report != nullptr) *report = nullptr;
  if (plan != nullptr) *plan = nullptr;
  return call(err, [&]() -> Result<rollcall_status> {
    ROLLCALL_TRY(Begun begun, begin());
    return go_on(std::move(begun), options, report, plan);
  });
}

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_JOB_HPP
