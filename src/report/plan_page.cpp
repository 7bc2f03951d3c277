// plan_page.cpp: title and counts. What needs a look, and the changes, are in plan_page_rows.cpp.
#include "report/plan_page.hpp"

#include <algorithm>

#include "report/plan_words.hpp"
#include "report/summary_words.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;
constexpr std::size_t number_columns = 11;
constexpr std::size_t name_columns = 10;

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
      ROLLCALL_CHECK(each_row([this](const json::Value& row) { put_row(row); }));
    }
  }
  ROLLCALL_CHECK(out_.finish());
  return overview_.fault.empty();
}

void PlanPage::put_title()
{
  const PlanVerdict verdict = verdict_of(overview_, options_.name);
  const Ink ink = verdict.tone == Tone::good      ? Ink::good
                  : verdict.tone == Tone::warning ? Ink::warning
                                                  : Ink::bad;
  std::string title = verdict.title;
  const std::string_view between = overview_.has_header ? ": " : " ";
  put_in(ink, title.append(between).append(verdict.says));
  put("\n");
  if (overview_.fault.empty() || !overview_.has_header) return;
  put_in(Ink::bad, "  It is not what was written. What can be read of it:");
  put("\n");
}

// What it was made of, and by whom.
void PlanPage::put_about()
{
  for (const auto& [name, text] : about_plan(overview_)) {
    put("  ");
    put(name);
    put(std::string(name_columns - std::min(name_columns, name.size()), ' '));
    put_line(text);
  }
  for (const Finding& finding : overview_.findings)
    put_line(std::string{"  "}.append(slug(finding)).append(": ").append(render_message(finding)));
}

void PlanPage::put_rows()
{
  const PlanOverview& plan = overview_;
  put("\n");
  put_line(rows_in_words(plan.rows, plan.blank_rows));
  for (std::size_t i = 0; i != plan::outcome_count; ++i)
    put_count(plan.outcomes[i], outcome_in_words(plan, static_cast<plan::Outcome>(i)));
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
