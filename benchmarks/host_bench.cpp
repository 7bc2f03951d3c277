// host_bench.cpp: does a small file take longer where there are many users, and ten times the rows
// more than ten times as long? What does an undo cost beside its job, and a look at a long history?
// All by a database, with journal and audit.
//
//   host_bench [--quick] [--cpu] [--rounds N] [--users N] [--folder FOLDER] [--save FILE]
//
// Only ratios within a round mean something, and timing never makes it fail.
#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "rollcall/follow_up.hpp"
#include "rollcall/job.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/must.hpp"
#include "support/options.hpp"
#include "support/report.hpp"
#include "support/schema_of.hpp"
#include "support/statistics.hpp"
#include "support/stopwatch.hpp"
#include "support/users.hpp"

namespace rollcall::bench {
namespace {

constexpr std::uint64_t few_users = 1'000;
constexpr std::uint64_t past_jobs = 10'000;

struct Options {
  bool quick = false;
  Clock clock = Clock::wall;
  std::size_t rounds = 5;
  std::uint64_t users = 1'000'000;
  std::string folder = ROLLCALL_BENCH_DATA;
  std::string save = {};
};

// Of a hundred rows sixty change somebody, thirty are new, ten name somebody who is not there and
// is like somebody who is. `round` makes them differ from those of before.
std::string small_file(std::size_t round)
{
  std::string file = "ID,First Name,Last Name,Email,Extension,Department\r\n";
  const auto into = std::back_inserter(file);
  for (std::uint64_t i = 1; i <= 60; ++i)
    fmt::format_to(into, "{0},First{0},Changed{1},u{0}@acme.example,{2},D1\r\n", i, round,
                   100000 + i);
  for (std::uint64_t i = 1; i <= 30; ++i)
    fmt::format_to(into, ",First{0},Last{0},n{1}x{0}@acme.example,{2},D1\r\n", i, round,
                   900'000'000 + round * 100 + i);
  for (std::uint64_t i = 1; i <= 10; ++i)
    fmt::format_to(into, "99{0}99999,First{0},Last{0},m{0}@acme.example,{0},D1\r\n", i);
  return file;
}

class Bench {
 public:
  explicit Bench(const Options& options) : options_{options} {}

  std::string run(Budgets& budgets)
  {
    std::string report = sizes_of_host(budgets);
    report += sizes_of_file(budgets);
    report += undos(budgets);
    return report + history(budgets);
  }

 private:
  struct Host {
    SqliteStore store;
    std::unique_ptr<Directory> directory;
  };

  Host host_of(const std::string& path, std::uint64_t users)
  {
    remove_database(path);
    const std::string json = make_users(users).directory;
    SqliteStore store = must(SqliteStore::create(path, system_.seams()));
    MemorySource source{json};
    must(store.fill(source));
    auto directory = must(store.directory(schema_));
    return {std::move(store), std::move(directory)};
  }

  double executing(Host& host, const std::string& file)
  {
    MemorySource source{file};
    JobSummary job;
    const double seconds = timed(options_.clock, [&] {
      job = must(execute(schema_, source, *host.directory, context_, {.store = &host.store}, {},
                         system_.seams()));
    });
    expect(job.created + job.updated != 0, "nothing was done");
    return seconds;
  }

  std::string sizes_of_host(Budgets& budgets)
  {
    Host small = host_of(path("few"), few_users);
    Host large = host_of(path("many"), options_.users);
    executing(small, small_file(0));
    executing(large, small_file(0));
    std::vector<double> few, many, ratios;
    for (std::size_t round = 1; round <= options_.rounds; ++round) {
      const std::string file = small_file(round);
      few.push_back(executing(small, file));
      many.push_back(executing(large, file));
      ratios.push_back(many.back() / few.back());
    }
    const double ratio = median(ratios);
    budgets.judge(fmt::format("100 rows, {} users, times {} users", options_.users, few_users),
                  Bound::at_most, 2, ratio);
    return fmt::format(
        "A file of 100 rows (60 changes, 30 new, 10 that name nobody) into a database:\n\n"
        "| users | milliseconds | |\n|---|---:|---:|\n| {} | {:.1f} | 1 |\n| {} | {:.1f} | {:.2f} "
        "|\n\n",
        few_users, median(few) * 1e3, options_.users, median(many) * 1e3, ratio);
  }

