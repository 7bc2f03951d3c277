// findings_lines.hpp: findings one a line, for programs: as JSON, as CSV, and as the error log that
// vendors' pages show.
#ifndef ROLLCALL_REPORT_FINDINGS_LINES_HPP
#define ROLLCALL_REPORT_FINDINGS_LINES_HPP

#include <memory>

#include "report/findings_writer.hpp"

namespace rollcall::report {

// {"row": 13, "line": 14, "severity": "error", "code": "value.email", "column": "Email", ...}, with
// what a report has of a finding; row and line are null for what is about the file.
[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings_jsonl(
    Sink& sink, const FindingsOptions& options);

// With a header row; guarded, since values come from the file.
[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings_csv(
    Sink& sink, const FindingsOptions& options);

// line 14: Email "ada@example": "ada@example" is not an email address
[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_error_log(
    Sink& sink, const FindingsOptions& options);

// {"line": 14, "column": "Email", "value": "ada@example", "severity": "error", "code":
// "value.email", "cause": "..."}
[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_error_log_jsonl(
    Sink& sink, const FindingsOptions& options);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_LINES_HPP
