// The torture harness: jobs are killed, starved of memory, given disks that fail and hosts that
// lie, and must come to the end to which they would have come in peace.
//
//   ./dev torture --seed 1 --kills 1000 --allocations 300 --io 300 --hosts 300
//   ./dev torture --workload sqlite/execute/ctu/7/40 --faults kill@137,kill@20
//
// All of a run follows from its options, but for what is killed at a time: that is told as the
// point at which it died.
#include <sys/mman.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/chance.hpp"
#include "support/temporary_folder.hpp"
#include "torture/trial.hpp"

namespace rollcall::torture {
namespace {

namespace fs = std::filesystem;
using tests::Chance;
using Kind = Fault::Kind;

struct Options {
  std::uint32_t seed = 1;
  std::uint64_t kills = 0, allocations = 0, io = 0, hosts = 0;
  std::string keep;
  std::string workload, faults;
};

constexpr std::array<const char*, 5> formats = {"clusterpbx", "subscriber_import",
                                                "extension_generator", "call_manager", "ctu"};
constexpr std::array<const char*, 13> verbs = {
    "execute",     "undo",       "apply",        "atomic", "stale_row", "undo_edited", "init",
    "execute_job", "undo_again", "stale_refuse", "retry",  "plan",      "validate"};

std::string name_of(const char* where, const char* verb, const char* format, std::uint32_t seed,
                    unsigned rows)
{
  return std::string{where} + "/" + verb + "/" + format + "/" + std::to_string(seed) + "/" +
         std::to_string(rows);
}

bool is_named(const char* point)
{
  return !std::string_view{point}.starts_with(file_point);
}

// Who runs trials, counts them, and keeps what failed.
class Torture {
 public:
  Torture(const Options& options, Shared& shared, const fs::path& folder)
      : options_{options}, shared_{shared}, folder_{folder}, chance_{options.seed}
  {
  }

  void kills();
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
  Fault kill_at(std::uint64_t point) { return {.kind = Kind::kill, .at = point}; }
  // Now and then who resumes is killed as well, up to three times.
  void add_more_kills(Stage& stage, Faults& faults);
  void sweep_named(std::uint64_t most);
  void kill_in_large_files(std::uint64_t most);
  std::uint64_t any(std::uint64_t most) { return most == 0 ? 1 : 1 + chance_.below(most); }
  // One of the calls that can fail; every other one while something is applied.
  std::uint64_t any_call(Stage& stage, Kind kind)
  {
    const std::uint64_t all = stage.fallible(kind);
    const std::uint64_t before = chance_.one_in(2) ? stage.fallible_before_begin(kind) : 0;
    return before + any(all - before);
  }

