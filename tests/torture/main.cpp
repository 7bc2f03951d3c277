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

#include <array>
#include <filesystem>
#include <new>

#include "support/temporary_folder.hpp"
#include "torture/campaign.hpp"

namespace rollcall::torture {
namespace {

int run(const Options& options, std::array<Shared*, 2> shared, const std::filesystem::path& folder)
{
  Campaign campaign{options, shared, folder};
  if (!options.workload.empty()) return campaign.again();
  if (options.kills != 0) campaign.kills();
  if (options.takeovers != 0) campaign.takeovers();
  if (options.hosts != 0) campaign.hosts();
  if (options.io != 0) campaign.io();
  if (options.allocations != 0) campaign.allocations();
  return campaign.tell();
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
  app.add_option("--takeovers", options.takeovers,
                 "how many with jobs that are taken over from who lives");
  app.add_option("--hosts", options.hosts, "how many with a host outside of the store");
  app.add_option("--io", options.io, "how many with files that fail");
  app.add_option("--allocations", options.allocations, "how many with allocations that fail");
  app.add_option("--keep", options.keep, "a folder, made if need be, in which all files stay");
  app.add_option("--workload", options.workload, "only this one, by its name");
  app.add_option("--faults", options.faults, "and what befalls it");
  CLI11_PARSE(app, argc, argv);
  torture::replace_allocations();
  std::array<torture::Shared*, 2> shared = {};
  for (torture::Shared*& each : shared) {
    void* const memory = ::mmap(nullptr, sizeof(torture::Shared), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 2;
    each = new (memory) torture::Shared{};
  }
  const tests::TemporaryFolder temporary;
  std::filesystem::path folder = temporary.path();
  if (!options.keep.empty()) {
    folder = options.keep;
    std::filesystem::create_directories(folder);
  }
  return torture::run(options, shared, folder);
}
