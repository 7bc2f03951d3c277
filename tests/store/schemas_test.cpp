// The formats of jobs: each kept once, as long as a job has it; jobs are found by them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

using List = std::vector<JobId>;

struct Schemas final : public SchemaSink {
  std::string all = {};
  void schema(const KeptSchema& schema) override
  {
    all.append(std::to_string(schema.id)).append(" ").append(schema.format);
    all.append(" ").append(schema.json).append("\n");
  }
};

std::string schemas_of(SqliteStore& store)
{
  Schemas schemas;
  must(store.schemas(schemas));
  return schemas.all;
}

struct Found final : public JobSink {
  List ids = {};
  std::vector<JobRecord> records = {};
  void job(const JobRecord& record) override
  {
    ids.push_back(record.id);
    records.push_back(record);
  }
};

List found(SqliteStore& store, const JobFilter& filter)
{
  Found found;
  must(store.find_jobs(filter, found));
  return found.ids;
}

JobRecord record(std::string format, std::string schema, std::int64_t ended_ms = 5)
{
  JobRecord made{.state = JobState::succeeded, .created_ms = 1, .ended_ms = ended_ms};
  made.schema = std::move(schema);
  made.summary.format = std::move(format);
  made.summary.action = "execute";
  return made;
}

} // namespace

TEST_CASE("a format is kept once however many jobs have it, and its job keeps it")
{
  Host host;
  SqliteStore store = host.open();
  must(store.add(record("people", "{1}")));
  must(store.add(record("people", "{2}"))); // as it was changed
  must(store.add(record("people", "{1}")));
  must(store.add(record("staff", "{3}")));
  CHECK(schemas_of(store) == "1 people {1}\n2 people {2}\n3 staff {3}\n");
  CHECK(must(store.job(3))->schema == "{1}");
  CHECK(must(store.job(3))->schema_id == 1);
  CHECK(found(store, {.schemas = {1}}) == List{3, 1});
  CHECK(found(store, {.schemas = {2, 3}, .most = 1}) == List{4});
  CHECK(found(store, {.schemas = {9}}).empty());

  JobRecord running = record("people", "{2}");
  running.state = JobState::running;
  running.id = must(store.add(running));
  running.schema = "{4}";
  must(store.update(running));
  CHECK(must(store.job(running.id))->schema == "{2}");
  CHECK(must(store.take_over(running.id, TakeOver::of_any)).schema == "{2}");
}

TEST_CASE("a format goes with the last job that has it")
{
  Host host;
  SqliteStore store = host.open();
  const std::int64_t now = host.clock.ms;
  must(store.add(record("people", "{1}")));
  must(store.add(record("people", "{2}")));
  must(store.add(record("people", "{2}", now)));
  CHECK(must(store.purge_expired({})) == Purged{.jobs = 2});
  CHECK(schemas_of(store) == "2 people {2}\n");
  CHECK(must(store.job(3))->schema == "{2}");
}

TEST_CASE("a list shows whole records where they are asked for, and says the same of them")
{
  Host host;
  SqliteStore store = host.open();
  JobRecord one = record("people", "{1}");
  one.request = "{}";
  one.summary.rows = 7;
  one.summary.dialect.delimiter = ';';
  one.summary.refusal = Refusal::file;
  one.summary.findings.push_back(finding(Code::file_no_entries));
  one.summary.counts.count(one.summary.findings.front());
  must(store.add(one));
  must(store.add(record("people", "{1}")));
  for (const bool is_whole : {true, false}) {
    Found shown;
    must(store.find_jobs({.is_whole = is_whole}, shown));
    REQUIRE(shown.records.size() == 2);
    JobRecord stored = must(store.job(1)).value();
    stored.schema.clear();
    const JobRecord& listed = shown.records[1];
    CHECK(listed.summary.rows == 7);
    CHECK(listed.schema_id == stored.schema_id);
    CHECK(listed.summary.findings.size() == (is_whole ? 1 : 0));
    CHECK(shown.records[0].summary.findings.empty());
    if (!is_whole) continue;
    CHECK(listed.request == stored.request);
    CHECK(listed.summary.dialect == stored.summary.dialect);
    CHECK(listed.summary.refusal == stored.summary.refusal);
    CHECK(listed.summary.findings == stored.summary.findings);
    CHECK(shown.records[0].summary.refusal == Refusal::none);
  }
}

TEST_CASE("what is still told of a job that is gone is told by its format")
{
  Host host;
  SqliteStore store = host.open();
  JobRecord running = record("people", "{1}");
  running.state = JobState::running;
  const JobId changed = must(store.add(running));
  const std::vector<Audited> changes{
      {.op = Op::create, .kind = "user", .key = "7", .fields = R"({"name": [null, "Ada"]})"}};
  const std::vector<Settled> groups{
      {.group = 1, .row = 1, .operation = "op-1", .changes = changes}};
  must(store.begin(changed));
  must(store.settle(changed, groups));
  must(store.commit());
  running.id = changed;
  running.state = JobState::succeeded;
  running.ended_ms = 1;
  must(store.update(running));
  const JobId seen = must(store.add(record("people", "{2}")));
  must(store.note({.actor = "ada", .what = "see", .job = seen}));
  must(store.note({.actor = "ada", .what = "list jobs"}));
  must(store.add(record("people", "{3}"))); // of which nothing is told

  struct Told final : public AuditSink, public AccessSink {
    std::vector<std::uint64_t> schemas = {};
    void change(const AuditRecord& each) override { schemas.push_back(each.schema_id); }
    void access(const AccessRecord& each) override { schemas.push_back(each.schema_id); }
  };
  const auto told = [&] {
    Told of;
    must(store.audit({}, of));
    must(store.audit({.kind = "user", .key = "7"}, of));
    must(store.accesses({}, of));
    return of.schemas;
  };
  const std::vector<std::uint64_t> by{1, 1, 0, 2};
  CHECK(told() == by);
  CHECK(must(store.purge_expired({.jobs = 0})) == Purged{.jobs = 3});
  CHECK(told() == by);
  CHECK(schemas_of(store) == "1 people {1}\n2 people {2}\n");
  must(store.check());
}
