// Jobs, their files and their journal: what was kept is there, and only its holder writes it.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

JobRecord full_record()
{
  JobRecord record{.from = 3,
                   .state = JobState::running,
                   .actor = "ops@acme",
                   .role = "writer",
                   .created_ms = 11,
                   .started_ms = 12,
                   .ended_ms = 13,
                   .plan = "plan-1",
                   .request = "{\"x\": 1}"};
  record.summary = {.format = "people",
                    .action = "execute",
                    .state = JobState::running,
                    .refusal = Refusal::file,
                    .rows = 36,
                    .blank_rows = 9,
                    .created = 1,
                    .updated = 2,
                    .unchanged = 3,
                    .rejected = 4,
                    .withheld = 5,
                    .stale = 6,
                    .failed = 7,
                    .unknown = 8,
                    .warnings = 10,
                    .file = "users.csv",
                    .sha256 = "abc",
                    .bytes = 311,
                    .dialect = {.delimiter = ';',
                                .quote = std::nullopt,
                                .encoding = csv::Encoding::latin_1,
                                .lenient = true}};
  Finding known = finding(Code::claim_moved, {.row = 1, .line = 2, .byte = 3, .column = 4});
  known.column = "Phone";
  known.value = "+44";
  known.facts = {fact("holder", "a@b"), fact("line", std::uint64_t{7})};
  known.fix = Fix{.column = "Phone", .replace = "x"};
  Finding own{.severity = Severity::info, .rule = "own.rule", .says = "in its own words"};
  record.summary.findings = {known, own};
  record.summary.counts.count(known, 5);
  record.summary.counts.count(own, 2);
  return record;
}

void check_same(const JobRecord& left, const JobRecord& right)
{
  CHECK(left.id == right.id);
  CHECK(left.from == right.from);
  CHECK(left.state == right.state);
  CHECK(left.actor == right.actor);
  CHECK(left.role == right.role);
  CHECK(left.created_ms == right.created_ms);
  CHECK(left.started_ms == right.started_ms);
  CHECK(left.ended_ms == right.ended_ms);
  CHECK(left.plan == right.plan);
  CHECK(left.request == right.request);
  const JobSummary& one = left.summary;
  const JobSummary& other = right.summary;
  CHECK(one.format == other.format);
  CHECK(one.action == other.action);
  CHECK(one.refusal == other.refusal);
  CHECK(std::array{one.rows, one.blank_rows, one.created, one.updated, one.unchanged, one.rejected,
                   one.withheld, one.stale, one.failed, one.unknown, one.warnings, one.bytes} ==
        std::array{other.rows, other.blank_rows, other.created, other.updated, other.unchanged,
                   other.rejected, other.withheld, other.stale, other.failed, other.unknown,
                   other.warnings, other.bytes});
  CHECK(one.file == other.file);
  CHECK(one.sha256 == other.sha256);
  CHECK(one.dialect == other.dialect);
  CHECK(one.findings == other.findings);
  CHECK(one.counts.by_slug() == other.counts.by_slug());
  CHECK(one.counts.of(Severity::warning) == other.counts.of(Severity::warning));
  CHECK(one.counts.of(Severity::info) == other.counts.of(Severity::info));
}

class Ids final : public JobSink {
 public:
  std::vector<JobId> ids;
  void job(const JobRecord& record) override { ids.push_back(record.id); }
};

void write(SqliteStore& store, JobId id, std::string_view name, std::string_view text)
{
  auto sink = must(store.write_artifact(id, name));
  must(sink->write(text));
  must(sink->finish());
}

std::string read(SqliteStore& store, JobId id, std::string_view name)
{
  auto source = must(store.read_artifact(id, name));
  std::string text;
  std::array<char, 100'000> piece;
  for (;;) {
    const std::size_t size = must(source->read(std::as_writable_bytes(std::span{piece})));
    if (size == 0) return text;
    text.append(piece.data(), size);
  }
}

class Outcomes final : public SettledSink {
 public:
  Lines lines;
  void settled(const Settled& group) override
  {
    std::string line = std::to_string(group.group) + " row " + std::to_string(group.row) +
                       " fate " + std::to_string(static_cast<int>(group.fate)) + " " +
                       std::string{group.why} + " " + std::string{group.operation};
    for (const std::string_view key : group.keys) line.append(" ").append(key);
    lines.push_back(line);
  }
};

} // namespace

