// `rollcall apply`: carries out a plan that was kept.
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "reading_options.hpp"
#include "rollcall/plan.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

class Apply final : public Command {
 public:
  void declare(CLI::App& options) override
  {
    options.add_option("PLAN", plan_, "the plan; - is standard input")->required();
    tools::declare(options, host_);
    options.add_option("--directory-out", directory_out_, "write the host's objects out again")
        ->type_name("FILE");
    options.add_option("--source", source_, "the file that was planned, if it was moved")
        ->type_name("FILE");
    options.add_option("--stale", stale_, "what no longer fits refuses all, or its row (refuse)")
        ->type_name("refuse|row");
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
    ROLLCALL_TRY(const schema::Schema schema, schema_of(console, host_.format));
    ROLLCALL_TRY(const Context context, context_of(console, host_, schema));
    ROLLCALL_TRY(Host host, host_of(console, host_, schema));
    ROLLCALL_TRY(auto plan, open_input(console, plan_));
    ROLLCALL_TRY(const auto source, open_source(console, *plan));
    options.source = source.get();
    options.takes_unsealed = takes_unsealed_;
    options.store = host.store();
    JobOutputs opened{outputs_};
    ROLLCALL_TRY(const Outputs outputs, opened.open(console, host.service()));
    ROLLCALL_TRY(const JobSummary job, apply_plan(schema, *plan, host.directory(), context, options,
                                                  outputs, console.seams));
    ROLLCALL_CHECK(opened.commit(job));
    if (!directory_out_.empty()) {
      ROLLCALL_TRY(auto output, Output::open(console, directory_out_));
      ROLLCALL_CHECK(host.write(output.sink()));
      ROLLCALL_CHECK(output.commit());
    }
    ROLLCALL_CHECK(say_job(job, outputs_, {{"directory", directory_out_}}, console));
    return exit_of(job);
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{
        Stream{"PLAN", plan_},       Stream{"--context", host_.context},
        Stream{"--source", source_}, Stream{"--directory", host_.directory, "--directory-out"},
        Stream{"--db", host_.db},    Stream{"--format", path_of_format(host_)}};
    std::vector<Stream> outputs = streams_of(outputs_);
    outputs.push_back({"--directory-out", directory_out_});
    return check_streams(inputs, outputs);
  }

  // The file that was planned: where somebody says, or where the plan says it was, if a file is
  // there. The plan itself knows whether it takes one.
  [[nodiscard]] Result<std::unique_ptr<Source>> open_source(Console& console, Source& plan) const
  {
    if (!source_.empty()) return open_input(console, source_);
    if (plan_ == "-") return nullptr;
    ROLLCALL_TRY(const std::string path, path_in_plan(plan, console.seams));
    ROLLCALL_CHECK(plan.rewind());
    if (path.empty()) return nullptr;
    // What lies there is not for a plan to choose: no pipe, no device.
    auto status = console.seams.files->status(path);
    if (status.has_value() && status.assume_value().kind != FileKind::regular &&
        status.assume_value().kind != FileKind::absent)
      return nullptr;
    auto opened = open_input(console, path);
    const bool is_needed =
        !outputs_.result.empty() || !outputs_.error_rows.empty() || !outputs_.findings.empty();
    if (!opened.has_value() && !is_needed) return nullptr;
    return while_doing(std::move(opened), "opening the file that was planned (see --source)");
  }

  HostOptions host_;
  OutputOptions outputs_;
  std::vector<std::string> limits_;
  std::string plan_, source_, stale_, directory_out_;
  bool takes_unsealed_ = false;
};

} // namespace

std::unique_ptr<Command> make_apply()
{
  return std::make_unique<Apply>();
}

} // namespace rollcall::tools
