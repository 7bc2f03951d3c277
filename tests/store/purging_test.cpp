// What a purge removes, what it says of it, and what it leaves.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
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

TEST_CASE("retention of some formats leaves jobs of others, and counts them")
{
  Host host;
  SqliteStore store = host.open();
  const auto add = [&](std::string schema) {
    JobRecord record{.state = JobState::failed, .ended_ms = 1, .schema = std::move(schema)};
    record.summary.format = "people";
    return must(store.add(record));
  };
  const JobId first = add("{\"a\": 1}");
  const JobId other = add("{\"a\": 2}");
  host.clock.ms += 100 * day_ms;
  const std::vector<std::uint64_t> of{must(store.job(first))->schema_id};
  CHECK(must(store.purge_expired({.schemas = of})) == Purged{.jobs = 1, .left = 1});
  CHECK_FALSE(must(store.job(first)).has_value());
  CHECK(must(store.job(other)).has_value());
  CHECK(must(store.purge_expired({})) == Purged{.jobs = 1});
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

TEST_CASE("what is to be cleaned is not forgotten because somebody else has cleaned meanwhile")
{
  // At each lock that the first one takes another one purges, and somebody reads: so the other one
  // cannot clean itself, and counts on whoever comes next.
  bool has_struck = true;
  std::size_t purged = 0;
  for (std::size_t at = 0; has_struck; ++at) {
    CAPTURE(at);
    Host host;
    SqliteStore first = host.open();
    SqliteStore other = host.open();
    const JobId its = run_one(host, first, JobState::partial, "canary-one");
    const JobId others = run_one(host, first, JobState::partial, "canary-two");
    sqlite3* reader = nullptr;
    std::size_t locks = 0;
    has_struck = false;
    host.vfs.before = [&](const char* call) -> FailingVfs::Verdict {
      if (has_struck || std::string_view{call} != "lock shared" || locks++ != at) return {};
      has_struck = true;
      REQUIRE(sqlite3_open(host.path().c_str(), &reader) == SQLITE_OK);
      sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM job", nullptr, nullptr, nullptr);
      static_cast<void>(other.purge(others).has_value());
      return {};
    };
    static_cast<void>(first.purge(its).has_value());
    host.vfs.before = nullptr;
    sqlite3_close(reader);
    must(first.purge(its)); // also if the other one was in its way
    const std::string bytes = bytes_of(host);
    CHECK(bytes.find("canary-one that is") == std::string::npos);
    if (must(first.details(others)).purged_ms == 0) continue;
    ++purged;
    CHECK(bytes.find("canary-two that is") == std::string::npos);
  }
  CHECK(purged > 3);
}

TEST_CASE("pieces that no file has are found by a check, and go with the next purge")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = run_one(host, store, JobState::partial, "canary");
  must(store.check());
  REQUIRE(
      host.sql("INSERT INTO piece VALUES (99, 0, CAST('nobody''s canary' AS BLOB), 0)").empty());
  CHECK(error_of(store.check()) == ErrorCode::corrupt);
  must(store.purge(id));
  must(store.check());
  CHECK(bytes_of(host).find("nobody's canary") == std::string::npos);
}

TEST_CASE("damage among what is kept of jobs is found")
{
  for (const char* const script :
       {"DELETE FROM piece WHERE artifact = 1",
        "UPDATE piece SET content = CAST('short' AS BLOB) WHERE artifact = 1",
        "UPDATE piece SET number = 1 WHERE artifact = 1",
        "UPDATE piece SET is_packed = 1 WHERE artifact = 1",
        "UPDATE piece SET is_packed = 2 WHERE artifact = 1",
        "UPDATE artifact SET bytes = bytes + 1 WHERE id = 1",
        "UPDATE artifact SET job = 9 WHERE id = 1", "UPDATE made_secrets SET job = 9",
        "UPDATE made_secrets SET is_settled = 0", "UPDATE made_secrets SET is_shown = 0",
        "UPDATE made_secrets SET is_waiting = 1 - is_waiting",
        "UPDATE made_secrets SET is_blank = 1", "UPDATE job SET secrets_left = 9",
        "UPDATE outbox SET job = 9 WHERE id = 1", "UPDATE exception SET job = 9",
        "UPDATE exception SET group_number = 3", "INSERT INTO intended VALUES ('op-3', 1)",
        "UPDATE job SET purged_ms = 1"}) {
    CAPTURE(script);
    Host host;
    SqliteStore store = host.open();
    run_one(host, store, JobState::partial, "canary");
    must(store.check());
    REQUIRE(host.sql(script).empty());
    CHECK(error_of(store.check()) == ErrorCode::corrupt);
  }
}

