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
