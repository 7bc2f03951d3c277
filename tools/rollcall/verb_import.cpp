// `rollcall validate`, `rollcall plan` and `rollcall execute`: what an import of a file would do,
// keeping that, and doing it.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "mending.hpp"
#include "reading_options.hpp"
#include "rollcall/plan.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

enum class Does : std::uint8_t { validates, plans, executes };

// What is kept beside another one of the same file says which version of it that was.
bool names_version(const OutputOptions& outputs)
{
  const FindingsForm form = form_of(outputs.findings);
  return form == FindingsForm::html || form == FindingsForm::sarif;
}

class Import final : public Command {
 public:
  explicit Import(Does does) : does_{does} {}

  void declare(Options& options) override
  {
    options.add_option("FILE", file_, "the file; - is standard input")->required();
    if (does_ == Does::plans)
      options.add_option("-o,--output", plan_, "where the plan goes; - is standard output")
          ->type_name("FILE")
          ->required();
    tools::declare(options, host_);
    if (does_ != Does::plans) declare_directory_out(options, outputs_);
    tools::declare(options, outputs_);
    if (does_ == Does::executes) declare_secrets(options, outputs_);
    if (does_ == Does::validates) {
      const Options::Group group{options, "Mending"};
      options.add_option("--fix", mending_.copy, "also write a copy in which fixes are made")
          ->type_name("FILE");
      tools::declare(options, mending_);
    }
    options.add_option("--file-name", file_name_, "what the file is called in reports")
        ->type_name("NAME");
    options.add_flag("--atomic", atomic_, "one rejected row, and nothing is applied")->setting();
    tools::declare(options, reading_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    if (does_ != Does::validates) ROLLCALL_CHECK(check_host(host_));
    if (is_read_at_once(console)) outputs_.findings = slug(FindingsForm::text);
    ROLLCALL_TRY(const schema::Schema schema, schema_of(console, host_.format));
    ROLLCALL_TRY(const Context context, context_of(console, host_, schema));
    ROLLCALL_TRY(Host host, host_of(console, host_, schema));
    Watching watching{console, verb(), name_of(file_), bytes_of(console, file_)};
    auto mending = MendingOutputs::open(console, mending_);
    if (!mending.has_value()) return watching.end(std::move(mending).assume_error(), {});
    JobOutputs opened{outputs_};
    Result<JobSummary> done = run(console, schema, host, context, watching, opened);
    if (!done.has_value())
      return watching.end(std::move(done).assume_error(), store_of(host_), &outputs_);
    const JobSummary& job = done.assume_value();
    console.line.erase();
    ROLLCALL_CHECK(opened.take_secrets(job, context, store_of(host_)));
    Result<void> kept = opened.write_directory(host, job, store_of(host_));
    const std::string directory = kept.has_value() ? outputs_.directory_out : std::string{};
    Beside beside{.outputs = {{"directory", directory}}};
    if (job.refusal == Refusal::none) beside.outputs.push_back({"plan", plan_});
    beside.next =
        does_ == Does::executes ? nothing_kept(host_, directory, job) : next_step(job, outputs_);
    if (!has_host(host_) && job.refusal == Refusal::none && job.rows != 0)
      beside.next.append(beside.next.empty() ? "" : "\n").append(judged_without_host);
    beside.next.append(refused_without_host(host_, schema, job.refusal)); // nothing else is then
    ROLLCALL_CHECK(say_job(job, outputs_, console, beside));
    if (does_ == Does::executes) ROLLCALL_CHECK(opened.say_secrets(job, store_of(host_)));
    if (!mending_.copy.empty())
      if (auto mended = mend_too(console, schema, host, context, watching, mending.assume_value());
          !mended.has_value())
        return watching.end(std::move(mended).assume_error(), {});
    ROLLCALL_CHECK(std::move(kept));
    return exit_of(job);
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{Stream{"FILE", file_}, Stream{"--context", host_.context},
                            Stream{"--directory", host_.directory, "--directory-out"},
                            database_stream(host_.db), Stream{"--format", path_of_format(host_)}};
    if (mending_.copy.empty() && (mending_.unsafe || !mending_.lineage.empty()))
      return Error{ErrorCode::wrong_use, fmt::format("{} needs --fix FILE, the copy that is mended",
                                                     mending_.unsafe ? unsafe_flag : "--lineage")};
    if (file_ == "-" && !mending_.copy.empty())
      return Error{ErrorCode::wrong_use, "--fix reads FILE once more; standard input is gone then"};
    return check_streams(inputs, output_streams());
  }

  [[nodiscard]] std::vector<Stream> output_streams() const
  {
    std::vector<Stream> outputs = streams_of(outputs_);
    outputs.push_back({"-o", plan_});
    for (const Stream& each : streams_of(mending_, "--fix")) outputs.push_back(each);
    return outputs;
  }

  // Who judges a file at a terminal, and asks for nothing else there, wants to see what was found.
  [[nodiscard]] bool is_read_at_once(const Console& console) const
  {
    if (does_ == Does::executes || console.is_quiet || !outputs_.findings.empty()) return false;
    const std::vector<Stream> outputs = output_streams();
    return StandardOutput::is_terminal() &&
           std::none_of(outputs.begin(), outputs.end(),
                        [](const Stream& each) { return each.path == "-"; });
  }

  Result<JobSummary> run(Console& console, const schema::Schema& schema, Host& host,
                         const Context& context, JobWatcher& watcher, JobOutputs& opened) const
  {
    ROLLCALL_TRY(const csv::ReaderOptions reading, reader_options(reading_));
    ROLLCALL_TRY(const unsigned threads, threads_of(outputs_));
    JobOptions options{.dialect = reading.dialect,
                       .limits = reading.limits,
                       .atomic = atomic_,
                       .threads = threads,
                       .digest = outputs_.is_json || names_version(outputs_),
                       .store = host.store(),
                       .watcher = &watcher};
    options.file_name = file_name_.empty() ? name_of(file_) : file_name_;
    ROLLCALL_TRY(const Outputs outputs, opened.open(console, host.service(), path_shown()));
    std::optional<Output> plan;
    if (!plan_.empty()) {
      ROLLCALL_TRY(auto output, Output::open(console, plan_));
      plan.emplace(std::move(output));
    }
    return run(console, schema, host.directory(), context, options, outputs,
               plan ? &plan->sink() : nullptr);
  }

  Result<JobSummary> run(Console& console, const schema::Schema& schema, Directory& directory,
                         const Context& context, const JobOptions& options, const Outputs& outputs,
                         Sink* plan) const
  {
    const auto source = open_input(console, file_);
    if (!source.has_value())
      return refuse_unreadable(schema, directory, source.assume_error(), action(), context, options,
                               outputs, console.seams, verb());
    Source& file = *source.assume_value();
    switch (does_) {
      case Does::plans: {
        ROLLCALL_TRY(const std::string path, whole_path(console));
        return rollcall::make_plan(schema, file, directory, context, options, {.source_path = path},
                                   *plan, outputs, console.seams);
      }
      case Does::executes:
        return execute(schema, file, directory, context, options, outputs, console.seams);
      case Does::validates:
        break;
    }
    return validate(schema, file, directory, context, options, outputs, console.seams);
  }

  // What was mended is said on standard error: the summary is the validation's.
  [[nodiscard]] Result<void> mend_too(Console& console, const schema::Schema& schema, Host& host,
                                      const Context& context, JobWatcher& watcher,
                                      MendingOutputs& outputs) const
  {
    const std::string file_name = file_name_.empty() ? name_of(file_) : file_name_;
    ROLLCALL_TRY(const Mended mended, mend(console,
                                           {.schema = schema,
                                            .host = host,
                                            .context = context,
                                            .file = file_,
                                            .file_name = file_name,
                                            .reading = reading_,
                                            .asked = host_,
                                            .watcher = &watcher},
                                           mending_, outputs));
    console.line.erase();
    return say_mended(console, mended, mending_);
  }

  // Who says what the file is called wants it to be found by that.
  [[nodiscard]] std::string path_shown() const
  {
    return file_ == "-" || !file_name_.empty() ? std::string{} : file_;
  }

  [[nodiscard]] std::string_view verb() const noexcept
  {
    switch (does_) {
      case Does::plans:
        return "plan";
      case Does::executes:
        return "execute";
      case Does::validates:
        break;
    }
    return "validate";
  }

  [[nodiscard]] schema::Action action() const noexcept
  {
    return does_ == Does::executes ? schema::Action::execute : schema::Action::validate;
  }

  // Where the plan may find the file again, from whatever folder.
  [[nodiscard]] Result<std::string> whole_path(Console& console) const
  {
    if (file_ == "-") return std::string{};
    ROLLCALL_TRY(const FileStatus status, console.seams.files->status(file_));
    return status.path;
  }

  Does does_;
  ReadingOptions reading_;
  HostOptions host_;
  OutputOptions outputs_;
  MendingOptions mending_;
  std::string file_, plan_, file_name_;
  bool atomic_ = false;
};

} // namespace

std::unique_ptr<Command> make_validate()
{
  return std::make_unique<Import>(Does::validates);
}

std::unique_ptr<Command> make_plan()
{
  return std::make_unique<Import>(Does::plans);
}

std::unique_ptr<Command> make_execute()
{
  return std::make_unique<Import>(Does::executes);
}

} // namespace rollcall::tools
