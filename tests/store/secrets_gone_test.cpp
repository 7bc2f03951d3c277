// Secrets that nobody needs any more stand nowhere in the file, however rows of others were moved
// about in it: not when an undo takes them back, not when they are fetched, not when their effects
// are done.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

using Values = std::vector<std::string>;

constexpr std::size_t value_bytes = 16;
constexpr std::uint64_t rows = 600;
constexpr std::size_t of_a_row = 4;

// Random letters, so that none is found where it is not.
Values made_values(unsigned seed)
{
  std::mt19937 random{seed};
  Values values(rows * of_a_row);
  for (std::string& value : values)
    for (std::size_t i = 0; i != value_bytes; ++i) value += static_cast<char>('a' + random() % 26);
  return values;
}

// How many of them stand in the file or its log.
std::size_t standing(const Values& values, const Host& host)
{
  const std::string bytes = host.folder().read("host.db") + host.folder().read("host.db-wal");
  const std::unordered_set<std::string_view> wanted{values.begin(), values.end()};
  std::unordered_set<std::string_view> found;
  for (std::size_t i = 0; i + value_bytes <= bytes.size(); ++i) {
    const auto one = wanted.find(std::string_view{bytes}.substr(i, value_bytes));
    if (one != wanted.end()) found.insert(*one);
  }
  return found.size();
}

struct Made {
  JobId id = 0;
  Values values; // four of each row
  // Of rows for which this holds.
  template <typename Has>
  [[nodiscard]] Values of_rows(Has&& has) const
  {
    Values some;
    for (std::size_t i = 0; i != values.size(); ++i)
      if (has(i / of_a_row + 1)) some.push_back(values[i]);
    return some;
  }
};

struct How {
  bool are_held = false; // the host says keys late
  bool wait = false;     // an effect waits for the first of each row
  std::size_t batch = 1; // groups that are settled at once
};

JobId begin_job(SqliteStore& store, const char* action)
{
  JobRecord record{.state = JobState::running, .actor = "ops", .created_ms = 1};
  record.summary = {.format = "people", .action = action, .file = "a.csv"};
  const JobId id = must(store.add(record));
  must(store.begin(id));
  return id;
}

void end_job(SqliteStore& store, JobId id)
{
  must(store.commit());
  JobRecord record = *must(store.job(id));
  record.state = JobState::succeeded;
  must(store.update(record));
}

// Some keys are longer than the room that is left for them.
std::string key_of(std::uint64_t row)
{
  return std::to_string(row) + std::string(row % 7 == 0 ? 60 : 4, '0');
}

// A row of the job is a group of its own.
struct Row {
  std::string operation, key, mail;
  std::vector<MadeSecret> secrets;
  std::vector<Effect> effects;
  std::vector<Audited> changes;
};

void fill(Row& row, std::uint64_t number, const Made& made, How how)
{
  row.operation = "op-" + std::to_string(made.id) + "-" + std::to_string(number);
  row.key = key_of(number);
  for (std::size_t i = 0; i != of_a_row; ++i)
    row.secrets.push_back({.operation = row.operation,
                           .change = static_cast<std::uint32_t>(i),
                           .row = number,
                           .kind = "user",
                           .key = how.are_held ? std::string_view{} : row.key,
                           .field = "pin",
                           .value = made.values[(number - 1) * of_a_row + i],
                           .waiting = how.wait && i == 0 ? 1U : 0U});
  row.mail = R"({"secrets": {"user.pin": ")" + row.operation + R"(/0/pin"}})";
  if (how.wait) row.effects.push_back({.row = number, .name = "mail", .fields = row.mail});
  row.changes.assign(of_a_row, {.op = Op::create, .kind = "user", .key = row.key});
}

Made run_job(SqliteStore& store, unsigned seed, How how)
{
  Made made{.id = begin_job(store, "execute"), .values = made_values(seed)};
  for (std::uint64_t next = 1; next <= rows;) {
    std::deque<Row> batch;
    std::vector<Settled> groups;
    std::vector<std::string_view> operations;
    std::vector<MadeSecret> held;
    for (; next <= rows && batch.size() != how.batch; ++next) {
      Row& row = batch.emplace_back();
      fill(row, next, made, how);
      groups.push_back({.group = next,
                        .row = next,
                        .operation = row.operation,
                        .changes = row.changes,
                        .effects = row.effects});
      if (!how.are_held) groups.back().secrets = row.secrets;
      operations.emplace_back(row.operation);
      held.insert(held.end(), row.secrets.begin(), row.secrets.end());
    }
    if (how.are_held) {
      must(store.intend(made.id, operations));
      must(store.hold(made.id, held));
    }
    must(store.settle(made.id, groups));
  }
  end_job(store, made.id);
  must(store.check());
  return made;
}

