// Rows that exchange values are done together or not at all.
#include <doctest/doctest.h>

#include <algorithm>

#include "apply/office.hpp"
#include "rollcall/job_watcher.hpp"
#include "support/chance.hpp"
#include "support/planning.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::many_people;
using rollcall::tests::office;
using rollcall::tests::Planning;

namespace {

// Each user gets the extension of the one behind him, the last one that of the first, or a new one.
std::string passed_on(std::size_t count, bool is_cycle, Chance& chance)
{
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i != count; ++i) order[i] = i;
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
  std::string file = "ID,Extension\n";
  for (const std::size_t i : order) {
    const std::size_t next = is_cycle ? (i + 1) % count : i + 1;
    file.append(std::to_string(i + 1)).append(",").append(std::to_string(1000 + next)).append("\n");
  }
  return file;
}

void check(std::size_t count, bool is_cycle, Chance& chance)
{
  CAPTURE(count);
  CAPTURE(is_cycle);
  Planning planning{office(), many_people(count)};
  const std::string plan = planning.plan_of(passed_on(count, is_cycle, chance));
  REQUIRE(planning.job.updated == count);
  planning.apply(plan);
  CHECK(planning.job.updated == count);
  CHECK(planning.job.state == JobState::succeeded);
  std::string expected = many_people(count);
  const std::string after = planning.directory.json();
  for (std::size_t i = 0; i != count; ++i) {
    const std::string_view id = "\"id\": \"";
    const std::string user = std::string{id} + std::to_string(i + 1) + "\"";
    const std::size_t at = after.find(user);
    REQUIRE(at != std::string::npos);
    const std::size_t next = is_cycle ? (i + 1) % count : i + 1;
    const std::string extension = "\"extension\": \"" + std::to_string(1000 + next) + "\"";
    const std::size_t found = after.find(extension, at);
    const std::size_t end = after.find('}', at);
    CHECK(found < end);
    if (found >= end) return;
  }
}

} // namespace

TEST_CASE("extensions go round in circles of 2 to 64, in whatever order the rows stand")
{
  Chance chance{1};
  for (std::size_t count = 2; count <= 64; ++count) check(count, true, chance);
}

TEST_CASE("extensions are passed on along a chain of ten thousand")
{
  Chance chance{2};
  for (const std::size_t count : {1U, 2U, 3U, 255U, 256U, 257U, 10'000U})
    check(count, false, chance);
}

TEST_CASE("one of a group that is stale makes all of it stale, and no other")
{
  Chance chance{3};
  Planning planning{office(), many_people(10)};
  // Two circles of three, and a row that is alone.
  const std::string plan =
      planning.plan_of("ID,Extension\n1,1001\n4,1004\n2,1002\n5,1005\n8,2000\n3,1000\n6,1003\n");
  CHECK(planning.job.updated == 7);
  std::string now = many_people(10);
  now.replace(now.find("\"1001\""), 6, "\"3000\"");
  planning.directory.hold(now);
  planning.how.stale = Stale::row;
  planning.apply(plan);
  CHECK(planning.job.stale == 3);
  CHECK(planning.job.updated == 4);
  const std::string why = "stale [extension of user 2 was 1001 when planned and is 3000]";
  CHECK(planning.outcomes() ==
        why + ", updated, " + why + ", updated, updated, " + why + ", updated");
}

TEST_CASE("a batch is full when it has 256 groups, and when its groups have 2,048 changes")
{
  class Watcher final : public JobWatcher {
   public:
    std::vector<std::uint64_t> groups = {}; // done by the end of each batch
    [[nodiscard]] bool goes_on(const JobProgress& progress) override
    {
      if (progress.step == JobStep::applies) groups.push_back(progress.groups);
      return true;
    }
  };
  // Eight circles of a thousand, one behind the other.
  constexpr std::size_t round = 1000;
  std::string file = "ID,Extension\n";
  for (std::size_t i = 0; i != 8 * round; ++i) {
    const std::size_t next = i % round + 1 == round ? i + 1 - round : i + 1;
    file.append(std::to_string(i + 1)).append(",").append(std::to_string(1000 + next)).append("\n");
  }
  Planning planning{office(), many_people(8 * round)};
  const std::string plan = planning.plan_of(file);
  Watcher watcher;
  planning.how.watcher = &watcher;
  planning.apply(plan);
  CHECK(planning.job.updated == 8 * round);
  CHECK(watcher.groups == std::vector<std::uint64_t>{3, 6, 8});
}
