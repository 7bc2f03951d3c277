// convert.cpp: who may convert, what is needed before a file is opened, and what came of it.
#include <algorithm>

#include "base/publishing.hpp"
#include "convert/conversion.hpp"
#include "report/unreadable.hpp"

namespace rollcall::convert {
namespace {

using schema::CompiledSchema;

Result<ValueMap> map_of(const std::vector<Translation>& translations)
{
  ValueMap map;
  for (const Translation& each : translations)
    if (const std::string wrong = map.add(each); !wrong.empty())
      return Error{ErrorCode::wrong_use, "the map: " + wrong};
  return map;
}

// What the source's format knows of the actor; options are the target's.
Context source_context(const Context& context)
{
  Context made = context;
  made.options.clear();
  return made;
}

JobState state_of(const Loss& loss) noexcept
{
  if (loss.refusal != Refusal::none) return JobState::failed;
  const bool is_bad = std::any_of(loss.findings.begin(), loss.findings.end(), [](const auto& each) {
    return each.severity == Severity::error;
  });
  if (loss.left_out == 0 && loss.refused == 0 && !is_bad) return JobState::succeeded;
  return loss.written == loss.refused ? JobState::failed : JobState::partial;
}

Loss loss_of(const schema::Schema& from, const schema::Schema& to, const std::string& file_name)
{
  return {.from = from.id, .to = to.id, .file = file_name};
}

Result<void> finish(Loss& loss, const Outputs& outputs)
{
  loss.state = state_of(loss);
  if (outputs.report != nullptr) ROLLCALL_CHECK(write_loss(loss, *outputs.report));
  return publish_together(
      {outputs.report, loss.refusal == Refusal::none ? outputs.result : nullptr});
}

// Whether the actor may, and whether the target's settings are in order.
Result<bool> is_allowed(Ready& from, Ready& to, Loss& loss)
{
  ROLLCALL_TRY(const bool may_there, to.facts().allows(schema::Action::template_));
  ROLLCALL_TRY(const bool may_here, from.facts().allows(schema::Action::template_));
  if (!may_there && !may_here) {
    loss.refusal = Refusal::actor;
    loss.findings.push_back(to.facts().not_allowed(schema::Action::template_));
    return false;
  }
  ROLLCALL_TRY(loss.findings, to.facts().check());
  if (!loss.findings.empty()) loss.refusal = Refusal::file;
  return loss.findings.empty();
}

Result<void> check_fillings(const Format& to, const Options& options)
{
  ROLLCALL_TRY(const auto ignored, Carrying::fillings_of(to, options.fillings));
  static_cast<void>(ignored);
  return success();
}

Result<void> run(const CompiledSchema& from, const CompiledSchema& to, Source& source,
                 const Context& context, const Options& options, const Outputs& outputs,
                 const Seams& seams, Loss& loss)
{
  ROLLCALL_TRY(const ValueMap map, map_of(options.map));
  ROLLCALL_TRY(const SipKey key, make_sip_key(*seams.random));
  ROLLCALL_TRY(MemoryDirectory no_source, MemoryDirectory::make(from.schema(), seams));
  ROLLCALL_TRY(MemoryDirectory no_target, MemoryDirectory::make(to.schema(), seams));
  Directory& host = options.host != nullptr ? *options.host : no_target;
  Ready source_format{from, no_source, key, *seams.memory};
  Ready target_format{to, host, key, *seams.memory};
  const Context there = source_context(context);
  ROLLCALL_CHECK(source_format.facts().read(there));
  ROLLCALL_CHECK(target_format.facts().read(context));
  ROLLCALL_TRY(const bool may, is_allowed(source_format, target_format, loss));
  if (!may) return success();
  // What it says is about settings that nobody has.
  static_cast<void>(source_format.facts().check().has_value());
  ROLLCALL_CHECK(source_format.read_columns());
  source_format.forgive_settings();
  ROLLCALL_CHECK(target_format.read_columns());
  // Before the file is opened: what makes no sense with any file is not for a file to refuse.
  ROLLCALL_CHECK(check_fillings(target_format.format(), options));
  Conversion conversion{source_format, target_format, map, options, outputs, seams, loss};
  return conversion.run(source);
}

} // namespace

std::string_view slug(Side side) noexcept
{
  return side == Side::source ? "source" : "target";
}

std::string_view slug(Why why) noexcept
{
  switch (why) {
    case Why::carried:
      return "carried";
    case Why::no_place:
      return "no_place";
    case Why::secret:
      return "secret";
    case Why::unknown_column:
      return "unknown_column";
  }
  return {};
}

Result<Loss> convert_file(const schema::Schema& from, const schema::Schema& to, Source& source,
                          const Context& context, const Options& options, const Outputs& outputs,
                          const Seams& seams)
{
  return guarded([&]() -> Result<Loss> {
    if (outputs.result == nullptr)
      return Error{ErrorCode::wrong_use, "a conversion needs somewhere to write"};
    ROLLCALL_TRY(const auto compiled_from, CompiledSchema::compile(from));
    ROLLCALL_TRY(const auto compiled_to, CompiledSchema::compile(to));
    if (compiled_from.digest == compiled_to.digest)
      return Error{ErrorCode::wrong_use, "both formats are " + from.id};
    Loss loss = loss_of(from, to, options.file_name);
    ROLLCALL_CHECK(run(compiled_from, compiled_to, source, context, options, outputs, seams, loss));
    ROLLCALL_CHECK(finish(loss, outputs));
    return loss;
  });
}

Loss refuse_unreadable(const schema::Schema& from, const schema::Schema& to, const Error& why,
                       const std::string& file_name)
{
  Loss loss = loss_of(from, to, file_name);
  loss.refusal = Refusal::file;
  loss.findings.push_back(report::unreadable(why, file_name));
  return loss;
}

} // namespace rollcall::convert
