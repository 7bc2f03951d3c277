// `rollcall fix`: shows what can be mended in a file, or writes a copy in which it is.
#include <string>
#include <vector>

#include "job_outputs.hpp"
#include "mending.hpp"
#include "schema_file.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

class Fix final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("FILE", file_, "the file; - is standard input")->required();
    options.add_option("-o,--output", mending_.copy, "write the mended copy; without it, show it")
        ->type_name("FILE");
    tools::declare(options, mending_);
    tools::declare(options, host_);
    options.add_option("--file-name", file_name_, "what the file is called")->type_name("NAME");
    declare_color(options, mending_.color);
    options.add_flag("--json", is_json_, "print what was done as JSON");
    tools::declare(options, reading_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    ROLLCALL_TRY(const schema::Schema schema, schema_of(console, host_.format));
    ROLLCALL_TRY(const Context context, context_of(console, host_, schema));
    ROLLCALL_TRY(Host host, host_of(console, host_, schema, Wants::to_look));
    const bool is_taken = mending_.copy == "-" || mending_.lineage == "-";
    const bool shows = mending_.copy.empty() && !is_taken && !is_json_ && !console.is_quiet;
    const std::string file_name = file_name_.empty() ? name_of(file_) : file_name_;
    Watching watching{console, "fix", file_name, bytes_of(console, file_)};
    const MendingOf of{.schema = schema,
                       .host = host,
                       .context = context,
                       .file = file_,
                       .file_name = file_name,
                       .reading = reading_,
                       .asked = host_,
                       .preview = shows ? &console.out : nullptr,
                       .watcher = &watching};
    auto outputs = MendingOutputs::open(console, mending_);
    if (!outputs.has_value()) return watching.end(std::move(outputs).assume_error(), {});
    auto tried = mend(console, of, mending_, outputs.assume_value());
    if (!tried.has_value()) return watching.end(std::move(tried).assume_error(), {});
    console.line.erase();
    const Mended& mended = tried.assume_value();
    const FixSummary& done = mended.done;
    if (is_json_) {
      ROLLCALL_CHECK(write_fix_json(done, console.out));
    } else if (!is_taken && !console.is_quiet) {
      ROLLCALL_CHECK(mended.say(mending_, console.out));
    } else {
      ROLLCALL_CHECK(say_mended(console, mended, mending_));
    }
    switch (done.refusal) {
      case Refusal::none:
        return Exit::succeeded;
      case Refusal::actor:
        return Exit::not_allowed;
      default:
        return Exit::refused;
    }
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    const std::array inputs{Stream{"FILE", file_}, Stream{"--context", host_.context},
                            Stream{"--directory", host_.directory}, database_stream(host_.db),
                            Stream{"--format", path_of_format(host_)}};
    std::vector<Stream> outputs = streams_of(mending_, "-o");
    outputs.push_back({"--json", is_json_ ? "-" : ""});
    return check_streams(inputs, outputs);
  }

  MendingOptions mending_;
  HostOptions host_;
  ReadingOptions reading_;
  std::string file_, file_name_;
  bool is_json_ = false;
};

} // namespace

std::unique_ptr<Command> make_fix()
{
  return std::make_unique<Fix>();
}

} // namespace rollcall::tools
