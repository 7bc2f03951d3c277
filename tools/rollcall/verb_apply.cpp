// `rollcall apply`: carries out a plan that was kept.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "reading_options.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/plan.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

class Apply final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("PLAN", plan_, "the plan; - is standard input")->required();
    tools::declare(options, host_, FormatIs::read);
    declare_directory_out(options, outputs_);
    options.add_option("--source", source_, "the file that was planned, if it was moved")
        ->type_name("FILE");
    options.add_option("--stale", stale_, "what no longer fits refuses all, or its row (refuse)")
        ->type_name("refuse|row")
        ->choices({"refuse", "row"});
    options.add_flag("--unsealed", takes_unsealed_,
                     "take a plan that the store has not sealed as well");
    tools::declare(options, outputs_);
    declare_secrets(options, outputs_);
    declare_limits(options, limits_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    ROLLCALL_CHECK(check_host(host_));
    ApplyOptions options;
    ROLLCALL_TRY(options.stale, stale_of(stale_));
    ROLLCALL_TRY(options.threads, threads_of(outputs_));
    ROLLCALL_TRY(options.limits, limits_from(limits_));
    auto opened_plan = open_input(console, plan_);
    if (host_.format.empty()) {
      if (!opened_plan.has_value())
        return refuse_unreadable(console, plan_, std::move(opened_plan).assume_error());
      ROLLCALL_TRY(auto fault, fault_of(*opened_plan.assume_value(), console.seams));
      if (fault) return refuse_without_format(console, std::move(*fault));
      ROLLCALL_TRY(host_.format, builtin_format_in(*opened_plan.assume_value(), console.seams));
    }
    ROLLCALL_TRY(const schema::Schema schema, schema_of(console, host_.format));
    ROLLCALL_TRY(const Context context, context_of(console, host_, schema));
    auto opened_host = host_of(console, host_, schema);
    if (!opened_host.has_value() && opened_plan.has_value()) {
      ROLLCALL_TRY(const bool is_other,
                   is_of_another_format(console, *opened_plan.assume_value(), schema));
      if (is_other) return refuse_other(console, *opened_plan.assume_value(), schema, context);
    }
    ROLLCALL_TRY(Host host, std::move(opened_host));
    options.store = host.store();
    options.takes_unsealed = takes_unsealed_;
    JobOutputs opened{outputs_};
    ROLLCALL_TRY(const Outputs outputs, opened.open(console, host.service()));
    if (!opened_plan.has_value()) {
      const JobOptions how{.file_name = name_of(plan_), .store = host.store()};
      ROLLCALL_TRY(const JobSummary job,
                   refuse_unreadable(schema, host.directory(), opened_plan.assume_error(),
                                     schema::Action::execute, context, how, outputs, console.seams,
                                     "apply"));
      Result<void> kept = opened.write_directory(host, job, store_of(host_));
      ROLLCALL_CHECK(say_job(job, outputs_, console));
      ROLLCALL_CHECK(std::move(kept));
      return exit_of(job);
    }
    const auto& plan = opened_plan.assume_value();
    ROLLCALL_TRY(const auto source, open_source(console, *plan));
    options.source = source.get();
    Watching watching{console, "apply", name_of(plan_)};
    options.watcher = &watching;
    Result<JobSummary> done =
        apply_plan(schema, *plan, host.directory(), context, options, outputs, console.seams);
    if (!done.has_value())
      return watching.end(std::move(done).assume_error(), store_of(host_), &outputs_);
    JobSummary& job = done.assume_value();
    point_to_source(job.findings);
    console.line.erase();
    ROLLCALL_CHECK(opened.take_secrets(job, context, store_of(host_)));
    Result<void> kept = opened.write_directory(host, job, store_of(host_));
    const std::string directory = kept.has_value() ? outputs_.directory_out : std::string{};
    const std::string called = plan_ == "-" ? "standard input" : name_of(plan_);
    ROLLCALL_CHECK(say_job(job, outputs_, console,
                           {.outputs = {{"directory", directory}},
                            .nameless = called,
                            .next = nothing_kept(host_, directory, job)}));
    ROLLCALL_CHECK(opened.say_secrets(job, store_of(host_)));
    ROLLCALL_CHECK(std::move(kept));
    return exit_of(job);
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{
        Stream{"PLAN", plan_},       Stream{"--context", host_.context},
        Stream{"--source", source_}, Stream{"--directory", host_.directory, "--directory-out"},
        database_stream(host_.db),   Stream{"--format", path_of_format(host_)}};
    return check_streams(inputs, streams_of(outputs_));
  }

  // Why it cannot be read at all. (What can be read once says so when it is carried out.)
  [[nodiscard]] Result<std::optional<Finding>> fault_of(Source& plan, const Seams& seams) const
  {
    if (plan_ == "-") return std::optional<Finding>{};
    ROLLCALL_TRY(auto fault, find_fault_of_plan(plan, seams));
    ROLLCALL_CHECK(plan.rewind());
    return fault;
  }

  // Of no known format there is no job: nobody could say who may see it.
  [[nodiscard]] Result<Exit> refuse_without_format(Console& console, Finding&& why) const
  {
    JobSummary job{.action = "apply", .refusal = Refusal::file, .file = name_of(plan_)};
    job.findings.push_back(std::move(why));
    if (!outputs_.report.empty()) {
      ROLLCALL_TRY(auto report, Output::open(console, outputs_.report));
      ROLLCALL_CHECK(write_job(job, report.sink()));
      ROLLCALL_CHECK(report.commit());
    }
    ROLLCALL_CHECK(say_job(job, outputs_, console));
    return exit_of(job);
  }

  // Of a format by which the host cannot be read there is none either: who asks for jobs is held to
  // the formats of all that are there, and the host would have to be read by each.
  [[nodiscard]] Result<Exit> refuse_other(Console& console, Source& plan,
                                          const schema::Schema& schema,
                                          const Context& context) const
  {
    ROLLCALL_TRY(auto none, MemoryDirectory::make(schema, console.seams));
    JobOutputs opened{outputs_};
    ROLLCALL_TRY(const Outputs outputs, opened.open(console, nullptr));
    ROLLCALL_TRY(JobSummary job,
                 apply_plan(schema, plan, none, context, {}, outputs, console.seams));
    if (job.file.empty()) job.file = name_of(plan_);
    ROLLCALL_CHECK(say_job(job, outputs_, console));
    return exit_of(job);
  }

  // Where the file that was planned was looked for; it is moved sooner than all else.
  static void point_to_source(std::vector<Finding>& findings)
  {
    for (Finding& each : findings) {
      if (each.code != Code::plan_invalid) continue;
      for (const Fact& fact : each.facts) {
        if (fact.name != "file") continue;
        each.says = render_message(each);
        if (!fact.value.empty()) each.says += ": " + fact.value;
        each.says += "; --source FILE says where it is";
        break;
      }
    }
  }

  // A plan knows its format by name, and so does who has that one; a schema has to be given again.
  [[nodiscard]] Result<std::string> builtin_format_in(Source& plan, const Seams& seams) const
  {
    std::string named;
    if (plan_ != "-") {
      ROLLCALL_TRY(named, format_in_plan(plan, seams));
      ROLLCALL_CHECK(plan.rewind());
    }
    if (formats::find(named) != nullptr) return named;
    const std::string why = plan_ == "-" ? "a plan from standard input is read once"
                            : named.empty()
                                ? "the plan does not say which it was made for"
                                : "the plan was made for " + named + ", which is not built in";
    return Error{ErrorCode::wrong_use, "--format is required: " + why};
  }

  // Then that is why the host cannot be opened: it is not one of that format either. Else, and of
  // what can be read once, it is said when the plan is to be carried out.
  [[nodiscard]] Result<bool> is_of_another_format(Console& console, Source& plan,
                                                  const schema::Schema& schema) const
  {
    if (plan_ == "-") return false;
    ROLLCALL_TRY(const std::string format, format_in_plan(plan, console.seams));
    ROLLCALL_CHECK(plan.rewind());
    return !format.empty() && format != schema.id;
  }

  // The file that was planned: where somebody says, or where the plan says it was, if a file is
  // there. The plan itself knows whether it takes one.
  [[nodiscard]] Result<std::unique_ptr<Source>> open_source(Console& console, Source& plan) const
  {
    if (!source_.empty()) return open_named(console, "--source", source_);
    if (plan_ == "-") return nullptr;
    ROLLCALL_TRY(const std::string path, path_in_plan(plan, console.seams));
    ROLLCALL_CHECK(plan.rewind());
    // What lies there is not for a plan to choose: no stream, no pipe, no device.
    if (!path.starts_with('/') || path.find('\0') != path.npos) return nullptr;
    auto status = console.seams.files->status(path);
    if (status.has_value() && status.assume_value().kind != FileKind::regular &&
        status.assume_value().kind != FileKind::absent)
      return nullptr;
    // Outputs are in their places before it is read.
    ROLLCALL_CHECK(
        check_streams(std::array{Stream{"the file that was planned", path}}, streams_of(outputs_)));
    auto opened = open_input(console, path);
    const bool is_needed =
        !outputs_.result.empty() || !outputs_.error_rows.empty() || !outputs_.findings.empty();
    if (!opened.has_value() && !is_needed) return nullptr;
    return while_doing(std::move(opened), "opening the file that was planned (see --source)");
  }

  HostOptions host_;
  OutputOptions outputs_;
  std::vector<std::string> limits_;
  std::string plan_, source_, stale_;
  bool takes_unsealed_ = false;
};

} // namespace

std::unique_ptr<Command> make_apply()
{
  return std::make_unique<Apply>();
}

} // namespace rollcall::tools
