// History: jobs are found, stopped, purged and forgotten; changes and accesses are kept.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Ids final : public JobSink {
  std::vector<JobId> all = {};
  void job(const JobRecord& record) override { all.push_back(record.id); }
};

std::vector<JobId> found(SqliteStore& store, const JobFilter& filter)
{
  Ids ids;
  must(store.find_jobs(filter, ids));
  return ids.all;
}

using List = std::vector<JobId>;

JobRecord record(std::string actor, JobState state, std::string file, std::uint64_t rows,
                 std::int64_t at_ms)
{
  JobRecord made{
      .state = state, .actor = std::move(actor), .created_ms = at_ms, .ended_ms = at_ms + 5};
  made.summary = {.format = "people",
                  .action = "execute",
                  .rows = rows,
                  .created = rows / 2,
                  .rejected = rows - rows / 2,
                  .file = std::move(file)};
  return made;
}

void keep(SqliteStore& store, JobId id, std::string_view name, std::string_view text)
{
  const auto sink = must(store.write_artifact(id, name));
  must(sink->write(text));
  must(sink->finish());
}

void settle_one(SqliteStore& store, JobId id, std::string_view secret)
{
  const std::vector<Audited> changes{
      {.op = Op::create,
       .kind = "user",
       .key = "7",
       .fields = R"({"name": [null, "Ada"], "email": [null, "a@b"]})"}};
  const std::vector<MadeSecret> secrets{{.operation = "op-1",
                                         .row = 1,
                                         .line = 2,
                                         .kind = "user",
                                         .key = "7",
                                         .field = "pin",
                                         .value = secret}};
  const std::vector<Settled> groups{
      {.group = 1, .row = 1, .operation = "op-1", .changes = changes, .secrets = secrets}};
  must(store.begin(id));
  must(store.settle(id, groups));
  must(store.commit());
}

bool has_bytes(const Host& host, std::string_view text)
{
  return (host.folder().read("host.db") + host.folder().read("host.db-wal")).find(text) !=
         std::string::npos;
}

} // namespace

TEST_CASE("jobs are found by each of what a page shows of them, the newest first")
{
  Host host;
  SqliteStore store = host.open();
  must(store.add(record("ops@acme", JobState::succeeded, "May.csv", 10, 1000)));
  must(store.add(record("Ops@Other", JobState::partial, "june.csv", 20, 2000)));
  must(store.add(record("mona", JobState::running, "july.csv", 0, 3000)));
  CHECK(found(store, {}) == List{3, 2, 1});
  must(store.add(record("", JobState::succeeded, "", 0, 500))); // nobody's, of no file
  CHECK(found(store, {}) == List{4, 3, 2, 1});
  CHECK(found(store, {.until_ms = 600}) == List{4});
  CHECK(found(store, {.actor = "OPS"}) == List{2, 1});
  CHECK(found(store, {.states = {JobState::partial, JobState::running}}) == List{3, 2});
  CHECK(found(store, {.file = "may"}) == List{1});
  CHECK(found(store, {.rows = {.min = 10, .max = 10}}) == List{1});
  CHECK(found(store, {.created = {.min = 6}}) == List{2});
  CHECK(found(store, {.errors = {.min = 1}}) == List{2, 1});
  CHECK(found(store, {.since_ms = 2000, .until_ms = 3000}) == List{2});
  CHECK(found(store, {.kinds = {"export"}}).empty());
  CHECK(found(store, {.kinds = {"export", "execute"}}) == List{4, 3, 2, 1});
  CHECK(found(store, {.format = "people", .before = 3, .most = 1}) == List{2});
}

TEST_CASE("a job is asked to stop from elsewhere, and seen while it runs")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = must(store.add(record("ops", JobState::running, "a.csv", 0, 1)));
  CHECK(must(store.goes_on(id, {.rows = 300, .groups_planned = 40})));
  SqliteStore other = host.open();
  CHECK(must(other.details(id)).progress.rows == 300);
  CHECK(must(other.details(id)).progress.groups_planned == 40);
  must(other.cancel(id));
  CHECK(must(other.details(id)).is_to_stop);
  CHECK_FALSE(must(store.goes_on(id, {.rows = 400})));
  JobRecord ended = must(store.job(id)).value();
  ended.state = JobState::cancelled;
  must(store.update(ended));
  CHECK(error_of(other.cancel(id)) == ErrorCode::wrong_use);
  CHECK(error_of(other.cancel(99)) == ErrorCode::not_found);
}

TEST_CASE("nothing of a purged job's files and secrets is left in the file and its log")
{
  Host host;
  SqliteStore store = host.open();
  JobRecord running = record("ops", JobState::running, "a.csv", 1, 1);
  const JobId id = must(store.add(running));
  keep(store, id, "source", "Name,PIN\nAda,canary-in-the-file\n");
  settle_one(store, id, "canary-that-was-made");
  CHECK(has_bytes(host, "canary-in-the-file"));
  CHECK(error_of(store.purge(id)) == ErrorCode::busy);
  running.id = id;
  running.state = JobState::partial;
  must(store.update(running));

  SUBCASE("at once")
  {
    must(store.purge(id));
  }
  SUBCASE("when somebody reads meanwhile, as soon as he has ended")
  {
    SqliteStore reader = host.open();
    host.sql("SELECT 1");
    {
      const auto source = must(reader.read_artifact(id, "source"));
      must(reader.begin(must(reader.add(running))));
      CHECK(error_of(store.purge(id)) == ErrorCode::busy);
      reader.roll_back();
    }
    must(store.purge(id));
  }
  CHECK_FALSE(has_bytes(host, "canary"));
  CHECK(must(store.details(id)).artifacts.empty());
  CHECK(must(store.details(id)).purged_ms == host.clock.ms);
  CHECK(must(store.job(id)).has_value());
  CHECK(host.sql("SELECT count(*) FROM audit") == "1\n");
  must(store.purge(id)); // again: it is done
  must(store.check());
}

