// plan_bench.cpp: what a plan costs beside a validation, and carrying it out into SQLite beside the
// bare inserts of the same objects.
//
//   plan_bench [--quick] [--cpu] [--rounds N] [--rows N] [--folder FOLDER] [--save FILE]
//
// Only ratios within a round mean something, and timing never makes it fail. The database is
// written where the folder is: what a disk takes to be sure of a commit counts, too.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory_resource>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "rollcall/memory_directory.hpp"
#include "rollcall/plan.hpp"
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

struct Options {
  bool quick = false;
  Clock clock = Clock::wall;
  std::size_t rounds = 5;
  std::uint64_t rows = 1'000'000;
  std::string folder = ROLLCALL_BENCH_DATA;
  std::string save = {};
};

// Takes all of it, and can be restarted.
class Nowhere final : public Sink {
 public:
  Result<void> write(std::string_view bytes) override
  {
    bytes_ += bytes.size();
    return success();
  }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  Result<void> restart() override
  {
    bytes_ = 0;
    return success();
  }
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  std::uint64_t bytes_ = 0;
};

// ---- SQLite -------------------------------------------------------------------------------------

class Database {
 public:
  explicit Database(const std::string& path)
  {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) throw std::runtime_error{"open " + path};
  }
  ~Database() { sqlite3_close(db_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql)
  {
    char* fault = nullptr;
    if (sqlite3_exec(db_, sql, nullptr, nullptr, &fault) != SQLITE_OK)
      throw std::runtime_error{fault};
  }
  [[nodiscard]] sqlite3_stmt* prepare(const char* sql)
  {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(db_, sql, -1, &made, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(db_)};
    return made;
  }

 private:
  sqlite3* db_ = nullptr;
};

// What stands in a store of its objects, and of what they are found by.
struct Kept {
  struct Object {
    std::int64_t id;
    std::string fields;
  };
  struct Value {
    std::int64_t sought;
    std::string value;
    std::int64_t object;
  };
  std::vector<Object> objects;
  std::vector<Value> values; // in the order of the objects
};

