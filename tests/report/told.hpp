// Findings that are told by hand, in a file that is made up, for the tests of their forms.
#ifndef ROLLCALL_TESTS_REPORT_TOLD_HPP
#define ROLLCALL_TESTS_REPORT_TOLD_HPP

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "report/findings_lines.hpp"
#include "report/findings_writer.hpp"
#include "report/reporting.hpp"

namespace rollcall::tests {

// Something that is found in a row, which counts from 1.
struct Told {
  std::uint64_t row = 1;
  check::Found found = {};
};

struct Case {
  std::string_view text = {};
  std::vector<Told> told = {};
  std::vector<Finding> of_file = {};
  csv::ReaderOptions reader = {};
};

// A file with a finding of every sort.
[[nodiscard]] Case everyday();

template <class Value>
[[nodiscard]] check::Found with(check::Found found, check::FactName name, Value value)
{
  found.add(name, value);
  return found;
}

void write_rows(report::FindingsWriter& writer, const Case& that);
[[nodiscard]] std::string written(FindingsForm form, const Case& that,
                                  const report::FindingsOptions& options);

// What writes findings: each form, and the error logs.
using Opens = Result<std::unique_ptr<report::FindingsWriter>> (*)(Sink&,
                                                                  const report::FindingsOptions&);
[[nodiscard]] std::string written(Opens opens, const Case& that,
                                  const report::FindingsOptions& options);

template <FindingsForm form>
[[nodiscard]] Result<std::unique_ptr<report::FindingsWriter>> open_as(
    Sink& sink, const report::FindingsOptions& options)
{
  return report::open_findings(sink, form, options);
}

inline constexpr std::array<Opens, findings_form_count + 2> every_writer = {
    open_as<FindingsForm::text>,  open_as<FindingsForm::jsonl>, open_as<FindingsForm::csv>,
    open_as<FindingsForm::junit>, open_as<FindingsForm::sarif>, open_as<FindingsForm::github>,
    open_as<FindingsForm::html>,  report::open_error_log,       report::open_error_log_jsonl};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_REPORT_TOLD_HPP
