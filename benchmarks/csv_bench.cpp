// csv_bench.cpp: how fast CSV is read, beside `wc -l`, what the memory can do, and other readers.
//
//   csv_bench [--quick] [--cpu] [--only TEXT] [--rounds N] [--rows N] [--data FOLDER] [--save FILE]
//
// Only ratios within a round mean something, on a machine that others use too: see
// docs/design/0004-measuring.md. Timing never makes it fail; that somebody counts other rows than
// the rest does.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "csv/kernel_select.hpp"
#include "rollcall/csv.hpp"
#include "support/csv_entrants.hpp"
#include "support/data_files.hpp"
#include "support/machine.hpp"
#include "support/options.hpp"
#include "support/report.hpp"
#include "support/rounds.hpp"

namespace rollcall::bench {
namespace {

constexpr std::string_view usage =
    "csv_bench [--quick] [--cpu] [--only TEXT] [--rounds N] [--rows N] [--data FOLDER] [--save "
    "FILE]\n"
    "  --quick        20,000 rows, one round: shows that all readers agree, and no speeds\n"
    "  --cpu          by the time of the processor and not of the wall: for a busy machine\n"
    "  --only TEXT    wc, and what has this in its name\n"
    "  --rounds N     how often everything is measured (9)\n"
    "  --rows N       of each file (1000000)\n"
    "  --data FOLDER  where the files are kept, about 500 MB (beside this program)\n"
    "  --save FILE    writes the report there, too; a folder gets PROCESSOR-DATE.md\n";

struct Options {
  bool quick = false;
  Clock clock = Clock::wall;
  std::size_t rounds = 9;
  std::uint64_t rows = 1'000'000;
  std::string only = {};
  std::string folder = ROLLCALL_BENCH_DATA;
  std::string save = {};
};

Options options_of(std::span<char* const> words)
{
  Options options;
  OptionWords{usage}
      .flag("--quick",
            [&] {
              options.quick = true;
              options.rounds = 1;
              options.rows = 20'000;
            })
      .cpu(options.clock)
      .text("--only", options.only)
      .number("--rounds", options.rounds)
      .number("--rows", options.rows)
      .text("--data", options.folder)
      .text("--save", options.save)
      .read(words);
  return options;
}

// What the reader has to reach, on each of the files.
struct Budget {
  std::string_view what;
  double least = 0;
  std::string entrant;
  std::string_view against = {};      // empty: itself
  std::optional<std::size_t> files{}; // against which file; absent: the same
};

std::string judge(const Measurements& measured, const std::vector<DataFile>& files,
                  const Budget& budget)
{
  const std::string_view against = budget.against.empty() ? budget.entrant : budget.against;
  std::string line = fmt::format("| {:<57} | {:>5.2f} |", budget.what, budget.least);
  if (!measured.has(budget.entrant) || !measured.has(against))
    return line + " not measured here |\n";
  const bool is_of_one = budget.files.has_value(); // quoted against plain
  std::string figures;
  double lowest = 1e9;
  for (std::size_t file = is_of_one ? *budget.files : 0; file != files.size(); ++file) {
    const std::size_t other = is_of_one ? 0 : file;
    const double figure = measured.ratio(budget.entrant, file, against, other);
    lowest = std::min(lowest, figure);
    figures += fmt::format("{}{:.2f}", figures.empty() ? "" : " / ", figure);
    if (is_of_one) break;
  }
  return line +
         fmt::format(" {:<22} | {:<6} |\n", figures, lowest >= budget.least ? "met" : "missed");
}

std::string budgets(const Measurements& measured, const std::vector<DataFile>& files)
{
  constexpr std::size_t quoted = 2;
  const std::string best{slug(csv::best_kernel())};
  const std::string mapped = "mmap, ends " + best;
  const std::string read = "read, ends " + best;
  const std::vector<Budget> all = {
      {"memory to every cell end, AVX-512, × wc", 2.4, "kernel avx512", wc},
      {"memory to every cell end, AVX2, × wc", 1.2, "kernel avx2", wc},
      {"memory to every cell end, SWAR, × wc", 0.15, "kernel swar", wc},
      {"mmap, every cell visited, × wc", 1.15, mapped, wc},
      {"read, 1 MiB of buffers at most, every cell visited, × wc", 1.0, read, wc},
      {"the same, AVX2, × wc", 0.7, "read, ends avx2", wc},
      {"kernel, quoted × plain", 0.9, "kernel " + best, {}, quoted},
      {"read, every cell visited, quoted × plain", 0.9, read, {}, quoted},
      {"read, every cell visited, × libcsv", 12, read, libcsv},
      {"read, every cell visited, × Python csv", 35, read, python_csv},
      {"the complete reader from a file, × wc", 0.7, read, wc},
  };
  std::string text = fmt::format("| {:<57} | {:>5} | {:<22} | {:<6} |\n", "budget", "least",
                                 "plain / real. / quoted", "") +
                     fmt::format("|{:-<59}|{:-<6}:|{:-<24}|{:-<8}|\n", "", "", "", "");
  for (const Budget& budget : all) text += judge(measured, files, budget);
  return text;
}

std::string heading(const Options& options, const std::vector<DataFile>& files)
{
  std::string text = report_head("Reading CSV", options.rounds, options.clock);
  for (const DataFile& file : files)
    text += fmt::format("- {}: {:.1f} MB, {} records, {} cells\n", file.shape,
                        static_cast<double>(file.facts.bytes) / 1e6, file.facts.records,
                        file.facts.cells);
  return text + "\n";
}

std::string noise(const Measurements& measured, const std::vector<DataFile>& files,
                  double load_before)
{
  constexpr double much = 0.15;
  std::string text =
      fmt::format("\nLoad {:.1f} before, {:.1f} after. Spread of wc:", load_before, load());
  bool is_noisy = false;
  for (std::size_t file = 0; file != files.size(); ++file) {
    const double spread = measured.spread(wc, file);
    is_noisy = is_noisy || spread > much;
    text += fmt::format(" {:.0f} %", spread * 100);
  }
  text += is_noisy ? ".\n\n**Warning: over 15 %. The machine was busy with something else; measure "
                     "again before quoting anything.**\n"
                   : ".\n";
  return text;
}

void run(const Options& options)
{
  const double load_before = load();
  const std::vector<DataFile> files = data_files(options.folder, options.rows);
  std::vector<Entrant> entrants = csv_entrants();
  std::erase_if(entrants, [&](const Entrant& entrant) {
    return entrant.name != wc && entrant.name.find(options.only) == std::string::npos;
  });
  const Measurements measured{files, entrants, options.rounds, options.clock};
  if (options.quick) {
    for (const Entrant& entrant : entrants)
      fmt::print("{}{}\n", entrant.name, entrant.run ? "" : " is missing: " + entrant.note);
    fmt::print("all agree on records and cells\n");
    return;
  }
  std::string report = heading(options, files) + measured.table(wc) + "\n";
  for (const Entrant& entrant : entrants)
    if (entrant.run && !entrant.note.empty())
      report += fmt::format("- {}: {}\n", entrant.name, entrant.note);
  report += noise(measured, files, load_before);
  report += "\n" + budgets(measured, files);
  fmt::print("{}", report);
  if (!options.save.empty()) save_report(report, options.save, "");
}

} // namespace
} // namespace rollcall::bench

int main(int argc, char** argv)
{
  using namespace rollcall::bench;
  return run_bench("csv_bench", argc, argv,
                   [](std::span<char* const> words) { run(options_of(words)); });
}