TEST_CASE("what a process has deleted that died before it was gone, the next one clears away")
{
  Host host;
  {
    SqliteStore store = host.open();
    const JobId id = must(store.add(record("ops", JobState::partial, "a.csv", 1, 1)));
    keep(store, id, "source", "canary-in-the-file");
  }
  host.sql(
      "PRAGMA secure_delete = OFF; DELETE FROM piece; DELETE FROM artifact; "
      "INSERT INTO store VALUES ('cleaning', 'file')");
  CHECK(has_bytes(host, "canary"));
  SqliteStore next = host.open();
  CHECK_FALSE(has_bytes(host, "canary"));
  CHECK(host.sql("SELECT value FROM store WHERE name = 'cleaning'") == "0 done\n");
}

TEST_CASE("jobs go after their time or behind the newest, and none that has not ended")
{
  Host host;
  SqliteStore store = host.open();
  const std::int64_t day_ms = 24 * 60 * 60 * 1000;
  const std::int64_t now = host.clock.ms;
  must(store.add(record("a", JobState::interrupted, "1.csv", 1, now - 200 * day_ms)));
  must(store.add(record("b", JobState::succeeded, "2.csv", 1, now - 100 * day_ms)));
  must(store.add(record("c", JobState::succeeded, "3.csv", 1, now - 80 * day_ms)));
  must(store.add(record("d", JobState::succeeded, "4.csv", 1, now - 1)));
  CHECK(must(store.purge_expired({})) == Purged{.jobs = 1});
  CHECK(found(store, {}) == List{4, 3, 1});
  CHECK(must(store.purge_expired({.jobs = 1})) == Purged{.jobs = 1});
  CHECK(found(store, {}) == List{4, 1});
  CHECK(must(store.purge_expired({})) == Purged{});
}

TEST_CASE("changes are found by object, field, actor, job and time, and stay")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = must(store.add(record("ops", JobState::running, "a.csv", 1, 1)));
  settle_one(store, id, "4711");
  struct Changes final : public AuditSink {
    std::size_t count = 0;
    void change(const AuditRecord& record) override
    {
      ++count;
      CHECK(record.key == "7");
      CHECK(record.op == "create");
      CHECK(record.actor == "ops");
    }
  };
  const auto count_of = [&](const AuditFilter& filter) {
    Changes changes;
    must(store.audit(filter, changes));
    return changes.count;
  };
  CHECK(count_of({}) == 1);
  CHECK(count_of({.kind = "user", .key = "7", .field = "email", .actor = "ops", .job = id}) == 1);
  CHECK(count_of({.kind = "user", .key = "7", .field = "mail"}) == 0);
  CHECK(count_of({.kind = "user", .key = "8"}) == 0);
  CHECK(count_of({.field = "name"}) == 1);
  CHECK(count_of({.actor = "mona"}) == 0);
  CHECK(count_of({.since_ms = host.clock.ms + 1}) == 0);
  CHECK(count_of({.until_ms = host.clock.ms}) == 0);
  CHECK(count_of({.before = 1}) == 0);

  // What is written later is found by its object as well, as often as somebody asks.
  host.sql(
      "INSERT INTO audit (job, row, at_ms, actor, op, kind, key, fields) "
      "SELECT job, row, at_ms, actor, op, kind, key, fields FROM audit");
  for (int i = 0; i != 2; ++i) {
    CHECK(count_of({.kind = "user", .key = "7"}) == 2);
    must(store.check());
  }
  CHECK(count_of({.kind = "user", .key = "7", .before = 2}) == 1);
  CHECK(count_of({.kind = "user", .key = "7", .most = 1}) == 1);
  host.sql("DELETE FROM audit_of_object WHERE audit = 1");
  CHECK(error_of(store.check()) == ErrorCode::corrupt);
}

TEST_CASE("who looked, and who was refused, is kept")
{
  Host host;
  SqliteStore store = host.open();
  must(store.note({.actor = "ada", .what = "see", .job = 3}));
  must(store.note(
      {.actor = "bo", .role = "reader", .what = "purge", .job = 3, .refusal = "he may not"}));
  struct Accesses final : public AccessSink {
    std::vector<AccessRecord> all = {};
    void access(const AccessRecord& access) override { all.push_back(access); }
  } accesses;
  must(store.accesses({.job = 3}, accesses));
  REQUIRE(accesses.all.size() == 2);
  CHECK(accesses.all[0] == AccessRecord{.id = 2,
                                        .at_ms = host.clock.ms,
                                        .actor = "bo",
                                        .role = "reader",
                                        .what = "purge",
                                        .job = 3,
                                        .refusal = "he may not"});
  accesses.all.clear();
  must(store.accesses({.only_refused = true}, accesses));
  CHECK(accesses.all.size() == 1);
  CHECK(host.sql("DELETE FROM access").starts_with("error:"));
}