// Of these rows, in an order of no meaning.
template <typename Has>
void undo(SqliteStore& store, const Made& made, How how, Has&& has)
{
  std::vector<std::uint64_t> order(rows);
  std::iota(order.begin(), order.end(), std::uint64_t{1});
  std::shuffle(order.begin(), order.end(), std::mt19937{7});
  std::erase_if(order, [&](std::uint64_t row) { return !has(row); });
  const JobId id = begin_job(store, "undo");
  for (std::size_t first = 0; first < order.size(); first += how.batch) {
    std::deque<std::string> keys;
    std::deque<Audited> changes;
    std::vector<Settled> groups;
    for (std::size_t at = first; at != order.size() && groups.size() != how.batch; ++at) {
      const std::uint64_t& row = order[at];
      const std::string& key = keys.emplace_back(key_of(row));
      const Audited& change =
          changes.emplace_back(Audited{.op = Op::delete_, .kind = "user", .key = key});
      groups.push_back({.group = at + 1,
                        .row = row,
                        .changes = {&change, 1},
                        .takes_back_of = made.id,
                        .takes_back = {&row, 1},
                        .withdraws = {&row, 1}});
    }
    must(store.settle(id, groups));
  }
  end_job(store, id);
  must(store.check());
}

struct Taker final : public SecretTaker {
  std::uint64_t count = 0;
  Result<void> secret(const MadeSecret&) override
  {
    ++count;
    return success();
  }
  Result<void> keep() override { return success(); }
};

constexpr auto some = [](std::uint64_t row) { return row % 10 != 0; };
constexpr auto rest = [](std::uint64_t row) { return row % 10 == 0; };

} // namespace

TEST_CASE("what an undo takes back stands nowhere, whatever stays beside it")
{
  for (const How how :
       {How{}, How{.are_held = true}, How{.wait = true}, How{.batch = 50},
        How{.are_held = true, .batch = 50}, How{.are_held = true, .wait = true, .batch = 50}}) {
    CAPTURE(how.are_held);
    CAPTURE(how.wait);
    CAPTURE(how.batch);
    Host host;
    SqliteStore store = host.open();
    const Made first = run_job(store, 1, how);
    const Made second = run_job(store, 2, how);
    CHECK(standing(first.values, host) == first.values.size());
    undo(store, first, how, some);
    CHECK(standing(first.of_rows(some), host) == 0);
    CHECK(standing(first.of_rows(rest), host) == rows / 10 * of_a_row);
    CHECK(must(store.details(first.id)).secrets_waiting == rows / 10 * of_a_row);
    undo(store, first, how, rest);
    CHECK(standing(first.values, host) == 0);
    CHECK(must(store.details(first.id)).secrets_waiting == 0);
    CHECK(standing(second.values, host) == second.values.size());
    Taker taker;
    CHECK(must(store.take_secrets(second.id, taker)) == second.values.size());
    CHECK(standing(second.values, host) == (how.wait ? rows : 0));
  }
}

TEST_CASE("what was fetched, and what an effect has had, stands nowhere")
{
  Host host;
  SqliteStore store = host.open();
  const Made first = run_job(store, 3, {.are_held = true, .wait = true});
  const Made second = run_job(store, 4, {.wait = true, .batch = 50});
  // Effects are done in an order of no meaning; half of them before the secrets are fetched.
  std::vector<std::uint64_t> effects(2 * rows);
  std::iota(effects.begin(), effects.end(), std::uint64_t{1});
  std::shuffle(effects.begin(), effects.end(), std::mt19937{7});
  for (std::size_t i = 0; i != rows; ++i) must(store.effect_done(effects[i]));
  Taker taker;
  CHECK(must(store.take_secrets(first.id, taker)) == first.values.size());
  must(store.check());
  CHECK(standing(second.values, host) == second.values.size());
  for (std::size_t i = rows; i != 2 * rows; ++i) must(store.effect_done(effects[i]));
  CHECK(standing(first.values, host) == 0);
  CHECK(standing(second.values, host) == second.values.size());
  CHECK(must(store.take_secrets(second.id, taker)) == second.values.size());
  CHECK(standing(second.values, host) == 0);
  CHECK(host.sql("SELECT count(*) FROM made_secrets") == "0\n");
}

