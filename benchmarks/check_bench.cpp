// check_bench.cpp: how fast a file of new users is checked, beside `cat` and beside what one would
// write in Python or SQL, and what files that are made to hurt can do.
//
//   check_bench [--quick] [--cpu] [--only SECTION] [--rounds N] [--rows N] [--data FILE]
//               [--peer SCRIPT] [--rollcall PROGRAM] [--folder FOLDER] [--save FILE]
//
// Only ratios within a round mean something. Timing never makes it fail; that rollcall writes
// something else when it is asked in another way does, and in a quick run that anybody rejects
// other rows.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "support/check_job.hpp"
#include "support/check_sections.hpp"
#include "support/data_files.hpp"
#include "support/machine.hpp"
#include "support/options.hpp"
#include "support/people.hpp"
#include "support/report.hpp"

namespace rollcall::bench {
namespace {

constexpr std::string_view usage =
    "check_bench [--quick] [--cpu] [--only SECTION] [--rounds N] [--rows N] [--data FILE]\n"
    "            [--peer SCRIPT] [--rollcall PROGRAM] [--folder FOLDER] [--save FILE]\n"
    "  --quick             2,000 rows, one round: shows that all agree, and no speeds\n"
    "  --cpu               by the time of the processor, where others use the machine;\n"
    "                      for who uses two threads it is the time of both\n"
    "  --only SECTION      file, threads, directory, small, memory, wrong, flood or\n"
    "                      formats\n"
    "  --rounds N          how often everything is measured (5)\n"
    "  --rows N            of each file, and users of the directory (1000000)\n"
    "  --data FILE         checks this file of new users in place of made-up ones\n"
    "  --peer SCRIPT       another peer in Python: SCRIPT IN.csv OUT.csv prints JSON with seconds\n"
    "                      and bad\n"
    "  --rollcall PROGRAM  the command line (the one built beside this program)\n"
    "  --folder FOLDER     where files are kept and written, about 4 GB (beside this program)\n"
    "  --save FILE         writes the report there, too; a folder gets check-PROCESSOR-DATE.md\n";

struct Options {
  bool quick = false;
  Clock clock = Clock::wall;
  std::size_t rounds = 5;
  std::uint64_t rows = 1'000'000;
  std::string only = {}, data = {}, peer = {}, save = {};
  std::string rollcall = ROLLCALL_BENCH_PROGRAM;
  std::string folder = ROLLCALL_BENCH_DATA;
};

Options options_of(std::span<char* const> words)
{
  Options options;
  OptionWords{usage}
      .flag("--quick",
            [&] {
              options.quick = true;
              options.rounds = 1;
              options.rows = 2'000;
            })
      .cpu(options.clock)
      .text("--only", options.only)
      .number("--rounds", options.rounds)
      .number("--rows", options.rows)
      .text("--data", options.data)
      .text("--peer", options.peer)
      .text("--rollcall", options.rollcall)
      .text("--folder", options.folder)
      .text("--save", options.save)
      .read(words);
  const auto sections = check_sections();
  if (!options.only.empty() &&
      std::ranges::find(sections, options.only, &CheckSection::name) == sections.end())
    throw std::runtime_error{fmt::format("there is no section {}\n{}", options.only, usage)};
  return options;
}

// A file that somebody brings is copied, so that it lies in the cache like ours, and on the same
// file system as the outputs.
std::string file_of(const Options& options)
{
  if (!options.data.empty()) {
    std::string path = options.folder + "/given.csv";
    write_data_file(path, read_data_file(options.data));
    return path;
  }
  return kept_file(options.folder,
                   fmt::format("new-realistic-{}-edition{}.csv", options.rows, people_edition),
                   [&] { return make_new_people(Shape::realistic, options.rows, Flaws::some); });
}

std::string disagreements(const CheckEntrants& entrants)
{
  if (entrants.disagreements().empty()) return "All reject the same number of rows.\n";
  std::string text = "Not all agree:\n\n";
  for (const std::string& sentence : entrants.disagreements()) text += "- " + sentence + "\n";
  return text +
         "\nKnown reasons: the peers take a multicast MAC address and any dots in an email "
         "address; "
         "a script may count an IP address that is none, of which rollcall warns; DuckDB lets a "
         "value be claimed by the first row that wants it even if that row loses another one.\n";
}

void run(const Options& options)
{
  const double load_before = load();
  CheckEntrants entrants{{.rollcall = options.rollcall,
                          .peer = options.peer,
                          .folder = options.folder,
                          .may_install = !options.quick,
                          .must_all_agree = options.quick}};
  Budgets budgets;
  CheckRun run{.entrants = entrants,
               .budgets = budgets,
               .folder = options.folder,
               .file = file_of(options),
               .rows = options.rows,
               .rounds = options.rounds,
               .clock = options.clock,
               .is_quick = options.quick};
  std::string report = report_head("Checking new users", options.rounds, options.clock);
  for (const CheckSection& section : check_sections()) {
    if (!options.only.empty() && section.name != options.only) continue;
    if (!options.quick) fmt::print(stderr, "measuring: {}\n", section.name);
    report += fmt::format("\n## {}\n\n", section.name) + section.run(run);
  }
  if (options.quick) {
    fmt::print("all agree on {} rejected rows\n", entrants.rejected(run.file));
    return;
  }
  report += "\n## budgets\n\n" + budgets.text() + "\n" + disagreements(entrants);
  report += fmt::format("\nLoad {:.1f} before, {:.1f} after.\n", load_before, load());
  fmt::print("{}", report);
  if (!options.save.empty()) save_report(report, options.save, "check-");
}

} // namespace
} // namespace rollcall::bench

int main(int argc, char** argv)
{
  using namespace rollcall::bench;
  return run_bench("check_bench", argc, argv, [](std::span<char* const> words) {
    if (words.size() == 9 && std::string_view{words[1]} == "--job")
      fmt::print("{}", run_check_job({.file = words[2],
                                      .directory = words[3],
                                      .result = words[4],
                                      .error_rows = words[5],
                                      .format = words[6],
                                      .context = words[7],
                                      .times = number_of(words[8])}));
    else
      run(options_of(words));
  });
}
