// `rollcall jobs` and `rollcall job`: what a store remembers.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "moments.hpp"
#include "next_command.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/numbers.hpp"
#include "schema_file.hpp"
#include "stored_jobs.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

// `applied` is what the journal knows of a job that has not ended.
std::string line_of(const JobRecord& record, std::uint64_t applied)
{
  const JobSummary& job = record.summary;
  applied += job.created + job.updated;
  const std::string of = record.from == 0 ? "" : fmt::format(" (of job {})", record.from);
  return fmt::format("{:>5}  {:<16}  {:<8}  {:<19}  {:<11}  {:>8} {:>8}  {}\n", record.id,
                     moment(record.created_ms), job.action, job.format, slug(record.state),
                     job.rows, applied, shown(job.file) + of);
}

class Records final : public JobSink {
 public:
  std::vector<JobRecord> all;
  void job(const JobRecord& record) override { all.push_back(record); }
};

// Jobs that go out as they come.
class Lines final : public JobSink {
 public:
  explicit Lines(Sink& out) noexcept : out_{out} {}
  void job(const JobRecord& record) override
  {
    if (!done_.has_value()) return;
    done_ = write_job(record, out_);
  }
  Result<void> finish() { return std::move(done_); }

 private:
  Sink& out_;
  Result<void> done_ = success();
};

class Count final : public JobSink {
 public:
  std::uint64_t jobs = 0;
  void job(const JobRecord& /*record*/) override { ++jobs; }
};

Result<std::uint64_t> count_of(StoreHost& host, const JobFilter& filter)
{
  Count count;
  ROLLCALL_CHECK(host.service().find_jobs(filter, count));
  return count.jobs;
}

// The names of the formats of jobs.
class FormatNames final : public SchemaSink {
 public:
  std::vector<std::string> all;
  void schema(const KeptSchema& schema) override { all.emplace_back(schema.format); }
};

constexpr std::array<std::string_view, 3> icons = {"tick", "cross", "spinner"};

std::vector<std::string> state_words()
{
  std::vector<std::string> words{icons.begin(), icons.end()};
  for (std::size_t i = 0; i != job_state_count; ++i)
    words.emplace_back(slug(static_cast<JobState>(i)));
  return words;
}

// What such words stand for: a state, or, of the icons of a page that shows three, some.
std::vector<JobState> states_of(const std::vector<std::string>& words)
{
  using enum JobState;
  std::vector<JobState> states;
  const auto add = [&](std::initializer_list<JobState> of) {
    states.insert(states.end(), of.begin(), of.end());
  };
  for (const std::string& word : words) {
    if (word == icons[0]) add({succeeded});
    if (word == icons[1]) add({partial, failed, cancelled});
    if (word == icons[2]) add({queued, running, interrupted});
    for (std::size_t i = 0; i != job_state_count; ++i)
      if (slug(static_cast<JobState>(i)) == word) add({static_cast<JobState>(i)});
  }
  return states;
}

class Jobs final : public Command {
 public:
  void declare(Options& options) override
  {
    declare_store(options, store_);
    options.add_flag("--json", is_json_, "a JSON line a job");
    const Options::Group group{options, "Which"};
    options.add_option("--state", states_, "only in these states; or tick, cross, spinner")
        ->type_name("STATE,...")
        ->delimiter(',')
        ->choices(state_words());
    options.add_option("--kind", filter_.kinds, "only of these kinds")
        ->type_name("KIND,...")
        ->delimiter(',')
        ->choices({"execute", "apply", "validate", "plan", "undo", "export"});
    options.add_option("--format", filter_.format, "only of this format")->type_name("FORMAT");
    options.add_option("--by", filter_.actor, "only of who has this in his name")
        ->type_name("NAME");
    options.add_option("--file", filter_.file, "only of files with this in their name")
        ->type_name("NAME");
    options.add_option("--min-rows", filter_.rows.min, "at least so many rows")->type_name("N");
    options.add_option("--max-rows", filter_.rows.max, "at most so many")->type_name("N");
    options.add_option("--min-created", filter_.created.min, "at least so many created")
        ->type_name("N");
    options.add_option("--max-created", filter_.created.max, "at most so many")->type_name("N");
    options.add_option("--min-errors", filter_.errors.min, "at least so many rows with errors")
        ->type_name("N");
    options.add_option("--max-errors", filter_.errors.max, "at most so many")->type_name("N");
    options.add_option("--since", since_, "begun then or later: 2026-11-21, 2026-11-21T08:30")
        ->type_name("TIME");
    options.add_option("--until", until_, "begun before")->type_name("TIME");
    options.add_option("--before", filter_.before, "older than this job: the next page")
        ->type_name("JOB");
    options.add_option("--most", filter_.most, "at most so many, the newest; 0: all")
        ->type_name("N")
        ->setting();
  }

