// `rollcall template` and `rollcall export`: the header row of a format, and all objects in it.
#include <unistd.h>

#include <array>
#include <string>
#include <utility>

#include "host_options.hpp"
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
    ROLLCALL_TRY(Host host, host_of(console, host_, schema));
    ROLLCALL_TRY(auto output, Output::open(console, output_));
    Watching watching{console, "export", schema.id};
    const ExportOptions options{.store = host.store(),
                                .file_name = output_ == "-" ? "" : name_of(output_),
                                .watcher = &watching};
    Result<JobSummary> done =
        action_ == schema::Action::export_
            ? write_export(schema, host.directory(), context, output.sink(), console.seams, options)
            : write_template(console, schema, host.directory(), context, output.sink());
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), {});
    const JobSummary& job = done.assume_value();
    console.line.erase();
    say_findings(console, job);
    if (job.refusal == Refusal::actor) return Exit::not_allowed;
    if (job.refusal == Refusal::file) return Exit::refused;
    return Exit::succeeded;
  }

 private:
  [[nodiscard]] Result<JobSummary> write_template(Console& console, const schema::Schema& schema,
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
