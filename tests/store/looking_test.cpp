// Databases that can only be read, and settings that a format knows as objects.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// What is done by somebody who may not write; 0 if it went well.
int as_somebody_else(const std::function<int()>& work)
{
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::seteuid(65'534) != 0) ::_exit(99);
    ::_exit(work());
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

TEST_CASE("who may not write a database can look at it, and change nothing")
{
  Host host{R"({"user": [{"id": "9", "name": "Ada"}], "team": []})"};
  std::string before;
  {
    SqliteStore store = host.open();
    must(store.directory(people()));
    must(store.add({.state = JobState::running}));
    before = dump_of(store);
    CHECK_FALSE(store.can_only_look());
  }
  REQUIRE(::chmod(host.path().c_str(), 0444) == 0);
  REQUIRE(::chmod(host.folder().path().c_str(), 0555) == 0);
  const int done = as_somebody_else([&]() -> int {
    if (host.try_open().has_value()) return 1;
    SqliteOptions options = host.options();
    options.may_only_look = true;
    auto opened = SqliteStore::open(host.path(), host.seams(), options);
    if (!opened.has_value()) return 2;
    SqliteStore& store = opened.assume_value();
    if (!store.can_only_look()) return 3;
    std::pmr::string text;
    TextSink sink{text};
    if (!store.dump(sink).has_value() || std::string_view{text} != before) return 4;
    const auto job = store.job(1);
    if (!job.has_value() || !job.assume_value()) return 5;
    const auto directory = store.directory(people());
    if (!directory.has_value()) return 6;
    const auto count = directory.assume_value()->count(user);
    if (!count.has_value() || count.assume_value() != 1) return 7;
    const auto added = store.add({});
    if (added.has_value() || added.assume_error().code() != ErrorCode::not_permitted) return 8;
    return 0;
  });
  CHECK(done == 0);
  REQUIRE(::chmod(host.folder().path().c_str(), 0755) == 0);
}

TEST_CASE("a setting that a format knows as objects is refused when the format comes")
{
  Host host{R"({"user": {"id": "9"}})"};
  SqliteStore store = host.open();
  const auto refused = store.directory(people());
  REQUIRE(error_of(refused) == ErrorCode::malformed);
  CHECK(refused.assume_error().detail() == "user: expected a list");
  CHECK(dump_of(store).find("\"user\"") == dump_of(store).rfind("\"user\""));
  Host other{R"({"tenant": [], "user": []})"};
  SqliteStore listed = other.open();
  CHECK(error_of(listed.directory(people())) == ErrorCode::malformed);
}

TEST_CASE(
    "an older database that can only be read says that it has to be opened to be written once")
{
  Host host;
  host.sql("PRAGMA user_version = 1");
  REQUIRE(::chmod(host.path().c_str(), 0444) == 0);
  REQUIRE(::chmod(host.folder().path().c_str(), 0555) == 0);
  const int done = as_somebody_else([&]() -> int {
    SqliteOptions options = host.options();
    options.may_only_look = true;
    const auto opened = SqliteStore::open(host.path(), host.seams(), options);
    if (opened.has_value()) return 1;
    const Error& why = opened.assume_error();
    if (why.code() != ErrorCode::not_permitted) return 2;
    return describe(why).find("of version 1") != std::string::npos ? 0 : 3;
  });
  REQUIRE(::chmod(host.folder().path().c_str(), 0755) == 0);
  CHECK(done == 0);
}
