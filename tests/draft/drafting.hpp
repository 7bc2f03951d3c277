// A draft over a host that can fail, and what a job says of the same file.
#ifndef ROLLCALL_TESTS_DRAFT_DRAFTING_HPP
#define ROLLCALL_TESTS_DRAFT_DRAFTING_HPP

#include <map>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "job/running.hpp"
#include "rollcall/draft.hpp"
#include "support/must.hpp"

namespace rollcall::tests {

inline std::string saved(const Draft& draft)
{
  std::pmr::string text;
  TextSink sink{text};
  must(draft.save(sink));
  return std::string{text};
}

// "3 value.email Email: ...", as a message: findings of rows, in their order.
inline std::vector<std::string> said(Draft& draft)
{
  std::vector<std::string> lines;
  std::vector<DraftFinding> found = must(draft.findings(0, draft.rows()));
  for (const DraftFinding& each : found) {
    const Finding& finding = each.finding;
    lines.push_back(std::to_string(finding.place.row) + " line " +
                    std::to_string(finding.place.line) + " " + std::string{slug(finding)} + " " +
                    finding.column + ": " + render_message(finding));
  }
  return lines;
}

inline std::vector<Finding> findings_in(Draft& draft)
{
  std::vector<Finding> found;
  for (DraftFinding& each : must(draft.findings(0, draft.rows())))
    found.push_back(std::move(each.finding));
  return found;
}

inline std::string_view word_of(DraftRow::Is is)
{
  constexpr std::string_view words[] = {"unjudged", "blank",     "created",
                                        "updated",  "unchanged", "rejected"};
  return words[static_cast<std::size_t>(is)];
}

// What it says of itself, in the words of `told_by_job`.
inline std::vector<std::string> told_by_draft(Draft& draft)
{
  std::vector<std::string> rows;
  std::map<std::size_t, std::string> of_row;
  for (const DraftFinding& each : must(draft.findings(0, draft.rows()))) {
    const Finding& finding = each.finding;
    of_row[each.row].append("; ").append(slug(finding)).append(" ").append(finding.column);
    of_row[each.row].append(": ").append(render_message(finding));
  }
  for (std::size_t row = 0; row != draft.rows(); ++row) {
    const DraftRow is = must(draft.row(row));
    CHECK(is.has_findings == of_row.contains(row));
    if (is.is != DraftRow::Is::blank) rows.push_back(std::string{word_of(is.is)} + of_row[row]);
  }
  return rows;
}

// What validating the file says, row by row.
inline std::vector<std::string> told_by_job(Running& running, std::string_view file,
                                            JobSummary& job)
{
  job = running.validated(file);
  std::vector<std::string> rows;
  for (const std::string& line : running.lines()) {
    json::Document document{{}};
    must(document.read(line));
    const json::Value outcome = document.root().find("outcome");
    if (!outcome) continue;
    std::string row{*outcome.text()};
    for (const json::Value finding : document.root().find("findings")) {
      row.append("; ").append(*finding.find("code").text()).append(" ");
      row.append(finding.find("column").text().value_or("")).append(": ");
      row.append(*finding.find("message").text());
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_DRAFT_DRAFTING_HPP