  std::string sizes_of_file(Budgets& budgets)
  {
    const std::uint64_t rows = options_.users / 10;
    const std::string tenth = make_users(rows / 10).new_ones;
    const std::string whole = make_users(rows).new_ones;
    std::vector<double> few, many, ratios;
    for (std::size_t round = 0; round != options_.rounds; ++round) {
      Host first = host_of(path("few"), 1);
      few.push_back(executing(first, header_and_rest(tenth)));
      Host second = host_of(path("many"), 1);
      many.push_back(executing(second, header_and_rest(whole)));
      ratios.push_back(many.back() / few.back());
    }
    const double ratio = median(ratios);
    budgets.judge("ten times the rows, times the time", Bound::at_most, 11, ratio);
    return fmt::format(
        "New users into a database that is empty:\n\n"
        "| rows | seconds | |\n|---|---:|---:|\n| {} | {:.2f} | 1 |\n| {} | {:.2f} | {:.2f} |\n",
        rows / 10, median(few), rows, median(many), ratio);
  }

  std::string undos(Budgets& budgets)
  {
    const std::string file = make_users(options_.users).new_ones;
    std::vector<double> doing, undoing, ratios;
    for (std::size_t round = 0; round != options_.rounds; ++round) {
      Host host = host_of(path("undo"), 1);
      doing.push_back(executing(host, header_and_rest(file)));
      JobSummary job;
      undoing.push_back(timed(options_.clock, [&] {
        job =
            must(undo(host.store, 1, schema_, *host.directory, context_, {}, {}, system_.seams()));
      }));
      expect(job.updated == options_.users - 1, "not all was undone");
      ratios.push_back(undoing.back() / doing.back());
    }
    const double ratio = median(ratios);
    budgets.judge(fmt::format("undo of {} creates, times executing them", options_.users - 1),
                  Bound::at_most, 1.5, ratio);
    return fmt::format(
        "\nNew users are made, and the job is undone:\n\n"
        "| | seconds | |\n|---|---:|---:|\n| execute | {:.2f} | 1 |\n| undo | {:.2f} | {:.2f} |\n",
        median(doing), median(undoing), ratio);
  }

  // As a job leaves it whose file has two columns that nobody knows: with what was asked, by which
  // format, and what was found.
  JobRecord model_job()
  {
    Host host = host_of(path("model"), 1);
    MemorySource source{std::string_view{
        "ID,First Name,Last Name,Email,Extension,Colour,Shoe Size\r\n1,Ada,Ek,ada@x.de,101,,\r\n"}};
    must(validate(schema_, source, *host.directory, context_, {.store = &host.store}, {},
                  system_.seams()));
    JobRecord job = must(host.store.job(1)).value();
    expect(!job.schema.empty() && !job.request.empty() && job.summary.findings.size() == 2,
           "a job has not left what jobs leave");
    return job;
  }

