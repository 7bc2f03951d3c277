// Opens what was asked for, and says what came of it.
#include "job_outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory_resource>
#include <system_error>

#include "next_command.hpp"
#include "rollcall/download.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::tools {
namespace {

constexpr unsigned threads_max = 256;

Result<unsigned> threads_in(const std::string& word)
{
  unsigned threads = 0;
  const char* const end = word.data() + word.size();
  const auto [at, fault] = std::from_chars(word.data(), end, threads);
  if (fault == std::errc{} && at == end && threads >= 1 && threads <= threads_max) return threads;
  return Error{ErrorCode::wrong_use,
               fmt::format("--threads takes a number from 1 to {}", threads_max)};
}

Result<void> check_threads(const std::string& word)
{
  ROLLCALL_CHECK(threads_in(word));
  return success();
}

} // namespace

std::vector<std::string> findings_forms()
{
  std::vector<std::string> forms;
  for (std::size_t i = 0; i != findings_form_count; ++i)
    forms.emplace_back(slug(static_cast<FindingsForm>(i)));
  return forms;
}

FindingsForm form_of(const std::string& word)
{
  return findings_form_of(word).value_or(FindingsForm::text);
}

bool shows_findings(const OutputOptions& outputs)
{
  return !outputs.findings.empty() && outputs.findings != no_findings;
}

void declare(Options& options, OutputOptions& outputs)
{
  declare_own_rows(options, outputs);
  const Options::Group group{options, "Outputs"};
  options.add_option("--result", outputs.result, "the vendor's result file")->type_name("FILE");
  options.add_option("--error-rows", outputs.error_rows, "rows with errors as given, with these")
      ->type_name("FILE");
  std::vector<std::string> forms = findings_forms();
  forms.emplace_back(no_findings);
  options
      .add_option("--findings", outputs.findings,
                  "findings: text, jsonl, csv, junit, sarif, github, html; none")
      ->type_name("FORM")
      ->choices(std::move(forms))
      ->setting();
}

void declare_own_rows(Options& options, OutputOptions& outputs)
{
  const Options::Group group{options, "Outputs"};
  options.add_option("--report", outputs.report, "a JSON line a row, and one for the job")
      ->type_name("FILE");
  options
      .add_option("--error-log", outputs.error_log,
                  "a line a finding; JSON Lines if it ends in .jsonl")
      ->type_name("FILE");
  options.add_flag("--json", outputs.is_json, "print the job as JSON");
  declare_color(options, outputs.color);
  options
      .add_option("--threads", outputs.threads, "1 to 256; from 2 on one writes the outputs (1)")
      ->type_name("N")
      ->checked(check_threads)
      ->setting();
}

void declare_color(Options& options, std::string& color)
{
  options.add_option("--color", color, "colours for people (auto; NO_COLOR is honoured)")
      ->type_name("WHEN")
      ->choices({"auto", "always", "never"})
      ->setting();
}

void declare_directory_out(Options& options, OutputOptions& outputs)
{
  options
      .add_option("--directory-out", outputs.directory_out, "write the host's objects out again")
      ->type_name("FILE");
}

void declare_secrets(Options& options, OutputOptions& outputs)
{
  const Options::Group group{options, "Outputs"};
  options
      .add_option("--secrets", outputs.secrets,
                  "passwords and PINs that were made, its owner's alone")
      ->type_name("FILE");
}

std::vector<Stream> streams_of(const OutputOptions& outputs)
{
  return {Stream{"--report", outputs.report},
          Stream{"--result", outputs.result},
          Stream{"--error-rows", outputs.error_rows},
          Stream{"--error-log", outputs.error_log},
          Stream{"--secrets", outputs.secrets},
          Stream{"--findings", shows_findings(outputs) ? "-" : ""},
          Stream{"--json", outputs.is_json ? "-" : ""},
          Stream{"--directory-out", outputs.directory_out}};
}

Result<unsigned> threads_of(const OutputOptions& outputs)
{
  return threads_in(outputs.threads);
}

