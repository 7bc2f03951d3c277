// Findings that are told by hand, in a file that is made up, for the tests of their forms.
#ifndef ROLLCALL_TESTS_REPORT_TOLD_HPP
#define ROLLCALL_TESTS_REPORT_TOLD_HPP

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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
[[nodiscard]] std::string written(report::FindingsStyle style, const Case& that,
                                  const report::FindingsOptions& options);

inline constexpr std::array every_style = {report::FindingsStyle::text,
                                           report::FindingsStyle::jsonl,
                                           report::FindingsStyle::csv,
                                           report::FindingsStyle::junit,
                                           report::FindingsStyle::sarif,
                                           report::FindingsStyle::github,
                                           report::FindingsStyle::html,
                                           report::FindingsStyle::error_log,
                                           report::FindingsStyle::error_log_jsonl};

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_REPORT_TOLD_HPP
