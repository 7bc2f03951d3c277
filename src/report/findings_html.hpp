// findings_html.hpp: findings as a page for people who do not sit at a terminal: what came of the
// file, how often each thing was found and what to do about it, and the first of each in their
// rows.
#ifndef ROLLCALL_REPORT_FINDINGS_HTML_HPP
#define ROLLCALL_REPORT_FINDINGS_HTML_HPP

#include <cstddef>
#include <memory>

#include "report/finding_groups.hpp"
#include "report/html_page.hpp"

namespace rollcall::report {

[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings_html(
    Sink& sink, const FindingsOptions& options);

// Findings that are a part of a page.
class FindingsOfPage final : public FindingGroups {
 public:
  explicit FindingsOfPage(const FindingsOptions& options);
  [[nodiscard]] bool has_failed() const noexcept override { return false; }
  [[nodiscard]] Result<void> finish() override { return success(); }
};

// The section that shows them, or says that there are none. The schema says what to do about its
// own codes; null: nothing.
void put_findings(HtmlPage& page, const FindingGroups& found, const schema::Schema* schema);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_HTML_HPP
