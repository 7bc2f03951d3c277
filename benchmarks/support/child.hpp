// child.hpp: another program, run over a file and timed: what it prints, what it took from its
// start to its end, and how much memory it had.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CHILD_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CHILD_HPP

#include <cstddef>
#include <string>
#include <vector>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

struct ChildRun {
  bool is_well = false; // it was found, and ended with 0
  int exit_code = -1;   // -1: it was not found, or was killed
  std::string output = {};
  Taken taken = {};
  std::size_t private_bytes = 0; // the most that was seen, if it was watched
};

// The command is looked for in PATH; `input` becomes its standard input, and what it prints goes to
// the file `output`, if one is named. What it writes to standard error is thrown away.
[[nodiscard]] ChildRun run_child(const std::vector<std::string>& command,
                                 const std::string& input = "/dev/null",
                                 const std::string& output = {});

// The same, and every half millisecond its anonymous resident memory is looked at (RssAnon of
// /proc/PID/status): what it holds alone, without its program and the files that it maps.
[[nodiscard]] ChildRun watch_child(const std::vector<std::string>& command);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CHILD_HPP
