// format_files.hpp: a made-up file of each built-in format, and the host that it is for: rows as
// they are mostly, three in a hundred of them with one wrong cell.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_FORMAT_FILES_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_FORMAT_FILES_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::bench {

struct FormatFile {
  std::string csv = {};
  std::string directory = {}; // JSON
};

struct FormatMaker {
  std::string_view format = {};
  std::string_view context = {}; // JSON
  std::size_t columns = 0;
  std::uint64_t rows_max = 0; // as its vendor limits files; 0: any
  FormatFile (*make)(std::uint64_t rows) = nullptr;
};

// Counts up with every change of what is made.
constexpr int formats_edition = 2;

[[nodiscard]] std::span<const FormatMaker> format_makers() noexcept;

// The first of them put to the work that call_manager has: nine columns about users who are there,
// of whom half are changed.
[[nodiscard]] const FormatMaker& maker_of_changes() noexcept;

// The same file with every cell below the header wrong, if a cell of its column can be.
[[nodiscard]] std::string spoilt(std::string_view csv);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_FORMAT_FILES_HPP