Result<Stale> stale_of(const std::string& word)
{
  if (word.empty() || word == "refuse") return Stale::refuse;
  if (word == "row") return Stale::row;
  return Error{ErrorCode::wrong_use, fmt::format("--stale is refuse or row, not '{}'", word)};
}

Result<Sink*> JobOutputs::open(Console& console, const std::string& path,
                               std::optional<Output>& into, Readers readers)
{
  if (path.empty()) return nullptr;
  ROLLCALL_TRY(auto output, Output::open(console, path, readers));
  into.emplace(std::move(output));
  return &into->sink();
}

Result<Outputs> JobOutputs::open(Console& console, JobService* service, const std::string& path)
{
  console_ = &console;
  service_ = service;
  Outputs outputs;
  outputs.findings_form = form_of(options_.findings);
  // (Code hosts and editors know no "./".)
  outputs.findings_path = std::filesystem::path{path}.lexically_normal().string();
  ROLLCALL_TRY(const Look look, look_of(options_.color));
  outputs.findings_colour = look.colour;
  outputs.findings_columns = look.columns;
  ROLLCALL_TRY(outputs.findings, open(console, shows_findings(options_) ? "-" : "", findings_));
  ROLLCALL_TRY(
      (options_.error_log.ends_with(".jsonl") ? outputs.error_log_json : outputs.error_log),
      open(console, options_.error_log, error_log_));
  ROLLCALL_TRY(outputs.report, open(console, options_.report, report_));
  ROLLCALL_TRY(outputs.result, open(console, options_.result, result_));
  // It holds secrets as given (spec E42).
  ROLLCALL_TRY(outputs.error_rows,
               open(console, options_.error_rows, error_rows_, Readers::owner_only));
  // Opened before anything is done: what cannot be written there is not made.
  if (options_.secrets == "-") console.out.when_unread(Unread::is_failure);
  ROLLCALL_TRY(Sink* const secrets, open(console, options_.secrets, secrets_, Readers::owner_only));
  ROLLCALL_TRY(Sink* const directory, open(console, options_.directory_out, directory_));
  static_cast<void>(directory); // no output of the job's: it is written when that has ended
  if (service == nullptr) outputs.secrets = secrets != nullptr ? secrets : &thrown_away_;
  return outputs;
}

Result<void> JobOutputs::take_secrets(const JobSummary& job, const Context& who,
                                      const StoreOptions& store)
{
  if (!secrets_ || service_ == nullptr || job.refusal != Refusal::none) return success();
  ROLLCALL_TRY(const JobDetails details, service_->details(job.id));
  if (details.secrets_waiting != 0)
    ROLLCALL_CHECK(service_->note(
        {.actor = who.name, .role = who.role, .what = "download secrets", .job = job.id}));
  auto taken = download_secrets(
      *service_, job.id, secrets_->sink(), [&] { return secrets_->commit(); }, console_->seams);
  // A job that makes none has an empty list, as it has without a store.
  if (taken.has_value()) return success();
  if (taken.assume_error().code() == ErrorCode::not_found) return secrets_->commit();
  console_->say(fmt::format("job {} has ended; its secrets still wait: {}", job.id,
                            fetching_secrets(job.id, store)));
  return std::move(taken).assume_error();
}

Result<void> JobOutputs::write_directory(Host& host, const JobSummary& job,
                                         const StoreOptions& store)
{
  if (!directory_) return success();
  Result<void> written = host.write(directory_->sink());
  if (written.has_value()) written = directory_->commit();
  if (!written.has_value() && service_ != nullptr && job.id != 0)
    console_->say(
        fmt::format("job {} has ended; the host's objects: {}", job.id, dumping(store.db, "FILE")));
  return written;
}

Result<void> JobOutputs::Counting::write(std::string_view bytes)
{
  lines += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  return success();
}

