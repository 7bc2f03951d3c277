// findings_html.cpp: nothing is written before all is counted, since counts come first on the page.
#include "report/findings_html.hpp"

#include <string>

#include "base/message_template.hpp"
#include "report/code_words.hpp"
#include "report/summary_words.hpp"
#include "rollcall/numbers.hpp"

namespace rollcall::report {
namespace {

constexpr std::size_t similar_max = 100;

constexpr std::string_view table_head = R"(<table class="found">
<thead><tr><th scope="col" class="line">Line</th><th scope="col" class="value">Value</th>
<th scope="col">What was found</th><th scope="col" class="fix">Certain fix</th>
<th scope="col" class="fix">Guess</th></tr></thead>
<tbody>
)";

void put_excerpt(HtmlPage& page, const Excerpt& excerpt)
{
  const std::string_view text = excerpt.text;
  page.markup("<tr class=\"row\"><td></td><td colspan=\"4\"><pre>");
  page.text(text.substr(0, excerpt.byte));
  if (excerpt.bytes != 0)
    page.markup("<mark>").text(text.substr(excerpt.byte, excerpt.bytes)).markup("</mark>");
  page.text(text.substr(excerpt.byte + excerpt.bytes)).markup("</pre></td></tr>\n");
}

void put_finding(HtmlPage& page, const KeptFinding& each)
{
  page.markup("<tr><td class=\"line\">");
  page.text(each.line != 0 ? std::to_string(each.line) : "file");
  page.markup("</td><td class=\"value\">").text(each.value);
  page.markup("</td><td>").text(each.message);
  page.markup("</td><td class=\"value\">").text(each.replace);
  page.markup("</td><td class=\"value\">").text(each.guess).markup("</td></tr>\n");
  if (each.excerpt) put_excerpt(page, *each.excerpt);
}

void put_help(HtmlPage& page, const FindingKind& kind, const schema::Schema* schema)
{
  const CodeWords words = words_of(kind.code, kind.slug, schema);
  if (words.means.empty() && words.mend.empty()) return;
  page.markup("<p class=\"help\">").text(words.means);
  if (!words.means.empty() && !words.mend.empty()) page.markup(" ");
  if (!words.mend.empty()) page.markup("<strong>").text(words.mend).markup("</strong>");
  page.markup("</p>\n");
}

void put_group(HtmlPage& page, const FindingGroup& group, const schema::Schema* schema)
{
  const FindingKind& kind = *group.kind;
  const std::string_view severity = slug(kind.severity);
  page.markup("<details open class=\"").markup(severity).markup("\">\n<summary>");
  page.markup("<span class=\"word ").markup(severity).markup("\">").markup(severity);
  page.markup("</span><h3><code>").text(kind.slug).markup("</code>");
  if (!kind.column.empty()) {
    std::string column;
    append_shown(column, kind.column);
    page.markup(" in ").text(column);
  }
  page.markup("</h3> <span class=\"count\">").text(grouped(kind.count));
  page.markup("</span></summary>\n");
  put_help(page, kind, schema);
  page.markup(table_head);
  for (const KeptFinding& each : group.kept) put_finding(page, each);
  page.markup("</tbody>\n</table>\n");
  if (group.dropped() != 0) {
    page.markup("<p class=\"more\">and ").text(grouped(group.dropped())).markup(" more ");
    page.text(title_of(kind)).markup(", which the forms for programs have.</p>\n");
  }
  page.markup("</details>\n");
}

class FindingsHtml final : public FindingGroups {
 public:
  FindingsHtml(Sink& sink, const FindingsOptions& options)
      : FindingGroups{options, similar_max},
        file_{options.file},
        schema_{options.schema},
        page_{sink, memory_of(options)}
  {
  }

  [[nodiscard]] bool has_failed() const noexcept override { return page_.has_failed(); }

  [[nodiscard]] Result<void> finish() override
  {
    std::string file;
    append_shown_path(file, file_.empty() ? "standard input" : file_);
    const bool has_errors = of(Severity::error) != 0;
    const Tone tone = job() ? tone_of(*job()) : has_errors ? Tone::bad : Tone::good;
    const std::string_view says = job()        ? headline(*job())
                                  : has_errors ? "errors were found"
                                               : "no errors were found";
    page_.begin(std::string{file}.append(": ").append(says));
    page_.begin_header(file, tone, says);
    if (job()) put_about(*job());
    page_.end_header();
    if (job()) put_rows(*job());
    put_findings(page_, *this, schema_);
    return page_.finish();
  }

 private:
  void put_about(const JobSummary& job)
  {
    page_.markup("<dl>\n");
    page_.about("format", job.format);
    page_.about("action", job.action);
    if (job.bytes != 0) page_.about("bytes", grouped(job.bytes));
    page_.about("SHA-256", job.sha256);
    page_.markup("</dl>\n");
  }

  void put_rows(const JobSummary& job)
  {
    if (job.refusal != Refusal::none || !is_about_rows(job)) return;
    page_.markup("<section>\n<h2>").text(rows_in_words(job.rows, job.blank_rows));
    page_.markup("</h2>\n");
    if (job.rows != 0) {
      page_.markup("<ul class=\"tiles\">\n");
      for (const auto& [count, what] : counts_in_words(job))
        page_.tile(count, what, what == "rejected" ? "bad" : "");
      page_.markup("</ul>\n");
    }
    page_.markup("</section>\n");
  }

  std::string file_;
  const schema::Schema* schema_;
  HtmlPage page_;
};

} // namespace

FindingsOfPage::FindingsOfPage(const FindingsOptions& options) : FindingGroups{options, similar_max}
{
}

void put_findings(HtmlPage& page, const FindingGroups& found, const schema::Schema* schema)
{
  const auto groups = found.by_severity();
  page.markup("<section>\n<h2>Findings</h2>\n");
  if (groups.empty()) page.markup("<p>Nothing was found.</p>\n");
  page.filter("error", "Errors", found.of(Severity::error));
  page.filter("warning", "Warnings", found.of(Severity::warning));
  page.filter("info", "Notes", found.of(Severity::info));
  for (const FindingGroup* const group : groups) put_group(page, *group, schema);
  page.markup("</section>\n");
}

Result<std::unique_ptr<FindingsWriter>> open_findings_html(Sink& sink,
                                                           const FindingsOptions& options)
{
  return guarded([&]() -> Result<std::unique_ptr<FindingsWriter>> {
    return std::unique_ptr<FindingsWriter>{std::make_unique<FindingsHtml>(sink, options)};
  });
}

} // namespace rollcall::report
