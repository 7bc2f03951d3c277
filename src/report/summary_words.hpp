// summary_words.hpp: what a job came to, in the words of summary and page.
#ifndef ROLLCALL_REPORT_SUMMARY_WORDS_HPP
#define ROLLCALL_REPORT_SUMMARY_WORDS_HPP

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/job_summary.hpp"

namespace rollcall::report {

// Does it show what became of the rows of a file?
[[nodiscard]] bool is_about_rows(const JobSummary& job);

// Did it end before it had looked at a row?
[[nodiscard]] bool is_nothing_done(const JobSummary& job);

// What came of the file, in a few words: "can be imported in part".
[[nodiscard]] std::string_view headline(const JobSummary& job);

// Of a file that nothing was done with: why, a line a finding.
[[nodiscard]] std::string_view headline(Refusal refusal);
[[nodiscard]] std::string why_refused(const std::vector<Finding>& findings);

// Whether that is good, bad, or in between.
enum class Tone : std::uint8_t { good, warning, bad };
[[nodiscard]] Tone tone_of(const JobSummary& job) noexcept;

// "1,000 rows and 1 blank one".
[[nodiscard]] std::string rows_in_words(std::uint64_t rows, std::uint64_t blank_rows);

struct CountInWords {
  std::uint64_t count = 0;
  std::string_view what = {}; // "would be created"
};
[[nodiscard]] std::array<CountInWords, 8> counts_in_words(const JobSummary& job);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_SUMMARY_WORDS_HPP
