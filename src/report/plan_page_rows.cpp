// plan_page_rows.cpp: what needs a look, and every change of a plan.
#include <algorithm>

#include "report/plan_looks.hpp"
#include "report/plan_page.hpp"
#include "report/plan_words.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

std::string_view sign_of(std::string_view op)
{
  if (op == "create") return "+";
  if (op == "delete") return "-";
  return "~";
}

} // namespace

// ---- Needs a look ------------------------------------------------------------------------------

Result<void> PlanPage::put_looks()
{
  for (const LookOfRows& look : looks_of_rows(overview_)) {
    if (look.count == 0) continue;
    put_look_title(look.title, look.count);
    const SayLook say = [this](const std::string& text) {
      put("    ");
      put_line(text);
    };
    ROLLCALL_CHECK(each_row([&](const json::Value& row) { look.say(row, overview_.marks, say); }));
  }
  if (const LookNotMade look = look_not_made(overview_); !look.says.empty()) {
    put_look_title(look.title, 0);
    put("    ");
    put_line(look.says);
  }
  for (const LookOfReasons& look : looks_of_reasons(overview_)) put_reasons(look);
  return success();
}

void PlanPage::put_look_title(std::string_view title, std::uint64_t count)
{
  if (!has_look_) {
    put("\n");
    put_in(Ink::warning, "Needs a look");
    put("\n");
  }
  has_look_ = true;
  put("  ");
  put_in(Ink::strong, title);
  if (count != 0) put(": " + grouped(count));
  put("\n");
}

// A line a reason: how many rows, why, and which.
void PlanPage::put_reasons(const LookOfReasons& look)
{
  const PlanOverview::Reasons& reasons = *look.reasons;
  const auto says = look.says;
  if (reasons.empty()) return;
  put_look_title(look.title, 0);
  std::size_t digits = 0;
  std::size_t columns = 0;
  for (const auto& [name, lines] : reasons) {
    digits = std::max(digits, grouped(lines.rows()).size());
    columns = std::max(columns, says(name.first, name.second).size());
  }
  columns = std::min(columns, options_.columns / 2);
  for (const auto& [name, lines] : reasons) {
    const std::string rows = grouped(lines.rows());
    const std::string reason = says(name.first, name.second);
    put(std::string(4 + digits - rows.size(), ' '));
    put(rows);
    put("  ");
    put(reason);
    put(std::string(columns - std::min(columns, reason.size()), ' '));
    put_lines(lines, 4 + digits + 2 + std::max(columns, reason.size()));
  }
}

// "  lines 2-5, 9", from where the line stands on; what does not fit goes on below.
void PlanPage::put_lines(const LineRanges& lines, std::size_t indent)
{
  const std::string_view word = lines.rows() == 1 ? "  line " : "  lines ";
  put(word);
  std::size_t column = indent + word.size();
  const std::size_t below = std::min(column, options_.columns / 2);
  bool is_first = true;
  lines.each([&](const std::string& range) {
    if (!is_first) {
      put(",");
      ++column;
      const bool fits = column + 1 + range.size() < options_.columns;
      put(fits ? " " : "\n" + std::string(below, ' '));
      column = fits ? column + 1 : below;
    }
    put(range);
    column += range.size();
    is_first = false;
  });
  put("\n");
}

// ---- Row by row --------------------------------------------------------------------------------

void PlanPage::put_row(const json::Value& row)
{
  const std::string line = line_of(row);
  std::string remark;
  if (const auto group = row.find("group").natural())
    remark = "  (done together with the others of group " + std::to_string(*group) + ")";
  for (const json::Value change : row.find("changes")) put_change(change, line, remark);
  for (const json::Value effect : row.find("effects")) put_effect(effect, line);
}

void PlanPage::put_change(const json::Value& change, const std::string& line,
                          std::string_view remark)
{
  const auto op = change.find("op").text().value_or("");
  const std::string_view sign = sign_of(op);
  const Ink ink = sign == "+" ? Ink::good : sign == "-" ? Ink::bad : Ink::warning;
  put(line);
  put("  ");
  put_in(ink, sign);
  put(" ");
  put_in(Ink::strong, object_in_words(change));
  put_in(Ink::faint, remark);
  put("\n");
  const auto kind = change.find("kind").text().value_or("");
  std::size_t columns = 0;
  for (const json::Value field : change.find("fields"))
    columns = std::max(columns, in_words(field.name()).size());
  for (const json::Value field : change.find("fields")) {
    const std::string name = in_words(field.name());
    const FieldInWords words = field_in_words(field, overview_.marks.of(kind, field.name()));
    put("  ");
    put(name);
    put(std::string(columns - name.size() + 2, ' '));
    if (op != "create") {
      put(words.before);
      put_in(Ink::faint, " -> ");
    }
    put_line(words.after);
  }
}

// What happens outside of the directory.
void PlanPage::put_effect(const json::Value& effect, const std::string& line)
{
  put(line);
  put("  ");
  put_in(Ink::warning, "!");
  put(" ");
  put_in(Ink::strong, in_words(effect.find("effect")));
  put("\n");
  std::size_t columns = 0;
  for (const json::Value part : effect)
    if (part.name() != "effect") columns = std::max(columns, in_words(part.name()).size());
  for (const json::Value part : effect) {
    if (part.name() == "effect") continue;
    const std::string name = in_words(part.name());
    put("  ");
    put(name);
    put(std::string(columns - name.size() + 2, ' '));
    put_line(in_words(part));
  }
}

} // namespace rollcall::report
