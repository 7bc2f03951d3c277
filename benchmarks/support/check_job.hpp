// check_job.hpp: a validation whose directory lies in memory before the clock starts, as it does in
// a host that embeds the library. Run in a process of its own.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CHECK_JOB_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CHECK_JOB_HPP

#include <cstdint>
#include <string>

namespace rollcall::bench {

struct CheckJob {
  std::string file = {};
  std::string directory = {};
  std::string result = {};
  std::string error_rows = {};
  std::string format = "clusterpbx";
  std::string context = {}; // a file
  std::uint64_t times = 1;  // that it is done, of which the mean is told
};

// {"rows": 1, "bad": 0, "seconds": 1.0, "cpu_seconds": 1.0, "directory_seconds": 1.0}
[[nodiscard]] std::string run_check_job(const CheckJob& job);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CHECK_JOB_HPP
