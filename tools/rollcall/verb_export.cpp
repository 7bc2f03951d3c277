// `rollcall template` and `rollcall export`: the header row of a format, and all objects in it.
#include <unistd.h>

#include <array>
#include <memory_resource>
#include <string>
#include <utility>

#include "host_options.hpp"
#include "job_outputs.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

#ifdef ROLLCALL_XLSX
#include "rollcall/xlsx.hpp"
#endif

namespace rollcall::tools {
namespace {

class Export final : public Command {
 public:
  explicit Export(schema::Action action) : action_{action} {}

  void declare(Options& options) override
  {
    tools::declare(options, host_);
    if (action_ == schema::Action::template_)
      options.add_flag("--xlsx", is_xlsx_, "a workbook whose cells stay what is typed");
    options.add_option("-o,--output", output_, "where to; standard output otherwise")
        ->type_name("FILE");
  }

  Result<Exit> run(Console& console) override
  {
    const std::array inputs{Stream{"--context", host_.context},
                            Stream{"--directory", host_.directory}, database_stream(host_.db),
                            Stream{"--format", path_of_format(host_)}};
    const std::array outputs{Stream{"-o", output_}};
    ROLLCALL_CHECK(check_streams(inputs, outputs));
    if (is_xlsx_ && output_ == "-" && StandardOutput::is_terminal())
      return Error{ErrorCode::wrong_use, "a workbook is nothing for a terminal: -o FILE"};
    if (action_ == schema::Action::export_) ROLLCALL_CHECK(check_host(host_));
    ROLLCALL_TRY(const schema::Schema schema, schema_of(console, host_.format));
    ROLLCALL_TRY(const Context context, context_of(console, host_, schema));
    const bool is_job = action_ == schema::Action::export_;
    ROLLCALL_TRY(Host host,
                 host_of(console, host_, schema, is_job ? Wants::to_write : Wants::to_look));
    // (An export that a database remembers is to end as it was begun.)
    if (output_ == "-" && host.store() == nullptr) console.out.when_unread(Unread::ends_all);
    ROLLCALL_TRY(auto output, Output::open(console, output_));
    Watching watching{console, "export", schema.id};
    const ExportOptions options{.store = host.store(),
                                .file_name = output_ == "-" ? "" : name_of(output_),
                                .watcher = &watching};
    Result<JobSummary> done =
        is_job
            ? write_export(schema, host.directory(), context, output.sink(), console.seams, options)
            : write_template(console, schema, host, context, output.sink());
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), {});
    const JobSummary& job = done.assume_value();
    console.line.erase();
    if (job.refusal == Refusal::none) {
      say_findings(console, job);
      return Exit::succeeded;
    }
    ROLLCALL_CHECK(
        say_job(job, {}, console,
                {.outputs = {{"output", output_}},
                 .nameless = job.action,
                 .next = std::string{refused_without_host(host_, schema, job.refusal)}}));
    return exit_of(job);
  }

 private:
  // Made, noted, and then shown.
  [[nodiscard]] Result<JobSummary> write_template(Console& console, const schema::Schema& schema,
                                                  Host& host, const Context& context,
                                                  Sink& sink) const
  {
    std::pmr::string text;
    TextSink made{text};
    ROLLCALL_TRY(JobSummary job, make_template(console, schema, host.directory(), context, made));
    ROLLCALL_CHECK(note(host, context, job));
    if (job.refusal != Refusal::none) return job;
    ROLLCALL_CHECK(sink.write(text));
    ROLLCALL_CHECK(sink.publish());
    return job;
  }

  [[nodiscard]] Result<JobSummary> make_template(Console& console, const schema::Schema& schema,
                                                 Directory& directory, const Context& context,
                                                 Sink& sink) const
  {
    if (!is_xlsx_) return rollcall::write_template(schema, directory, context, sink, console.seams);
#ifdef ROLLCALL_XLSX
    return write_template_xlsx(schema, directory, context, sink, {}, console.seams);
#else
    return Error{ErrorCode::unsupported, "this build has no libxlsxwriter, so there is no --xlsx"};
#endif
  }

  // A template is no job: that somebody had one, or was refused it, stands in the access log.
  [[nodiscard]] Result<void> note(Host& host, const Context& context, const JobSummary& job) const
  {
    if (host.service() == nullptr) return success();
    const bool is_refused = job.refusal != Refusal::none && !job.findings.empty();
    return host.service()->note(
        {.actor = context.name,
         .role = context.role,
         .what = "template",
         .refusal = is_refused ? render_message(job.findings.front()) : std::string{}});
  }

  schema::Action action_;
  bool is_xlsx_ = false;
  HostOptions host_;
  std::string output_ = "-";
};

} // namespace

std::unique_ptr<Command> make_template()
{
  return std::make_unique<Export>(schema::Action::template_);
}

std::unique_ptr<Command> make_export()
{
  return std::make_unique<Export>(schema::Action::export_);
}

} // namespace rollcall::tools
