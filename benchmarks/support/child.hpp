// child.hpp: another program, run over a file and timed: what it prints, and what it took from its
// start to its end.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CHILD_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CHILD_HPP

#include <string>
#include <vector>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

struct ChildRun {
  bool is_well = false; // it was found, and ended with 0
  std::string output = {};
  Taken taken = {};
};

// The command is looked for in PATH; `input` becomes its standard input. What it writes to standard
// error is thrown away.
[[nodiscard]] ChildRun run_child(const std::vector<std::string>& command,
                                 const std::string& input = "/dev/null");

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CHILD_HPP
