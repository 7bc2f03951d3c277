// What a vendor's page of history shows: jobs as it names them, exports among them, and their
// files.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "apply/office.hpp"
#include "formats/catalogue.hpp"
#include "job/remembering.hpp"
#include "rollcall/download.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::string icon_of(JobState state)
{
  return must(page_of(formats::ctu(), {.state = state})).front().text;
}

} // namespace

TEST_CASE("CTU's page shows a tick, a cross or a spinner, and its eight columns")
{
  using enum JobState;
  CHECK(icon_of(succeeded) == "tick");
  for (const JobState state : {partial, failed, cancelled}) CHECK(icon_of(state) == "cross");
  for (const JobState state : {queued, running, interrupted}) CHECK(icon_of(state) == "spinner");
  JobRecord record{.id = 17, .state = partial, .actor = "Mona", .started_ms = 1'700'000'000'000};
  record.summary = {.rows = 12, .created = 7, .rejected = 2, .stale = 1, .failed = 1, .unknown = 1};
  std::string page;
  for (const PageCell& cell : must(page_of(formats::ctu(), record)))
    page += cell.header + "=" + cell.text + ";";
  CHECK(page ==
        "Upload status=cross;Users=12;Created=7;Rows with errors=5;Uploaded by=Mona;"
        "Upload start=2023-11-14T22:13:20.000Z;Upload end=;Details=17;");
}

TEST_CASE("an export is a job, and its file can be had again")
{
  schema::Schema schema = office();
  schema.exports = schema::Export{.kind = "user", .order = "id", .file_name = "office.csv"};
  schema.roles.front().may.push_back(schema::Action::export_);
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  std::pmr::string text;
  TextSink sink{text};
  const JobSummary job = must(write_export(schema, *directory, {.name = "ada", .role = "writer"},
                                           sink, host.seams(), {.store = &store}));
  const JobRecord record = must(store.job(job.id)).value();
  CHECK(record.summary.action == "export");
  CHECK(record.state == JobState::succeeded);
  CHECK(record.summary.rows == 3);
  CHECK(record.summary.file == "office.csv");
  std::pmr::string again;
  TextSink to{again};
  must(download(store, store, job.id, Artifact::result, *directory, to, host.seams()));
  CHECK(again == text);
  must(store.purge(job.id));
  CHECK(error_of(download(store, store, job.id, Artifact::result, *directory, to, host.seams())) ==
        ErrorCode::not_found);

  const JobSummary refused =
      must(write_export(schema, *directory, {.name = "eve", .role = "reader"}, sink, host.seams(),
                        {.store = &store}));
  CHECK(refused.refusal == Refusal::actor);
  CHECK(must(store.job(refused.id)).value().state == JobState::failed);
}

TEST_CASE("rows that were rejected, stale or failed are rows with errors, in one file to be mended")
{
  schema::Schema schema = office();
  schema.result = schema::ResultFile{.columns = {{"Status", "row.outcome"}}, .error_rows = true};
  Remembering at{schema, office_people, {.name = "ada", .role = "writer"}};
  at.validate(
      "ID,Name,Email,Extension,Team,Password\n1,Ada,new@b.de,201,Sales,\n2,Bo,bo@b.de,x,,\n"
      "3,Cy,cy@c.de,203,,\n");
  at.execute("ID,Name,Email,Extension,Team,Password\n1,Ada,other@b.de,201,Sales,\n");
  at.how.stale = Stale::row;
  const JobId id = at.execute_job(1).id;
  CHECK(at.job.stale == 1);
  CHECK(at.job.rejected == 1);
  CHECK(at.job.updated == 1);
  std::pmr::string rows;
  TextSink sink{rows};
  must(
      download(at.store, at.store, id, Artifact::error_rows, *at.directory, sink, at.host.seams()));
  const std::vector<std::string> lines = lines_of(rows);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with("ID,Name,Email,Extension,Team,Password,Errors"));
  CHECK(lines[1].starts_with("1,Ada,new@b.de,201,Sales,,"));
  CHECK(lines[1].find("email of user 1 was ada@b.de when planned") != std::string::npos);
  CHECK(lines[2].starts_with("2,Bo,bo@b.de,x,,,"));
  struct Ids final : public JobSink {
    std::vector<JobId> all = {};
    void job(const JobRecord& record) override { all.push_back(record.id); }
  } ids;
  must(at.store.find_jobs({.errors = {.min = 2, .max = 2}}, ids));
  CHECK(ids.all == std::vector<JobId>{id});
}

TEST_CASE("an export of a format that has none is refused before there is a job")
{
  const schema::Schema schema = office();
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  std::pmr::string text;
  TextSink sink{text};
  const auto refused = write_export(schema, *directory, {.name = "ada", .role = "writer"}, sink,
                                    host.seams(), {.store = &store});
  REQUIRE(error_of(refused) == ErrorCode::wrong_use);
  CHECK(refused.assume_error().detail() == "the format office has no export");
  CHECK_FALSE(must(store.job(1)).has_value());
}

TEST_CASE("an export that cannot be put into its place has ended, for nobody can go on with it")
{
  schema::Schema schema = office();
  schema.exports = schema::Export{.kind = "user", .order = "id", .file_name = "office.csv"};
  schema.roles.front().may.push_back(schema::Action::export_);
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  struct Full final : public Sink {
    Result<void> write(std::string_view) override { return success(); }
    Result<void> publish() override { return Error{ErrorCode::disk_full, "no space"}; }
  } sink;
  CHECK(error_of(write_export(schema, *directory, {.name = "ada", .role = "writer"}, sink,
                              host.seams(), {.store = &store})) == ErrorCode::disk_full);
  CHECK(must(store.job(1))->state == JobState::failed);
}

TEST_CASE("an export is seen while it runs, and stops when it is asked to from elsewhere")
{
  schema::Schema schema = office();
  schema.exports = schema::Export{.kind = "user", .order = "id", .file_name = "office.csv"};
  schema.roles.front().may.push_back(schema::Action::export_);
  Host host{many_people(20'000)};
  SqliteStore store = host.open();
  SqliteStore elsewhere = host.open();
  const auto directory = must(store.directory(schema));
  struct Asking final : public JobWatcher {
    Asking(Host& of, SqliteStore& at) : host{of}, store{at} {}
    Host& host;
    SqliteStore& store;
    std::uint64_t rows = 0;
    bool goes_on(const JobProgress& progress) override
    {
      host.clock.ms += 1000;
      if (progress.rows >= 4096 && rows == 0) {
        rows = must(store.details(1)).progress.rows;
        must(store.cancel(1));
      }
      return true;
    }
  } asking{host, elsewhere};
  std::pmr::string text;
  TextSink sink{text};
  const auto stopped = write_export(schema, *directory, {.name = "ada", .role = "writer"}, sink,
                                    host.seams(), {.store = &store, .watcher = &asking});
  CHECK(error_of(stopped) == ErrorCode::cancelled);
  CHECK(must(store.job(1))->state == JobState::cancelled);
  CHECK(must(store.details(1)).artifacts.empty());
  CHECK(must(store.details(1)).progress.rows >= 4096);
}
