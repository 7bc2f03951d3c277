// What an output should be, kept as a file of tests/golden/report, so that people look at it.
//
// ROLLCALL_UPDATE=1 in the environment rewrites the file; the diff is then the review.
#ifndef ROLLCALL_TESTS_REPORT_GOLDEN_HPP
#define ROLLCALL_TESTS_REPORT_GOLDEN_HPP

#include <string>
#include <string_view>

namespace rollcall::tests {

void check_golden(const std::string& name, std::string_view text);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_REPORT_GOLDEN_HPP
