// draft_bench.cpp: what an edit of a large draft costs, with all that is judged again, beside
// judging all of it.
//
//   draft_bench [--quick] [--cpu] [--rounds N] [--rows N] [--edits N] [--only FORMAT]
//               [--save FILE]
//
// Each edit is timed with what a grid asks for after it: which rows to show anew, the counts of the
// draft, and the findings of a screen of rows around the edit. Only ratios within a round mean
// something, and timing never makes it fail.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory_resource>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "rollcall/draft.hpp"
#include "rollcall/job.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/draft_files.hpp"
#include "support/must.hpp"
#include "support/options.hpp"
#include "support/report.hpp"
#include "support/schema_of.hpp"
#include "support/statistics.hpp"
#include "support/stopwatch.hpp"
#include "support/users.hpp"

namespace rollcall::bench {
namespace {

struct Options {
  bool quick = false;
  Clock clock = Clock::wall;
  std::size_t rounds = 5;
  std::uint64_t edits = 400; // of each sort and round
  std::uint64_t rows = 100'000;
  std::string only = {}; // this format
  std::string save = {};
};

// Milliseconds of each edit of a sort.
struct Sort {
  std::string_view what;
  std::vector<double> taken = {};
};

double worst_of(const std::vector<double>& taken)
{
  return *std::max_element(taken.begin(), taken.end());
}

// One draft, edited in every way.
class Bench {
 public:
  Bench(const Options& options, const DraftFile& file)
      : options_{options},
        file_{file},
        schema_{schema_of(file.format)},
        context_{.name = "ops", .role = std::string{file.role}},
        directory_{read_directory()}
  {
    if (file.draws) sorts_.push_back({"an extension left to the pool"});
    if (!file.location.empty())
      sorts_.insert(sorts_.end(), {{"a location that there is not"},
                                   {"one slip in a location"},
                                   {"a user that there is not"}});
  }

  std::string run(Budgets& budgets)
  {
    for (std::size_t round = 0; round != options_.rounds; ++round) run_round();
    std::vector<double> all;
    std::string table = "| edit | median ms | worst ms |\n|---|---:|---:|\n";
    double slowest = 0;
    for (const Sort& sort : sorts_) {
      all.insert(all.end(), sort.taken.begin(), sort.taken.end());
      slowest = std::max(slowest, median(sort.taken));
      table += fmt::format("| {} | {:.3f} | {:.2f} |\n", sort.what, median(sort.taken),
                           worst_of(sort.taken));
    }
    const double whole = median(whole_);
    const std::string of = fmt::format("{}, an edit with its check, ", file_.format);
    budgets.judge(of + "ms, median of the slowest sort", Bound::at_most, 1, slowest);
    budgets.judge(of + "worst ms", Bound::at_most, 10, worst_of(all));
    return fmt::format(
        "## {}: {}\n\n{}\n"
        "| | ms | times the median edit |\n|---|---:|---:|\n"
        "| an edit with its check, median | {:.3f} | 1 |\n"
        "| judging all rows anew | {:.1f} | {:.0f} |\n"
        "| a validation of the same file | {:.1f} | {:.0f} |\n\n",
        file_.format, file_.what, table, median(all), whole, whole / median(all),
        median(validating_), median(validating_) / median(all));
  }

 private:
  void run_round()
  {
    MemorySource source{file_.csv};
    Draft draft = must(Draft::open(schema_, source, directory_, context_, {}, system_.seams()));
    whole_.push_back(1e3 * timed(options_.clock, [&] {
                       must(draft.refresh());
                       must(draft.counts());
                     }));
    check_same(draft);
    edit(draft);
    validating_.push_back(1e3 * check_same(draft));
  }

  // Seconds of validating what it would be saved as, which must come to the same.
  double check_same(Draft& draft)
  {
    std::pmr::string text;
    TextSink sink{text};
    must(draft.save(sink));
    MemorySource saved{text};
    JobSummary job;
    const double taken = timed(options_.clock, [&] {
      job = must(
          validate(schema_, saved, directory_, context_, {.digest = false}, {}, system_.seams()));
    });
    const DraftCounts counts = must(draft.counts());
    expect(job.rows != 0 && counts.rows == job.rows && counts.rejected == job.rejected &&
               counts.created == job.created && counts.updated == job.updated,
           "draft and validation came to different things");
    return taken;
  }