  Result<Exit> run(Console& console) override
  {
    filter_.states = states_of(states_);
    ROLLCALL_TRY(filter_.since_ms, moment_of(since_));
    ROLLCALL_TRY(filter_.until_ms, moment_of(until_));
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, Wants::to_look));
    ROLLCALL_TRY(const Rights rights, Rights::learn(console, host, store_, schema::Action::jobs));
    ROLLCALL_CHECK(rights.check_readable());
    if (!rights.allows_any() && rights.refusal()) {
      ROLLCALL_CHECK(rights.note(host, "list jobs", 0, false));
      return refuse(console, *rights.refusal());
    }
    filter_.schemas = rights.allowed();
    ROLLCALL_CHECK(check_format(host));
    JobFilter first = filter_;
    first.most = 1;
    ROLLCALL_TRY(const std::uint64_t found, count_of(host, first));
    if (found == 0) return check_there_are_none(console, host, rights);
    // Nobody sees anything before it is noted that he does.
    ROLLCALL_CHECK(rights.note(host, "list jobs", 0, true));
    if (is_json_) {
      Lines lines{console.out};
      filter_.is_whole = true;
      ROLLCALL_CHECK(host.service().find_jobs(filter_, lines));
      ROLLCALL_CHECK(lines.finish());
    } else {
      Records records;
      ROLLCALL_CHECK(host.service().find_jobs(filter_, records));
      ROLLCALL_CHECK(list(console, host, records.all));
    }
    return Exit::succeeded;
  }

 private:
  // One that is neither built in nor that of a job is misspelled.
  [[nodiscard]] Result<void> check_format(StoreHost& host) const
  {
    if (filter_.format.empty() || formats::find(filter_.format) != nullptr) return success();
    FormatNames known;
    ROLLCALL_CHECK(host.service().schemas(known));
    if (std::find(known.all.begin(), known.all.end(), filter_.format) != known.all.end())
      return success();
    return no_such_format(filter_.format, std::move(known.all));
  }

  static Result<void> list(Console& console, StoreHost& host, const std::vector<JobRecord>& records)
  {
    std::string text =
        fmt::format("{:>5}  {:<16}  {:<8}  {:<19}  {:<11}  {:>8} {:>8}  {}\n", "job", "begun (UTC)",
                    "kind", "format", "state", "rows", "changed", "file");
    for (const JobRecord& record : records) {
      std::uint64_t applied = 0;
      if (!has_ended(record.state)) {
        ROLLCALL_TRY(const Progress progress, host.jobs().progress(record.id));
        applied = progress.groups;
      }
      text += line_of(record, applied);
    }
    return console.out.write(text);
  }

  // Nothing was found that he may see: is there anything?
  Result<Exit> check_there_are_none(Console& console, StoreHost& host, const Rights& rights)
  {
    std::uint64_t others = 0;
    filter_.schemas.clear();
    filter_.most = 1;
    if (rights.refusal()) {
      ROLLCALL_TRY(others, count_of(host, filter_));
    }
    ROLLCALL_CHECK(rights.note(host, "list jobs", 0, others == 0));
    if (others != 0) return refuse(console, *rights.refusal());
    if (is_json_) return Exit::succeeded;
    ROLLCALL_TRY(const std::uint64_t all, count_of(host, {.schemas = rights.allowed()}));
    ROLLCALL_CHECK(console.out.write(all == 0
                                         ? std::string{"there are no jobs\n"}
                                         : fmt::format("no job is as asked; there {} {}\n",
                                                       all == 1 ? "is" : "are", grouped(all))));
    return Exit::succeeded;
  }

  StoreOptions store_;
  JobFilter filter_;
  std::vector<std::string> states_;
  std::string since_, until_;
  bool is_json_ = false;
};

