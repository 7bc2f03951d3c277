// plan_page_rows.cpp: what needs a look, and every change of a plan.
#include <algorithm>

#include "plan/finding_json.hpp"
#include "report/numbers.hpp"
#include "report/plan_page.hpp"
#include "report/plan_words.hpp"

namespace rollcall::report {
namespace {

std::string line_of(const json::Value& row)
{
  return "line " + std::to_string(row.find("line").natural().value_or(0));
}

std::string lost_in_words(std::string_view why, std::string_view what)
{
  const std::string name = in_words(what);
  if (why == "effect") return name + " cannot be called back";
  if (why == "secret") return "the old " + name + " is overwritten, and nobody has it";
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
  const std::string name = in_words(what);
  if (why == "effect") return name;
  if (why == "secret") return "the " + name + " of before is gone, and nobody has it";
  return "the " + name + " stays, and its key stays taken";
}

std::string withdrawn_in_words(std::string_view effect, std::string_view /*what*/)
{
  return in_words(effect) + " is withdrawn: nobody has done it yet";
}

std::string_view sign_of(std::string_view op)
{
  if (op == "create") return "+";
  if (op == "delete") return "-";
  return "~";
}

} // namespace

Result<void> PlanPage::each_row(void (PlanPage::*put_one)(const json::Value& row))
{
  ROLLCALL_CHECK(plan_.rewind());
  PlanLines lines{plan_, memory_};
  ROLLCALL_TRY(bool more, lines.open());
  while (more && lines.rows() != overview_.rows && !out_.has_failed()) {
    ROLLCALL_TRY(more, lines.next());
    if (more) (this->*put_one)(lines.value());
  }
  return success();
}

// ---- Needs a look ------------------------------------------------------------------------------

Result<void> PlanPage::put_looks()
{
  const auto put_list = [&](std::string_view title, std::uint64_t count,
                            void (PlanPage::*put_one)(const json::Value& row)) -> Result<void> {
    if (count == 0) return success();
    put_look_title(title, count);
    return each_row(put_one);
  };
  const PlanOverview& plan = overview_;
  ROLLCALL_CHECK(put_list("Taken from who has it now", plan.taken, &PlanPage::put_taken));
  ROLLCALL_CHECK(put_list("Switched off", plan.switched_off, &PlanPage::put_switched_off));
  ROLLCALL_CHECK(put_list("Deleted", plan.deleted, &PlanPage::put_deleted));
  ROLLCALL_CHECK(put_list("Other privileges", plan.promoted, &PlanPage::put_promoted));
  put_reasons("Privileges of who is new", plan.granted, grant_in_words);
  put_reasons("Cannot be undone", plan.lost, lost_in_words);
  put_reasons("Stays done", plan.stays, stays_in_words);
  put_reasons("Not to be done any more", plan.withdrawn, withdrawn_in_words);
  put_reasons("Rejected", plan.rejected, code_in_words);
  put_reasons("Warnings", plan.warned, code_in_words);
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
void PlanPage::put_reasons(std::string_view title, const PlanOverview::Reasons& reasons,
                           std::string (*says)(std::string_view name, std::string_view what))
{
  if (reasons.empty()) return;
  put_look_title(title, 0);
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

void PlanPage::put_taken(const json::Value& row)
{
  for (const json::Value change : row.find("changes")) {
    if (!takes_from(row, change)) continue;
    std::string values;
    for (const json::Value field : change.find("fields"))
      if (is_cleared(field))
        values.append(values.empty() ? "" : ", ").append(in_words(before_of(field)));
    put_line("    " + line_of(row) + "  " + values + " from " + in_words(change.find("key")) +
             " to " + in_words(row.find("key")));
  }
}

void PlanPage::put_switched_off(const json::Value& row)
{
  for (const json::Value change : row.find("changes")) {
    if (change.find("op").text() != "update") continue;
    for (const json::Value field : change.find("fields")) {
      const Mark mark = overview_.marks.of(change.find("kind").text().value_or(""), field.name());
      if (!switches_off(field, mark)) continue;
      put_line("    " + line_of(row) + "  " + object_in_words(change) + ": " +
               in_words(field.name()) + " " + in_words(before_of(field)) + " -> " +
               in_words(after_of(field)));
    }
  }
}

void PlanPage::put_deleted(const json::Value& row)
{
  for (const json::Value change : row.find("changes"))
    if (change.find("op").text() == "delete")
      put_line("    " + line_of(row) + "  " + object_in_words(change));
}

void PlanPage::put_promoted(const json::Value& row)
{
  for (const json::Value change : row.find("changes")) {
    if (change.find("op").text() == "create") continue;
    for (const json::Value field : change.find("fields"))
      if (overview_.marks.of(change.find("kind").text().value_or(""), field.name()) == Mark::role)
        put_line("    " + line_of(row) + "  " + object_in_words(change) + ": " +
                 in_words(field.name()) + " " + in_words(before_of(field)) + " -> " +
                 in_words(after_of(field)));
  }
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
