// findings_sarif.hpp: findings as SARIF 2.1.0 (OASIS), which code hosts and editors read.
//
// A result a finding, in the order in which they are found, and written at once; which rules there
// are stands behind them, when that is known. A row that moves keeps its fingerprint: that is made
// of code, column and key, so that sorting a file anew makes no new alerts.
#ifndef ROLLCALL_REPORT_FINDINGS_SARIF_HPP
#define ROLLCALL_REPORT_FINDINGS_SARIF_HPP

#include <memory>

#include "report/findings_writer.hpp"

namespace rollcall::report {

[[nodiscard]] Result<std::unique_ptr<FindingsWriter>> open_findings_sarif(
    Sink& sink, const FindingsOptions& options);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDINGS_SARIF_HPP
