// finding_json.hpp: a finding as it stands in reports.
#ifndef ROLLCALL_REPORT_FINDING_JSON_HPP
#define ROLLCALL_REPORT_FINDING_JSON_HPP

#include <cstdint>
#include <span>
#include <string_view>

#include "check/found.hpp"
#include "json/writer.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::report {

// {"severity": "error", "code": "csv.quote", "column": "First Name", "value": "...", "message":
// "...", "line": 4, "byte": 71}, then the facts. What a finding lacks is left out, but for the
// column, which is null then, and empty if it is one without a name; the fact `replace` is the fix,
// and stands there. A guess that can stand in the place of the cell comes once more as
// "unsafe_fix".
void put_finding(json::Writer& writer, const Finding& finding);

void put_findings(json::Writer& writer, std::span<const Finding> findings);

// Parts of it, for who has another way to a finding. The head: severity, code, column, value and
// message. The facts: with the fix behind them.
void put_head(json::Writer& writer, Severity severity, std::string_view code,
              std::string_view column, std::int32_t cell, std::string_view value,
              std::string_view message);
void put_facts(json::Writer& writer, const Finding& finding);
void put_facts(json::Writer& writer, const check::Found& found, std::string_view column);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_FINDING_JSON_HPP
