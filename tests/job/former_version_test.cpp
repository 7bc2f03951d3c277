// Jobs of databases that older versions have written (tests/store/version_*.sql, as these left
// them). Of version 1: two that have ended, of a format that has changed since and of one of
// somebody's own, and one that was killed. Of version 3: an import, a validation, one that was
// killed, and a piece of a file that somebody wrote who had been overtaken.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "rollcall/download.hpp"
#include "rollcall/follow_up.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"
#include "support/source_folder.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr JobId of_ctu = 1, of_people = 2, killed = 3;

class FormerHost {
 public:
  explicit FormerHost(const char* name = "version_1.sql")
  {
    std::ifstream file{source_folder() / "tests/store" / name};
    const std::string script{std::istreambuf_iterator<char>{file}, {}};
    REQUIRE_FALSE(script.empty());
    run(script);
  }
  void run(const std::string& script) const { CHECK(ask(script).empty()); }
  // The first value of each row, a line each.
  [[nodiscard]] std::string ask(const std::string& script) const
  {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path().c_str(), &handle) == SQLITE_OK);
    std::string values;
    const auto add = [](void* into, int, char** row, char**) {
      static_cast<std::string*>(into)->append(row[0]).append("\n");
      return 0;
    };
    CHECK(sqlite3_exec(handle, script.c_str(), add, &values, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
    return values;
  }
  [[nodiscard]] std::string path() const { return folder_.path_of("host.db"); }
  [[nodiscard]] std::string bytes() const
  {
    return folder_.read("host.db") + folder_.read("host.db-wal");
  }
  [[nodiscard]] Seams seams() { return system_.seams(); }
  [[nodiscard]] SqliteStore open() { return must(SqliteStore::open(path(), seams())); }

 private:
  TemporaryFolder folder_;
  SystemSeams system_;
};

struct Listed final : public JobSink {
  std::vector<JobRecord> all = {};
  void job(const JobRecord& record) override { all.push_back(record); }
};

Result<std::string> downloaded(FormerHost& host, SqliteStore& store, JobId job, Artifact artifact)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(const bool was_kept, download_kept(store, store, job, artifact, sink));
  if (!was_kept) {
    ROLLCALL_TRY(const schema::Schema schema, schema_of(must(store.job(job)).value()));
    ROLLCALL_TRY(const auto directory, store.directory(schema));
    ROLLCALL_CHECK(download(store, store, job, artifact, *directory, sink, host.seams()));
  }
  return std::string{text};
}

} // namespace

TEST_CASE("jobs of an older database are listed, shown and downloaded as they were")
{
  FormerHost host;
  SqliteStore store = host.open();
  must(store.check());
  Listed listed;
  must(store.find_jobs({.is_whole = true}, listed));
  REQUIRE(listed.all.size() == 3);
  CHECK(listed.all[0].state == JobState::interrupted);
  CHECK(listed.all[1].summary.format == "people");
  CHECK(listed.all[2].summary.file == "agents.csv");
  CHECK(listed.all[0].schema_id == listed.all[1].schema_id);

  CHECK(must(schema_of(must(store.job(of_people)).value())).title == "People, as they once were");
  CHECK(must(downloaded(host, store, of_people, Artifact::source)) ==
        "Login,Name,PIN\nada,Ada,\n,Nobody,\n");
  CHECK(must(downloaded(host, store, of_people, Artifact::result)) ==
        "Login,Name,PIN,Status\r\nada,Ada,,created\r\n,Nobody,,rejected\r\n");
  CHECK(must(store.details(of_people)).secrets_waiting == 1);
  must(store.purge(of_people));
}

TEST_CASE("of a format that has changed since, what was kept can be had, and why no more is said")
{
  FormerHost host;
  SqliteStore store = host.open();
  CHECK(must(schema_of(must(store.job(of_ctu)).value())).id == "ctu"); // all that is known
  CHECK(must(downloaded(host, store, of_ctu, Artifact::source)).starts_with("First Name,"));
  CHECK_FALSE(must(downloaded(host, store, of_ctu, Artifact::plan)).empty());
  const auto report = downloaded(host, store, of_ctu, Artifact::report);
  REQUIRE(error_of(report) == ErrorCode::unsupported);
  CHECK(report.assume_error().detail() ==
        "the report of job 1 cannot be told any more: the format ctu was changed since");
}

