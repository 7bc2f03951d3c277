// findings_junit.hpp: findings as JUnit XML, which servers that build and test show.
//
// The file is a suite, and what is wrong with a column a case: a case a row would be a million of
// them. Errors are failures; a case of warnings alone has passed, and says them as its output.
#ifndef ROLLCALL_REPORT_FINDINGS_JUNIT_HPP
#define ROLLCALL_REPORT_FINDINGS_JUNIT_HPP

#include <memory>

#include "report/findings_writer.hpp"

namespace rollcall::report {

[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings_junit(
    Sink& sink, const FindingsOptions& options);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_JUNIT_HPP
