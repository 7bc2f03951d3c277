// check_files.hpp: what there is to know about a file of users before it is checked.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_CHECK_FILES_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_CHECK_FILES_HPP

#include <cstdint>
#include <string>

namespace rollcall::bench {

struct UserFile {
  std::uint64_t rows = 0;
  std::uint64_t claim_values = 0; // cells under Email, Extension and Mac Address that are not blank
};

[[nodiscard]] UserFile look_at(const std::string& path);

// The header and the first rows, at most so many.
[[nodiscard]] std::string first_rows(const std::string& path, std::uint64_t rows);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_CHECK_FILES_HPP