Result<void> JobOutputs::say_secrets(const JobSummary& job, const StoreOptions& store) const
{
  if (secrets_ || console_->is_quiet || job.refusal != Refusal::none) return success();
  const auto say = [&](std::uint64_t count, const std::string& rest) {
    if (count != 0)
      console_->say(
          fmt::format("{} {}{}", grouped(count), count == 1 ? "secret" : "secrets", rest));
  };
  if (service_ == nullptr) {
    const std::uint64_t made = thrown_away_.lines == 0 ? 0 : thrown_away_.lines - 1; // the header
    say(made, made == 1 ? " was made, and nobody has it: --secrets FILE keeps it"
                        : " were made, and nobody has them: --secrets FILE keeps them");
    return success();
  }
  ROLLCALL_TRY(const JobDetails details, service_->details(job.id));
  say(details.secrets_waiting,
      fmt::format(" {} to be fetched: {}", details.secrets_waiting == 1 ? "waits" : "wait",
                  fetching_secrets(job.id, store)));
  return success();
}

// Beside an output on standard output, the summary goes where it is in nobody's way.
Result<void> say_job(const JobSummary& job, const OutputOptions& outputs, Console& console,
                     const Beside& beside)
{
  if (outputs.is_json) return write_job(job, console.out);
  const bool is_refused = job.refusal != Refusal::none;
  if (console.is_quiet && !is_refused) return success();
  ROLLCALL_TRY(const Look look, look_of(outputs.color));
  SummaryOptions options{.colour = look.colour};
  const auto add = [&](std::string_view what, const std::string& where) {
    if (!where.empty() && where != "-") options.outputs.push_back({std::string{what}, where});
  };
  add("report", outputs.report);
  if (job.refusal == Refusal::none) {
    add("result", outputs.result);
    add("error rows", outputs.error_rows);
    add("secrets", outputs.secrets);
  }
  add("error log", outputs.error_log);
  for (const WrittenOutput& each : beside.outputs) add(each.what, each.where);
  const bool is_taken = console.is_quiet || outputs.report == "-" || outputs.result == "-" ||
                        outputs.error_rows == "-" || outputs.error_log == "-" ||
                        outputs.secrets == "-" ||
                        (shows_findings(outputs) && outputs.findings != "text") ||
                        std::any_of(beside.outputs.begin(), beside.outputs.end(),
                                    [](const auto& each) { return each.where == "-"; });
  JobSummary named = job;
  if (named.file.empty()) named.file = beside.nameless;
  point_to_role(named.findings);
  options.colour = options.colour && !is_taken;
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_CHECK(write_summary(named, options, sink));
  if (!beside.next.empty()) text.append("\n").append(beside.next).append("\n");
  if (!is_taken) return console.out.write(text);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  console.say(text);
  return success();
}

std::string next_step(const JobSummary& job, const OutputOptions& outputs)
{
  if (job.counts.total() == 0 || job.refusal == Refusal::actor) return {};
  const auto [certain, guesses] = job.counts.mendable();
  std::string line;
  if (certain != 0) line = fmt::format("`rollcall fix` mends {} of these", certain);
  if (certain != 0 && guesses != 0) line += fmt::format(", {} more with --unsafe-fixes", guesses);
  if (certain == 0 && guesses != 0)
    line = fmt::format("`rollcall fix --unsafe-fixes` mends {} of these", guesses);
  if (!line.empty()) line += "; ";
  if (!shows_findings(outputs))
    line += "--findings text shows each, ";
  else if (outputs.findings == "text")
    line += "--findings jsonl lists each, ";
  return line += "`rollcall explain CODE` says more";
}

Result<Exit> refuse_unreadable(const Console& console, const std::string& path, Error&& why)
{
  if (why.code() != ErrorCode::not_found && why.code() != ErrorCode::not_permitted)
    return std::move(why);
  Finding unreadable = finding(Code::file_unreadable);
  unreadable.facts = {fact("file", name_of(path)), fact("reason", reason_of(why))};
  console.say(fmt::format("rollcall: {} {}: {}", slug(unreadable.severity), slug(unreadable),
                          render_message(unreadable)));
  return Exit::refused;
}

Exit exit_of(const JobSummary& job) noexcept
{
  switch (job.refusal) {
    case Refusal::actor:
      return Exit::not_allowed;
    case Refusal::file:
      return Exit::refused;
    case Refusal::stale:
      return Exit::stale;
    case Refusal::none:
      break;
  }
  return job.state == JobState::succeeded ? Exit::succeeded : Exit::partial;
}

} // namespace rollcall::tools
