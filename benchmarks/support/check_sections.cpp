// check_sections.cpp: which entrants meet over which files, and what is asked of their ratios.
#include "support/check_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "support/arithmetic.hpp"
#include "support/check_files.hpp"
#include "support/collisions.hpp"
#include "support/data_files.hpp"
#include "support/format_files.hpp"
#include "support/people.hpp"
#include "support/turns.hpp"

namespace rollcall::bench {
namespace {

constexpr std::string_view cat = "cat FILE > OUT", validate = "rollcall validate",
                           from_json = "the same, schema read from JSON",
                           two_threads = "the same, two threads", python = "Python",
                           duckdb = "DuckDB, two threads";

Turn turn(std::string_view name, std::function<Taken()> run)
{
  return {.name = std::string{name}, .run = std::move(run)};
}

// A peer, or why it is missing.
Turn peer(std::string_view name, const std::string& why_not, std::function<Taken()> run)
{
  if (!why_not.empty()) return {.name = std::string{name}, .note = why_not};
  return {.name = std::string{name}, .run = std::move(run), .is_slow = true};
}

Turn rollcall(CheckRun& run, std::string_view name, const std::string& file, const Asked& asked)
{
  return turn(name, [&run, file, asked] { return run.entrants.rollcall(file, asked).taken; });
}

// How many times as long the one takes as the other.
void judge(CheckRun& run, const Turns& turns, std::string_view what, Bound bound, double limit,
           std::string_view name, std::string_view other)
{
  if (turns.has(name) && turns.has(other))
    run.budgets.judge(what, bound, limit, turns.ratio(name, other));
  else
    run.budgets.leave_out(what, bound, limit);
}

std::string people(CheckRun& run, Shape shape, Flaws flaws, std::uint64_t rows)
{
  const std::string name =
      fmt::format("new-{}-{}-{}-edition{}.csv", slug(shape), slug(flaws), rows, people_edition);
  return kept_file(run.folder, name, [&] { return make_new_people(shape, rows, flaws); });
}

// --- the file ------------------------------------------------------------------------------------

std::string file_section(CheckRun& run)
{
  CheckEntrants& entrants = run.entrants;
  const std::string nobody = run.folder + "/nobody.json"; // executing needs a host
  write_data_file(nobody, "{}\n");
  std::vector<Turn> all = {
      turn(cat, [&] { return entrants.copy(run.file, false); }),
      turn("the same, and synced", [&] { return entrants.copy(run.file, true); }),
      rollcall(run, validate, run.file, {}),
      rollcall(run, from_json, run.file, {.format = entrants.schema_json()}),
      rollcall(run, "the same, and report.jsonl", run.file, {.is_reported = true}),
      rollcall(run, "rollcall execute", run.file, {.directory = nobody, .verb = "execute"}),
      peer(python, entrants.why_no_python(), [&] { return entrants.python(run.file).taken; }),
      peer(duckdb, entrants.why_no_duckdb(), [&] { return entrants.duckdb(run.file).taken; })};
  const Turns turns{std::move(all), run.rounds, run.clock};
  judge(run, turns, "a file, × Python", Bound::at_least, 20, python, validate);
  judge(run, turns, "a file, × cat to the same file system", Bound::at_most, 6, validate, cat);
  judge(run, turns, "a file, × DuckDB on two threads", Bound::at_least, 10, duckdb, validate);
  judge(run, turns, "a schema from JSON, × the one built in", Bound::at_most, 1.05, from_json,
        validate);
  const UserFile file = look_at(run.file);
  return fmt::format(
             "{} rows, {} rejected; result and error rows are written, and synced by "
             "rollcall alone. Peers without starting up.\n\n",
             file.rows, entrants.rejected(run.file)) +
         turns.table("one thread", static_cast<double>(file.rows), cat);
}

std::string threads_section(CheckRun& run)
{
  const double gain = gain_of_second_thread(run.rounds);
  std::string text = fmt::format(
      "Two threads do {:.2f} times the arithmetic of one in the same time: no program gains more "
      "here.\n\n",
      gain);
  constexpr std::string_view what = "two threads, × the speed of one";
  if (!run.entrants.has_threads()) {
    run.budgets.leave_out(what, Bound::at_least, 1);
    return text + "rollcall validate knows no --threads yet.\n";
  }
  const Turns turns{{rollcall(run, validate, run.file, {.threads = 1}),
                     rollcall(run, two_threads, run.file, {.threads = 2})},
                    run.rounds,
                    Clock::wall};
  judge(run, turns, what, Bound::at_least, 1, validate, two_threads);
  return text + "Both write the same bytes.\n\n" +
         turns.table("by the clock on the wall", static_cast<double>(look_at(run.file).rows),
                     validate);
}

// --- a directory ---------------------------------------------------------------------------------

std::string directory_section(CheckRun& run)
{
  CheckEntrants& entrants = run.entrants;
  const std::string directory =
      kept_file(run.folder, fmt::format("others-{}-edition{}.json", run.rows, people_edition),
                [&] { return make_other_people(run.rows); });
  const HostOf host{.directory = directory, .context = R"({"actor": {"role": "client"}})"};
  const std::string why_not = entrants.why_no_python();
  constexpr std::string_view job = "rollcall, directory in memory",
                             whole_job = "rollcall validate --directory, all of it",
                             whole_python = "Python, all of it";
  std::optional<Checked> last; // one run of Python is measured in two ways
  const Turns turns{{turn(job, [&] { return entrants.in_memory(run.file, host).taken; }),
                     rollcall(run, whole_job, run.file, {.directory = directory}),
                     peer(python, why_not,
                          [&] {
                            last = entrants.python(run.file, directory);
                            return last->taken;
                          }),
                     peer(whole_python, why_not, [&] { return last->process; })},
                    run.rounds,
                    run.clock};
  judge(run, turns, "against a directory in memory, × Python", Bound::at_least, 12, python, job);
  judge(run, turns, "the same, reading the directory included in both", Bound::at_least, 12,
        whole_python, whole_job);
  return fmt::format(
             "{} other users{}. `All of it` includes starting up and reading the "
             "directory.json.\n\n",
             run.rows, entrants.has_own_peer() ? "" : ", of whom this peer in Python is not told") +
         turns.table("against other users", static_cast<double>(look_at(run.file).rows), job);
}

// --- a small file --------------------------------------------------------------------------------

std::string small_section(CheckRun& run)
{
  constexpr std::uint64_t rows = 10'000;
  CheckEntrants& entrants = run.entrants;
  const std::string file = run.folder + "/first-rows.csv";
  write_data_file(file, first_rows(run.file, rows));
  const std::string why_not = entrants.why_no_python();
  constexpr std::string_view process = "a fresh process of rollcall",
                             whole_python = "Python, from its start to its end";
  std::optional<Checked> last;
  const Turns turns{{rollcall(run, process, file, {}),
                     peer(python, why_not,
                          [&] {
                            last = entrants.python(file);
                            return last->taken;
                          }),
                     peer(whole_python, why_not, [&] { return last->process; })},
                    3 * run.rounds,
                    run.clock};
  judge(run, turns, "a fresh process on 10,000 rows, part of Python's time", Bound::at_most, 0.125,
        process, python);
  judge(run, turns, "the same, Python's start included", Bound::at_most, 0.125, process,
        whole_python);
  return turns.table("the first 10,000 rows", static_cast<double>(look_at(file).rows), process);
}

// --- memory --------------------------------------------------------------------------------------

constexpr double mib = 1024 * 1024;

// Of one run of rollcall, in MiB, and what it may be.
void judge_memory(CheckRun& run, std::string_view what, const std::string& file, const Asked& asked,
                  std::uint64_t claim_values)
{
  Asked watched = asked;
  watched.is_watched = true;
  const Checked checked = run.entrants.rollcall(file, watched);
  run.budgets.judge(what, Bound::at_most, 16 + 32 * static_cast<double>(claim_values) / mib,
                    static_cast<double>(checked.private_bytes) / mib);
}

std::string memory_section(CheckRun& run)
{
  const UserFile file = look_at(run.file);
  judge_memory(run, "private memory in MiB: 16 and 32 bytes a claim value", run.file, {},
               file.claim_values);
  return fmt::format(
      "{} rows with {} claim values. Private memory is the anonymous resident memory "
      "of the process (RssAnon), looked at every half millisecond.\n",
      file.rows, file.claim_values);
}

// --- all is wrong --------------------------------------------------------------------------------

// Clean rows and wrong ones against the same directory, that lists what they may refer to, since
// some cells can be wrong in no other way.
std::string wrong_section(CheckRun& run)
{
  const Asked asked{.directory = kept_file(run.folder,
                                           fmt::format("references-edition{}.json", people_edition),
                                           make_references)};
  std::vector<Turn> all;
  std::array<std::string, 3> files;
  constexpr std::array flaws = {Flaws::none, Flaws::values, Flaws::bytes};
  for (std::size_t at = 0; at != flaws.size(); ++at) {
    files[at] = people(run, Shape::plain, flaws[at], run.rows);
    all.push_back(rollcall(run, slug(flaws[at]), files[at], asked));
  }
  const Turns turns{std::move(all), run.rounds, run.clock};
  judge(run, turns, "every value that can be wrong is, × a clean row", Bound::at_most, 3,
        slug(Flaws::values), slug(Flaws::none));
  judge(run, turns, "every cell holds a control character, × a clean row", Bound::at_most, 3,
        slug(Flaws::bytes), slug(Flaws::none));
  judge_memory(run, "wrong values: private memory in MiB, without claim values", files[1], asked,
               0);
  judge_memory(run, "control characters: the same", files[2], asked, 0);
  return "Wrong: 15 of 19 cells a row; the other four are texts and secrets, which take anything. "
         "Damaged: a control character in all 19.\n\n" +
         turns.table("rollcall validate", static_cast<double>(run.rows), slug(Flaws::none));
}

// --- hash flooding -------------------------------------------------------------------------------

std::string flood_section(CheckRun& run)
{
  const std::size_t rows = std::min<std::size_t>(run.rows, 1'000'000);
  std::string text;
  for (const WeakHash hash : {WeakHash::fnv, WeakHash::murmur3, WeakHash::standard}) {
    // The others take as long for few as for many.
    if (run.is_quick && hash != WeakHash::murmur3) continue;
    const auto file = [&](std::string_view kind, auto make) {
      const std::string name =
          fmt::format("{}-{}-{}-edition{}.csv", kind, slug(hash), rows, people_edition);
      return kept_file(run.folder, name, [&] { return make_people_with(make(hash, rows)); });
    };
    const std::string random = "random addresses",
                      colliding = "colliding under " + std::string{title(hash)};
    const Turns turns{{rollcall(run, random, file("random", random_emails), {}),
                       rollcall(run, colliding, file("flood", colliding_emails), {})},
                      run.rounds,
                      run.clock};
    judge(run, turns, "addresses " + colliding + ", × random", Bound::at_most, 2, colliding,
          random);
    text += turns.table(fmt::format("{} addresses of {} characters", rows,
                                    random_emails(hash, 1)[0].size()),
                        static_cast<double>(rows), random) +
            "\n";
  }
  return text + "All addresses of a file have the same hash, in all of its bits.\n";
}

// --- every format --------------------------------------------------------------------------------

// So many rows of a format against a directory in memory, of which the file is perhaps spoilt. A
// file that its vendor keeps small is checked many times.
Turn turn_of(CheckRun& run, std::string_view name, const FormatMaker& of, std::uint64_t rows,
             bool is_small, bool is_spoilt = false)
{
  constexpr std::uint64_t times = 200; // of a small file
  const std::string path = fmt::format("{}/{}-{}-{}{}-edition{}", run.folder, of.format, of.columns,
                                       rows, is_spoilt ? "-spoilt" : "", formats_edition);
  const FormatFile made = of.make(rows);
  write_data_file(path + ".csv", is_spoilt ? spoilt(made.csv) : made.csv);
  write_data_file(path + ".json", made.directory);
  const HostOf host{.directory = path + ".json",
                    .format = std::string{of.format},
                    .context = std::string{of.context},
                    .times = is_small ? times : 1};
  return turn(name,
              [&run, path, host] { return run.entrants.in_memory(path + ".csv", host).taken; });
}

// Of each format, beside as many bytes of clusterpbx, and beside itself with every cell wrong.
std::string formats_section(CheckRun& run)
{
  constexpr std::string_view spoilt_file = "every cell wrong", changes = "clusterpbx, changes";
  std::string text;
  const FormatMaker& yardstick = format_makers().front();
  for (const FormatMaker& maker : format_makers()) {
    const bool is_small = maker.rows_max != 0;
    const std::uint64_t rows = is_small ? std::min(maker.rows_max, run.rows) : run.rows;
    const bool is_yardstick = &maker == &yardstick;
    const bool has_changes = maker.columns == maker_of_changes().columns && !is_small;
    std::vector<Turn> all = {turn_of(run, yardstick.format, yardstick, rows, is_small)};
    if (!is_yardstick) all.push_back(turn_of(run, maker.format, maker, rows, is_small));
    if (has_changes) all.push_back(turn_of(run, changes, maker_of_changes(), rows, is_small));
    all.push_back(turn_of(run, spoilt_file, maker, rows, is_small, true));
    const Turns turns{std::move(all), run.rounds, run.clock};
    const double cells =
        static_cast<double>(maker.columns) / static_cast<double>(yardstick.columns);
    if (!is_yardstick)
      run.budgets.judge(fmt::format("{}: time a cell, × clusterpbx", maker.format), Bound::at_most,
                        2, turns.ratio(maker.format, yardstick.format) / cells);
    if (has_changes)
      run.budgets.judge(
          fmt::format("{}: time a cell, × clusterpbx of users who are there", maker.format),
          Bound::at_most, 2, turns.ratio(maker.format, changes));
    run.budgets.judge(fmt::format("{}: every cell wrong, × the file as it is", maker.format),
                      Bound::at_most, 3, turns.ratio(spoilt_file, maker.format));
    text += turns.table(fmt::format("{}, {} columns", maker.format, maker.columns),
                        static_cast<double>(rows), yardstick.format) +
            "\n";
  }
  return text +
         "call_manager is about users who are there, of whom half are changed: each row asks "
         "for its user, for its number and for who has it; beside it stands clusterpbx with nine "
         "columns about users who are there, of whom half are changed. The others make new "
         "ones.\n";
}

} // namespace

std::span<const CheckSection> check_sections() noexcept
{
  static constexpr std::array<CheckSection, 8> sections = {{{"file", file_section},
                                                            {"threads", threads_section},
                                                            {"directory", directory_section},
                                                            {"small", small_section},
                                                            {"memory", memory_section},
                                                            {"wrong", wrong_section},
                                                            {"flood", flood_section},
                                                            {"formats", formats_section}}};
  return sections;
}

} // namespace rollcall::bench
