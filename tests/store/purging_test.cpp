// What a purge removes, what it says of it, and what it leaves.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 60 * 60 * 1000;

// A job that has made two secrets, of which one is for a mail alone, and two mails.
JobId run_one(Host& host, SqliteStore& store, JobState ends_as, std::string_view canary)
{
  JobRecord record{.state = JobState::running, .actor = "ops", .created_ms = 1};
  record.summary = {.format = "people", .action = "execute", .file = "a.csv"};
  record.id = must(store.add(record));
  for (const std::string_view name : {"source", "plan"}) {
    const auto sink = must(store.write_artifact(record.id, name));
    must(sink->write(std::string{canary} + " in the " + std::string{name}));
    must(sink->finish());
  }
  const std::string shown = std::string{canary} + " that is shown";
  const std::string mailed = std::string{canary} + " that is mailed";
  const std::string address = R"({"to": ")" + std::string{canary} + R"(@b.example"})";
  const std::string with_secret = R"({"to": "b@b.example", "secrets": {"user.pin": "op-1/1/pin"}})";
  const std::vector<MadeSecret> secrets{{.operation = "op-1",
                                         .row = 1,
                                         .kind = "user",
                                         .key = "7",
                                         .field = "password",
                                         .value = shown},
                                        {.operation = "op-1",
                                         .change = 1,
                                         .row = 1,
                                         .kind = "user",
                                         .key = "7",
                                         .field = "pin",
                                         .value = mailed,
                                         .is_shown = false,
                                         .waiting = 1}};
  const std::vector<Effect> effects{{.name = "welcome", .fields = address},
                                    {.name = "pin", .fields = with_secret}};
  const std::string why = R"({"value": ")" + std::string{canary} + R"("})";
  const std::vector<Settled> groups{
      {.group = 1, .row = 1, .operation = "op-1", .effects = effects, .secrets = secrets},
      {.group = 2, .row = 2, .fate = Fate::stale, .why = why, .operation = "op-2"}};
  must(store.begin(record.id));
  must(store.settle(record.id, groups));
  must(store.commit());
  record.state = ends_as;
  record.ended_ms = host.clock.ms;
  must(store.update(record));
  return record.id;
}

std::string bytes_of(const Host& host)
{
  std::string all;
  for (const char* const end : {"", "-wal", "-shm", "-journal", "-jobs"})
    all += host.folder().read(std::string{"host.db"} + end);
  return all;
}

std::uint64_t waiting_in(SqliteStore& store)
{
  struct Count final : public EffectSink {
    std::uint64_t count = 0;
    void effect(const WaitingEffect&) override { ++count; }
  } count;
  must(store.effects(count));
  return count.count;
}

} // namespace

TEST_CASE("a purge says what went: files, secrets that nobody had fetched, effects without theirs")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = run_one(host, store, JobState::partial, "canary");
  CHECK(must(store.details(id)).effects_waiting == 2);
  CHECK(must(store.purge(id)) == Purged{.jobs = 1, .files = 2, .secrets = 1, .effects = 1});
  CHECK(must(store.purge(id)) == Purged{});
  CHECK(waiting_in(store) == 2); // the host may still send what needs no secret
  CHECK(must(store.details(id)).effects_waiting == 2);
}

TEST_CASE("retention says how many jobs went, and how many effects with them")
{
  Host host;
  SqliteStore store = host.open();
  run_one(host, store, JobState::partial, "first");
  const JobId second = run_one(host, store, JobState::succeeded, "second");
  must(store.effect_done(3)); // the first of the second job
  host.clock.ms += 100 * day_ms;
  const JobId running = run_one(host, store, JobState::interrupted, "third");
  host.clock.ms += 100 * day_ms;
  CHECK(must(store.purge_expired({})) == Purged{.jobs = 2, .files = 4, .secrets = 2, .effects = 3});
  CHECK_FALSE(must(store.job(second)).has_value());
  CHECK(must(store.job(running)).has_value());
  CHECK(waiting_in(store) == 2);
  CHECK(must(store.purge_expired({})) == Purged{});
}

TEST_CASE("nothing that a purge removes is left in any file of the database")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = run_one(host, store, JobState::partial, "canary");
  must(store.effect_done(1));
  CHECK(bytes_of(host).find("canary") != std::string::npos);
  must(store.purge(id));
  CHECK(bytes_of(host).find("canary") == std::string::npos);
  run_one(host, store, JobState::partial, "canary");
  host.clock.ms += 100 * day_ms;
  must(store.purge_expired({}));
  CHECK(bytes_of(host).find("canary") == std::string::npos);
  must(store.check());
}

TEST_CASE("a purge that a reader is in the way of says what it has deleted all the same")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = run_one(host, store, JobState::partial, "canary");
  {
    sqlite3* reader = nullptr;
    REQUIRE(sqlite3_open(host.path().c_str(), &reader) == SQLITE_OK);
    REQUIRE(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM job", nullptr, nullptr, nullptr) ==
            SQLITE_OK);
    const auto busy = store.purge(id);
    sqlite3_close(reader);
    REQUIRE(error_of(busy) == ErrorCode::busy);
    CHECK(describe(busy.assume_error())
              .find("deleted: 1 job, 2 files, 1 secret that nobody has "
                    "fetched, 1 effect that waited") != std::string::npos);
  }
  CHECK(must(store.purge(id)) == Purged{});
  CHECK(bytes_of(host).find("canary that is shown") == std::string::npos);
}
