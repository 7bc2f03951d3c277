// What a job was given is looked at and kept before it begins; from then on only the job fails.
#include "job.hpp"

#include "plan.hpp"
#include "reading.hpp"
#include "steps.hpp"
#include "store.hpp"

namespace rollcall::capi {
namespace {

constexpr std::uint32_t job_flags = ROLLCALL_JOB_ATOMIC | ROLLCALL_JOB_NO_DIGEST |
                                    ROLLCALL_JOB_TAKES_UNSEALED | ROLLCALL_JOB_TAKE_OVER;
constexpr std::uint32_t keep_flags = ROLLCALL_KEEP_FINDINGS | ROLLCALL_KEEP_ROWS;

} // namespace

Result<std::unique_ptr<Job>> Job::make(std::shared_ptr<Engine> engine, const char* what,
                                       const JobGiven& given)
{
  auto job = std::make_unique<Job>(std::move(engine), what);
  ROLLCALL_CHECK(job->take(given));
  return job;
}

Result<void> Job::hold(std::atomic<bool>& flag, const char* what)
{
  // A store and its directory are one thing, and may both be given.
  if (std::find(holds_.begin(), holds_.end(), &flag) != holds_.end()) return success();
  ROLLCALL_TRY(InUse held, InUse::take(flag, what));
  holds_.push_back(&flag);
  held_.push_back(std::move(held));
  return success();
}

Result<void> Job::take(const JobGiven& given)
{
  if (given.schema != nullptr) schema_ = given.schema->body;
  if (given.context != nullptr) context_ = given.context->context;
  if (given.directory != nullptr) {
    directory_ = given.directory->body;
    ROLLCALL_CHECK(hold(directory_->in_use(), "the directory"));
  }
  if (given.store != nullptr) {
    store_ = given.store;
    ROLLCALL_CHECK(hold(store_->in_use(), "the store"));
  }
  if (given.source != nullptr) {
    source_ = given.source->body;
    ROLLCALL_CHECK(hold(source_->in_use(), "the source"));
  }
  ROLLCALL_CHECK(take_options(given.options));
  ROLLCALL_CHECK(take_outputs(given.outputs));
  return take_output(given.output, more_output_);
}

Result<void> Job::take_options(const rollcall_job_options* options)
{
  ROLLCALL_CHECK(check_size(options, "rollcall_job_options"));
  const rollcall_job_options copy = copied(options);
  ROLLCALL_CHECK(check_flags(copy.flags, job_flags, "rollcall_job_options.flags"));
  ROLLCALL_CHECK(check_reserved(copy.reserved, "rollcall_job_options"));
  ROLLCALL_CHECK(check_choice(copy.stale, ROLLCALL_STALE_ROW + 1, "stale"));
  ROLLCALL_CHECK(check_choice(copy.stopped_as, ROLLCALL_STOPPED_AS_INTERRUPTED + 1, "stopped_as"));
  ROLLCALL_TRY(const csv::ReaderOptions reading, reading_of(copy.reading));
  if (copy.cancel != nullptr) cancel_ = copy.cancel->flag;
  watcher_.watch(copy, cancel_.get());
  if (copy.store != nullptr && store_ == nullptr) {
    store_ = copy.store->body;
    ROLLCALL_CHECK(hold(store_->in_use(), "the store"));
    options_.store = apply_options_.store = &store_->jobs();
  }
  options_.dialect = reading.dialect;
  options_.limits = apply_options_.limits = reading.limits;
  options_.kernel = reading.kernel;
  options_.atomic = (copy.flags & ROLLCALL_JOB_ATOMIC) != 0;
  options_.threads = apply_options_.threads = copy.threads != 0 ? copy.threads : 1;
  options_.digest = (copy.flags & ROLLCALL_JOB_NO_DIGEST) == 0;
  options_.file_name = text_of(copy.file_name);
  if (copy.spool_folder != nullptr)
    options_.spool_folder = apply_options_.spool_folder = copy.spool_folder;
  options_.watcher = apply_options_.watcher = &watcher_;
  apply_options_.stale = static_cast<Stale>(copy.stale);
  apply_options_.takes_unsealed = (copy.flags & ROLLCALL_JOB_TAKES_UNSEALED) != 0;
  if ((copy.flags & ROLLCALL_JOB_TAKE_OVER) != 0) apply_options_.take_over = TakeOver::of_any;
  origin_.source_path = text_of(copy.source_path);
  if (store_ != nullptr) origin_.store = store_->id();
  if (copy.source == nullptr) return success();
  planned_ = copy.source->body;
  return hold(planned_->in_use(), "the source that was planned");
}

Result<void> Job::take_output(rollcall_output* output, std::shared_ptr<OutputBody>& into)
{
  if (output == nullptr) return success();
  into = output->body;
  if (std::find(holds_.begin(), holds_.end(), &into->in_use()) != holds_.end())
    return wrong_use("one output is given twice");
  if (into->is_callback()) options_.threads = apply_options_.threads = 1;
  return hold(into->in_use(), "an output");
}

Result<void> Job::take_outputs(const rollcall_outputs* outputs)
{
  ROLLCALL_CHECK(check_size(outputs, "rollcall_outputs"));
  const rollcall_outputs copy = copied(outputs);
  ROLLCALL_CHECK(check_flags(copy.flags, ROLLCALL_OUTPUTS_COLOUR, "rollcall_outputs.flags"));
  ROLLCALL_CHECK(check_flags(copy.keep, keep_flags, "rollcall_outputs.keep"));
  ROLLCALL_CHECK(check_choice(copy.findings_form, ROLLCALL_FINDINGS_HTML + 1, "findings_form"));
  outputs_.findings_form = static_cast<FindingsForm>(copy.findings_form);
  outputs_.findings_colour = (copy.flags & ROLLCALL_OUTPUTS_COLOUR) != 0;
  keep_ = copy.keep;
  const std::array asked = {copy.report,         copy.result,   copy.error_rows, copy.error_log,
                            copy.error_log_json, copy.findings, copy.secrets};
  for (std::size_t i = 0; i != asked.size(); ++i)
    ROLLCALL_CHECK(take_output(asked[i], given_outputs_[i]));
  return success();
}

Result<void> Job::open_outputs()
{
  const std::array sinks = {&outputs_.report,    &outputs_.result,         &outputs_.error_rows,
                            &outputs_.error_log, &outputs_.error_log_json, &outputs_.findings,
                            &outputs_.secrets};
  for (std::size_t i = 0; i != sinks.size(); ++i)
    if (given_outputs_[i]) *sinks[i] = &given_outputs_[i]->begin();
  if (more_output_) more_begun_ = &more_output_->begin();
  if (source_) {
    ROLLCALL_TRY(begun_, source_->begin());
  }
  if (planned_) {
    ROLLCALL_TRY(apply_options_.source, planned_->begin());
  }
  return keep_tables();
}

// Findings alone are less to write and to read. They need the output of findings for themselves,
// and a file whose rows they are about: what follows on a job has rows of its own, and only a
// report.
Result<void> Job::keep_tables()
{
  if (keep_ == 0) return success();
  using Reads = ReportTables::Reads;
  Reads reads = Reads::report;
  if ((keep_ & ROLLCALL_KEEP_ROWS) == 0)
    reads = outputs_.findings == nullptr && source_ != nullptr ? Reads::findings
                                                               : Reads::findings_in_report;
  ROLLCALL_TRY(tables_, ReportTables::open(engine_, reads));
  if (reads == Reads::findings) {
    outputs_.findings = tables_.get();
    outputs_.findings_form = FindingsForm::jsonl;
  } else if (outputs_.report == nullptr) {
    outputs_.report = tables_.get();
  } else {
    tee_ = std::make_unique<Tee>(*outputs_.report, *tables_);
    outputs_.report = tee_.get();
  }
  return success();
}

Result<std::unique_ptr<rollcall_report>> Job::run(const Work& work)
{
  return guarded([&]() -> Result<std::unique_ptr<rollcall_report>> {
    const auto say = [&](std::int32_t level, const auto& words) -> Result<void> {
      if (!engine_->logs(level)) return success();
      return engine_->log(level, std::string{what_}.append(words()));
    };
    ROLLCALL_CHECK(say(ROLLCALL_LOG_INFO, [] { return std::string{" begins"}; }));
    ROLLCALL_CHECK(open_outputs());
    Result<JobSummary> done = work(*this);
    // It has ended, whatever the log thinks of that.
    if (!done.has_value()) {
      static_cast<void>(say(ROLLCALL_LOG_ERROR, [&] {
                          return ": " + describe(done.assume_error());
                        }).has_value());
      return std::move(done).assume_error();
    }
    JobSummary& summary = done.assume_value();
    static_cast<void>(say(ROLLCALL_LOG_INFO, [&] {
                        return std::string{" "}
                            .append(slug(summary.state))
                            .append(", rows: ")
                            .append(std::to_string(summary.rows));
                      }).has_value());
    held_.clear();
    return report_of(engine_, std::move(summary), tables_.get());
  });
}

Result<rollcall_status> go_on(Begun&& begun, const rollcall_job_options* options,
                              rollcall_report** report, rollcall_plan** plan)
{
  rollcall_steps* const steps = copied(options).steps;
  if (steps != nullptr) {
    ROLLCALL_TRY(const InUse held, InUse::take(steps->in_use, "the steps"));
    static_cast<void>(held);
    if (steps->job != nullptr) return Error{ErrorCode::busy, "the steps have a job under way"};
    auto stepped = std::make_unique<SteppedJob>(std::move(begun.job), std::move(begun.work));
    ROLLCALL_CHECK(stepped->begin());
    steps->plan.reset();
    steps->job = std::move(stepped);
    return rollcall_status{ROLLCALL_MORE};
  }
  ROLLCALL_TRY(auto done, begun.job->run(begun.work));
  if (plan != nullptr && begun.job->plan != nullptr && done->body->summary.refusal == Refusal::none)
    *plan = handle_of(begun.job->plan).release();
  if (report != nullptr) *report = done.release();
  return rollcall_status{ROLLCALL_OK};
}

} // namespace rollcall::capi
