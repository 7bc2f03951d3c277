// Parts of a run: which workloads, which faults, how often; and what came of all of them.
#ifndef ROLLCALL_TESTS_TORTURE_CAMPAIGN_HPP
#define ROLLCALL_TESTS_TORTURE_CAMPAIGN_HPP

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/chance.hpp"
#include "torture/trial.hpp"

namespace rollcall::torture {

struct Options {
  std::uint32_t seed = 1;
  std::uint64_t kills = 0, takeovers = 0, allocations = 0, io = 0, hosts = 0;
  std::string keep;
  std::string workload, faults;
};

// Who runs trials, counts them, and keeps what failed.
class Campaign {
 public:
  Campaign(const Options& options, std::array<Shared*, 2> shared,
           const std::filesystem::path& folder)
      : options_{options}, shared_{shared}, folder_{folder}, chance_{options.seed}
  {
  }

  void kills();
  void takeovers();
  void hosts();
  void io();
  void allocations();
  [[nodiscard]] int tell() const;
  [[nodiscard]] int again();

 private:
  struct Figures {
    std::string part;
    std::vector<std::string> lines = {};
    std::uint64_t trials = 0, struck = 0, begun_again = 0, failed = 0;
    std::map<std::string, std::uint64_t> errors = {};
  };

  // Null if the undisturbed run is no good, which is said.
  Stage* stage(const std::string& name);
  bool trial(Stage& stage, const Faults& faults);
  void begin(const char* part) { figures_.push_back({.part = part}); }
  Fault kill_at(std::uint64_t point) { return {.kind = Fault::Kind::kill, .at = point}; }
  // Now and then who resumes is killed as well, up to three times.
  void add_more_kills(Stage& stage, Faults& faults);
  void sweep_named(std::uint64_t most);
  void kill_in_large_files(std::uint64_t most);
  std::uint64_t any(std::uint64_t most) { return most == 0 ? 1 : 1 + chance_.below(most); }
  // One of the calls that can fail; every other one while something is applied.
  std::uint64_t any_call(Stage& stage, Fault::Kind kind)
  {
    const std::uint64_t all = stage.fallible(kind);
    const std::uint64_t before = chance_.one_in(2) ? stage.fallible_before_begin(kind) : 0;
    return before + any(all - before);
  }

  const Options& options_;
  std::array<Shared*, 2> shared_;
  std::filesystem::path folder_;
  tests::Chance chance_;
  std::vector<Figures> figures_;
  std::vector<std::unique_ptr<Stage>> stages_;
  std::vector<std::string> failures_;
};

} // namespace rollcall::torture

#endif // ROLLCALL_TESTS_TORTURE_CAMPAIGN_HPP