TEST_CASE("a job is kept with all that is known of it")
{
  Host host;
  JobRecord record = full_record();
  {
    SqliteStore store = host.open();
    record.id = must(store.add(record));
    CHECK(record.id == 1);
    check_same(*must(store.job(1)), record);
    record.state = JobState::interrupted;
    record.summary.state = JobState::interrupted;
    record.summary.created = 30;
    record.ended_ms = 99;
    must(store.update(record));
  }
  SqliteStore store = host.open();
  check_same(*must(store.job(1)), record);
  CHECK_FALSE(must(store.job(2)));
  CHECK(must(store.add({})) == 2);
  CHECK(must(store.job(2))->created_ms == host.clock.ms);
  Ids ids;
  must(store.jobs(ids));
  CHECK(ids.ids == std::vector<JobId>{2, 1});
}

TEST_CASE("a job that was refused is kept with why")
{
  Host host;
  SqliteStore store = host.open();
  for (const Refusal refusal : {Refusal::none, Refusal::actor, Refusal::file, Refusal::stale}) {
    JobRecord record;
    record.summary.refusal = refusal;
    const JobId id = must(store.add(record));
    CHECK(must(store.job(id))->summary.refusal == refusal);
  }
}

TEST_CASE("a store has an id for ever")
{
  Host host;
  const std::string id{host.open().id()};
  CHECK(id.size() == 32);
  CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(host.open().id() == id);
  Host other;
  CHECK(other.open().id() != id);
}

TEST_CASE("who was overtaken writes no more of the job")
{
  Host host;
  SqliteStore first = host.open();
  SqliteStore second = host.open();
  JobRecord record;
  record.id = must(first.add(record));
  CHECK(error_of(second.update(record)) == ErrorCode::busy);
  CHECK(error_of(second.begin(record.id)) == ErrorCode::busy);
  CHECK(error_of(second.write_artifact(record.id, "plan")) == ErrorCode::busy);
  auto begun = must(first.write_artifact(record.id, "plan"));
  must(begun->write("half"));

  must(second.take_over(record.id, TakeOver::of_any));
  record.actor = "second";
  record.state = JobState::running;
  must(second.update(record));
  record.actor = "first";
  CHECK(error_of(first.update(record)) == ErrorCode::busy);
  CHECK(error_of(first.begin(record.id)) == ErrorCode::busy);
  CHECK(error_of(first.use_plan(record.id, "p")) == ErrorCode::busy);
  CHECK(error_of(begun->finish()) == ErrorCode::busy);
  CHECK(must(second.job(record.id))->actor == "second");
  begun.reset();

  must(first.take_over(record.id, TakeOver::of_any));
  record.state = JobState::running;
  must(first.update(record));
  CHECK(error_of(second.update(record)) == ErrorCode::busy);
  CHECK(error_of(first.take_over(9, TakeOver::of_any)) == ErrorCode::not_found);
  record.id = 9;
  CHECK(error_of(first.update(record)) == ErrorCode::not_found);
  CHECK(host.sql("SELECT count(*) FROM artifact") == "0\n");
}

TEST_CASE("a plan is carried out by one job")
{
  Host host;
  SqliteStore store = host.open();
  const JobId one = must(store.add({}));
  const JobId other = must(store.add({}));
  CHECK_FALSE(must(store.use_plan(one, "p")));
  CHECK_FALSE(must(store.use_plan(one, "p")));
  CHECK(must(store.use_plan(other, "p")) == one);
  CHECK(must(store.user_of("p")) == one);
  CHECK_FALSE(must(store.user_of("q")));
  CHECK_FALSE(must(store.use_plan(other, "q")));
}

TEST_CASE("a file of a job is there once it is finished, and not before")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = must(store.add({}));
  std::string large;
  for (int i = 0; i != 200'000; ++i) large += std::to_string(i);
  CHECK(error_of(store.read_artifact(id, "plan")) == ErrorCode::not_found);
  {
    auto sink = must(store.write_artifact(id, "plan"));
    must(sink->write(large));
    CHECK(error_of(store.read_artifact(id, "plan")) == ErrorCode::not_found);
    must(sink->finish());
    CHECK(error_of(sink->write("x")) == ErrorCode::wrong_use);
  }
  CHECK(read(store, id, "plan") == large);
  CHECK(must(store.read_artifact(id, "plan"))->size() == large.size());
  write(store, id, "plan", "short");
  write(store, id, "source", "");
  CHECK(read(store, id, "plan") == "short");
  CHECK(read(store, id, "source").empty());
  {
    auto dropped = must(store.write_artifact(id, "plan"));
    must(dropped->write(large));
  }
  CHECK(read(store, id, "plan") == "short");
  CHECK(host.sql("SELECT count(*) FROM artifact") == "2\n");
  CHECK(host.sql("SELECT count(*) FROM piece") == "1\n");
  auto source = must(store.read_artifact(id, "plan"));
  must(store.remove_artifact(id, "plan"));
  must(store.remove_artifact(id, "plan"));
  std::array<std::byte, 8> into;
  CHECK(error_of(source->read(into)) == ErrorCode::not_found);
  CHECK(error_of(store.read_artifact(id, "plan")) == ErrorCode::not_found);
}

