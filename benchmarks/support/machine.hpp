// machine.hpp: on what a measurement was made, and when: figures mean nothing without that.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_MACHINE_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_MACHINE_HPP

#include <string>

namespace rollcall::bench {

struct Machine {
  std::string processor = {}; // as it names itself
  unsigned threads = 0;       // that can run at once
  std::string system = {};    // kernel and its version
  std::string compiler = {};  // that made this program

  friend bool operator==(const Machine&, const Machine&) = default;
};

[[nodiscard]] Machine this_machine();

// "2026-11-21", UTC.
[[nodiscard]] std::string today();

// How many programs wanted to run, on average of the last minute; negative if nobody knows.
[[nodiscard]] double load();

// "AMD EPYC 9755" -> "amd-epyc-9755", for file names.
[[nodiscard]] std::string file_name_of(const std::string& processor);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_MACHINE_HPP