  std::string history(Budgets& budgets)
  {
    const JobRecord model = model_job();
    Host host = host_of(path("history"), 1);
    for (std::uint64_t i = 0; i != past_jobs; ++i) {
      JobRecord job = model;
      if (i % 2 == 0) job.summary.findings.clear();
      job.state = JobState::running;
      job.actor = fmt::format("ops{}@acme", i % 100);
      job.created_ms = job.started_ms = static_cast<std::int64_t>(i * 1000 + 1);
      job.ended_ms = 0;
      job.summary.format = "clusterpbx";
      job.summary.action = i % 3 == 0 ? "validate" : "execute";
      job.summary.file = fmt::format("users-{}.csv", i % 50);
      job.id = must(host.store.add(job));
      job.state = i % 7 == 0 ? JobState::partial : JobState::succeeded;
      job.summary.rows = job.summary.created = i % 500;
      must(host.store.update(job));
    }
    struct Count final : JobSink {
      std::uint64_t jobs = 0;
      void job(const JobRecord& /*record*/) override { ++jobs; }
    };
    const auto milliseconds = [&](const JobFilter& filter, std::uint64_t wanted) {
      std::vector<double> all;
      for (std::size_t round = 0; round != options_.rounds * 5; ++round) {
        Count found;
        all.push_back(timed(options_.clock, [&] { must(host.store.find_jobs(filter, found)); }) *
                      1e3);
        expect(found.jobs == wanted, "the history has other jobs");
      }
      return median(all);
    };
    const double listed = milliseconds({}, past_jobs);
    const double filtered = milliseconds({.states = {JobState::partial},
                                          .kinds = {"execute"},
                                          .actor = "OPS1",
                                          .file = "users-1",
                                          .rows = {.min = 10, .max = 400}},
                                         matching_jobs());
    budgets.judge(fmt::format("{} jobs listed, warm, milliseconds", past_jobs), Bound::at_most, 10,
                  listed);
    budgets.judge("the same filtered by five columns", Bound::at_most, 10, filtered);
    return fmt::format(
        "\nA history of {} jobs, each with its request, every other one with findings; the process "
        "is warm: it has looked at them before:\n\n"
        "| | milliseconds |\n|---|---:|\n| all listed | {:.2f} |\n| filtered by five columns, {} "
        "found | {:.2f} |\n",
        past_jobs, listed, matching_jobs(), filtered);
  }

  // Of the history, by arithmetic: what the filter above must find.
  static std::uint64_t matching_jobs()
  {
    std::uint64_t count = 0;
    for (std::uint64_t i = 0; i != past_jobs; ++i) {
      const bool has_actor = i % 100 == 1 || i % 100 / 10 == 1;
      const bool has_file = i % 50 == 1 || i % 50 / 10 == 1;
      const std::uint64_t rows = i % 500;
      if (i % 7 == 0 && i % 3 != 0 && has_actor && has_file && rows >= 10 && rows <= 400) ++count;
    }
    return count;
  }

  // The first of them is there already.
  static std::string header_and_rest(const std::string& file)
  {
    const std::size_t first = file.find('\n') + 1;
    return file.substr(0, first) + file.substr(file.find('\n', first) + 1);
  }

  [[nodiscard]] std::string path(std::string_view name) const
  {
    return fmt::format("{}/host_bench_{}.db", options_.folder, name);
  }

  Options options_;
  schema::Schema schema_ = schema_of("clusterpbx");
  Context context_ = {.name = "ops", .role = "client"};
  SystemSeams system_;
};

Options options_of(std::span<char* const> words)
{
  Options options;
  OptionWords{}
      .flag("--quick",
            [&] {
              options.quick = true;
              options.rounds = 1;
              options.users = 2'000;
            })
      .cpu(options.clock)
      .number("--rounds", options.rounds)
      .number("--users", options.users)
      .text("--folder", options.folder)
      .text("--save", options.save)
      .read(words);
  return options;
}

void run(const Options& options)
{
  std::filesystem::create_directories(options.folder);
  Budgets budgets;
  Bench bench{options};
  std::string report =
      report_head("Small and large hosts and files", options.rounds, options.clock);
  report += "\n" + bench.run(budgets);
  if (options.quick) {
    fmt::print("small and large were worked on\n");
    return;
  }
  report += "\n## budgets\n\n" + budgets.text();
  fmt::print("{}", report);
  if (!options.save.empty()) save_report(report, options.save, "host-");
}

} // namespace
} // namespace rollcall::bench

int main(int argc, char** argv)
{
  using namespace rollcall::bench;
  return run_bench("host_bench", argc, argv,
                   [](std::span<char* const> words) { run(options_of(words)); });
}