TEST_CASE("of a group that nobody knows of no secret waits for an effect, for there is none")
{
  for (const bool is_held : {false, true}) {
    CAPTURE(is_held);
    Host host;
    SqliteStore store = host.open();
    const JobId id = begin_job(store, "execute");
    std::vector<MadeSecret> secrets;
    for (const bool is_shown : {true, false})
      secrets.push_back({.operation = "op-1",
                         .change = is_shown ? 0U : 1U,
                         .row = 1,
                         .kind = "user",
                         .key = "7",
                         .field = "pin",
                         .value = is_shown ? "canary-shown" : "canary-mailed",
                         .is_shown = is_shown,
                         .waiting = 1});
    Settled group{.group = 1, .row = 1, .fate = Fate::unknown, .operation = "op-1"};
    if (is_held) {
      const std::string_view operation = "op-1";
      must(store.intend(id, {&operation, 1}));
      must(store.hold(id, secrets));
    } else {
      group.secrets = secrets;
    }
    must(store.settle(id, {&group, 1}));
    end_job(store, id);
    must(store.check());
    Taker taker;
    CHECK(must(store.take_secrets(id, taker)) == 1);
    CHECK(host.sql("SELECT count(*) FROM made_secrets") == "0\n");
    const std::string bytes = host.folder().read("host.db") + host.folder().read("host.db-wal");
    CHECK(bytes.find("canary-") == std::string::npos);
  }
}

TEST_CASE("what was held for a mail alone is gone when nobody knows of its group")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = begin_job(store, "execute");
  const MadeSecret mailed{.operation = "op-1",
                          .row = 1,
                          .kind = "user",
                          .key = "7",
                          .field = "pin",
                          .value = "canary-mailed",
                          .is_shown = false,
                          .waiting = 1};
  const std::string_view operation = "op-1";
  must(store.intend(id, {&operation, 1}));
  must(store.hold(id, {&mailed, 1}));
  must(store.commit());
  must(store.begin(id));
  const Settled group{.group = 1, .row = 1, .fate = Fate::unknown, .operation = "op-1"};
  must(store.settle(id, {&group, 1}));
  end_job(store, id);
  must(store.check());
  CHECK(host.sql("SELECT count(*) FROM made_secrets") == "0\n");
  const std::string bytes = host.folder().read("host.db") + host.folder().read("host.db-wal");
  CHECK(bytes.find("canary-") == std::string::npos);
}

// Each has more than a piece, so that a part of it stands among the pieces of others. (Seeds with
// which one stood there when only the log was cut.)
TEST_CASE("of files that were not kept to their end nothing stands, however many there were")
{
  struct Upload {
    JobId id = 0;
    std::string canary;
    std::unique_ptr<ArtifactSink> sink;
  };
  std::size_t standing = 0;
  for (const unsigned seed : {63U, 110U, 116U, 117U}) {
    Host host;
    SqliteStore store = host.open();
    std::mt19937 random{seed};
    std::vector<Upload> uploads;
    for (unsigned i = 0; i != 60; ++i) {
      const JobId id = must(store.add({.state = JobState::running, .actor = "ops"}));
      Upload upload{id, "canary" + std::to_string(100000 + i),
                    must(store.write_artifact(id, "source"))};
      std::string text;
      const std::size_t size = 256U * 1024 + random() % 3000;
      while (text.size() < size) text += "12,Ada,Lee," + upload.canary + ",x\n";
      if (random() % 3 != 0) {
        must(upload.sink->write(text));
        uploads.push_back(std::move(upload));
      } else {
        must(upload.sink->write(std::string_view{text}.substr(0, 200 + random() % 3000)));
        must(upload.sink->finish());
      }
    }
    std::shuffle(uploads.begin(), uploads.end(), random);
    for (Upload& upload : uploads) {
      upload.sink.reset();
      JobRecord record = *must(store.job(upload.id));
      record.state = JobState::failed;
      must(store.update(record));
    }
    const std::string bytes = host.folder().read("host.db") + host.folder().read("host.db-wal");
    for (const Upload& upload : uploads)
      standing += bytes.find(upload.canary) != bytes.npos ? 1U : 0U;
  }
  CHECK(standing == 0);
}