TEST_CASE("nothing of a removed file is left in the files of the database")
{
  Host host;
  SqliteStore store = host.open();
  const JobId id = must(store.add({}));
  write(store, id, "source", "hunter2-hunter2");
  must(store.remove_artifact(id, "source"));
  for (const char* const name : {"host.db", "host.db-wal"})
    CHECK(host.folder().read(name).find("hunter2") == std::string::npos);
}

TEST_CASE("groups are settled with their changes, in one transaction with them")
{
  Host host{R"({"user": [{"id": "9", "name": "Ada", "pin": true}], "team": []})"};
  SqliteStore store = host.open();
  auto directory = must(store.directory(people()));
  CHECK(store.holds(*directory));
  JobRecord record{.actor = "ops"};
  const JobId id = must(store.add(record));

  const std::vector<Audited> changes = {
      {.op = Op::create,
       .row = 1,
       .kind = "user",
       .key = "10",
       .fields = R"({"name":[null,"Joe"]})"},
      {.op = Op::update, .row = 2, .kind = "user", .key = "9", .fields = R"({"pin":[true,null]})"}};
  const std::vector<std::string_view> keys = {"10"};
  const std::vector<Effect> effects = {{.name = "email.pin", .fields = R"({"to":"a@b"})"}};
  const std::vector<Settled> settled = {
      {.group = 1,
       .row = 1,
       .operation = "op-1",
       .keys = keys,
       .changes = changes,
       .effects = effects},
      {.group = 2, .row = 3, .fate = Fate::stale, .why = R"({"code":"object.stale"})"}};

  CHECK(error_of(store.settle(id, settled)) == ErrorCode::wrong_use);
  CHECK(error_of(store.intend(id, keys)) == ErrorCode::wrong_use);
  const std::vector<std::string_view> operations = {"op-1", "op-2"};
  must(store.begin(id));
  CHECK(error_of(store.begin(id)) == ErrorCode::wrong_use);
  must(store.intend(id, operations));
  must(store.commit());
  CHECK(must(store.progress(id)).intended == std::vector<std::string>{"op-1", "op-2"});

  for (const bool is_kept : {false, true}) {
    must(store.begin(id));
    CHECK(Groups{}.create(user, "10", {{name, "Joe"}}).apply_to(*directory) == Lines{"applied 10"});
    must(store.settle(id, settled));
    if (is_kept)
      must(store.commit());
    else
      store.roll_back();
    CHECK(must(directory->count(user)) == (is_kept ? 2 : 1));
    CHECK(must(store.progress(id)).groups == (is_kept ? 2 : 0));
  }
  CHECK(error_of(store.commit()) == ErrorCode::wrong_use);
  CHECK(must(store.progress(id)).intended == std::vector<std::string>{"op-2"});
  Outcomes outcomes;
  must(store.exceptions(id, outcomes));
  CHECK(outcomes.lines ==
        Lines{"1 row 1 fate 0  op-1 10", R"(2 row 3 fate 1 {"code":"object.stale"} )"});
  CHECK(host.sql("SELECT job, row, at_ms, actor, kind, key, op, fields FROM audit") ==
        R"(1|1|1700000000000|ops|user|10|create|{"name":[null,"Joe"]})"
        "\n"
        R"(1|2|1700000000000|ops|user|9|update|{"pin":[true,null]})"
        "\n");
  CHECK(host.sql("SELECT job, operation, name, fields, state FROM outbox") ==
        "1|op-1|email.pin|{\"to\":\"a@b\"}|waiting\n");

  must(store.begin(id));
  CHECK(error_of(store.settle(id, settled)) == ErrorCode::wrong_use); // not the next ones
  store.roll_back();
  CHECK(error_of(store.progress(9)) == ErrorCode::not_found);
  must(store.check());
}

TEST_CASE("the audit is only ever added to")
{
  Host host;
  host.sql(
      "INSERT INTO audit (job,row,at_ms,actor,kind,key,op,fields) VALUES "
      "(1,1,1,'a','user','1','create','{}')");
  for (const char* const script : {"UPDATE audit SET actor = 'b'", "DELETE FROM audit"})
    CHECK(host.sql(script) == "error: the audit is append-only");
  CHECK(host.sql("SELECT count(*) FROM audit") == "1\n");
}
