// plan_html.cpp: lists and changes go out as they are read, however many there are.
#include "report/plan_html.hpp"

#include <algorithm>
#include <string>

#include "report/findings_html.hpp"
#include "report/plan_findings.hpp"
#include "report/plan_looks.hpp"
#include "report/plan_words.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

// Of new users these are some ten megabytes, which a browser opens in a moment.
constexpr std::uint64_t changes_max = 10'000;

// How many changes of an operation there are, whatever their kind.
std::uint64_t changes_of(const PlanOverview& plan, std::string_view op)
{
  std::uint64_t count = 0;
  for (const auto& [what, times] : plan.changes)
    if (what.first == op) count += times;
  return count;
}

std::uint64_t effects_of(const PlanOverview& plan)
{
  std::uint64_t count = 0;
  for (const auto& [name, times] : plan.effects) count += times;
  return count;
}

std::uint64_t all_of(const PlanOverview& plan)
{
  std::uint64_t count = effects_of(plan);
  for (const auto& [what, times] : plan.changes) count += times;
  return count;
}

// What a change is called on the page, which has a filter and an ink for each.
std::string_view class_of(std::string_view op) noexcept
{
  return op == "create" || op == "delete" ? op : "update";
}

} // namespace

PlanHtml::PlanHtml(Source& plan, Sink& sink, const PlanPageOptions& options,
                   std::pmr::memory_resource* memory)
    : plan_{plan}, options_{options}, memory_{memory}, page_{sink, *memory}, overview_{memory}
{
}

Result<bool> PlanHtml::write()
{
  ROLLCALL_CHECK(overview_.read(plan_, options_.schema));
  const PlanVerdict verdict = verdict_of(overview_, options_.name);
  page_.begin(std::string{verdict.title}.append(": ").append(verdict.says));
  page_.begin_header(verdict.title, verdict.tone, verdict.says);
  if (overview_.has_header) {
    if (!overview_.fault.empty())
      page_.markup("<p>It is not what was written. What can be read of it:</p>\n");
    page_.markup("<dl>\n");
    for (const auto& [name, text] : about_plan(overview_)) page_.about(name, text);
    page_.markup("</dl>\n");
  }
  page_.end_header();
  if (overview_.has_header) {
    put_counts();
    ROLLCALL_CHECK(put_looks());
    ROLLCALL_CHECK(put_found());
    ROLLCALL_CHECK(put_changes());
  }
  ROLLCALL_CHECK(page_.finish());
  return overview_.fault.empty();
}

void PlanHtml::put_counts()
{
  const PlanOverview& plan = overview_;
  page_.markup("<section>\n<h2>").text(rows_in_words(plan.rows, plan.blank_rows));
  page_.markup("</h2>\n");
  if (plan.rows != 0) {
    page_.markup("<ul class=\"tiles\">\n");
    for (std::size_t i = 0; i != plan::outcome_count; ++i) {
      const auto outcome = static_cast<plan::Outcome>(i);
      page_.tile(plan.outcomes[i], outcome_in_words(plan, outcome),
                 outcome == plan::Outcome::rejected ? "bad" : "");
    }
    page_.markup("</ul>\n");
  }
  page_.markup("</section>\n");
  if (plan.changes.empty() && plan.effects.empty()) return;
  page_.markup("<section>\n<h2>What is done</h2>\n<ul class=\"tiles\">\n");
  for (const auto& [what, count] : plan.changes)
    page_.tile(count, in_words(what.first).append(" ").append(in_words(what.second)), "");
  for (const auto& [name, count] : plan.effects) page_.tile(count, in_words(name), "");
  page_.markup("</ul>\n</section>\n");
}

// ---- Needs a look ------------------------------------------------------------------------------

void PlanHtml::put_heading_of_looks()
{
  if (!has_look_) page_.markup("<section>\n<h2>Needs a look</h2>\n");
  has_look_ = true;
}

Result<void> PlanHtml::put_looks()
{
  for (const LookOfRows& look : looks_of_rows(overview_)) {
    if (look.count == 0) continue;
    put_heading_of_looks();
    page_.markup("<h3>").text(look.title).markup(": ").text(grouped(look.count)).markup("</h3>\n");
    page_.markup("<ul class=\"list\">\n");
    const SayLook say = [this](const std::string& text) {
      page_.markup("<li>").text(text).markup("</li>\n");
    };
    ROLLCALL_CHECK(each_row([&](const json::Value& row) { look.say(row, overview_.marks, say); }));
    page_.markup("</ul>\n");
  }
  if (const LookNotMade look = look_not_made(overview_); !look.says.empty()) {
    put_heading_of_looks();
    page_.markup("<h3>").text(look.title).markup("</h3>\n<ul class=\"list\">\n<li>");
    page_.text(look.says).markup("</li>\n</ul>\n");
  }
  for (const LookOfReasons& look : looks_of_reasons(overview_)) {
    if (look.reasons->empty()) continue;
    put_heading_of_looks();
    page_.markup("<h3>").text(look.title).markup("</h3>\n<ul class=\"list\">\n");
    for (const auto& [name, lines] : *look.reasons) {
      page_.markup("<li>").text(grouped(lines.rows())).markup(" ");
      page_.text(look.says(name.first, name.second));
      std::string_view between = lines.rows() == 1 ? ", line " : ", lines ";
      lines.each([&](const std::string& range) {
        page_.markup(between).text(range);
        between = ", ";
      });
      page_.markup("</li>\n");
    }
    page_.markup("</ul>\n");
  }
  if (has_look_) page_.markup("</section>\n");
  return success();
}

