// The file of a database: made for its owner alone, and refused where it cannot be trusted.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "rollcall/memory_directory.hpp"
#include "store/hosts.hpp"
#include "store/migrations.hpp"
#include "support/fake_files.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

unsigned mode_of(const std::string& path)
{
  struct stat status = {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

std::string people_json(int count)
{
  std::string json = R"({"user": [)";
  for (int i = 0; i != count; ++i)
    json += (i == 0 ? "" : ",") + (R"({"id": ")" + std::to_string(i) + R"(", "name": "N)") +
            std::to_string(i % 10) + R"("})";
  return json + "], \"team\": []}";
}

// A group that makes ten users, as often as asked for.
void create_ten(Directory& directory)
{
  Groups groups;
  for (int i = 0; i != 10; ++i) groups.create(user, {}, {{name, "New"}, {extension, "7"}});
  Answers answers;
  must(directory.apply(groups.views(), answers));
}

} // namespace

TEST_CASE("the files of a database are their owner's alone")
{
  Host host{people_json(3)};
  SqliteStore store = host.open();
  must(store.directory(people()));
  for (const char* const suffix : {"", "-wal", "-shm"})
    CHECK(mode_of(host.path() + suffix) == 0600);
}

TEST_CASE("what is there is not written over")
{
  Host host;
  CHECK(error_of(SqliteStore::create(host.path(), host.seams())) == ErrorCode::wrong_use);
  CHECK(error_of(SqliteStore::create(host.folder().path_of("no/host.db"), host.seams())) ==
        ErrorCode::not_found);
  CHECK(error_of(SqliteStore::open(host.folder().path_of("none.db"), host.seams())) ==
        ErrorCode::not_found);
  CHECK(error_of(SqliteStore::open(host.folder().path().string(), host.seams())) ==
        ErrorCode::wrong_use);
  SqliteStore store = host.open();
  MemorySource source{std::string_view{"{}"}};
  MemorySource more{std::string_view{R"({"user": []})"}};
  must(store.fill(source));
  must(store.fill(more));
  CHECK(error_of(store.fill(more)) == ErrorCode::wrong_use);
}

TEST_CASE("a database that is made with its objects has all of them, or is not there")
{
  Host host;
  const std::string path = host.folder().path_of("new.db");
  const auto make = [&](std::string_view json) {
    MemorySource source{json};
    SqliteOptions options = host.options();
    options.objects = &source;
    return SqliteStore::create(path, host.seams(), options);
  };
  const auto files = [&] {
    std::size_t count = 0;
    for (const char* const suffix : {"", "-wal", "-shm", "-journal"})
      count += std::filesystem::exists(path + suffix) ? 1U : 0U;
    return count;
  };
  CHECK(error_of(make(R"({"user": [{"id": "1"}, {"id": )")) == ErrorCode::malformed);
  CHECK(files() == 0);
  host.vfs.code = SQLITE_FULL;
  for (std::size_t failing = 0;; ++failing) {
    CAPTURE(failing);
    host.vfs.calls = 0;
    host.vfs.fail_from = failing;
    auto made = make(R"({"user": [{"id": "1"}]})");
    if (made.has_value()) {
      CHECK(failing > 5);
      SqliteStore store = std::move(made).assume_value();
      CHECK(dump_of(store).find(R"("id": "1")") != std::string::npos);
      break;
    }
    CHECK(made.assume_error().code() == ErrorCode::disk_full);
    CHECK(files() == 0);
  }
}

TEST_CASE("of several who make a database at once one does, and it stays")
{
  constexpr std::size_t count = 4;
  for (int round = 0; round != 12; ++round) {
    Host host;
    const std::string path = host.folder().path_of("new.db");
    std::array<ErrorCode, count> failed{};
    std::array<bool, count> has_made{};
    std::vector<std::thread> makers;
    std::atomic<std::size_t> ready = 0;
    for (std::size_t i = 0; i != count; ++i)
      makers.emplace_back([&, i] {
        SystemSeams system;
        ++ready;
        while (ready != count) std::this_thread::yield();
        const auto made = SqliteStore::create(path, system.seams(), host.options());
        has_made[i] = made.has_value();
        if (!made.has_value()) failed[i] = made.assume_error().code();
      });
    for (std::thread& each : makers) each.join();
    CHECK(std::count(has_made.begin(), has_made.end(), true) == 1);
    CHECK(std::count(failed.begin(), failed.end(), ErrorCode::wrong_use) == count - 1);
    auto store = must(SqliteStore::open(path, host.seams(), host.options()));
    must(store.check());
  }
}

