// `rollcall validate`: what an import of a file would do.
#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "nearest.hpp"
#include "reading_options.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/validate.hpp"
#include "streams.hpp"
#include "verbs.hpp"

namespace rollcall::tools {
namespace {

Result<schema::Schema> schema_of(const std::string& format)
{
  std::vector<std::string> ids;
  for (const formats::Format& known : formats::builtin()) {
    if (known.id == format) return known.make();
    ids.emplace_back(known.id);
  }
  return Error{ErrorCode::wrong_use,
               fmt::format("there is no format '{}'{}", format, did_you_mean(format, ids))};
}

std::string summary_of(const JobSummary& job)
{
  std::string text;
  for (const Finding& finding : job.findings)
    text += fmt::format("{}: {} {}: {}\n", job.file, slug(finding.severity), slug(finding),
                        render_message(finding));
  text +=
      fmt::format("{}: {} rows: {} would be created, {} updated, {} unchanged, {} rejected",
                  slug(job.state), job.rows, job.created, job.updated, job.unchanged, job.rejected);
  return text + fmt::format("; {} warnings\n", job.warnings);
}

class Validate final : public Command {
 public:
  void declare(CLI::App& options) override
  {
    options.add_option("FILE", file_, "the file; - is standard input")->required();
    options.add_option("--format", format_, "the vendor's format")->type_name("FORMAT")->required();
    options.add_option("--directory", directory_, "the host's objects, a directory.json")
        ->type_name("FILE");
    options.add_option("--directory-out", directory_out_, "write them out again")
        ->type_name("FILE");
    options.add_option("--context", context_, "who imports, a context.json")->type_name("FILE");
    options.add_option("--actor", actor_, "the name of who imports")->type_name("NAME");
    options.add_option("--role", role_, "the role of who imports")->type_name("ROLE");
    options.add_option("--report", report_, "a JSON line a row, and one for the job")
        ->type_name("FILE");
    options.add_option("--result", result_, "not written yet")->type_name("FILE");
    options.add_option("--error-rows", error_rows_, "not written yet")->type_name("FILE");
    options.add_option("--file-name", file_name_, "what the file is called in reports")
        ->type_name("NAME");
    options.add_flag("--json", is_json_, "print the job as JSON");
    tools::declare(options, reading_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    ROLLCALL_TRY(const schema::Schema schema, schema_of(format_));
    ROLLCALL_TRY(const Actor actor, read_actor(console));
    ROLLCALL_TRY(auto directory, read_directory(console, schema));
    for (const auto& [option, path] :
         {std::pair{"--result", &result_}, {"--error-rows", &error_rows_}})
      if (!path->empty())
        console.say(fmt::format("rollcall: {} is not written yet by this version", option));

    console.say(
        "rollcall: this version judges cells, and whether objects exist; rules, references, "
        "duplicates and settings are not judged yet");

    ROLLCALL_TRY(const JobSummary job, validate(console, schema, directory, actor));
    if (!directory_out_.empty()) {
      ROLLCALL_TRY(auto output, Output::open(console, directory_out_));
      ROLLCALL_CHECK(directory.write(output.sink()));
      ROLLCALL_CHECK(output.commit());
    }
    if (is_json_)
      ROLLCALL_CHECK(write_job(job, console.out));
    else if (report_ != "-")
      ROLLCALL_CHECK(console.out.write(summary_of(job)));
    if (job.refusal == Refusal::actor) return Exit::not_allowed;
    if (job.refusal == Refusal::file) return Exit::refused;
    return job.state == JobState::succeeded ? Exit::succeeded : Exit::partial;
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{Stream{"FILE", file_}, Stream{"--context", context_},
                            Stream{"--directory", directory_, true}};
    const std::array outputs{Stream{"--report", report_}, Stream{"--result", result_},
                             Stream{"--error-rows", error_rows_},
                             Stream{"--directory-out", directory_out_},
                             Stream{"--json", is_json_ ? "-" : ""}};
    return check_streams(inputs, outputs);
  }

  Result<Actor> read_actor(Console& console) const
  {
    Actor actor;
    if (!context_.empty()) {
      ROLLCALL_TRY(auto source, open_input(console, context_));
      ROLLCALL_TRY(actor, while_doing(read_context(*source), "reading " + context_));
    }
    if (!actor_.empty()) actor.name = actor_;
    if (!role_.empty()) actor.role = role_;
    return actor;
  }

  Result<MemoryDirectory> read_directory(Console& console, const schema::Schema& schema) const
  {
    if (directory_.empty()) return MemoryDirectory::make(schema);
    ROLLCALL_TRY(auto source, open_input(console, directory_));
    return while_doing(MemoryDirectory::read(*source, schema), "reading " + directory_);
  }

  Result<JobSummary> validate(Console& console, const schema::Schema& schema, Directory& directory,
                              const Actor& actor) const
  {
    ROLLCALL_TRY(const csv::ReaderOptions reading, reader_options(reading_));
    JobOptions options{.dialect = reading.dialect, .limits = reading.limits};
    options.file_name = file_name_.empty() ? name_of(file_) : file_name_;
    if (report_.empty()) {
      NoSink nowhere;
      return validate_into(nowhere, console, schema, directory, actor, options);
    }
    ROLLCALL_TRY(auto output, Output::open(console, report_));
    ROLLCALL_TRY(JobSummary job,
                 validate_into(output.sink(), console, schema, directory, actor, options));
    ROLLCALL_CHECK(output.commit());
    return job;
  }

  Result<JobSummary> validate_into(Sink& report, Console& console, const schema::Schema& schema,
                                   Directory& directory, const Actor& actor,
                                   const JobOptions& options) const
  {
    const auto source = open_input(console, file_);
    if (!source.has_value())
      return refuse_unreadable(schema, source.assume_error(), actor, options, report);
    return rollcall::validate(schema, *source.assume_value(), directory, actor, options, report,
                              console.seams);
  }

  // For who wants no report.
  class NoSink final : public Sink {
   public:
    Result<void> write(std::string_view) override { return success(); }
  };

  ReadingOptions reading_;
  std::string file_, format_, directory_, directory_out_, context_, actor_, role_, report_;
  std::string result_, error_rows_, file_name_;
  bool is_json_ = false;
};

} // namespace

std::unique_ptr<Command> make_validate()
{
  return std::make_unique<Validate>();
}

} // namespace rollcall::tools
