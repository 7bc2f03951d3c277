// `rollcall convert`: a file of one format as a file of another, and what was lost.
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host_options.hpp"
#include "reading_options.hpp"
#include "rollcall/convert.hpp"
#include "schema_file.hpp"
#include "streams.hpp"
#include "verbs.hpp"
#include "watching.hpp"

namespace rollcall::tools {
namespace {

Exit exit_of(const convert::Loss& loss) noexcept
{
  if (loss.refusal == Refusal::actor) return Exit::not_allowed;
  if (loss.refusal == Refusal::file) return Exit::refused;
  return loss.state == JobState::succeeded ? Exit::succeeded : Exit::partial;
}

Result<std::vector<convert::Filling>> fillings_from(const std::vector<std::string>& words)
{
  std::vector<convert::Filling> fillings;
  for (const std::string& word : words) {
    const std::size_t sign = word.find('=');
    if (sign == 0 || sign == word.npos)
      return Error{ErrorCode::wrong_use, "--set takes FIELD=VALUE, not '" + word + "'"};
    fillings.push_back({word.substr(0, sign), word.substr(sign + 1)});
  }
  return fillings;
}

class Convert final : public Command {
 public:
  void declare(Options& options) override
  {
    options.add_option("FILE", file_, "the file; - is standard input")->required();
    options.add_option("--to", to_, "the format that is wanted, or a schema")
        ->type_name("FORMAT")
        ->required();
    options.add_option("-o,--output", output_, "where to; standard output otherwise")
        ->type_name("FILE");
    options.add_option("--map", map_, "a CSV field,from,to: what values are called there")
        ->type_name("FILE");
    options.add_option("--set", fillings_, "what rows get that have nothing for a field")
        ->type_name("FIELD=VALUE")
        ->repeated();
    options.add_flag("--with-secrets", has_secrets_, "carry passwords and PINs as well");
    options.add_option("--report", report_, "a JSON line a row with findings, one for the loss")
        ->type_name("FILE");
    options.add_flag("--json", is_json_, "print the loss as JSON");
    tools::declare(options, host_, FormatIs::source);
    options.add_option("--file-name", file_name_, "what the file is called in reports")
        ->type_name("NAME");
    tools::declare(options, reading_);
  }

  Result<Exit> run(Console& console) override
  {
    ROLLCALL_CHECK(check_files());
    ROLLCALL_TRY(const schema::Schema from, schema_of(console, host_.format));
    ROLLCALL_TRY(const schema::Schema to, schema_of(console, to_));
    ROLLCALL_TRY(const Context context, context_of(console, host_, to));
    ROLLCALL_TRY(Host host,
                 while_doing(host_of(console, host_, to, Wants::to_look), "as a host of " + to.id));
    Watching watching{console, "convert", name_of(file_), bytes_of(console, file_)};
    ROLLCALL_TRY(convert::Options options, read_options(console));
    options.watcher = &watching;
    if (has_host(host_)) options.host = &host.directory();
    Result<convert::Loss> done = run(console, from, to, context, options);
    if (!done.has_value()) return watching.end(std::move(done).assume_error(), {});
    console.line.erase();
    const convert::Loss& loss = done.assume_value();
    ROLLCALL_CHECK(say(console, loss, refused_without_host(host_, to, loss.refusal)));
    return exit_of(loss);
  }

 private:
  [[nodiscard]] Result<void> check_files() const
  {
    HostOptions to;
    to.format = to_;
    const std::array inputs{Stream{"FILE", file_},
                            Stream{"--context", host_.context},
                            Stream{"--directory", host_.directory},
                            database_stream(host_.db),
                            Stream{"--format", path_of_format(host_)},
                            Stream{"--to", path_of_format(to)},
                            Stream{"--map", map_}};
    const std::array outputs{Stream{"-o", output_}, Stream{"--report", report_},
                             Stream{"--json", is_json_ ? "-" : ""}};
    return check_streams(inputs, outputs);
  }

  Result<convert::Options> read_options(Console& console) const
  {
    convert::Options options;
    ROLLCALL_TRY(const csv::ReaderOptions reading, reader_options(reading_));
    options.dialect = reading.dialect;
    options.limits = reading.limits;
    options.with_secrets = has_secrets_;
    options.file_name = file_name_.empty() ? name_of(file_) : file_name_;
    ROLLCALL_TRY(options.fillings, fillings_from(fillings_));
    if (map_.empty()) return options;
    ROLLCALL_TRY(options.map, read_map(console));
    return options;
  }

  // Whoever runs this has named it, so what is wrong with it is wrong use.
  Result<std::vector<convert::Translation>> read_map(Console& console) const
  {
    auto made = while_doing(
        [&]() -> Result<std::vector<convert::Translation>> {
          ROLLCALL_TRY(const auto source, open_input(console, map_));
          return convert::read_map(*source, console.seams);
        }(),
        [&] { return "reading " + map_; });
    if (made.has_value() || made.assume_error().code() == ErrorCode::out_of_memory) return made;
    return Error{ErrorCode::wrong_use,
                 "--map " + map_ + ": " + std::string{reason_of(made.assume_error())}};
  }

  Result<convert::Loss> run(Console& console, const schema::Schema& from, const schema::Schema& to,
                            const Context& context, const convert::Options& options) const
  {
    const auto source = open_input(console, file_);
    if (!source.has_value())
      return convert::refuse_unreadable(from, to, source.assume_error(), options.file_name);
    // What it carries, and what it is filled with, may be secrets.
    const Readers readers =
        has_secrets_ || !fillings_.empty() ? Readers::owner_only : Readers::as_usual;
    ROLLCALL_TRY(Output output, Output::open(console, output_, readers));
    std::optional<Output> report;
    if (!report_.empty()) {
      ROLLCALL_TRY(Output opened, Output::open(console, report_));
      report.emplace(std::move(opened));
    }
    return convert::convert_file(
        from, to, *source.assume_value(), context, options,
        {.result = &output.sink(), .report = report ? &report->sink() : nullptr}, console.seams);
  }

  // Of a column that is needed, or that could have some.
  [[nodiscard]] static bool lacks_values(const convert::Loss& loss)
  {
    return loss.refusal == Refusal::none && loss.written != 0 &&
           std::any_of(loss.target.begin(), loss.target.end(),
                       [&](const convert::TargetColumn& each) {
                         return each.is_needed && each.missing != 0;
                       });
  }

  // Where it is in nobody's way.
  [[nodiscard]] Result<void> say(Console& console, const convert::Loss& loss,
                                 std::string_view next) const
  {
    if (is_json_) return convert::write_loss(loss, console.out);
    if (console.is_quiet && loss.refusal == Refusal::none) return success();
    convert::Loss said = loss;
    point_to_role(said.findings);
    std::pmr::string text;
    TextSink sink{text};
    ROLLCALL_CHECK(convert::write_loss_page(said, "standard input", sink));
    if (fillings_.empty() && lacks_values(loss))
      text.append("\n--set FIELD=VALUE fills a column that the file has nothing for\n");
    if (!next.empty()) text.append("\n").append(next).append("\n");
    if (!console.is_quiet && output_ != "-" && report_ != "-") return console.out.write(text);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    console.say(text);
    return success();
  }

  ReadingOptions reading_;
  HostOptions host_;
  std::string file_, to_, map_, report_, file_name_;
  std::string output_ = "-";
  std::vector<std::string> fillings_;
  bool has_secrets_ = false, is_json_ = false;
};

} // namespace

std::unique_ptr<Command> make_convert()
{
  return std::make_unique<Convert>();
}

} // namespace rollcall::tools
