// rounds.hpp: measuring several things in turns, so that what disturbs the machine for a while
// disturbs them all: only rates of the same round are ever compared.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_ROUNDS_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_ROUNDS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/stopwatch.hpp"

namespace rollcall::bench {

// What stands in a file. Of a pass over it: what that pass saw, 0 where it does not tell.
struct Facts {
  std::uint64_t bytes = 0;
  std::uint64_t records = 0; // with the header
  std::uint64_t cells = 0;
  std::uint64_t cell_bytes = 0; // with quotes
  std::uint64_t lines = 0;      // LFs, also those within quotes

  friend bool operator==(const Facts&, const Facts&) = default;
};

// A file of a shape, as a file and in memory.
struct DataFile {
  std::string shape = {};
  std::string path = {};
  std::string text = {};
  Facts facts = {};
  std::string sample_path = {}; // its first rows only, for those who would take minutes
  Facts sample_facts = {};
};

struct Pass {
  Facts seen = {};
  std::optional<Taken> taken = {}; // absent: what it took from call to return counts
};

struct Entrant {
  std::string name = {};
  std::function<Pass(const DataFile&)> run = {}; // empty: it is missing here
  std::string note = {};
  bool of_sample = false; // is run over the sample
};

// Counts by a loop that shares nothing with what is measured: for text whose quotes are in order.
[[nodiscard]] Facts facts_of(std::string_view text);

class Measurements {
 public:
  // Runs everything once unmeasured, to see that all agree on what stands in the files (throws
  // std::runtime_error if they do not), then so many rounds.
  Measurements(const std::vector<DataFile>& files, const std::vector<Entrant>& entrants,
               std::size_t rounds, Clock clock);

  // The median over the rounds of the bytes a second; 0 if it is missing.
  [[nodiscard]] double rate(std::string_view entrant, std::size_t file) const;
  // The median over the rounds of how many times as fast the one was as the other, each on its
  // file.
  [[nodiscard]] double ratio(std::string_view entrant, std::size_t file, std::string_view other,
                             std::size_t other_file) const;
  // The distance of the fastest round from the slowest, as a part of the median.
  [[nodiscard]] double spread(std::string_view entrant, std::size_t file) const;
  [[nodiscard]] bool has(std::string_view entrant) const;

  // Gigabytes and millions of rows a second, and times the yardstick, for every file; Markdown.
  [[nodiscard]] std::string table(std::string_view yardstick) const;

 private:
  [[nodiscard]] const std::vector<double>& rates(std::string_view entrant, std::size_t file) const;

  const std::vector<DataFile>& files_;
  const std::vector<Entrant>& entrants_;
  std::vector<std::vector<std::vector<double>>> rates_; // by entrant, file, round
};

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_ROUNDS_HPP
