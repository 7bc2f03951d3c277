// data_files.hpp: the files that are read, made once and kept.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_DATA_FILES_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_DATA_FILES_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "support/rounds.hpp"

namespace rollcall::bench {

// One of each shape: plain, realistic, quoted. They lie in the page cache, having just been
// written.
[[nodiscard]] std::vector<DataFile> data_files(const std::string& folder, std::uint64_t rows);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_DATA_FILES_HPP
