// campaign.cpp: what is tried is chosen by chance, within what each part is about.
#include "torture/campaign.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

namespace rollcall::torture {
namespace {

namespace fs = std::filesystem;
using Kind = Fault::Kind;

constexpr std::array<const char*, 5> formats = {"clusterpbx", "subscriber_import",
                                                "extension_generator", "call_manager", "ctu"};
constexpr std::array<const char*, 20> verbs = {
    "execute",    "undo",     "purge",       "apply",        "fetch",    "atomic",      "stale_row",
    "cancel",     "unsealed", "undo_edited", "init",         "export",   "execute_job", "expire",
    "undo_again", "retry",    "plan",        "effects_done", "validate", "stale_refuse"};

std::string name_of(const char* where, const char* verb, const char* format, std::uint32_t seed,
                    unsigned rows)
{
  return std::string{where} + "/" + verb + "/" + format + "/" + std::to_string(seed) + "/" +
         std::to_string(rows);
}

// The i-th, of those of which it can be asked: some export nothing, or make no secrets. When the
// verbs come round again, each has another one.
const char* format_for(std::string_view verb, std::size_t i)
{
  i += i / verbs.size();
  static constexpr std::array<const char*, 3> exporting = {"clusterpbx", "extension_generator",
                                                           "call_manager"};
  static constexpr std::array<const char*, 3> making = {"clusterpbx", "subscriber_import",
                                                        "extension_generator"};
  static constexpr std::array<const char*, 2> effecting = {"subscriber_import",
                                                           "extension_generator"};
  if (verb == "export") return exporting[i % exporting.size()];
  if (verb == "fetch") return making[i % making.size()];
  if (verb == "effects_done") return effecting[i % effecting.size()];
  return formats[i % formats.size()];
}

bool is_named(const char* point)
{
  return !std::string_view{point}.starts_with(file_point);
}

} // namespace

Stage* Campaign::stage(const std::string& name)
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
  stages_.push_back(
      std::make_unique<Stage>(std::move(*made), folder.string(), *shared_[0], *shared_[1]));
  Stage& stage = *stages_.back();
  if (stage.wrong().empty()) return &stage;
  failures_.push_back(stage.wrong() + "\n  again with: ./dev torture --workload " + name);
  std::printf("FAILED %s\n", failures_.back().c_str());
  return nullptr;
}

bool Campaign::trial(Stage& stage, const Faults& faults)
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

void Campaign::add_more_kills(Stage& stage, Faults& faults)
{
  if (!chance_.one_in(3)) return;
  for (std::size_t more = 1 + chance_.below(3); more != 0; --more)
    faults.push_back(kill_at(any(stage.points().size())));
}

// Named points of small files, one after the other: a verb each, then the verbs again with another
// format, as long as there is time. What one does not need of its share, the next ones get.
void Campaign::sweep_named(std::uint64_t most)
{
  std::uint64_t done = 0;
  std::size_t files = 0;
  for (; files != verbs.size() * formats.size() && done < most; ++files) {
    const char* const verb = verbs[files % verbs.size()];
    const char* const format = format_for(verb, files);
    Stage* const at = stage(name_of("sqlite", verb, format, options_.seed, 24));
    if (at == nullptr) continue;
    const bool is_short = at->workload().is_service() || at->workload().verb == Verb::init;
    std::vector<std::uint64_t> named;
    for (std::size_t point = 0; point != at->points().size(); ++point)
      if (is_named(at->points()[point]) || is_short) named.push_back(point + 1);
    const std::uint64_t share = (most - done) / (verbs.size() - files % verbs.size()) + 1;
    const bool is_whole = named.size() <= share;
    std::uint64_t here = 0;
    for (const std::uint64_t point : named) {
      if (!is_whole && chance_.below(named.size()) >= share) continue;
      Faults faults{kill_at(point)};
      add_more_kills(*at, faults);
      trial(*at, faults);
      ++here;
    }
    done += here;
    figures_.back().lines.push_back(at->workload().name + ": " + std::to_string(here) + " of " +
                                    std::to_string(named.size()) + " points" +
                                    (is_whole ? ", all of them" : ", a sample"));
  }
  figures_.back().lines.push_back("so many small files: " + std::to_string(files));
}

