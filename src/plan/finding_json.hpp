// finding_json.hpp: a finding as plans and journals keep it: its facts, not its words, which are
// made when somebody reads them.
#ifndef ROLLCALL_PLAN_FINDING_JSON_HPP
#define ROLLCALL_PLAN_FINDING_JSON_HPP

#include <span>
#include <string>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::plan {

void put_finding(json::Writer& writer, const Finding& finding);
// A member of an object that is open; nothing if there are none.
void put_findings(json::Writer& writer, std::span<const Finding> findings);

// False if it is none; `fault` says why. What its place has already stays, unless it says better.
[[nodiscard]] bool read_finding(const json::Value& value, Finding& finding, std::string& fault);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_FINDING_JSON_HPP
