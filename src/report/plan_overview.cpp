// plan_overview.cpp: counts what stands in the lines, not what the end says that there was.
#include "report/plan_overview.hpp"

#include "base/facts.hpp"
#include "plan/finding_json.hpp"
#include "report/plan_words.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {
namespace {

std::string text_of(const json::Value& value)
{
  return std::string{value.text().value_or("")};
}

void take_members(const json::Value& object, std::vector<std::pair<std::string, std::string>>& into)
{
  for (const json::Value member : object)
    into.emplace_back(in_words(member.name()), in_words(member));
}

} // namespace

LineRanges& PlanOverview::of(Reasons& reasons, std::string_view name, std::string_view what)
{
  return reasons.try_emplace(std::pair{std::string{name}, std::string{what}}, LineRanges{memory_})
      .first->second;
}

Result<void> PlanOverview::read(Source& plan, const schema::Schema* schema)
{
  PlanLines lines{plan, memory_};
  ROLLCALL_TRY(bool more, lines.open());
  if (more) {
    has_header = true;
    take_header(lines.value());
    ROLLCALL_CHECK(learn_marks(schema));
  }
  while (more) {
    ROLLCALL_TRY(more, lines.next());
    if (more) take_row(lines.value());
  }
  rows = lines.rows();
  if (lines.fault().empty()) take_end(lines.value());
  ROLLCALL_CHECK(lines.finish());
  fault = lines.fault();
  return success();
}

Result<void> PlanOverview::learn_marks(const schema::Schema* given)
{
  if (given == nullptr) {
    const auto builtin = builtin_named(format);
    if (!builtin) return success();
    marks = PlanMarks{*builtin};
    marks_are = Marks::as_planned;
    return success();
  }
  if (!format.empty() && given->id != format)
    return Error{ErrorCode::wrong_use,
                 "the plan was made for the format " + in_words(format) + ", not for " + given->id};
  ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(*given));
  marks = PlanMarks{*given};
  marks_are = compiled.digest == schema_digest ? Marks::as_planned : Marks::as_of_now;
  return success();
}

void PlanOverview::take_header(const json::Value& header)
{
  id = text_of(header.find("id"));
  format = text_of(header.find("format"));
  schema_digest = text_of(header.find("schema"));
  file = text_of(header.find("file"));
  take_members(header.find("actor"), actor);
  take_members(header.find("options"), options);
  undoes = header.find("undoes").find("job").natural().value_or(0);
  is_atomic = header.find("atomic").boolean().value_or(false);
}

void PlanOverview::take_row(const json::Value& row)
{
  const std::uint64_t number = row.find("row").natural().value_or(0);
  const std::uint64_t line = row.find("line").natural().value_or(0);
  const auto word = row.find("outcome").text();
  bool is_rejected = false;
  for (std::size_t i = 0; i != plan::outcome_count; ++i) {
    const auto outcome = static_cast<plan::Outcome>(i);
    if (slug(outcome) != word) continue;
    ++outcomes[i];
    is_rejected = outcome == plan::Outcome::rejected;
  }
  for (const json::Value change : row.find("changes")) {
    take_change(change, number, line);
    if (takes_from(row, change)) ++taken;
  }
  for (const json::Value effect : row.find("effects")) {
    const std::string name = text_of(effect.find("effect"));
    ++effects[name];
    of(lost, "effect", name).add(number, line);
  }
  const bool acts = row.find("changes").size() != 0 || row.find("effects").size() != 0;
  if (acts && (!row.find("group") || row.find("last").boolean() == true)) ++groups;
  for (const json::Value effect : row.find("withdraws")) {
    of(withdrawn, effect.text().value_or("")).add(number, line);
  }
  // The rest of what is lost follows from what is done; this only the format knows.
  for (const json::Value each : row.find("lost"))
    if (const auto what = each.find("object").text()) of(lost, "object", *what).add(number, line);
  for (const json::Value each : row.find("findings")) {
    const auto code = each.find("code").text().value_or("?");
    const auto severity = each.find("severity").text();
    if (severity == "error") {
      of(rejected, code).add(number, line);
    } else if (severity == "warning" && !is_rejected && code != slug(Code::claim_moved)) {
      of(warned, code).add(number, line);
    } else if (code == slug(Code::undo_not_reversible)) {
      Finding finding;
      std::string ignored;
      if (plan::read_finding(each, finding, ignored))
        of(stays, fact_of(finding, "lost"),
           fact_of(finding, fact_of(finding, "lost") == "effect" ? "reason" : "what"))
            .add(number, line);
    }
  }
}

void PlanOverview::take_change(const json::Value& change, std::uint64_t row, std::uint64_t line)
{
  const auto op = change.find("op").text();
  const std::string kind = text_of(change.find("kind"));
  ++changes[{text_of(change.find("op")), kind}];
  if (op == "delete") ++deleted;
  for (const json::Value field : change.find("fields")) {
    const Mark mark = marks.of(kind, field.name());
    if (op == "update" && switches_off(field, mark)) ++switched_off;
    const bool is_secret = mark == Mark::secret || after_of(field).find("secret");
    if (op != "create" && is_secret && !before_of(field).is(json::Kind::null))
      of(lost, undoes == 0 ? "secret" : "secret that goes", field.name()).add(row, line);
    if (mark != Mark::role) continue;
    if (op != "create")
      ++promoted;
    else if (after_of(field).boolean() != false)
      of(granted, field.name(), in_words(after_of(field))).add(row, line);
  }
}

void PlanOverview::take_end(const json::Value& end)
{
  is_complete = true;
  sha256 = text_of(end.find("sha256"));
  bytes = end.find("bytes").natural().value_or(0);
  blank_rows = end.find("blank_rows").natural().value_or(0);
  for (const json::Value each : end.find("findings")) {
    Finding made;
    std::string ignored;
    if (plan::read_finding(each, made, ignored)) findings.push_back(std::move(made));
  }
}

} // namespace rollcall::report