// At random points, those of files too, and at random times.
void Campaign::kill_in_large_files(std::uint64_t most)
{
  std::uint64_t at_times = 0;
  for (std::uint64_t i = 0; i != most; ++i) {
    // Most of them in files of some hundred rows, some in files of 5,000.
    static constexpr std::array<const char*, 10> here = {
        "execute", "undo",   "apply",       "purge",    "stale_row",
        "retry",   "atomic", "undo_edited", "validate", "fetch"};
    const unsigned rows = i % 8 == 0 ? 5000 : 300;
    const char* const verb = here[(i / 8) % here.size()];
    Stage* const at = stage(name_of("sqlite", verb, format_for(verb, i), options_.seed, rows));
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

void Campaign::kills()
{
  begin("kills");
  sweep_named(options_.kills * 7 / 10);
  kill_in_large_files(options_.kills - options_.kills * 7 / 10);
}

// Somebody is stopped in the midst of it, another one takes his job over by force and ends it, and
// then the first one goes on.
void Campaign::takeovers()
{
  begin("jobs that are taken over while their processes live");
  static constexpr std::array<const char*, 12> here = {
      "execute", "undo",        "apply",    "atomic", "stale_row",   "retry",
      "plan",    "execute_job", "validate", "export", "undo_edited", "unsealed"};
  for (std::uint64_t i = 0; i != options_.takeovers; ++i) {
    const char* const verb = here[i % here.size()];
    const unsigned rows = i % 16 == 15 ? 5000 : i % 4 == 3 ? 300 : 24; // the first are of pieces
    Stage* const at = stage(name_of("sqlite", verb, format_for(verb, i), options_.seed, rows));
    if (at == nullptr) continue;
    // Before it is a job there is nothing that could be taken over.
    const auto& points = at->points();
    const auto added = std::find_if(points.begin(), points.end(), [](const char* point) {
      return std::string_view{point} == "add:after";
    });
    const auto before = static_cast<std::uint64_t>(added - points.begin());
    Faults faults{{.kind = Kind::stop, .at = before + any(points.size() - before)}};
    add_more_kills(*at, faults);
    trial(*at, faults);
  }
  figures_.back().lines.push_back("at random, a sample");
}

void Campaign::hosts()
{
  begin("hosts outside of the store");
  static constexpr std::array<const char*, 11> ways = {
      "late",        "twice",    "never",        "lost",     "forgets", "wrong_keys",
      "wrong_group", "hangs_up", "refuses_call", "no_probe", "amnesia"};
  static constexpr std::array<const char*, 9> here = {"execute",   "apply",       "undo",
                                                      "stale_row", "retry",       "execute_job",
                                                      "atomic",    "undo_edited", "undo_again"};
  for (std::uint64_t i = 0; i != options_.hosts; ++i) {
    const char* const verb = here[(i / formats.size()) % here.size()];
    Stage* const at =
        stage(name_of("outside", verb, format_for(verb, i), options_.seed, i % 10 == 9 ? 300 : 40));
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

void Campaign::io()
{
  begin("files and calls of SQLite's");
  static constexpr std::array<const char*, 4> ways = {"eio", "full", "short", "busy"};
  std::uint64_t spools = 0;
  for (std::uint64_t i = 0; i != options_.io; ++i) {
    const char* const verb = verbs[i % verbs.size()];
    Stage* const at = stage(
        name_of("sqlite", verb, format_for(verb, i), options_.seed + (i % 2 == 0 ? 0 : 1), 24));
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

void Campaign::allocations()
{
  begin("allocations");
  for (std::uint64_t i = 0; i != options_.allocations; ++i) {
    const char* const verb = verbs[i % verbs.size()];
    Stage* const at = stage(name_of("sqlite", verb, format_for(verb, i), options_.seed, 24));
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

int Campaign::again()
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

int Campaign::tell() const
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

} // namespace rollcall::torture