Result<void> PlanHtml::put_found()
{
  const auto known = builtin_named(overview_.format);
  const schema::Schema* const schema = options_.schema != nullptr ? options_.schema
                                       : known                    ? &*known
                                                                  : nullptr;
  FindingsOfPage found{{.file = overview_.file, .schema = schema, .memory = memory_}};
  ROLLCALL_CHECK(put_findings_of_plan(plan_, overview_, schema, memory_, found));
  put_findings(page_, found, schema);
  return success();
}

// ---- Row by row --------------------------------------------------------------------------------

Result<void> PlanHtml::each_row(const std::function<void(const json::Value& row)>& put)
{
  return report::each_row(plan_, overview_.rows, memory_, [&](const json::Value& row) {
    put(row);
    return !page_.has_failed();
  });
}

Result<void> PlanHtml::put_changes()
{
  if (overview_.changes.empty() && overview_.effects.empty()) return success();
  page_.markup("<section>\n<h2>Row by row</h2>\n");
  page_.filter("create", "Created", changes_of(overview_, "create"));
  page_.filter("update", "Updated", changes_of(overview_, "update"));
  page_.filter("delete", "Deleted", changes_of(overview_, "delete"));
  page_.filter("effect", "Effects", effects_of(overview_));
  page_.markup("<table class=\"changes\">\n<caption>");
  page_.text(all_of(overview_) <= changes_max ? std::string{"Every change"}
                                              : "The first " + grouped(changes_max));
  page_.markup(
      ", in the order of the file</caption>\n<thead><tr><th scope=\"col\">Object</th><th "
      "scope=\"col\">Field</th>");
  page_.markup("<th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead>\n");
  ROLLCALL_CHECK(each_row([this](const json::Value& row) { put_row(row); }));
  page_.markup("</table>\n");
  if (put_ > changes_max) {
    page_.markup("<p class=\"more\">and ").text(grouped(put_ - changes_max));
    page_.markup(" more, which the plan itself has.</p>\n");
  }
  page_.markup("</section>\n");
  return success();
}

void PlanHtml::put_row(const json::Value& row)
{
  const std::string line = line_of(row);
  std::string remark;
  if (const auto group = row.find("group").natural())
    remark = "together with the others of group " + std::to_string(*group);
  for (const json::Value change : row.find("changes"))
    if (has_room()) put_change(change, line, remark);
  for (const json::Value effect : row.find("effects"))
    if (has_room()) put_effect(effect, line);
}

// For one more, which is counted.
bool PlanHtml::has_room() noexcept
{
  return ++put_ <= changes_max;
}

// One cell for the object, beside as many rows as it has fields.
void PlanHtml::begin_object(std::string_view of_class, std::string_view what, std::string_view line,
                            std::string_view remark, std::size_t fields)
{
  page_.markup("<tbody class=\"").markup(of_class).markup("\">\n<tr><th scope=\"rowgroup\"");
  page_.markup(" rowspan=\"").text(std::to_string(std::max<std::size_t>(fields, 1)));
  page_.markup("\"><span class=\"word\">").markup(of_class).markup("</span>").text(what);
  page_.markup("<small>").text(line);
  if (!remark.empty()) page_.markup(", ").text(remark);
  page_.markup("</small></th>");
  if (fields == 0) page_.markup("<td></td><td></td><td></td></tr>\n");
}

void PlanHtml::put_change(const json::Value& change, std::string_view line, std::string_view remark)
{
  const auto op = change.find("op").text().value_or("");
  const auto kind = change.find("kind").text().value_or("");
  begin_object(class_of(op), object_in_words(change), line, remark, change.find("fields").size());
  bool is_first = true;
  for (const json::Value field : change.find("fields")) {
    const FieldInWords words = field_in_words(field, overview_.marks.of(kind, field.name()));
    page_.markup(is_first ? "<td>" : "<tr><td>").text(in_words(field.name())).markup("</td>");
    if (op == "create")
      page_.markup("<td></td>");
    else
      page_.markup("<td class=\"before\"><del>").text(words.before).markup("</del></td>");
    page_.markup("<td class=\"after\"><ins>").text(words.after).markup("</ins></td></tr>\n");
    is_first = false;
  }
  page_.markup("</tbody>\n");
}

// What happens outside of the directory.
void PlanHtml::put_effect(const json::Value& effect, std::string_view line)
{
  begin_object("effect", in_words(effect.find("effect")), line, "", effect.size() - 1);
  bool is_first = true;
  for (const json::Value part : effect) {
    if (part.name() == "effect") continue;
    page_.markup(is_first ? "<td>" : "<tr><td>").text(in_words(part.name())).markup("</td>");
    page_.markup("<td></td><td class=\"after\">").text(in_words(part)).markup("</td></tr>\n");
    is_first = false;
  }
  page_.markup("</tbody>\n");
}

} // namespace rollcall::report
