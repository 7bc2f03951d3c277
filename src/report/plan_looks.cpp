// plan_looks.cpp: words for each list; what is in them, the overview has counted.
#include "report/plan_looks.hpp"

#include "report/plan_lines.hpp"
#include "report/plan_words.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

using plan::Outcome;

std::string text_of(const std::vector<std::pair<std::string, std::string>>& members)
{
  std::string text;
  for (const auto& [name, value] : members)
    text.append(text.empty() ? "" : ", ").append(name).append(" ").append(value);
  return text;
}

std::string lost_in_words(std::string_view why, std::string_view what)
{
  const std::string name = in_words(what);
  if (why == "effect") return name + " cannot be called back";
  if (why == "secret") return "the old " + name + " is overwritten, and nobody has it";
  if (why == "secret that goes") return "the " + name + " goes, and nobody can give it back";
  return "a new " + name + " stays for ever: an undo leaves it, and its key stays taken";
}

std::string grant_in_words(std::string_view field, std::string_view value)
{
  return std::string{"new with "}.append(in_words(field)).append(" ").append(value);
}

std::string code_in_words(std::string_view code, std::string_view /*what*/)
{
  return in_words(code);
}

std::string stays_in_words(std::string_view why, std::string_view what)
{
  std::string name = in_words(what);
  if (why == "effect") return name;
  if (why == "secret") return "the " + name + " of before is gone, and nobody has it";
  return "the " + name + " stays, and its key stays taken";
}

std::string withdrawn_in_words(std::string_view effect, std::string_view /*what*/)
{
  return in_words(effect) + " is withdrawn: nobody has done it yet";
}

void say_taken(const json::Value& row, const PlanMarks& /*marks*/, const SayLook& say)
{
  for (const json::Value change : row.find("changes")) {
    if (!takes_from(row, change)) continue;
    std::string values;
    for (const json::Value field : change.find("fields"))
      if (is_cleared(field))
        values.append(values.empty() ? "" : ", ").append(in_words(before_of(field)));
    say(line_of(row) + "  " + values + " from " + in_words(change.find("key")) + " to " +
        in_words(row.find("key")));
  }
}

void say_switched_off(const json::Value& row, const PlanMarks& marks, const SayLook& say)
{
  for (const json::Value change : row.find("changes")) {
    if (change.find("op").text() != "update") continue;
    for (const json::Value field : change.find("fields")) {
      const Mark mark = marks.of(change.find("kind").text().value_or(""), field.name());
      if (!switches_off(field, mark)) continue;
      say(line_of(row) + "  " + object_in_words(change) + ": " + in_words(field.name()) + " " +
          in_words(before_of(field)) + " -> " + in_words(after_of(field)));
    }
  }
}

void say_deleted(const json::Value& row, const PlanMarks& /*marks*/, const SayLook& say)
{
  for (const json::Value change : row.find("changes"))
    if (change.find("op").text() == "delete") say(line_of(row) + "  " + object_in_words(change));
}

void say_promoted(const json::Value& row, const PlanMarks& marks, const SayLook& say)
{
  for (const json::Value change : row.find("changes")) {
    if (change.find("op").text() == "create") continue;
    for (const json::Value field : change.find("fields"))
      if (marks.of(change.find("kind").text().value_or(""), field.name()) == Mark::role)
        say(line_of(row) + "  " + object_in_words(change) + ": " + in_words(field.name()) + " " +
            in_words(before_of(field)) + " -> " + in_words(after_of(field)));
  }
}

} // namespace