TEST_CASE("a job whose undo or retry has not ended is not purged, and says which one that is")
{
  Host host;
  SqliteStore store = host.open();
  const JobId first = run_one(host, store, JobState::partial, "canary");
  JobRecord retry{.from = first, .state = JobState::partial, .ended_ms = host.clock.ms};
  retry.id = must(store.add(retry));
  JobRecord again{.from = retry.id, .state = JobState::running};
  again.summary.action = "execute";
  again.id = must(store.add(again));
  again.state = JobState::interrupted;
  must(store.update(again));
  for (const JobId id : {first, retry.id}) {
    const auto busy = store.purge(id);
    REQUIRE(error_of(busy) == ErrorCode::busy);
    CHECK(busy.assume_error().detail().find("job 3 (execute), which came of job") !=
          std::string::npos);
  }
  host.clock.ms += 100 * day_ms;
  CHECK(must(store.purge_expired({})) == Purged{});
  CHECK(must(store.details(first)).artifacts.size() == 2);
  must(store.cancel(again.id));
  CHECK(must(store.purge(first)).files == 2);
  CHECK(must(store.purge_expired({.jobs = 1})).jobs == 2);
}

// Of an operation that a host is given, secrets are held before; where it was not done, or is given
// again, they go.
TEST_CASE("secrets that were held for nothing are gone from the log when their job ends")
{
  for (const bool is_given_again : {false, true}) {
    CAPTURE(is_given_again);
    Host host;
    SqliteStore store = host.open();
    JobRecord record{.state = JobState::running};
    record.id = must(store.add(record));
    const std::vector<std::string_view> operations{"op-1"};
    const auto hold = [&](std::string_view value) {
      const std::vector<MadeSecret> held{
          {.operation = "op-1", .kind = "user", .field = "pin", .value = value}};
      must(store.begin(record.id));
      must(store.intend(record.id, operations));
      must(store.hold(record.id, held));
      must(store.commit());
    };
    hold("first canary");
    if (is_given_again) hold("second canary");
    const std::vector<Settled> settled{{.group = 1,
                                        .row = 1,
                                        .fate = is_given_again ? Fate::applied : Fate::failed,
                                        .operation = "op-1"}};
    must(store.begin(record.id));
    must(store.settle(record.id, settled));
    must(store.commit());
    CHECK(bytes_of(host).find("first canary") != std::string::npos);
    record.state = JobState::partial;
    must(store.update(record));
    CHECK(bytes_of(host).find("first canary") == std::string::npos);
    const bool is_kept = bytes_of(host).find("second canary") != std::string::npos;
    CHECK(is_kept == is_given_again); // it may be fetched
    must(store.check());
  }
}

namespace {

// A job whose file was refused, with what stood in the place of its header.
JobRecord refused(Host& host, std::string_view cell)
{
  JobRecord record{.state = JobState::failed, .created_ms = 1, .ended_ms = host.clock.ms};
  record.summary = {.format = "people", .action = "execute", .refusal = Refusal::file};
  Finding missing = finding(Code::header_missing_column, {.line = 3});
  missing.column = "Email";
  missing.facts.push_back(fact("found", cell));
  Finding own{.severity = Severity::warning, .rule = "people.odd", .says = std::string{cell}};
  own.value = cell;
  own.fix = Fix{.column = std::string{cell}, .replace = std::string{cell}};
  record.summary.findings = {missing, own};
  for (const Finding& each : record.summary.findings) record.summary.counts.count(each);
  return record;
}

} // namespace

TEST_CASE("findings about a purged file keep code, severity and line, and nothing that stood in it")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = must(store.add(refused(host, "canary-1")));
  CHECK(bytes_of(host).find("canary") != std::string::npos);
  must(store.purge(id));
  CHECK(bytes_of(host).find("canary") == std::string::npos);
  const JobRecord kept = must(store.job(id)).value();
  REQUIRE(kept.summary.findings.size() == 2);
  const Finding& first = kept.summary.findings.front();
  CHECK(first.code == Code::header_missing_column);
  CHECK(first.place.line == 3);
  CHECK(render_message(first) == "what it said was purged with the file");
  CHECK(slug(kept.summary.findings.back()) == "people.odd");
  CHECK(kept.summary.findings.back().severity == Severity::warning);
  CHECK(kept.summary.counts.of(Code::header_missing_column) == 1);
}

TEST_CASE("a purge names the jobs that still have the file, or rows of it")
{
  Host host;
  SqliteStore store = host.open();
  const auto add = [&](JobId from, std::string sha256, bool has_file) {
    JobRecord record{.from = from, .state = JobState::running, .created_ms = 1};
    record.summary = {.format = "people", .action = "execute"};
    record.id = must(store.add(record));
    if (has_file) {
      const auto sink = must(store.write_artifact(record.id, "source"));
      must(sink->write("a file"));
      must(sink->finish());
    }
    record.state = JobState::succeeded;
    record.summary.sha256 = std::move(sha256);
    must(store.update(record));
    return record.id;
  };
  const JobId validation = add(0, "aa", true);
  const JobId executed = add(validation, "aa", true);
  const JobId retried = add(executed, "bb", true);
  const JobId undone = add(executed, "aa", false);
  const JobId same = add(0, "aa", true);
  const JobId other = add(0, "cc", true);
  CHECK(must(store.purge(executed)).others == std::vector<JobId>{validation, retried, same});
  CHECK(must(store.purge(executed)).others.empty());
  CHECK(must(store.purge(validation)).others == std::vector<JobId>{retried, same});
  CHECK(must(store.purge(undone)).others == std::vector<JobId>{retried, same});
  CHECK(must(store.purge(other)).others.empty());
}