class Job final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("JOB", job_, "its number")->required();
    declare_store(options, store_);
    options.add_flag("--json", is_json_, "a JSON line");
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_TRY(StoreHost host, StoreHost::open(console, store_.db, Wants::to_look));
    ROLLCALL_TRY(JobRecord record, find_record(host, job_));
    ROLLCALL_TRY(const Seen found,
                 look_at(console, host, store_, std::move(record), {schema::Action::jobs}, "see"));
    if (found.refusal) return refuse(console, *found.refusal);
    ROLLCALL_TRY(const JobDetails details, host.service().details(found.record.id));
    if (is_json_) {
      ROLLCALL_CHECK(write_job(found.record, details, console.out));
      return Exit::succeeded;
    }
    ROLLCALL_TRY(const std::string undone_by, undos_of(host, found.record.id));
    ROLLCALL_CHECK(console.out.write(page_of(found.record, undone_by)));
    if (has_ended(found.record.state)) {
      JobSummary job = found.record.summary;
      job.state = found.record.state;
      ROLLCALL_CHECK(write_summary(job, {}, console.out));
    }
    ROLLCALL_TRY(const Progress progress, host.jobs().progress(found.record.id));
    ROLLCALL_CHECK(console.out.write(rest_of(found.record, details, progress.intended.size())));
    return Exit::succeeded;
  }

 private:
  // "by job 3 (undone by job 4), job 5 in part": which jobs have taken something of it back, and
  // which of that was put back.
  static Result<std::string> undos_of(StoreHost& host, JobId id)
  {
    Records came;
    ROLLCALL_CHECK(host.service().find_jobs({.from = id}, came));
    std::string words;
    for (auto each = came.all.rbegin(); each != came.all.rend(); ++each) {
      const JobSummary& job = each->summary;
      if (job.undoes != id || job.created + job.updated == 0) continue;
      const bool is_part = each->state != JobState::succeeded;
      ROLLCALL_TRY(const std::string put_back, undos_of(host, each->id));
      words += fmt::format("{}job {}{}{}", words.empty() ? "by " : ", ", each->id,
                           is_part ? " in part" : "",
                           put_back.empty() ? "" : " (undone " + put_back + ")");
    }
    return words;
  }

  static std::string page_of(const JobRecord& record, const std::string& undone_by)
  {
    const auto line = [](std::string_view what, const std::string& is) {
      return is.empty() ? is : fmt::format("  {:<8}  {}\n", what, is);
    };
    const auto at = [](std::int64_t ms) { return ms == 0 ? std::string{} : moment(ms) + " UTC"; };
    const std::string of = record.from == 0 ? "" : fmt::format("job {}", record.from);
    std::string who = shown(record.actor);
    if (!record.role.empty()) who += who.empty() ? record.role : fmt::format(" ({})", record.role);
    return fmt::format("job {}: {}, {}\n", record.id, record.summary.action, slug(record.state)) +
           line("format", record.summary.format) + line("by", who) +
           line("begun", at(record.started_ms)) + line("ended", at(record.ended_ms)) +
           line(record.summary.undoes != 0 ? "undoes" : "came of", of) + line("undone", undone_by) +
           line("plan", record.plan);
  }

  // What there is of it beside its record. Of a job that has not ended nothing is counted but what
  // was applied.
  [[nodiscard]] std::string rest_of(const JobRecord& record, const JobDetails& details,
                                    std::size_t without_answer) const
  {
    std::string text;
    if (!has_ended(record.state)) text = how_far(record, details, without_answer);
    if (details.secrets_waiting != 0)
      text += fmt::format("  {} to be fetched: {}\n", waiting(details.secrets_waiting, "secret"),
                          fetching_secrets(record.id, store_));
    if (details.secrets_made != 0 && details.secrets_waiting == 0 &&
        details.secrets_taken_ms == 0 && details.purged_ms == 0)
      text += "  the secrets that it made are gone with what was undone: nobody had fetched them\n";
    if (details.effects_waiting != 0)
      text +=
          fmt::format("  {} to be done by the host\n", waiting(details.effects_waiting, "effect"));
    if (details.secrets_taken_ms != 0)
      text +=
          fmt::format("  its secrets were fetched on {} UTC\n", moment(details.secrets_taken_ms));
    if (details.purged_ms != 0)
      text += fmt::format("  its files were purged on {} UTC\n", moment(details.purged_ms));
    return text;
  }

  static std::string waiting(std::uint64_t count, std::string_view what)
  {
    return count == 1 ? fmt::format("1 {} waits", what)
                      : fmt::format("{} {}s wait", grouped(count), what);
  }

  // Who resumes it does no more of it. (Of an export nothing is kept to go on with.)
  static bool is_to_end(const JobRecord& record, const JobDetails& details)
  {
    return details.is_to_stop || record.summary.action == "export";
  }

  [[nodiscard]] std::string how_far(const JobRecord& record, const JobDetails& details,
                                    std::size_t without_answer) const
  {
    std::string text;
    const JobProgress& done = details.progress;
    if (done.groups == 0) text = "  nothing is applied\n";
    if (done.groups == 0 && done.rows != 0)
      text += fmt::format("  so far {} {} read\n", grouped(done.rows),
                          done.rows == 1 ? "row is" : "rows are");
    const std::string of = done.groups_planned > done.groups
                               ? fmt::format(" of {}", grouped(done.groups_planned))
                               : "";
    if (done.groups != 0)
      text += fmt::format("  {}{} {} of its plan {} done\n", grouped(done.groups), of,
                          done.groups == 1 && of.empty() ? "group" : "groups",
                          done.groups == 1 ? "is" : "are");
    if (without_answer != 0)
      text += fmt::format("  {} {} given to the host, which has not answered\n",
                          grouped(without_answer), without_answer == 1 ? "was" : "were");
    if (details.is_to_stop) text += "  it was asked to stop\n";
    if (record.state == JobState::interrupted)
      text += fmt::format("  to {}: {}\n", is_to_end(record, details) ? "end it" : "go on",
                          resuming(record.id, store_));
    return text;
  }

  StoreOptions store_;
  std::string job_;
  bool is_json_ = false;
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

} // namespace rollcall::tools
