// draft_files.hpp: large drafts, one for each way in which rows have to do with each other, and the
// host that each is for.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_DRAFT_FILES_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_DRAFT_FILES_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::bench {

struct DraftFile {
  std::string_view what = {}; // "a limit that is full"
  std::string_view format = {}, role = {};
  std::string csv = {}, directory = {};
  // Columns: of a text that anybody may have, and of a value that only one may have.
  std::string_view plain = {}, own = {};
  // Of the name of a location (made_location), and of the key of who is there; empty: has none.
  std::string_view location = {}, key = {};
  bool draws = false; // a blank one draws from a pool
};

[[nodiscard]] std::vector<DraftFile> draft_files(std::uint64_t rows);

// The names of the locations that the host has, as many as are looked at for one that is near: half
// of them tell themselves apart by their numbers, half by their letters.
constexpr std::uint64_t locations = 10'000;
[[nodiscard]] std::string made_location(std::uint64_t number);

// A value for the column of values that only one may have, which no row has yet.
[[nodiscard]] std::string free_value(const DraftFile& file, std::uint64_t number);

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_DRAFT_FILES_HPP
