// `rollcall validate` and `rollcall execute`: what an import of a file would do, and doing it.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <memory_resource>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "host_options.hpp"
#include "reading_options.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

constexpr unsigned threads_max = 256;

// An output that was asked for, until it is whole.
class Asked {
 public:
  explicit Asked(const std::string& path, Readers readers = Readers::as_usual)
      : path_{path}, readers_{readers}
  {
  }

  Result<Sink*> open(Console& console)
  {
    if (path_.empty()) return nullptr;
    ROLLCALL_TRY(auto output, Output::open(console, path_, readers_));
    output_.emplace(std::move(output));
    return &output_->sink();
  }
  Result<void> commit() { return output_ ? output_->commit() : success(); }

 private:
  const std::string& path_;
  Readers readers_;
  std::optional<Output> output_;
};

Result<unsigned> threads_of(const std::string& word)
{
  unsigned threads = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, threads);
  if (fault == std::errc{} && at == end && threads >= 1 && threads <= threads_max) return threads;
  return Error{ErrorCode::wrong_use,
               fmt::format("--threads takes a number from 1 to {}", threads_max)};
}

class Import final : public Command {
 public:
  explicit Import(schema::Action action) : action_{action} {}

  void declare(CLI::App& options) override
  {
    options.add_option("FILE", file_, "the file; - is standard input")->required();
    tools::declare(options, host_);
    options.add_option("--directory-out", directory_out_, "write the host's objects out again")
        ->type_name("FILE");
    options.add_option("--report", report_, "a JSON line a row, and one for the job")
        ->type_name("FILE");
    options.add_option("--result", result_, "the vendor's result file")->type_name("FILE");
    options.add_option("--error-rows", error_rows_, "rejected rows as given, with their errors")
        ->type_name("FILE");
    options
        .add_option("--error-log", error_log_, "a line a finding; JSON Lines if it ends in .jsonl")
        ->type_name("FILE");
    options.add_option("--findings", findings_, "findings on standard output: text, jsonl or csv")
        ->type_name("FORM");
    options.add_option("--file-name", file_name_, "what the file is called in reports")
        ->type_name("NAME");
    options.add_flag("--atomic", atomic_, "one rejected row, and nothing is applied");
    options.add_flag("--json", is_json_, "print the job as JSON");
    options.add_option("--threads", threads_, "1 to 256; from 2 on one writes the outputs (1)")
        ->type_name("N");
    tools::declare(options, reading_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    if (action_ == schema::Action::execute) ROLLCALL_CHECK(check_host(host_));
    ROLLCALL_TRY(const schema::Schema schema, schema_of(console, host_.format));
    ROLLCALL_TRY(const Context context, context_of(console, host_, schema));
    ROLLCALL_TRY(Host host, host_of(console, host_, schema));
    ROLLCALL_TRY(const JobSummary job, run(console, schema, host.directory(), context));
    if (!directory_out_.empty()) {
      ROLLCALL_TRY(auto output, Output::open(console, directory_out_));
      ROLLCALL_CHECK(host.write(output.sink()));
      ROLLCALL_CHECK(output.commit());
    }
    if (is_json_) {
      ROLLCALL_CHECK(write_job(job, console.out));
    } else {
      ROLLCALL_CHECK(summarize(job, console));
    }
    if (job.refusal == Refusal::actor) return Exit::not_allowed;
    if (job.refusal == Refusal::file) return Exit::refused;
    return job.state == JobState::succeeded ? Exit::succeeded : Exit::partial;
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{Stream{"FILE", file_}, Stream{"--context", host_.context},
                            Stream{"--directory", host_.directory, "--directory-out"},
                            Stream{"--db", host_.db}, Stream{"--format", path_of_format(host_)}};
    const std::array outputs{
        Stream{"--report", report_},          Stream{"--result", result_},
        Stream{"--error-rows", error_rows_},  Stream{"--directory-out", directory_out_},
        Stream{"--error-log", error_log_},    Stream{"--findings", findings_.empty() ? "" : "-"},
        Stream{"--json", is_json_ ? "-" : ""}};
    return check_streams(inputs, outputs);
  }

  // Beside an output on standard output, the summary goes where it is in nobody's way.
  Result<void> summarize(const JobSummary& job, Console& console) const
  {
    SummaryOptions options;
    const auto add = [&](std::string_view what, const std::string& where) {
      if (!where.empty() && where != "-") options.outputs.push_back({std::string{what}, where});
    };
    add("report", report_);
    if (job.refusal == Refusal::none) {
      add("result", result_);
      add("error rows", error_rows_);
    }
    add("error log", error_log_);
    add("directory", directory_out_);
    const bool is_taken = report_ == "-" || result_ == "-" || error_rows_ == "-" ||
                          error_log_ == "-" || directory_out_ == "-" ||
                          (!findings_.empty() && findings_ != "text");
    JobSummary named = job;
    if (named.file.empty()) named.file = "standard input";
    if (!is_taken) return write_summary(named, options, console.out);
    std::pmr::string text;
    TextSink sink{text};
    ROLLCALL_CHECK(write_summary(named, options, sink));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    console.say(text);
    return success();
  }

  Result<JobSummary> run(Console& console, const schema::Schema& schema, Directory& directory,
                         const Context& context) const
  {
    ROLLCALL_TRY(const csv::ReaderOptions reading, reader_options(reading_));
    ROLLCALL_TRY(const unsigned threads, threads_of(threads_));
    JobOptions options{.dialect = reading.dialect,
                       .limits = reading.limits,
                       .atomic = atomic_,
                       .threads = threads,
                       .digest = is_json_};
    options.file_name = file_name_.empty() ? name_of(file_) : file_name_;
    Asked report{report_};
    Asked result{result_};
    Asked error_rows{error_rows_, Readers::owner_only}; // secrets as given (spec E42)
    Asked error_log{error_log_};
    Asked findings{findings_.empty() ? findings_ : standard_output_};
    Outputs outputs;
    ROLLCALL_TRY(outputs.findings_form, form());
    ROLLCALL_TRY(outputs.findings, findings.open(console));
    ROLLCALL_TRY((error_log_.ends_with(".jsonl") ? outputs.error_log_json : outputs.error_log),
                 error_log.open(console));
    ROLLCALL_TRY(outputs.report, report.open(console));
    ROLLCALL_TRY(outputs.result, result.open(console));
    ROLLCALL_TRY(outputs.error_rows, error_rows.open(console));
    ROLLCALL_TRY(JobSummary job, run(console, schema, directory, context, options, outputs));
    ROLLCALL_CHECK(report.commit());
    ROLLCALL_CHECK(error_log.commit());
    ROLLCALL_CHECK(findings.commit());
    if (job.refusal != Refusal::none) return job;
    ROLLCALL_CHECK(result.commit());
    ROLLCALL_CHECK(error_rows.commit());
    return job;
  }

  Result<JobSummary> run(Console& console, const schema::Schema& schema, Directory& directory,
                         const Context& context, const JobOptions& options,
                         const Outputs& outputs) const
  {
    const auto source = open_input(console, file_);
    if (!source.has_value())
      return refuse_unreadable(schema, directory, source.assume_error(), action_, context, options,
                               outputs, console.seams);
    if (action_ == schema::Action::execute)
      return execute(schema, *source.assume_value(), directory, context, options, outputs,
                     console.seams);
    return validate(schema, *source.assume_value(), directory, context, options, outputs,
                    console.seams);
  }

  [[nodiscard]] Result<FindingsForm> form() const
  {
    if (findings_.empty() || findings_ == "text") return FindingsForm::text;
    if (findings_ == "jsonl") return FindingsForm::jsonl;
    if (findings_ == "csv") return FindingsForm::csv;
    return Error{ErrorCode::wrong_use,
                 fmt::format("--findings is text, jsonl or csv, not '{}'", findings_)};
  }

  const std::string standard_output_ = "-";
  schema::Action action_;
  ReadingOptions reading_;
  HostOptions host_;
  std::string file_, directory_out_, report_, result_, error_rows_, file_name_;
  std::string error_log_, findings_, threads_ = "1";
  bool atomic_ = false;
  bool is_json_ = false;
};

} // namespace

std::unique_ptr<Command> make_validate()
{
  return std::make_unique<Import>(schema::Action::validate);
}

std::unique_ptr<Command> make_execute()
{
  return std::make_unique<Import>(schema::Action::execute);
}

} // namespace rollcall::tools