PlanVerdict verdict_of(const PlanOverview& plan, std::string_view name)
{
  PlanVerdict verdict{.title = plan.file.empty() ? "a plan" : in_words(plan.file)};
  if (!plan.fault.empty() && !plan.has_header)
    return {.title = name.empty() ? "this" : in_words(name),
            .says = "cannot be read as a plan: " + in_words(plan.fault),
            .tone = Tone::bad};
  if (plan.undoes != 0) verdict.title.insert(0, "undo of ");
  if (!plan.fault.empty()) {
    verdict.says = "cannot be carried out: " + in_words(plan.fault);
    verdict.tone = Tone::bad;
    return verdict;
  }
  const auto rows_of = [&](Outcome outcome) {
    return plan.outcomes[static_cast<std::size_t>(outcome)];
  };
  const bool is_whole = rows_of(Outcome::rejected) + rows_of(Outcome::withheld) == 0;
  if (plan.groups == 0) {
    verdict.says = is_whole ? "nothing to change" : "nothing of it can be carried out";
    verdict.tone = is_whole ? Tone::good : Tone::bad;
  } else {
    verdict.says = is_whole ? "can be carried out" : "can be carried out in part";
    verdict.tone = is_whole ? Tone::good : Tone::warning;
  }
  return verdict;
}

std::vector<std::pair<std::string_view, std::string>> about_plan(const PlanOverview& plan)
{
  std::vector<std::pair<std::string_view, std::string>> about;
  const auto add = [&](std::string_view name, std::string text) {
    if (!text.empty()) about.emplace_back(name, std::move(text));
  };
  add("plan", plan.id.empty() ? "" : in_words(plan.id));
  if (plan.undoes != 0) {
    add("undoes", "job " + std::to_string(plan.undoes) + ", the last row of the file first");
    add("stale",
        "a row that was changed since: apply refuses all of it, apply --stale row leaves "
        "that row as it is");
  }
  add("format", plan.format.empty() ? "" : in_words(plan.format));
  add("made for", text_of(plan.actor));
  add("options", text_of(plan.options));
  if (plan.is_atomic) add("atomic", "all of it is carried out, or nothing");
  if (!plan.sha256.empty())
    add("file", grouped(plan.bytes).append(" bytes, SHA-256 ").append(in_words(plan.sha256)));
  return about;
}

std::string line_of(const json::Value& row)
{
  return "line " + std::to_string(row.find("line").natural().value_or(0));
}

std::string outcome_in_words(const PlanOverview& plan, Outcome outcome)
{
  if (plan.undoes != 0) {
    if (outcome == Outcome::created) return "would be made again";
    if (outcome == Outcome::updated) return "would be taken back";
    if (outcome == Outcome::unchanged) return "of which nothing can be taken back";
  }
  const bool acts = outcome == Outcome::created || outcome == Outcome::updated;
  return std::string{acts ? "would be " : ""}.append(slug(outcome));
}

std::array<LookOfRows, 4> looks_of_rows(const PlanOverview& plan)
{
  return {{{"Taken from who has it now", plan.taken, say_taken},
           {"Switched off", plan.switched_off, say_switched_off},
           {"Deleted", plan.deleted, say_deleted},
           {"Other privileges", plan.promoted, say_promoted}}};
}

std::array<LookOfReasons, 6> looks_of_reasons(const PlanOverview& plan)
{
  return {{{"Privileges of who is new", &plan.granted, grant_in_words},
           {"Cannot be undone", &plan.lost, lost_in_words},
           {"Stays done", &plan.stays, stays_in_words},
           {"Not to be done any more", &plan.withdrawn, withdrawn_in_words},
           {"Rejected", &plan.rejected, code_in_words},
           {"Warnings", &plan.warned, code_in_words}}};
}

LookNotMade look_not_made(const PlanOverview& plan)
{
  using Marks = PlanOverview::Marks;
  LookNotMade made{.title = "Privileges, and who is switched off"};
  if (plan.changes.empty() || plan.marks_are == Marks::as_planned) return made;
  const std::string format = in_words(plan.format);
  made.says = plan.marks_are == Marks::not_known
                  ? "not known without the schema of " + format + " (--format FILE)"
                  : "as " + format + " has them today: it was another when the plan was made";
  return made;
}

Result<void> each_row(Source& plan, std::uint64_t rows, std::pmr::memory_resource* memory,
                      const std::function<bool(const json::Value& row)>& take)
{
  ROLLCALL_CHECK(plan.rewind());
  PlanLines lines{plan, memory};
  ROLLCALL_TRY(bool more, lines.open());
  while (more && lines.rows() != rows) {
    ROLLCALL_TRY(more, lines.next());
    if (more && !take(lines.value())) break;
  }
  return success();
}

} // namespace rollcall::report
