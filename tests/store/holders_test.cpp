// Who carries a job out, whether he is still there, and what he may make of it.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

TEST_CASE("a job is taken over from who is gone, and from who is there only by force")
{
  Host host;
  SqliteStore reader = host.open();
  JobId id = 0;
  {
    SqliteStore holder = host.open();
    id = must(holder.add({.state = JobState::running}));
    CHECK(must(reader.job(id))->state == JobState::running);
    CHECK(error_of(reader.take_over(id, TakeOver::of_gone)) == ErrorCode::busy);
    // Who holds it may begin anew, after an error perhaps.
    must(holder.take_over(id, TakeOver::of_gone));
    CHECK(must(reader.job(id))->state == JobState::running);
  }
  // As after kill -9: nobody has written it down.
  CHECK(host.sql("SELECT state FROM job") == "running\n");
  CHECK(must(reader.job(id))->state == JobState::interrupted);
  CHECK(must(reader.take_over(id, TakeOver::of_gone)).state == JobState::running);
  {
    SqliteStore robber = host.open();
    CHECK(error_of(robber.take_over(id, TakeOver::of_gone)) == ErrorCode::busy);
    must(robber.take_over(id, TakeOver::of_any));
    CHECK(must(host.open().job(id))->state == JobState::running);
    reader.let_go(id); // which has nothing to do with the robber's
    CHECK(must(host.open().job(id))->state == JobState::running);
    robber.let_go(id);
    CHECK(must(host.open().job(id))->state == JobState::interrupted);
  }
  // Jobs of a copy are carried out by nobody.
  must(host.open().take_over(id, TakeOver::of_gone));
  std::filesystem::remove(host.path() + "-jobs");
  CHECK(must(host.open().job(id))->state == JobState::interrupted);
}

TEST_CASE("of each job it is known alone whether somebody is at it")
{
  Host host;
  SqliteStore reader = host.open();
  SqliteStore holder = host.open();
  const JobId stays = must(holder.add({.state = JobState::running}));
  const JobId ends = must(holder.add({.state = JobState::running}));
  const JobId breaks_off = must(holder.add({.state = JobState::running}));
  JobRecord record{.id = ends, .state = JobState::succeeded};
  must(holder.update(record));
  record = {.id = breaks_off, .state = JobState::interrupted};
  must(holder.update(record));
  CHECK(must(reader.job(stays))->state == JobState::running);
  CHECK(must(reader.job(ends))->state == JobState::succeeded);
  CHECK(error_of(reader.take_over(stays, TakeOver::of_gone)) == ErrorCode::busy);
  CHECK(error_of(reader.take_over(ends, TakeOver::of_any)) == ErrorCode::wrong_use);
  must(reader.take_over(breaks_off, TakeOver::of_gone));
}

TEST_CASE("a job goes from state to state as it may, and one that has ended stays")
{
  using enum JobState;
  Host host;
  SqliteStore store = host.open();
  const auto may = [&](JobState from, JobState to) {
    JobRecord record{.state = from};
    record.id = must(store.add(record));
    record.state = to;
    const auto done = store.update(record);
    if (!done.has_value()) CHECK(error_of(done) == ErrorCode::wrong_use);
    return done.has_value();
  };
  for (const JobState ended : {succeeded, partial, failed, cancelled})
    for (const JobState next :
         {queued, running, succeeded, partial, failed, cancelled, interrupted})
      CHECK_FALSE(may(ended, next));
  for (const JobState next : {running, succeeded, partial, failed, cancelled, interrupted})
    CHECK(may(running, next));
  CHECK_FALSE(may(running, queued));
  for (const JobState next : {queued, running, succeeded, partial})
    CHECK_FALSE(may(interrupted, next));
  CHECK(may(interrupted, failed));
  CHECK(may(queued, running));
  CHECK_FALSE(may(queued, succeeded));
}

// Somebody looks at a job that was interrupted, and another one ends it before he takes it over.
TEST_CASE("what ended meanwhile is not brought back to life")
{
  Host host;
  SqliteStore first = host.open();
  SqliteStore second = host.open();
  JobRecord record{.state = JobState::running};
  record.id = must(first.add(record));
  record.state = JobState::interrupted;
  must(first.update(record));
  CHECK(must(second.job(record.id))->state == JobState::interrupted);
  record = must(first.take_over(record.id, TakeOver::of_gone));
  record.state = JobState::succeeded;
  record.summary.created = 5;
  must(first.update(record));
  CHECK(error_of(second.take_over(record.id, TakeOver::of_any)) == ErrorCode::wrong_use);
  CHECK(must(first.job(record.id))->state == JobState::succeeded);
  CHECK(must(first.job(record.id))->summary.created == 5);
  CHECK(host.sql("SELECT token FROM job") == "2\n");
}

TEST_CASE("a job whose holder is gone is cancelled at once, unless it has done something")
{
  Host host;
  SqliteStore store = host.open();
  JobId idle = 0, busy = 0;
  {
    SqliteStore holder = host.open();
    idle = must(holder.add({.state = JobState::running}));
    busy = must(holder.add({.state = JobState::running}));
    const std::vector<Settled> settled{{.group = 1, .operation = "op-1"}};
    must(holder.begin(busy));
    must(holder.settle(busy, settled));
    must(holder.commit());
    CHECK(error_of(store.purge(idle)) == ErrorCode::busy);
  }
  const auto states = [&](JobState state) {
    struct Ids final : public JobSink {
      std::vector<JobId> all = {};
      void job(const JobRecord& record) override { all.push_back(record.id); }
    } ids;
    must(store.find_jobs({.states = {state}}, ids));
    return ids.all;
  };
  CHECK(states(JobState::running).empty());
  CHECK(states(JobState::interrupted) == std::vector<JobId>{busy, idle});
  must(store.cancel(idle));
  CHECK(must(store.job(idle))->state == JobState::cancelled);
  CHECK(must(store.job(idle))->ended_ms != 0);
  must(store.purge(idle));
  must(store.cancel(busy));
  CHECK(must(store.job(busy))->state == JobState::interrupted);
  CHECK(must(store.details(busy)).is_to_stop);
  CHECK(error_of(store.purge(busy)) == ErrorCode::busy);
}