TEST_CASE("a job of a format that is gone is listed and purged, and what was kept of it is there")
{
  FormerHost host;
  host.run("UPDATE job SET format = 'gone' WHERE id = 1");
  SqliteStore store = host.open();
  const auto schema = schema_of(must(store.job(of_ctu)).value());
  REQUIRE(error_of(schema) == ErrorCode::unsupported);
  CHECK(schema.assume_error().detail() == "the job is of the format gone, which there is no more");
  CHECK(must(downloaded(host, store, of_ctu, Artifact::source)).starts_with("First Name,"));
  CHECK(error_of(downloaded(host, store, of_ctu, Artifact::result)) == ErrorCode::unsupported);
  CHECK(must(store.purge(of_ctu)).files == 2);
}

TEST_CASE("a job that an older version was killed at is ended by this one")
{
  FormerHost host;
  SqliteStore store = host.open();
  const schema::Schema schema = must(schema_of(must(store.job(killed)).value()));
  const auto directory = must(store.directory(schema));
  const JobSummary job = must(resume(store, killed, schema, *directory,
                                     {.name = "Mona", .role = "clerk"}, {}, {}, host.seams()));
  CHECK(job.refusal == Refusal::file); // its file was not kept yet
  CHECK(must(store.job(killed))->state == JobState::failed);
}

TEST_CASE("files of an older database keep their jobs, and what was nobody's is gone for good")
{
  FormerHost host{"version_3.sql"};
  CHECK(host.bytes().find("left-behind") != std::string::npos);
  SqliteStore store = host.open();
  must(store.check());
  CHECK(host.bytes().find("left-behind") == std::string::npos);
  const std::string file = "Login,Name,PIN\nada,Ada,\nbob,Bob,904715\n,Nobody,\n";
  const std::string result =
      "Login,Name,PIN,Status\r\nada,Ada,,created\r\nbob,Bob,,created\r\n,Nobody,,rejected\r\n";
  for (const JobId id : {JobId{1}, JobId{2}})
    CHECK(must(downloaded(host, store, id, Artifact::source)) == file);
  CHECK(must(downloaded(host, store, 1, Artifact::result)) == result);

  const schema::Schema schema = must(schema_of(must(store.job(killed)).value()));
  const auto directory = must(store.directory(schema));
  const Context mona{.name = "Mona", .role = "clerk"};
  CHECK(must(resume(store, killed, schema, *directory, mona, {}, {}, host.seams())).refusal ==
        Refusal::file);
  CHECK(must(undo(store, 1, schema, *directory, mona, {}, {}, host.seams())).updated == 2);
  CHECK(must(execute_job(store, 2, schema, *directory, mona, {}, {}, host.seams())).created == 2);
  must(store.check());

  // Neither 5, which was dropped, nor 9, of which only a piece was left, is given again.
  CHECK(host.ask("SELECT id FROM artifact WHERE job <= 3") == "1\n2\n3\n4\n");
  CHECK(host.ask("SELECT min(id) FROM artifact WHERE job > 3") == "10\n");
}

TEST_CASE("secrets of an older database are what they were, and go as those of this one do")
{
  FormerHost host{"version_3.sql"};
  CHECK(host.ask("INSERT INTO secret VALUES "
                 "(2, 1, 1, 1, 0, 'op-2', 0, 'pin', 'user', 'bob', 2, 3, 'canary-two'), "
                 "(3, 1, 1, 0, 1, 'op-2', 1, 'pin', 'user', 'bob', 2, 3, 'canary-three'); "
                 "INSERT INTO store VALUES ('cleaning', '5 file') "
                 "ON CONFLICT (name) DO UPDATE SET value = '5 file'")
            .empty());
  SqliteStore store = host.open();
  must(store.check());
  CHECK(host.ask("SELECT concat FROM (SELECT is_shown || waiting || key || value AS concat, change "
                 "FROM secret WHERE operation = 'op-2') ORDER BY change") ==
        "10bobcanary-two\n01bobcanary-three\n");
  CHECK(must(store.details(1)).secrets_waiting == 2);
  struct Taker final : public SecretTaker {
    Result<void> secret(const MadeSecret&) override { return success(); }
    Result<void> keep() override { return success(); }
  } taker;
  CHECK(must(store.take_secrets(1, taker)) == 2);
  must(store.check());
  CHECK(must(store.details(1)).secrets_waiting == 0);
  CHECK(host.bytes().find("canary-two") == std::string::npos);
  CHECK(host.bytes().find("canary-three") != std::string::npos); // an effect waits for it
}