TEST_CASE("a file that is no database of ours is told from one that is damaged")
{
  Host host{people_json(500)};
  const std::string& whole = host.folder().read("host.db");
  const auto open_with = [&](std::string_view bytes) {
    host.folder().write("host.db", bytes);
    return host.try_open();
  };
  CHECK(error_of(open_with("")) == ErrorCode::malformed);
  CHECK(error_of(open_with(std::string(5000, 'x'))) == ErrorCode::corrupt);
  CHECK(error_of(open_with(whole.substr(0, 50))) == ErrorCode::malformed); // too short to be one
  CHECK(error_of(open_with(whole.substr(0, whole.size() / 2))) == ErrorCode::corrupt);
  must(open_with(whole));
  host.sql("PRAGMA user_version = 99");
  CHECK(error_of(host.try_open()) == ErrorCode::unsupported);
  host.sql("PRAGMA application_id = 1");
  CHECK(error_of(host.try_open()) == ErrorCode::malformed);
}

TEST_CASE("damage within the file is found")
{
  Host host{people_json(2000)};
  must(must(host.try_open()).directory(people()));
  for (const char* const script :
       {"UPDATE kind SET objects = objects + 1 WHERE name = 'user'",
        "DELETE FROM value WHERE value = '17'", "INSERT INTO object VALUES (1, '{}')",
        "UPDATE kind SET next_id = '5' WHERE name = 'user'",
        "UPDATE value SET value = 'x' WHERE value = '17'"}) {
    CAPTURE(script);
    Host other{people_json(50)};
    {
      SqliteStore store = other.open();
      auto directory = must(store.directory(people()));
      create_ten(*directory);
      must(store.check());
    }
    REQUIRE(other.sql(script).empty());
    CHECK(error_of(other.open().check()) == ErrorCode::corrupt);
  }
  std::string bytes = host.folder().read("host.db");
  for (std::size_t i = bytes.size() / 2; i != bytes.size() / 2 + 4096; ++i) bytes[i] = 'x';
  host.folder().write("host.db", bytes);
  SqliteStore store = host.open();
  CHECK(error_of(store.check()) == ErrorCode::corrupt);
}

TEST_CASE("a database cannot lie on a network file system")
{
  Host host;
  class FarFiles final : public Files {
   public:
    SystemFiles near;
    Result<FileStatus> status(const std::string& path) override
    {
      ROLLCALL_TRY(FileStatus status, near.status(path));
      status.network = "nfs";
      return status;
    }
    Result<std::unique_ptr<File>> open_for_reading(const std::string& path) override
    {
      return near.open_for_reading(path);
    }
    Result<std::unique_ptr<File>> open_for_writing(const std::string& path) override
    {
      return near.open_for_writing(path);
    }
    Result<std::unique_ptr<File>> open_for_update(const std::string& path, Readers readers) override
    {
      return near.open_for_update(path, readers);
    }
    Result<std::unique_ptr<File>> create_new(const std::string& path, Readers readers) override
    {
      return near.create_new(path, readers);
    }
    Result<TemporaryFile> create_beside(const std::string& path, Readers readers) override
    {
      return near.create_beside(path, readers);
    }
    Result<std::unique_ptr<File>> create_unnamed(const std::string& path) override
    {
      return near.create_unnamed(path);
    }
    Result<std::unique_ptr<Mapping>> map(const std::string& path) override
    {
      return near.map(path);
    }
    Result<void> rename(const std::string& from, const std::string& to) override
    {
      return near.rename(from, to);
    }
    Result<void> remove(const std::string& path) override { return near.remove(path); }
    Result<void> sync_folder_of(const std::string& path) override
    {
      return near.sync_folder_of(path);
    }
  } files;
  Seams seams = host.seams();
  seams.files = &files;
  const auto opened = SqliteStore::open(host.path(), seams);
  REQUIRE(error_of(opened) == ErrorCode::unsupported);
  CHECK(opened.assume_error().detail().find("nfs") != std::string::npos);
  CHECK(error_of(SqliteStore::create(host.folder().path_of("other.db"), seams)) ==
        ErrorCode::unsupported);
  CHECK(must(files.near.status(host.folder().path_of("other.db"))).kind == FileKind::absent);
}

