// plan_page.cpp: title and counts. What needs a look, and the changes, are in plan_page_rows.cpp.
#include "report/plan_page.hpp"

#include <algorithm>

#include "report/numbers.hpp"
#include "report/plan_words.hpp"

namespace rollcall::report {
namespace {

using plan::Outcome;

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;
constexpr std::size_t number_columns = 11;
constexpr std::size_t name_columns = 10;

std::string text_of(const std::vector<std::pair<std::string, std::string>>& members)
{
  std::string text;
  for (const auto& [name, value] : members)
    text.append(text.empty() ? "" : ", ").append(name).append(" ").append(value);
  return text;
}

} // namespace

PlanPage::PlanPage(Source& plan, Sink& sink, const PlanPageOptions& options,
                   std::pmr::memory_resource* memory)
    : plan_{plan},
      options_{options},
      memory_{memory},
      out_{sink, buffer_bytes, *memory},
      overview_{memory}
{
}

Result<bool> PlanPage::write()
{
  ROLLCALL_CHECK(overview_.read(plan_, options_.schema));
  put_title();
  if (overview_.has_header) {
    put_about();
    put_rows();
    put_changes();
    ROLLCALL_CHECK(put_looks());
    if (!overview_.changes.empty() || !overview_.effects.empty()) {
      put_heading("Row by row");
      ROLLCALL_CHECK(each_row(&PlanPage::put_row));
    }
  }
  ROLLCALL_CHECK(out_.finish());
  return overview_.fault.empty();
}

void PlanPage::put_title()
{
  const PlanOverview& plan = overview_;
  std::string title = plan.file.empty() ? "a plan" : in_words(plan.file);
  if (!plan.fault.empty() && !plan.has_header) {
    title = options_.name.empty() ? "this" : in_words(options_.name);
    put_in(Ink::bad, title.append(" cannot be read as a plan: ").append(in_words(plan.fault)));
    return put("\n");
  }
  if (plan.undoes != 0) title.insert(0, "undo of ");
  if (!plan.fault.empty()) {
    put_in(Ink::bad, title.append(": cannot be carried out: ").append(in_words(plan.fault)));
    put("\n");
    put_in(Ink::bad, "  It is not what was written. What can be read of it:");
    return put("\n");
  }
  const auto rows_of = [&](Outcome outcome) {
    return plan.outcomes[static_cast<std::size_t>(outcome)];
  };
  const bool is_whole = rows_of(Outcome::rejected) + rows_of(Outcome::withheld) == 0;
  Ink ink = Ink::good;
  if (plan.groups == 0) {
    title += is_whole ? ": nothing to change" : ": nothing of it can be carried out";
    ink = is_whole ? Ink::good : Ink::bad;
  } else if (is_whole) {
    title += ": can be carried out";
  } else {
    title += ": can be carried out in part";
    ink = Ink::warning;
  }
  put_in(ink, title);
  put("\n");
}

// What it was made of, and by whom.
void PlanPage::put_about()
{
  const PlanOverview& plan = overview_;
  const auto put_named = [&](std::string_view name, const std::string& text) {
    if (text.empty()) return;
    put("  ");
    put(name);
    put(std::string(name_columns - std::min(name_columns, name.size()), ' '));
    put_line(text);
  };
  put_named("plan", plan.id.empty() ? "" : in_words(plan.id));
  if (plan.undoes != 0)
    put_named("undoes", "job " + std::to_string(plan.undoes) + ", the last row of the file first");
  put_named("format", plan.format.empty() ? "" : in_words(plan.format));
  put_named("made for", text_of(plan.actor));
  put_named("options", text_of(plan.options));
  if (plan.is_atomic) put_named("atomic", "all of it is carried out, or nothing");
  if (!plan.sha256.empty())
    put_named("file", grouped(plan.bytes).append(" bytes, SHA-256 ").append(in_words(plan.sha256)));
  for (const Finding& finding : plan.findings)
    put_line(std::string{"  "}.append(slug(finding)).append(": ").append(render_message(finding)));
}

void PlanPage::put_rows()
{
  const PlanOverview& plan = overview_;
  std::string line = "\n" + grouped(plan.rows) + (plan.rows == 1 ? " row" : " rows");
  if (plan.blank_rows != 0)
    line +=
        " and " + grouped(plan.blank_rows) + (plan.blank_rows == 1 ? " blank one" : " blank ones");
  put_line(line);
  for (std::size_t i = 0; i != plan::outcome_count; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    const bool acts = outcome == Outcome::created || outcome == Outcome::updated;
    put_count(plan.outcomes[i], std::string{acts ? "would be " : ""}.append(slug(outcome)));
  }
}

void PlanPage::put_changes()
{
  const PlanOverview& plan = overview_;
  if (!plan.changes.empty()) put_heading("Changes");
  for (const auto& [what, count] : plan.changes)
    put_count(count, in_words(what.first).append(" ").append(in_words(what.second)));
  if (!plan.effects.empty()) put_heading("Effects");
  for (const auto& [name, count] : plan.effects) put_count(count, in_words(name));
}

void PlanPage::put_in(Ink ink, std::string_view text)
{
  constexpr std::string_view inks[] = {"",           "\x1B[1;32m", "\x1B[1;33m",
                                       "\x1B[1;31m", "\x1B[1m",    "\x1B[2m"};
  const bool is_coloured = options_.colour && ink != Ink::none;
  if (is_coloured) put(inks[static_cast<std::size_t>(ink)]);
  put(text);
  if (is_coloured) put("\x1B[0m");
}

void PlanPage::put_line(std::string_view text)
{
  put(text);
  put("\n");
}

void PlanPage::put_heading(std::string_view text)
{
  put("\n");
  put_in(Ink::strong, text);
  put("\n");
}

// "      950  created"; nothing of none.
void PlanPage::put_count(std::uint64_t count, std::string_view what)
{
  if (count == 0) return;
  const std::string number = grouped(count);
  put(std::string(number_columns - std::min(number_columns, number.size()), ' '));
  put(number);
  put("  ");
  put_line(what);
}

} // namespace rollcall::report