  void edit(Draft& draft)
  {
    const std::size_t plain = column(draft, file_.plain);
    const std::size_t own = column(draft, file_.own);
    for (std::size_t i = 0; i != options_.edits; ++i) {
      const std::size_t row = engine_() % draft.rows();
      const std::size_t other = engine_() % draft.rows();
      const std::string of_other = must(draft.cell(other, own));
      const std::string of_row = must(draft.cell(row, own));
      time(0, draft, row, [&] { must(draft.set(row, plain, "Eve")); });
      time(1, draft, row, [&] { must(draft.set(row, own, free_value(file_, i))); });
      time(2, draft, row, [&] { must(draft.set(row, own, of_other)); });
      time(3, draft, row, [&] {
        const std::vector<CellEdit> both{{row, own, of_other}, {other, own, of_row}};
        must(draft.set(both));
      });
      time(4, draft, row, [&] {
        must(draft.undo());
        must(draft.undo());
      });
      time(5, draft, row, [&] {
        DraftCells cells(draft.columns().size());
        cells[plain] = "Eve";
        must(draft.insert(row, {&cells, 1}));
      });
      time(6, draft, row, [&] { must(draft.remove(row, 1)); });
      if (file_.draws) time(7, draft, row, [&] { must(draft.set(row, own, "")); });
      if (!file_.location.empty()) misspell(draft, row);
    }
  }

  // Names that nobody has, each typed for the first time, of which some are nearly those of others.
  void misspell(Draft& draft, std::size_t row)
  {
    const std::size_t location = column(draft, file_.location);
    const std::size_t key = column(draft, file_.key);
    const std::string name = made_location(1 + misspelt_++ % (locations - 1));
    std::string slip = name;
    std::swap(slip[2], slip[3]);
    const std::string user = must(draft.cell(row, key));
    time(7, draft, row, [&] { must(draft.set(row, location, "X" + name + "x")); });
    time(8, draft, row, [&] { must(draft.set(row, location, slip)); });
    time(9, draft, row, [&] { must(draft.set(row, key, "x" + user)); });
    must(draft.set(row, location, ""));
    must(draft.set(row, key, user));
    must(draft.check());
  }

  // With what is asked for after it.
  void time(std::size_t sort, Draft& draft, std::size_t row, const std::function<void()>& edit)
  {
    constexpr std::size_t screen = 50;
    sorts_[sort].taken.push_back(1e3 * timed(options_.clock, [&] {
                                   edit();
                                   must(draft.check());
                                   must(draft.counts());
                                   const std::size_t first =
                                       std::min(row, draft.rows() - std::min(screen, draft.rows()));
                                   must(draft.findings(first, std::min(screen, draft.rows())));
                                 }));
  }

  [[nodiscard]] static std::size_t column(const Draft& draft, std::string_view header)
  {
    for (std::size_t i = 0; i != draft.columns().size(); ++i)
      if (draft.columns()[i].header == header) return i;
    throw std::runtime_error{fmt::format("no column {}", header)};
  }

  [[nodiscard]] MemoryDirectory read_directory()
  {
    MemorySource json{file_.directory};
    return must(MemoryDirectory::read(json, schema_, system_.seams()));
  }

  const Options& options_;
  const DraftFile& file_;
  schema::Schema schema_;
  Context context_;
  SystemSeams system_;
  MemoryDirectory directory_;
  std::mt19937 engine_{7};
  std::vector<Sort> sorts_ = {{"a text"},
                              {"a value that nobody has"},
                              {"a value that another row has"},
                              {"two rows that exchange theirs"},
                              {"taking the last two back"},
                              {"a row put in"},
                              {"a row taken out"}};
  std::uint64_t misspelt_ = 0;
  std::vector<double> whole_, validating_; // ms
};

Options options_of(std::span<char* const> words)
{
  Options options;
  OptionWords{}
      .flag("--quick",
            [&] {
              options.quick = true;
              options.rounds = 1;
              options.edits = 20;
              options.rows = 2'000;
            })
      .cpu(options.clock)
      .number("--rounds", options.rounds)
      .number("--rows", options.rows)
      .number("--edits", options.edits)
      .text("--only", options.only)
      .text("--save", options.save)
      .read(words);
  return options;
}

void run(const Options& options)
{
  Budgets budgets;
  std::string report = report_head("Editing a draft", options.rounds, options.clock);
  report += fmt::format("\nDrafts of {} rows.\n\n", options.rows);
  for (const DraftFile& file : draft_files(options.rows)) {
    if (!options.only.empty() && options.only != file.format) continue;
    report += Bench{options, file}.run(budgets);
  }
  report += "## budgets\n\n" + budgets.text();
  fmt::print("{}", report);
  if (!options.save.empty()) save_report(report, options.save, "draft-");
}

} // namespace
} // namespace rollcall::bench

int main(int argc, char** argv)
{
  using namespace rollcall::bench;
  return run_bench("draft_bench", argc, argv,
                   [](std::span<char* const> words) { run(options_of(words)); });
}
