// `rollcall jobs`, `rollcall job` and `rollcall resume`: what a store remembers, and going on with
// what broke off.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/plan.hpp"
#include "store_options.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

std::string moment(std::int64_t ms)
{
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds{ms}};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss<minutes> time{floor<minutes>(at - day)};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count());
}

std::string line_of(const JobRecord& record)
{
  const JobSummary& job = record.summary;
  const auto applied = job.created + job.updated;
  return fmt::format("{:>5}  {:<16}  {:<8}  {:<19}  {:<11}  {:>8} {:>8}  {}\n", record.id,
                     moment(record.created_ms), job.action, job.format, slug(record.state),
                     job.rows, applied, shown(job.file));
}

class Records final : public JobSink {
 public:
  std::vector<JobRecord> all;
  void job(const JobRecord& record) override { all.push_back(record); }
};

class Jobs final : public Command {
 public:
  void declare(CLI::App& options) override
  {
    tools::declare(options, store_);
    options.add_flag("--json", is_json_, "a JSON line a job");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    Records records;
    ROLLCALL_CHECK(host.jobs().jobs(records));
    std::string text;
    for (JobRecord& record : records.all) {
      ROLLCALL_TRY(const FoundJob found,
                   find_allowed(console, host, store_, std::move(record), schema::Action::jobs));
      if (found.refusal && first_refusal_ == std::nullopt) first_refusal_ = found.refusal;
      if (found.refusal) continue;
      if (is_json_)
        ROLLCALL_CHECK(write_job(found.record, console.out));
      else
        text += line_of(found.record);
      ++shown_;
    }
    if (shown_ == 0 && first_refusal_) return refuse(console, *first_refusal_);
    if (is_json_) return Exit::succeeded;
    const std::string head =
        fmt::format("{:>5}  {:<16}  {:<8}  {:<19}  {:<11}  {:>8} {:>8}  {}\n", "job", "begun (UTC)",
                    "kind", "format", "state", "rows", "changed", "file");
    ROLLCALL_CHECK(console.out.write(shown_ == 0 ? "there are no jobs\n" : head + text));
    return Exit::succeeded;
  }

 private:
  StoreOptions store_;
  bool is_json_ = false;
  std::size_t shown_ = 0;
  std::optional<Finding> first_refusal_;
};

class Job final : public Command {
 public:
  void declare(CLI::App& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    tools::declare(options, store_);
    options.add_flag("--json", is_json_, "a JSON line");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const FoundJob found,
                 find_allowed(console, host, store_, std::move(record), schema::Action::jobs));
    if (found.refusal) return refuse(console, *found.refusal);
    if (is_json_) {
      ROLLCALL_CHECK(write_job(found.record, console.out));
      return Exit::succeeded;
    }
    ROLLCALL_CHECK(console.out.write(page_of(found.record)));
    JobSummary job = found.record.summary;
    job.state = found.record.state;
    ROLLCALL_CHECK(write_summary(job, {}, console.out));
    return Exit::succeeded;
  }

 private:
  static std::string page_of(const JobRecord& record)
  {
    const auto line = [](std::string_view what, const std::string& is) {
      return is.empty() ? is : fmt::format("  {:<8}  {}\n", what, is);
    };
    const auto at = [](std::int64_t ms) { return ms == 0 ? std::string{} : moment(ms) + " UTC"; };
    std::string who = shown(record.actor);
    if (!record.role.empty()) who += who.empty() ? record.role : fmt::format(" ({})", record.role);
    return fmt::format("job {}: {}, {}\n", record.id, record.summary.action, slug(record.state)) +
           line("format", record.summary.format) + line("by", who) +
           line("begun", at(record.started_ms)) + line("ended", at(record.ended_ms)) +
           line("plan", record.plan);
  }

  StoreOptions store_;
  std::string job_;
  bool is_json_ = false;
};

class Resume final : public Command {
 public:
  void declare(CLI::App& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    tools::declare(options, store_);
    tools::declare(options, outputs_);
  }

  Result<Exit> run(Console& console) override
  {
    const std::array inputs{Stream{"--db", store_.db}, Stream{"--context", store_.context}};
    ROLLCALL_CHECK(check_streams(inputs, streams_of(outputs_)));
    ApplyOptions options;
    ROLLCALL_TRY(options.threads, threads_of(outputs_));
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db));
    ROLLCALL_TRY(const JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const schema::Schema schema, schema_of(record));
    ROLLCALL_TRY(const auto directory, host.directory(schema));
    ROLLCALL_TRY(const Context context, context_of(console, store_, schema));
    JobOutputs opened{outputs_};
    ROLLCALL_TRY(const Outputs outputs, opened.open(console));
    ROLLCALL_TRY(const JobSummary job, rollcall::resume(host.jobs(), record.id, schema, *directory,
                                                        context, options, outputs, console.seams));
    ROLLCALL_CHECK(opened.commit(job));
    ROLLCALL_CHECK(say_job(job, outputs_, {}, console));
    return exit_of(job);
  }

 private:
  StoreOptions store_;
  OutputOptions outputs_;
  std::string job_;
};

} // namespace

std::unique_ptr<Command> make_jobs()
{
  return std::make_unique<Jobs>();
}

std::unique_ptr<Command> make_job()
{
  return std::make_unique<Job>();
}

std::unique_ptr<Command> make_resume()
{
  return std::make_unique<Resume>();
}

} // namespace rollcall::tools
