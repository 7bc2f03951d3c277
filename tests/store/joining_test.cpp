// A directory in a database joins the transaction of who settles what it did: an error of it leaves
// nothing behind, and is no end.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// A job of its own, with a directory that it shares a transaction with.
class Joined {
 public:
  explicit Joined(Host& host) : store{host.open()}, directory{must(store.directory(people()))}
  {
    JobRecord record{.state = JobState::running, .actor = "ops", .created_ms = 1};
    record.summary = {.format = "people", .action = "execute", .file = "a.csv"};
    id = must(store.add(record));
  }

  [[nodiscard]] Result<void> rename(std::string_view key, std::string_view to)
  {
    Groups groups;
    groups.update(user, std::string{key}, {{name, std::string{to}}});
    return directory->apply(groups.views(), answers);
  }
  [[nodiscard]] Result<void> settle(std::uint64_t number)
  {
    const Audited change{.kind = "user", .key = "1", .fields = R"({"name":["Ada","Eve"]})"};
    const Settled group{.group = number, .row = number, .operation = "op", .changes = {&change, 1}};
    return store.settle(id, {&group, 1});
  }

  SqliteStore store;
  std::unique_ptr<Directory> directory;
  Answers answers;
  JobId id = 0;
};

constexpr std::string_view two_users =
    R"({"user": [{"id": "1", "name": "Ada"}, {"id": "2", "name": "Ada"}]})";

} // namespace

TEST_CASE("an error of a directory takes back what the transaction wrote before it")
{
  Host host{two_users};
  Joined job{host};
  CHECK(host.sql("UPDATE object SET fields = 'no JSON' WHERE fields LIKE '%\"2\"%'").empty());
  const auto names = [&] { return host.sql("SELECT fields FROM object ORDER BY id"); };
  const std::string before = names();

  must(job.store.begin(job.id));
  must(job.rename("1", "Eve"));
  must(job.settle(1));
  CHECK(job.answers.lines.size() == 1);
  CHECK_FALSE(job.rename("2", "Eve").has_value());
  CHECK(job.answers.lines.size() == 1);
  CHECK(error_of(job.settle(2)) == ErrorCode::wrong_use);
  const std::string_view operation = "op";
  CHECK(error_of(job.store.intend(job.id, {&operation, 1})) == ErrorCode::wrong_use);
  CHECK(error_of(job.store.hold(job.id, {})) == ErrorCode::wrong_use);

  SUBCASE("who commits is told, and it is over")
  {
    CHECK(error_of(job.store.commit()) == ErrorCode::wrong_use);
    CHECK(error_of(job.store.commit()) == ErrorCode::wrong_use);
  }
  SUBCASE("who takes it back goes on")
  {
    job.store.roll_back();
  }

  CHECK(names() == before);
  CHECK(host.sql("SELECT count(*) FROM audit") == "0\n");
  CHECK(must(job.store.progress(job.id)).groups == 0);

  must(job.store.begin(job.id));
  must(job.rename("1", "Eve"));
  must(job.settle(1));
  must(job.store.commit());
  CHECK(names() != before);
  CHECK(host.sql("SELECT count(*) FROM audit") == "1\n");
  CHECK(must(job.store.progress(job.id)).groups == 1);
}

TEST_CASE("a directory that is asked by itself keeps all of a call or nothing")
{
  Host host{two_users};
  Joined job{host};
  CHECK(host.sql("UPDATE object SET fields = 'no JSON' WHERE fields LIKE '%\"2\"%'").empty());
  CHECK_FALSE(job.rename("2", "Eve").has_value());
  must(job.rename("1", "Eve"));
  CHECK(host.sql("SELECT count(*) FROM object WHERE fields LIKE '%Eve%'") == "1\n");
}
