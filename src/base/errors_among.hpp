// Whether there is an error among findings.
#ifndef ROLLCALL_BASE_ERRORS_AMONG_HPP
#define ROLLCALL_BASE_ERRORS_AMONG_HPP

#include <algorithm>
#include <vector>

#include "rollcall/finding.hpp"

namespace rollcall {

[[nodiscard]] inline bool has_error(const std::vector<Finding>& findings)
{
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& each) { return each.severity == Severity::error; });
}

} // namespace rollcall

#endif // ROLLCALL_BASE_ERRORS_AMONG_HPP