TEST_CASE("who writes is waited for, then the other is told that it is busy")
{
  Host host{people_json(1)};
  SqliteStore one = host.open();
  SqliteStore other = host.open();
  auto its = must(one.directory(people()));
  auto others = must(other.directory(people()));
  const JobId id = must(one.add({}));
  must(one.begin(id));
  create_ten(*its);
  CHECK(must(others->count(user)) == 1);
  Answers answers;
  CHECK(error_of(others->apply(Groups{}.remove(user, "0").views(), answers)) == ErrorCode::busy);
  CHECK(error_of(other.add({})) == ErrorCode::busy);
  must(one.commit());
  CHECK(must(others->count(user)) == 11);
  CHECK(Groups{}.remove(user, "0").apply_to(*others) == Lines{"applied 0"});
  CHECK(must(its->next_id(user)) == 11);
}

TEST_CASE("whichever write fails, a batch is there as a whole or not at all")
{
  for (const auto& [code, wanted] : {std::pair{SQLITE_FULL, ErrorCode::disk_full},
                                     std::pair{SQLITE_IOERR_WRITE, ErrorCode::file_failed},
                                     std::pair{SQLITE_IOERR_FSYNC, ErrorCode::file_failed}}) {
    for (std::size_t nth = 0;; ++nth) {
      CAPTURE(nth);
      Host host{people_json(300)};
      bool has_failed = false;
      {
        SqliteStore store = host.open();
        auto directory = must(store.directory(people()));
        host.vfs.calls = 0;
        host.vfs.fail_from = nth;
        host.vfs.code = code;
        Groups groups;
        for (int i = 0; i != 300; ++i)
          groups.begin().create(user, {}, {{name, std::string(200, 'n')}});
        Answers answers;
        const auto applied = directory->apply(groups.views(), answers);
        has_failed = !applied.has_value();
        if (has_failed) CHECK(applied.assume_error().code() == wanted);
        CHECK(answers.lines.size() == (has_failed ? 0 : 300));
        host.vfs.fail_from = FailingVfs::never;
        CHECK(must(directory->count(user)) == (has_failed ? 300 : 600));
      }
      SqliteStore store = host.open();
      must(store.check());
      CHECK(must(must(store.directory(people()))->count(user)) == (has_failed ? 300 : 600));
      if (!has_failed) break;
      REQUIRE(nth < 1000);
      if (nth > 8) nth += 9; // the first ones, then every tenth
    }
  }
}

#ifndef ROLLCALL_EMULATED
TEST_CASE("a process that is killed leaves what it has committed, and nothing else")
{
  Host host{people_json(1)};
  must(host.open().directory(people()));
  for (int round = 0; round != 5; ++round) {
    std::array<int, 2> ends = {};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      SqliteStore store = host.open();
      auto directory = must(store.directory(people()));
      const JobId id = must(store.add({}));
      create_ten(*directory);
      must(store.begin(id));
      for (int i = 0; i != 20; ++i) create_ten(*directory);
      [[maybe_unused]] const auto told = ::write(ends[1], "x", 1);
      for (;;) ::pause();
    }
    char byte = 0;
    REQUIRE(::read(ends[0], &byte, 1) == 1);
    ::close(ends[0]);
    ::close(ends[1]);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    SqliteStore store = host.open();
    must(store.check());
    auto directory = must(store.directory(people()));
    CHECK(must(directory->count(user)) == static_cast<unsigned>(1 + 10 * (round + 1)));
    CHECK(must(directory->next_id(user)) == static_cast<unsigned>(1 + 10 * (round + 1)));
  }
}

#endif

TEST_CASE("an older file is brought up to date, all steps or none")
{
  Host host;
  auto database = must(store::Database::open(host.path(), host.vfs.name(), 0));
  const std::int64_t now = must(database->integer_of("PRAGMA user_version"));
  std::vector<const char*> steps(static_cast<std::size_t>(now), "");
  steps.push_back("CREATE TABLE more (x)");
  steps.push_back("CREATE TABLE more (y)");
  CHECK_FALSE(store::migrate(*database, steps).has_value());
  CHECK(must(database->integer_of("PRAGMA user_version")) == now);
  CHECK(must(database->integer_of("SELECT count(*) FROM sqlite_schema WHERE name = 'more'")) == 0);
  steps.back() = "CREATE TABLE still_more (y)";
  must(store::migrate(*database, steps));
  CHECK(must(database->integer_of("PRAGMA user_version")) == now + 2);
  CHECK(error_of(host.try_open()) == ErrorCode::unsupported);
}
