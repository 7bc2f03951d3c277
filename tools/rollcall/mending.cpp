// Opens the file once more and has it mended.
#include "mending.hpp"

#include <fmt/format.h>

#include <memory_resource>
#include <utility>

#include "next_command.hpp"

namespace rollcall::tools {
namespace {

// A file that cannot be opened is refused, as every job does it.
Result<FixSummary> refuse(Console& console, const MendingOf& of, const Error& why)
{
  JobOptions options;
  options.file_name = of.file_name;
  ROLLCALL_TRY(JobSummary job,
               refuse_unreadable(of.schema, of.host.directory(), why, schema::Action::validate,
                                 of.context, options, {}, console.seams));
  return FixSummary{.format = std::move(job.format),
                    .file = std::move(job.file),
                    .refusal = job.refusal,
                    .findings = std::move(job.findings)};
}

} // namespace

void declare(Options& options, MendingOptions& mending)
{
  const Options::Group group{options, "Mending"};
  options.add_flag("--unsafe-fixes", mending.unsafe, "make guesses, too: what was probably meant");
  options.add_option("--lineage", mending.lineage, "what was mended, a JSON line a step")
      ->type_name("FILE");
}

std::vector<Stream> streams_of(const MendingOptions& mending, std::string_view copy)
{
  return {Stream{copy, mending.copy}, Stream{"--lineage", mending.lineage}};
}

Result<MendingOutputs> MendingOutputs::open(Console& console, const MendingOptions& options)
{
  MendingOutputs made;
  // It holds secrets as given, as the file does.
  if (!options.copy.empty()) {
    ROLLCALL_TRY(auto opened, Output::open(console, options.copy, Readers::owner_only));
    made.copy_.emplace(std::move(opened));
  }
  if (!options.lineage.empty()) {
    ROLLCALL_TRY(auto opened, Output::open(console, options.lineage));
    made.lineage_.emplace(std::move(opened));
  }
  return made;
}

FixOutputs MendingOutputs::with(Sink* preview) noexcept
{
  return {.file = copy_ ? &copy_->sink() : nullptr,
          .lineage = lineage_ ? &lineage_->sink() : nullptr,
          .preview = preview};
}

Result<Mended> mend(Console& console, const MendingOf& of, const MendingOptions& options,
                    MendingOutputs& outputs)
{
  ROLLCALL_TRY(const csv::ReaderOptions reading, reader_options(of.reading));
  ROLLCALL_TRY(const Look look, look_of(options.color));
  const FixOptions how{.dialect = reading.dialect,
                       .limits = reading.limits,
                       .unsafe = options.unsafe,
                       .file_name = of.file_name,
                       .colour = look.colour,
                       .columns = look.columns,
                       .watcher = of.watcher};
  const std::string_view if_not_allowed = refused_without_host(of.asked, of.schema, Refusal::actor);
  const auto source = open_input(console, of.file);
  if (!source.has_value()) {
    ROLLCALL_TRY(FixSummary done, refuse(console, of, source.assume_error()));
    return Mended{std::move(done), {}, if_not_allowed};
  }
  ROLLCALL_TRY(FixSummary done, fix(of.schema, *source.assume_value(), of.host.directory(),
                                    of.context, how, outputs.with(of.preview), console.seams));
  return Mended{std::move(done),
                next_command("validate " + file_word(options.copy), of.asked, of.reading),
                if_not_allowed};
}

Result<void> say_mended(const Console& console, const Mended& mended, const MendingOptions& options)
{
  if (console.is_quiet && mended.done.refusal == Refusal::none) return success();
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_CHECK(mended.say(options, sink));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  console.say(text);
  return success();
}

Result<void> Mended::say(const MendingOptions& options, Sink& sink) const
{
  std::pmr::string text;
  TextSink into{text};
  FixSummary named = done;
  if (named.file.empty()) named.file = "standard input";
  point_to_role(named.findings);
  ROLLCALL_CHECK(write_fix_summary(named, unsafe_flag, into));
  if (done.refusal == Refusal::actor && !if_not_allowed.empty())
    text.append("\n").append(if_not_allowed).append("\n");
  if (done.refusal == Refusal::none) {
    if (!options.copy.empty() && options.copy != "-")
      text += fmt::format("  mended copy: {}\n", shown(options.copy));
    if (!options.lineage.empty() && options.lineage != "-")
      text += fmt::format("  lineage: {}\n", shown(options.lineage));
    if (!options.copy.empty() && options.copy != "-")
      text += fmt::format("  what of it goes in: {}\n", next);
    if (options.copy.empty() && done.certain + done.guessed != 0)
      text += options.lineage.empty()
                  ? "  nothing was written; -o FILE writes the mended copy\n"
                  : "  the file is not mended; -o FILE writes the mended copy\n";
  }
  return sink.write(text);
}

} // namespace rollcall::tools
