// The line that says how far a job is: a bar where the end is known, how fast it goes, and how long
// it will take.
#ifndef ROLLCALL_TOOLS_PROGRESS_LINE_HPP
#define ROLLCALL_TOOLS_PROGRESS_LINE_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "rollcall/job_watcher.hpp"

namespace rollcall::tools {

// Where a job is, and since when the step it is at goes on. A job that is resumed has done some of
// it before, so speed is counted from where the step began.
struct Pace {
  JobProgress begin, now;
  std::int64_t begin_ns = 0, now_ns = 0;

  // Another step begins the count anew, and so does the same one over other rows; the first call
  // begins it at all.
  void note(const JobProgress& progress, std::int64_t at_ns) noexcept;
};

// "users.csv: [=====>    ]  52 %  1,234,567 rows judged  412,000/s  0:12 left", in at most so many
// columns: what does not fit is left out. ASCII, but for the name. `bytes`: of the file, 0 if that
// is not known.
[[nodiscard]] std::string progress_line(std::string_view name, const Pace& pace,
                                        std::uint64_t bytes, std::size_t columns);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_PROGRESS_LINE_HPP
