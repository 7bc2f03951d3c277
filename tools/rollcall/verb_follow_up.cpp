// `rollcall undo`, `rollcall retry` and `rollcall execute-job`: what is done with a job that was.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "first_lines.hpp"
#include "job_outputs.hpp"
#include "next_command.hpp"
#include "rollcall/follow_up.hpp"
#include "rollcall/numbers.hpp"
#include "stored_jobs.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

enum class Does : std::uint8_t { undoes, retries, executes };

class FollowUp final : public Command {
 public:
  explicit FollowUp(Does does) : does_{does} {}

  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    declare_store(options, store_);
    if (does_ == Does::undoes) {
      options.add_option("-o,--output", plan_, "write the plan of the undo, and do nothing else")
          ->type_name("FILE");
      declare_own_rows(options, outputs_);
    } else {
      tools::declare(options, outputs_);
      declare_secrets(options, outputs_);
    }
    if (does_ == Does::executes)
      options.add_option("--stale", stale_, "what no longer fits refuses all, or its row (refuse)")
          ->type_name("refuse|row")
          ->choices({"refuse", "row"});
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    ApplyOptions options;
    ROLLCALL_TRY(options.threads, threads_of(outputs_));
    ROLLCALL_TRY(options.stale, stale_of(stale_));
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    // (Whether he may, the job itself says: a report may be wanted of that.)
    const auto right = right_to(record);
    ROLLCALL_TRY(const Found found,
                 find(console, host, store_, std::move(record), {right}, what_is_noted()));
    ROLLCALL_TRY(const auto directory, host.directory(found.schema));
    ROLLCALL_TRY(const Context context, context_of(console, store_, found.schema));
    const Asked asked{host.jobs(), found.record.id, found.schema, *directory, context, options};
    if (!plan_.empty()) return write_plan(console, asked);
    JobOutputs opened{outputs_};
    ROLLCALL_TRY(Outputs outputs, opened.open(console, &host.service()));
    FirstLines kept_back;
    if (does_ == Does::undoes && outputs.error_log == nullptr) outputs.error_log = &kept_back;
    const std::string called = "job " + job_;
    Watching watching{console, verb(), called};
    options.watcher = &watching;
    ROLLCALL_TRY(const Unfetched before, unfetched(host, found.record.id));
    Result<JobSummary> done = run(console, asked, outputs);
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), store_, &outputs_);
    const JobSummary& job = done.assume_value();
    console.line.erase();
    ROLLCALL_CHECK(opened.take_secrets(job, context, store_));
    const std::string next =
        does_ == Does::undoes ? what_stays(job, kept_back) : where_export_is(job);
    ROLLCALL_CHECK(say_job(job, outputs_, console, {.nameless = called, .next = next}));
    ROLLCALL_CHECK(opened.say_secrets(job, store_));
    ROLLCALL_TRY(const Unfetched after, unfetched(host, found.record.id));
    if (!console.is_quiet) say_gone(console, found.record.id, before, after);
    return exit_of(job);
  }

 private:
  struct Asked {
    JobStore& store;
    JobId job;
    const schema::Schema& schema;
    Directory& directory;
    const Context& context;
    const ApplyOptions& options;
  };

  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{Stream{"--db", store_.db}, Stream{"--context", store_.context}};
    std::vector<Stream> outputs = streams_of(outputs_);
    outputs.push_back({"-o", plan_});
    ROLLCALL_CHECK(check_streams(inputs, outputs));
    const bool has_rows = !outputs_.report.empty() || !outputs_.error_log.empty();
    if (plan_.empty() || !has_rows) return success();
    return Error{ErrorCode::wrong_use,
                 "with -o nothing is undone, so there is neither a report nor an error log"};
  }

  [[nodiscard]] schema::Action right_to(const JobRecord& record) const
  {
    if (does_ == Does::undoes) return schema::Action::undo;
    const bool exports = does_ == Does::retries && record.summary.action == "export";
    return exports ? schema::Action::export_ : schema::Action::execute;
  }

  [[nodiscard]] std::string_view verb() const noexcept
  {
    return does_ == Does::undoes ? "undo" : does_ == Does::retries ? "retry" : "execute-job";
  }

  // Secrets of the job that is undone.
  struct Unfetched {
    std::uint64_t count = 0;
    std::int64_t taken_ms = 0; // when some were fetched
  };
  [[nodiscard]] Result<Unfetched> unfetched(StoreHost& host, JobId job) const
  {
    if (does_ != Does::undoes) return Unfetched{};
    ROLLCALL_TRY(const JobDetails details, host.service().details(job));
    return Unfetched{details.secrets_waiting, details.secrets_taken_ms};
  }
  // (Of those that somebody has fetched meanwhile nobody knows how many there were.)
  static void say_gone(Console& console, JobId job, const Unfetched& before, const Unfetched& after)
  {
    if (after.count >= before.count || after.taken_ms != before.taken_ms) return;
    const std::uint64_t gone = before.count - after.count;
    console.say(
        fmt::format("{} of job {} that nobody has fetched {} gone with it",
                    gone == 1 ? std::string{"1 secret"} : fmt::format("{} secrets", grouped(gone)),
                    job, gone == 1 ? "is" : "are"));
  }

  // What was left alone is named; the rest of what cannot be taken back stands in the report.
  [[nodiscard]] std::string what_stays(const JobSummary& job, const FirstLines& kept_back) const
  {
    if (job.refusal != Refusal::none) return {};
    const auto fetching = [&](std::string_view artifact) {
      return next_command(fmt::format("download {} {}", job.id, artifact), store_);
    };
    std::string words = kept_back.text();
    if (kept_back.left_out() != 0)
      words +=
          fmt::format("and {} more: {}\n", grouped(kept_back.left_out()), fetching("error_log"));
    if (job.counts.by_slug().contains("undo.not_reversible") && outputs_.report.empty())
      words += fmt::format("what cannot be taken back: {}\n", fetching("report"));
    if (!words.empty()) words.pop_back(); // the end of the last line
    return words;
  }

  // One that is made again is kept, and goes nowhere else.
  [[nodiscard]] std::string where_export_is(const JobSummary& job) const
  {
    if (job.action != "export" || job.refusal != Refusal::none || !outputs_.result.empty())
      return {};
    return "the export: " + next_command(fmt::format("download {} result -o FILE", job.id), store_);
  }

  // In the access log.
  [[nodiscard]] std::string what_is_noted() const
  {
    return plan_.empty() ? std::string{verb()} : "plan an undo";
  }

  [[nodiscard]] Result<JobSummary> run(Console& console, const Asked& asked,
                                       const Outputs& outputs) const
  {
    const auto call = [&](auto function) {
      return function(asked.store, asked.job, asked.schema, asked.directory, asked.context,
                      asked.options, outputs, console.seams);
    };
    switch (does_) {
      case Does::undoes:
        return call(undo);
      case Does::retries:
        return call(retry);
      case Does::executes:
        break;
    }
    return call(execute_job);
  }

  [[nodiscard]] Result<Exit> write_plan(Console& console, const Asked& asked) const
  {
    ROLLCALL_TRY(auto plan, Output::open(console, plan_));
    ROLLCALL_TRY(const JobSummary job,
                 make_undo_plan(asked.store, asked.job, asked.schema, asked.directory,
                                asked.context, asked.options, plan.sink(), console.seams));
    const bool is_whole = job.refusal == Refusal::none;
    const std::string called = "job " + job_;
    Beside beside{.nameless = called};
    if (is_whole) beside.outputs.push_back({"plan", plan_});
    if (job.stale != 0)
      beside.next = fmt::format(
          "as things are, `{}` refuses all of it, for rows that were changed since;\nwith "
          "`--stale row` it keeps these{}",
          next_command("apply " + (plan_ == "-" ? "PLAN" : file_word(plan_)), store_),
          job.created + job.updated == 0 ? ", and there are no others"
                                         : " and takes the others back");
    ROLLCALL_CHECK(say_job(job, outputs_, console, beside));
    return exit_of(job);
  }

  Does does_;
  StoreOptions store_;
  OutputOptions outputs_;
  std::string job_, plan_, stale_;
};

} // namespace

std::unique_ptr<Command> make_undo()
{
  return std::make_unique<FollowUp>(Does::undoes);
}

std::unique_ptr<Command> make_retry()
{
  return std::make_unique<FollowUp>(Does::retries);
}

std::unique_ptr<Command> make_execute_job()
{
  return std::make_unique<FollowUp>(Does::executes);
}

} // namespace rollcall::tools
