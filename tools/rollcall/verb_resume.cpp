// `rollcall resume`: goes on with what broke off.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>

#include "job_outputs.hpp"
#include "next_command.hpp"
#include "rollcall/job.hpp"
#include "rollcall/plan.hpp"
#include "stored_jobs.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

class Resume final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    declare_store(options, store_);
    tools::declare(options, outputs_);
    declare_secrets(options, outputs_);
    options.add_flag("--take-over", takes_over_, "also from a process that is still at it");
  }

  Result<Exit> run(Console& console) override
  {
    const std::array inputs{database_stream(store_.db), Stream{"--context", store_.context}};
    ROLLCALL_CHECK(check_streams(inputs, streams_of(outputs_)));
    ApplyOptions options;
    ROLLCALL_TRY(options.threads, threads_of(outputs_));
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    // (Whether he may, the job itself says: a report may be wanted of that.)
    ROLLCALL_TRY(const auto rights, rights_to_begin(host.jobs(), record, console.seams));
    ROLLCALL_TRY(const Found found,
                 find(console, host, store_, std::move(record), rights, "resume"));
    ROLLCALL_TRY(const auto directory, host.directory(found.schema));
    ROLLCALL_TRY(const Context context, context_of(console, store_, found.schema));
    JobOutputs opened{outputs_};
    ROLLCALL_TRY(const Outputs outputs, opened.open(console, &host.service()));
    if (takes_over_) options.take_over = TakeOver::of_any;
    const std::string& file = found.record.summary.file;
    const std::string what = file.empty() ? fmt::format("job {}", found.record.id) : file;
    Watching watching{console, "resume", what};
    options.watcher = &watching;
    Result<JobSummary> done =
        rollcall::resume(host.jobs(), found.record.id, found.schema, *directory, context, options,
                         outputs, console.seams);
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), store_, &outputs_);
    const JobSummary& job = done.assume_value();
    console.line.erase();
    ROLLCALL_CHECK(opened.take_secrets(job, context, store_));
    ROLLCALL_CHECK(say_job(job, outputs_, console, {.nameless = what, .next = what_is_next(job)}));
    ROLLCALL_CHECK(opened.say_secrets(job, store_));
    return exit_of(job);
  }

 private:
  // A plan went to a file when it was made: whoever goes on fetches it. An export that broke off
  // has left nothing, and is made anew.
  [[nodiscard]] std::string what_is_next(const JobSummary& job) const
  {
    if (job.action == "export" && job.state == JobState::failed)
      return "nothing of it was kept; to export again: " +
             next_command(fmt::format("retry {} --result FILE", job.id), store_);
    if (job.action != "plan" || job.refusal != Refusal::none) return {};
    return "the plan: " + next_command(fmt::format("download {} plan -o FILE", job.id), store_);
  }

  StoreOptions store_;
  OutputOptions outputs_;
  std::string job_;
  bool takes_over_ = false;
};

} // namespace

std::unique_ptr<Command> make_resume()
{
  return std::make_unique<Resume>();
}

} // namespace rollcall::tools
