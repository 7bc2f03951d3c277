// report.hpp: what the benchmarks have in common at their edges: numbers of the command line, how a
// report begins, budgets, and where a report is kept.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_REPORT_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_REPORT_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

// Throws std::runtime_error for what is no number over 0.
[[nodiscard]] std::size_t number_of(std::string_view text);

// Title, machine, and how its figures are to be read.
[[nodiscard]] std::string report_head(std::string_view title, std::size_t rounds, Clock clock);

// A path that ends in a slash gets a name: PREFIX, processor, date.
void save_report(const std::string& report, std::string path, std::string_view prefix);

enum class Bound : unsigned char { at_least, at_most };

// A table of budgets; Markdown.
class Budgets {
 public:
  Budgets();
  void judge(std::string_view what, Bound bound, double limit, double figure);
  void leave_out(std::string_view what, Bound bound, double limit);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_REPORT_HPP