Kept read_store(const std::string& path)
{
  Database database{path};
  const auto text = [](sqlite3_stmt* row, int column) {
    const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    return std::string{bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
  };
  Kept kept;
  sqlite3_stmt* rows = database.prepare("SELECT id, fields FROM object ORDER BY id");
  while (sqlite3_step(rows) == SQLITE_ROW)
    kept.objects.push_back({sqlite3_column_int64(rows, 0), text(rows, 1)});
  sqlite3_finalize(rows);
  rows = database.prepare("SELECT sought, value, object FROM value ORDER BY object, sought");
  while (sqlite3_step(rows) == SQLITE_ROW)
    kept.values.push_back(
        {sqlite3_column_int64(rows, 0), text(rows, 1), sqlite3_column_int64(rows, 2)});
  sqlite3_finalize(rows);
  return kept;
}

// The same rows by prepared statements in one transaction, into a database that is kept alike.
void insert_bare(const Kept& kept, const std::string& path)
{
  Database database{path};
  database.run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
      "PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=8192;"
      "CREATE TABLE object (id INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;"
      "CREATE TABLE value (sought INTEGER NOT NULL, value TEXT NOT NULL, object INTEGER NOT NULL,"
      " PRIMARY KEY (sought, value, object)) STRICT, WITHOUT ROWID; BEGIN IMMEDIATE");
  sqlite3_stmt* const object = database.prepare("INSERT INTO object VALUES (?, ?)");
  sqlite3_stmt* const value = database.prepare("INSERT INTO value VALUES (?, ?, ?)");
  const auto bind = [](sqlite3_stmt* row, int place, const std::string& text) {
    sqlite3_bind_text(row, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  };
  const auto insert = [](sqlite3_stmt* row) {
    expect(sqlite3_step(row) == SQLITE_DONE, "an insert failed");
    sqlite3_reset(row);
  };
  auto next = kept.values.begin();
  for (const Kept::Object& each : kept.objects) {
    sqlite3_bind_int64(object, 1, each.id);
    bind(object, 2, each.fields);
    insert(object);
    for (; next != kept.values.end() && next->object <= each.id; ++next) {
      sqlite3_bind_int64(value, 1, next->sought);
      bind(value, 2, next->value);
      sqlite3_bind_int64(value, 3, next->object);
      insert(value);
    }
  }
  database.run("COMMIT");
  sqlite3_finalize(object);
  sqlite3_finalize(value);
}

// ---- Both parts ---------------------------------------------------------------------------------

class Bench {
 public:
  explicit Bench(const Options& options) : options_{options}, users_{make_users(options.rows)} {}

  std::string run(Budgets& budgets)
  {
    std::vector<double> plan_ratios, sqlite_ratios, validate_s, plan_s, raw_s, sqlite_s;
    for (std::size_t round = 0; round != options_.rounds; ++round) {
      validate_s.push_back(validating());
      plan_s.push_back(planning());
      plan_ratios.push_back(plan_s.back() / validate_s.back());
      sqlite_s.push_back(executing());
      raw_s.push_back(inserting());
      sqlite_ratios.push_back(sqlite_s.back() / raw_s.back());
    }
    const double planned = median(plan_ratios);
    const double executed = median(sqlite_ratios);
    budgets.judge("planning, times validating", Bound::at_most, 2.5, planned);
    budgets.judge("executing creates into SQLite, times bare inserts", Bound::at_most, 3, executed);
    return fmt::format(
        "{} rows against a directory in memory of as many users; a tenth of them changes:\n\n"
        "| | seconds | |\n|---|---:|---:|\n"
        "| validating | {:.2f} | 1 |\n| planning, {:.0f} bytes a row | {:.2f} | {:.2f} |\n\n"
        "{} new users into a database that is empty:\n\n"
        "| | seconds | |\n|---|---:|---:|\n"
        "| bare inserts in one transaction | {:.2f} | 1 |\n"
        "| reading, planning, executing, journal, audit | {:.2f} | {:.2f} |\n",
        options_.rows, median(validate_s),
        static_cast<double>(plan_bytes_) / static_cast<double>(options_.rows), median(plan_s),
        planned, options_.rows, median(raw_s), median(sqlite_s), executed);
  }

 private:
  double validating()
  {
    MemoryDirectory directory = full_directory();
    MemorySource file{users_.changed};
    JobSummary job;
    const double seconds = timed(options_.clock, [&] {
      job = must(validate(schema_, file, directory, context_, {}, {}, system_.seams()));
    });
    expect(job.updated == options_.rows / 10, "validating came to something else");
    return seconds;
  }

  double planning()
  {
    MemoryDirectory directory = full_directory();
    MemorySource file{users_.changed};
    Nowhere plan;
    JobSummary job;
    const double seconds = timed(options_.clock, [&] {
      job = must(make_plan(schema_, file, directory, context_, {}, {}, plan, {}, system_.seams()));
    });
    expect(job.updated == options_.rows / 10, "planning came to something else");
    plan_bytes_ = plan.bytes();
    return seconds;
  }

  double executing()
  {
    remove_database(store_path());
    {
      SqliteStore store = must(SqliteStore::create(store_path(), system_.seams()));
      MemorySource nobody{R"({"phone_model": [], "provisioning_template": [], )"
                          R"("user_profile": [], "user": []})"};
      must(store.fill(nobody));
    }
    SqliteStore store = must(SqliteStore::open(store_path(), system_.seams()));
    const auto directory = must(store.directory(schema_));
    MemorySource file{users_.new_ones};
    JobSummary job;
    const double seconds = timed(options_.clock, [&] {
      job = must(
          execute(schema_, file, *directory, context_, {.store = &store}, {}, system_.seams()));
    });
    expect(job.created == options_.rows, "executing came to something else");
    return seconds;
  }

  double inserting()
  {
    const Kept kept = read_store(store_path());
    expect(kept.objects.size() == options_.rows, "the store holds other objects");
    remove_database(bare_path());
    const double seconds = timed(options_.clock, [&] { insert_bare(kept, bare_path()); });
    remove_database(bare_path());
    remove_database(store_path());
    return seconds;
  }

  [[nodiscard]] MemoryDirectory full_directory()
  {
    MemorySource json{users_.directory};
    return must(MemoryDirectory::read(json, schema_, system_.seams()));
  }
  [[nodiscard]] std::string store_path() const { return options_.folder + "/plan_bench.db"; }
  [[nodiscard]] std::string bare_path() const { return options_.folder + "/plan_bench_bare.db"; }

  Options options_;
  Users users_;
  schema::Schema schema_ = schema_of("clusterpbx");
  Context context_ = {.name = "ops", .role = "client"};
  SystemSeams system_;
  std::uint64_t plan_bytes_ = 0;
};

Options options_of(std::span<char* const> words)
{
  Options options;
  OptionWords{}
      .flag("--quick",
            [&] {
              options.quick = true;
              options.rounds = 1;
              options.rows = 2'000;
            })
      .cpu(options.clock)
      .number("--rounds", options.rounds)
      .number("--rows", options.rows)
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
  std::string report = report_head("Planning and executing", options.rounds, options.clock);
  report += "\n" + bench.run(budgets);
  if (options.quick) {
    fmt::print("planned and executed alike\n");
    return;
  }
  report += "\n## budgets\n\n" + budgets.text();
  fmt::print("{}", report);
  if (!options.save.empty()) save_report(report, options.save, "plan-");
}

} // namespace
} // namespace rollcall::bench

int main(int argc, char** argv)
{
  using namespace rollcall::bench;
  return run_bench("plan_bench", argc, argv,
                   [](std::span<char* const> words) { run(options_of(words)); });
}
