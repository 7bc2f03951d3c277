// `rollcall jobs`, `rollcall job` and `rollcall resume`: what a store remembers, and going on with
// what broke off.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/plan.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

// Who asks, and which store.
struct StoreOptions {
  std::string db = {}, context = {}, actor = {}, role = {};
};

void declare_store(CLI::App& options, StoreOptions& store)
{
  options.add_option("--db", store.db, "the SQLite database that remembers them")
      ->type_name("FILE")
      ->required();
  options.add_option("--context", store.context, "who asks, a context.json")->type_name("FILE");
  options.add_option("--actor", store.actor, "the name of who asks")->type_name("NAME");
  options.add_option("--role", store.role, "the role of who asks")->type_name("ROLE");
}

Result<JobId> id_of(const std::string& word)
{
  JobId id = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, id);
  if (fault == std::errc{} && at == end && id != 0) return id;
  return Error{ErrorCode::wrong_use, fmt::format("a job has a number from 1, not '{}'", word)};
}

Result<Context> context_of(Console& console, const StoreOptions& store,
                           const schema::Schema& schema)
{
  const HostOptions options{.context = store.context, .actor = store.actor, .role = store.role};
  return tools::context_of(console, options, schema);
}

// The job and its format, if who asks may do that with it.
struct Found {
  JobRecord record;
  schema::Schema schema;
  std::optional<Finding> refusal;
};

Result<Found> find(Console& console, StoreHost& host, const StoreOptions& store, JobRecord record,
                   schema::Action action)
{
  Found found{.record = std::move(record), .schema = {}, .refusal = {}};
  ROLLCALL_TRY(found.schema, schema_of(found.record));
  ROLLCALL_TRY(const Context context, context_of(console, store, found.schema));
  ROLLCALL_TRY(const auto directory, host.directory(found.schema));
  ROLLCALL_TRY(found.refusal,
               find_missing_right(found.schema, *directory, context, action, console.seams));
  return found;
}

Result<JobRecord> find_record(StoreHost& host, const std::string& word)
{
  ROLLCALL_TRY(const JobId id, id_of(word));
  ROLLCALL_TRY(auto record, host.jobs().job(id));
  if (record) return std::move(*record);
  return Error{ErrorCode::wrong_use, fmt::format("there is no job {}", id)};
}

Exit refuse(Console& console, const Finding& why)
{
  console.say(fmt::format("rollcall: error {}: {}", slug(why), render_message(why)));
  return Exit::not_allowed;
}

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

bool has_ended(JobState state) noexcept
{
  return state != JobState::queued && state != JobState::running && state != JobState::interrupted;
}

// `applied` is what the journal knows of a job that has not ended.
std::string line_of(const JobRecord& record, std::uint64_t applied)
{
  const JobSummary& job = record.summary;
  applied += job.created + job.updated;
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
    declare_store(options, store_);
    options.add_flag("--json", is_json_, "a JSON line a job");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, StoreHost::Wants::to_look));
    Records records;
    ROLLCALL_CHECK(host.jobs().jobs(records));
    std::string text;
    for (JobRecord& record : records.all) {
      ROLLCALL_TRY(const Found found,
                   find(console, host, store_, std::move(record), schema::Action::jobs));
      if (found.refusal && first_refusal_ == std::nullopt) first_refusal_ = found.refusal;
      if (found.refusal) continue;
      std::uint64_t applied = 0;
      if (!has_ended(found.record.state)) {
        ROLLCALL_TRY(const Progress progress, host.jobs().progress(found.record.id));
        applied = progress.groups;
      }
      if (is_json_)
        ROLLCALL_CHECK(write_job(found.record, console.out));
      else
        text += line_of(found.record, applied);
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
    declare_store(options, store_);
    options.add_flag("--json", is_json_, "a JSON line");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, StoreHost::Wants::to_look));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const Found found,
                 find(console, host, store_, std::move(record), schema::Action::jobs));
    if (found.refusal) return refuse(console, *found.refusal);
    if (is_json_) {
      ROLLCALL_CHECK(write_job(found.record, console.out));
      return Exit::succeeded;
    }
    ROLLCALL_CHECK(console.out.write(page_of(found.record)));
    if (!has_ended(found.record.state)) {
      ROLLCALL_TRY(const Progress progress, host.jobs().progress(found.record.id));
      return say_how_far(console, found.record, progress);
    }
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

  // Of a job that has not ended nothing is counted but what was applied.
  Result<Exit> say_how_far(Console& console, const JobRecord& record,
                           const Progress& progress) const
  {
    std::string text = progress.groups == 0
                           ? std::string{"  nothing is applied\n"}
                           : fmt::format("  {} groups of its plan are done\n", progress.groups);
    if (!progress.intended.empty())
      text += fmt::format("  {} were given to the host, which has not answered\n",
                          progress.intended.size());
    if (record.state == JobState::interrupted)
      text += fmt::format("  to go on: rollcall resume {} --db {}\n", record.id, shown(store_.db));
    ROLLCALL_CHECK(console.out.write(text));
    return Exit::succeeded;
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
    declare_store(options, store_);
    tools::declare(options, outputs_);
    options.add_flag("--take-over", takes_over_, "also from a process that is still at it");
  }

  Result<Exit> run(Console& console) override
  {
    const std::array inputs{database_stream(store_.db), Stream{"--context", store_.context}};
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
    if (takes_over_) options.take_over = TakeOver::of_any;
    const std::string what =
        record.summary.file.empty() ? fmt::format("job {}", record.id) : record.summary.file;
    Watching watching{console, "resume", what};
    options.watcher = &watching;
    Result<JobSummary> done = rollcall::resume(host.jobs(), record.id, schema, *directory, context,
                                               options, outputs, console.seams);
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), store_.db);
    const JobSummary& job = done.assume_value();
    console.line.erase();
    ROLLCALL_CHECK(say_job(job, outputs_, {}, console, what));
    return exit_of(job);
  }

 private:
  StoreOptions store_;
  OutputOptions outputs_;
  std::string job_;
  bool takes_over_ = false;
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
