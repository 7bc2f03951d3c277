// data_files.hpp: the files that are read, made once and kept, under a name that says all that
// they hang on.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_DATA_FILES_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_DATA_FILES_HPP

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/rounds.hpp"

namespace rollcall::bench {

// One of each shape: plain, realistic, quoted. They lie in the page cache, having just been
// written.
[[nodiscard]] std::vector<DataFile> data_files(const std::string& folder, std::uint64_t rows);

// A file as a whole. Written so that it lies in the page cache and on the disk.
void write_data_file(const std::string& path, std::string_view text);
[[nodiscard]] std::string read_data_file(const std::string& path);

// The path of a file of that name: what was kept there, or what is made now. Written anew either
// way.
[[nodiscard]] std::string kept_file(const std::string& folder, const std::string& name,
                                    const std::function<std::string()>& make);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_DATA_FILES_HPP