  const Options& options_;
  Shared& shared_;
  fs::path folder_;
  Chance chance_;
  std::vector<Figures> figures_;
  std::vector<std::unique_ptr<Stage>> stages_;
  std::vector<std::string> failures_;
};

Stage* Torture::stage(const std::string& name)
{
  for (const auto& known : stages_)
    if (known->workload().name == name) return known->wrong().empty() ? known.get() : nullptr;
  auto made = workload(name);
  if (!made) {
    failures_.push_back("there is no workload " + name);
    return nullptr;
  }
  const fs::path folder = folder_ / ("stage-" + std::to_string(stages_.size()));
  fs::create_directory(folder);
  stages_.push_back(std::make_unique<Stage>(std::move(*made), folder.string(), shared_));
  Stage& stage = *stages_.back();
  if (stage.wrong().empty()) return &stage;
  failures_.push_back(stage.wrong() + "\n  again with: ./dev torture --workload " + name);
  std::printf("FAILED %s\n", failures_.back().c_str());
  return nullptr;
}

bool Torture::trial(Stage& stage, const Faults& faults)
{
  const Verdict verdict = stage.run(faults);
  Figures& figures = figures_.back();
  ++figures.trials;
  figures.struck += verdict.struck;
  figures.begun_again += verdict.begun_again;
  for (const auto& [slug, count] : verdict.errors) figures.errors[slug] += count;
  if (verdict.wrong.empty()) return true;
  ++figures.failed;
  failures_.push_back(verdict.wrong + "\n  again with: ./dev torture --workload " +
                      stage.workload().name + " --faults " + text_of(verdict.faults));
  std::printf("FAILED %s\n", failures_.back().c_str());
  std::fflush(stdout);
  return false;
}

void Torture::add_more_kills(Stage& stage, Faults& faults)
{
  if (!chance_.one_in(3)) return;
  for (std::size_t more = 1 + chance_.below(3); more != 0; --more)
    faults.push_back(kill_at(any(stage.points().size())));
}

// Every named point of one small file after the other, as long as there is time.
void Torture::sweep_named(std::uint64_t most)
{
  std::uint64_t done = 0;
  std::uint64_t files = 0;
  for (std::size_t i = 0; i != verbs.size() * formats.size() && done < most; ++i) {
    const char* const verb = verbs[i % verbs.size()];
    const char* const format = formats[i % formats.size()];
    Stage* const at = stage(name_of("sqlite", verb, format, options_.seed, 24));
    if (at == nullptr) continue;
    std::vector<std::uint64_t> named;
    for (std::size_t point = 0; point != at->points().size(); ++point)
      if (is_named(at->points()[point]) || at->workload().verb == Verb::init)
        named.push_back(point + 1);
    const bool is_whole = named.size() <= most - done;
    std::uint64_t here = 0;
    for (const std::uint64_t point : named) {
      if (!is_whole && chance_.below(named.size()) >= most - done) continue;
      Faults faults{kill_at(point)};
      add_more_kills(*at, faults);
      trial(*at, faults);
      ++here;
    }
    done += is_whole ? here : most;
    ++files;
    figures_.back().lines.push_back(at->workload().name + ": " + std::to_string(here) + " of " +
                                    std::to_string(named.size()) + " named points" +
                                    (is_whole ? ", all of them" : ", a sample"));
  }
  figures_.back().lines.push_back("so many small files: " + std::to_string(files));
}

// At random points, those of files too, and at random times.
void Torture::kill_in_large_files(std::uint64_t most)
{
  std::uint64_t at_times = 0;
  for (std::uint64_t i = 0; i != most; ++i) {
    // Most of them in files of some hundred rows, some in files of 5,000.
    static constexpr std::array<const char*, 8> here = {
        "execute", "undo", "apply", "stale_row", "retry", "atomic", "undo_edited", "validate"};
    const unsigned rows = i % 8 == 0 ? 5000 : 300;
    const char* const verb = here[(i / 8) % here.size()];
    Stage* const at =
        stage(name_of("sqlite", verb, formats[i % formats.size()], options_.seed, rows));
    if (at == nullptr) continue;
    Faults faults;
    if (chance_.one_in(3)) {
      ++at_times;
      faults.push_back({.kind = Kind::time, .at = any(at->microseconds())});
    } else {
      faults.push_back(kill_at(any(at->points().size())));
    }
    add_more_kills(*at, faults);
    trial(*at, faults);
  }
  figures_.back().lines.push_back(
      "at random in files of 300 and 5,000 rows: " + std::to_string(most) + ", " +
      std::to_string(at_times) + " of them at a time, a sample");
}

void Torture::kills()
{
  begin("kills");
  sweep_named(options_.kills * 7 / 10);
  kill_in_large_files(options_.kills - options_.kills * 7 / 10);
}

void Torture::hosts()
{
  begin("hosts outside of the store");
  static constexpr std::array<const char*, 11> ways = {
      "late",        "twice",    "never",        "lost",     "forgets", "wrong_keys",
      "wrong_group", "hangs_up", "refuses_call", "no_probe", "amnesia"};
  static constexpr std::array<const char*, 4> here = {"execute", "apply", "stale_row", "atomic"};
  for (std::uint64_t i = 0; i != options_.hosts; ++i) {
    const char* const verb = here[(i / formats.size()) % here.size()];
    Stage* const at = stage(name_of("outside", verb, formats[i % formats.size()], options_.seed,
                                    i % 10 == 9 ? 300 : 40));
    if (at == nullptr) continue;
    const auto disappoints = [&] {
      return Fault{.kind = Kind::host,
                   .at = any(at->fallible(Kind::host)),
                   .from = chance_.one_in(4),
                   .detail = ways[chance_.below(ways.size())],
                   .goes_on = chance_.one_in(3)};
    };
    Faults faults;
    if (!chance_.one_in(3)) faults.push_back(kill_at(any(at->points().size())));
    if (faults.empty() || chance_.one_in(2)) faults.push_back(disappoints());
    add_more_kills(*at, faults);
    trial(*at, faults);
  }
  figures_.back().lines.push_back("at random, a sample");
}

void Torture::io()
{
  begin("files and calls of SQLite's");
  static constexpr std::array<const char*, 4> ways = {"eio", "full", "short", "busy"};
  std::uint64_t spools = 0;
  for (std::uint64_t i = 0; i != options_.io; ++i) {
    const char* verb = verbs[(i / formats.size()) % verbs.size()];
    if (std::string_view{verb} == "init") verb = "execute";
    Stage* const at = stage(name_of("sqlite", verb, formats[i % formats.size()],
                                    options_.seed + (i % 2 == 0 ? 0 : 1), 24));
    if (at == nullptr) continue;
    const Kind kind = i % 8 == 7 ? Kind::spool : Kind::file;
    spools += kind == Kind::spool ? 1 : 0;
    trial(*at, {{.kind = kind,
                 .at = any_call(*at, kind),
                 .from = chance_.one_in(3) && kind == Kind::file,
                 .detail = ways[chance_.below(kind == Kind::spool ? 3 : ways.size())],
                 .goes_on = chance_.one_in(2)}});
  }
  figures_.back().lines.push_back("at random, a sample; " + std::to_string(spools) +
                                  " of them in calls of the library's own");
}

void Torture::allocations()
{
  begin("allocations");
  for (std::uint64_t i = 0; i != options_.allocations; ++i) {
    const char* verb = verbs[(i / formats.size()) % verbs.size()];
    if (std::string_view{verb} == "init") verb = "execute";
    Stage* const at =
        stage(name_of("sqlite", verb, formats[i % formats.size()], options_.seed, 24));
    if (at == nullptr) continue;
    const auto starves = [&] {
      return Fault{.kind = Kind::alloc,
                   .at = any_call(*at, Kind::alloc),
                   .from = chance_.one_in(2),
                   .goes_on = chance_.one_in(2)};
    };
    Faults faults{starves()};
    // Who resumes may have no memory either.
    if (chance_.one_in(4)) faults.push_back(starves());
    trial(*at, faults);
  }
  figures_.back().lines.push_back("at random, a sample; once, and from there on");
}

int Torture::again()
{
  begin("again");
  const auto faults = faults_of(options_.faults);
  if (!faults) {
    std::fprintf(stderr, "no such faults: %s\n", options_.faults.c_str());
    return 2;
  }
  Stage* const at = stage(options_.workload);
  if (at != nullptr) {
    std::printf("points passed: %zu, allocations: %llu, calls of files: %llu\n",
                at->points().size(), static_cast<unsigned long long>(at->fallible(Kind::alloc)),
                static_cast<unsigned long long>(at->fallible(Kind::file)));
    for (const Fault& fault : *faults)
      if (fault.kind == Kind::kill && fault.at - 1 < at->points().size())
        std::printf("%s is %s\n", fault.text().c_str(), at->points()[fault.at - 1]);
    trial(*at, *faults);
  }
  return tell();
}

int Torture::tell() const
{
  for (const Figures& figures : figures_) {
    std::printf("%s: %llu trials, %llu faults struck, %llu failed\n", figures.part.c_str(),
                static_cast<unsigned long long>(figures.trials),
                static_cast<unsigned long long>(figures.struck),
                static_cast<unsigned long long>(figures.failed));
    for (const std::string& line : figures.lines) std::printf("  %s\n", line.c_str());
    if (figures.begun_again != 0)
      std::printf("  begun again, for the file was not kept yet: %llu\n",
                  static_cast<unsigned long long>(figures.begun_again));
    for (const auto& [slug, count] : figures.errors)
      std::printf("  ended with %s: %llu\n", slug.c_str(), static_cast<unsigned long long>(count));
  }
  if (failures_.empty()) {
    std::printf("nothing failed\n");
    return 0;
  }
  std::printf("%zu failed\n", failures_.size());
  return 1;
}

int run(const Options& options, Shared& shared, const fs::path& folder)
{
  Torture torture{options, shared, folder};
  if (!options.workload.empty()) return torture.again();
  if (options.kills != 0) torture.kills();
  if (options.hosts != 0) torture.hosts();
  if (options.io != 0) torture.io();
  if (options.allocations != 0) torture.allocations();
  return torture.tell();
}

} // namespace
} // namespace rollcall::torture

int main(int argc, char** argv)
{
  using namespace rollcall;
  torture::Options options;
  CLI::App app{"Kills jobs, fails their calls, and sees that they come to the right end"};
  app.add_option("--seed", options.seed, "of what is random");
  app.add_option("--kills", options.kills, "how many trials with kill -9");
  app.add_option("--hosts", options.hosts, "how many with a host outside of the store");
  app.add_option("--io", options.io, "how many with files that fail");
  app.add_option("--allocations", options.allocations, "how many with allocations that fail");
  app.add_option("--keep", options.keep, "a folder, made if need be, in which all files stay");
  app.add_option("--workload", options.workload, "only this one, by its name");
  app.add_option("--faults", options.faults, "and what befalls it");
  CLI11_PARSE(app, argc, argv);
  torture::replace_allocations();
  void* const memory = ::mmap(nullptr, sizeof(torture::Shared), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 2;
  auto* const shared = new (memory) torture::Shared{};
  const tests::TemporaryFolder temporary;
  std::filesystem::path folder = temporary.path();
  if (!options.keep.empty()) {
    folder = options.keep;
    std::filesystem::create_directories(folder);
  }
  return torture::run(options, *shared, folder);
}
