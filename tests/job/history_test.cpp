// What a vendor's page of history shows: jobs as it names them, exports among them, and their
// files.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "apply/office.hpp"
#include "rollcall/download.hpp"
#include "rollcall/formats.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

schema::Schema format_of(std::string_view id)
{
  for (const formats::Format& format : formats::builtin())
    if (format.id == id) return format.make();
  return {};
}

std::string icon_of(JobState state)
{
  return must(page_of(format_of("ctu"), {.state = state})).front().text;
}

} // namespace

TEST_CASE("CTU's page shows a tick, a cross or a spinner, and its eight columns")
{
  using enum JobState;
  CHECK(icon_of(succeeded) == "tick");
  for (const JobState state : {partial, failed, cancelled}) CHECK(icon_of(state) == "cross");
  for (const JobState state : {queued, running, interrupted}) CHECK(icon_of(state) == "spinner");
  JobRecord record{.id = 17, .state = partial, .actor = "Mona", .started_ms = 1'700'000'000'000};
  record.summary = {.rows = 12, .created = 10, .rejected = 2};
  std::string page;
  for (const PageCell& cell : must(page_of(format_of("ctu"), record)))
    page += cell.header + "=" + cell.text + ";";
  CHECK(page ==
        "Upload status=cross;Users=12;Created=10;Rows with errors=2;Uploaded by=Mona;"
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
