// Two who undo or retry the same job at once: the first one does, the other is told so by name.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <utility>

#include "formats/catalogue.hpp"
#include "job/few_users.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Ben wants an extension that Ada keeps.
constexpr std::string_view file =
    "ID,First Name,Last Name,Email,Extension\n"
    "1,Ada,Lee,ada@x.de,101\n"
    "2,Ben,Lee,ben@x.de,101\n";

// Somebody does something when the time is asked for the n-th time: jobs ask as they begin.
class Meanwhile final : public Clock {
 public:
  explicit Meanwhile(std::function<void()> does) : does_{std::move(does)} {}
  [[nodiscard]] std::int64_t now_ms() override
  {
    if (auto does = std::exchange(does_, nullptr)) does();
    return 1'700'000'000'000;
  }
  [[nodiscard]] std::int64_t monotonic_ns() override { return 0; }

 private:
  std::function<void()> does_;
};

class AtOnce : public Remembering {
 public:
  AtOnce() : Remembering{formats::clusterpbx(), two_users, {.name = "ada", .role = "client"}}
  {
    execute(file);
    REQUIRE(job.updated == 1);
    REQUIRE(job.rejected == 1);
  }
  // A job of another process, that is at work on job 1.
  JobId begin_other(std::string_view action)
  {
    JobRecord other = record(1);
    other.from = 1;
    other.state = JobState::running;
    other.ended_ms = 0;
    other.summary.action = action;
    other.plan.clear();
    return must(others_.add(other));
  }
  void end(JobId id)
  {
    JobRecord other = record(id);
    other.state = JobState::failed;
    must(others_.update(other));
  }
  using Verb = Result<JobSummary> (*)(JobStore&, JobId, const schema::Schema&, Directory&,
                                      const Context&, const ApplyOptions&, const Outputs&, Seams);
  JobSummary& run(Verb verb, std::function<void()> meanwhile)
  {
    Meanwhile clock{std::move(meanwhile)};
    Seams seams = host.seams();
    seams.clock = &clock;
    job = must(verb(store, 1, schema, *directory, context, {}, {}, seams));
    return job;
  }

 private:
  SqliteStore others_{host.open()};
};

} // namespace

TEST_CASE("of two undos that begin at once the younger is refused by name, and ends")
{
  AtOnce at;
  const std::string after = at.objects();
  JobId other = 0;
  at.run(undo, [&] { other = at.begin_other("undo"); });
  CHECK(other == 2);
  CHECK(at.refusal() == "plan.stale: the plan no longer fits: job 1 is being undone by job 2");
  CHECK(at.objects() == after);
  CHECK(at.record(3).state == JobState::failed);
  CHECK(fault_of(at.try_to_undo(1)) == "job 1 is being undone by job 2: resume that first");

  at.end(other);
  CHECK(at.undo(1).state == JobState::succeeded); // nothing of all that is in the way
}

TEST_CASE("the older one goes on, whoever has begun behind it")
{
  AtOnce at;
  class Behind final : public JobWatcher {
   public:
    explicit Behind(AtOnce& at) : at_{at} {}
    [[nodiscard]] bool goes_on(const JobProgress&) override
    {
      if (!std::exchange(has_begun_, true)) at_.begin_other("undo");
      return true;
    }

   private:
    AtOnce& at_;
    bool has_begun_ = false;
  };
  Behind behind{at};
  at.how.watcher = &behind;
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.record(3).from == 1);
}

TEST_CASE("a plan of an undo that was kept waits for an undo that is on its way")
{
  AtOnce at;
  const std::string after = at.objects();
  const std::string plan = at.undo_plan(1);
  const JobId other = at.begin_other("undo");
  CHECK(at.apply(plan).refusal == Refusal::stale);
  CHECK(at.refusal() == "plan.stale: the plan no longer fits: job 1 is being undone by job 2");
  CHECK(at.objects() == after);
  CHECK(error_of(at.store.read_artifact(3, "plan")) == ErrorCode::not_found);
  at.end(other);
  CHECK(at.apply(plan).state == JobState::succeeded);
}

TEST_CASE("of two retries that begin at once the younger is refused by name, and ends")
{
  AtOnce at;
  JobId other = 0;
  at.run(retry, [&] { other = at.begin_other("execute"); });
  CHECK(other == 2);
  CHECK(at.refusal() == "plan.stale: the plan no longer fits: job 1 is tried again by job 2");
  CHECK(at.record(3).state == JobState::failed);
  CHECK(fault_of(at.try_to_retry(1)) == "job 1 is being tried again by job 2: resume that first");

  at.end(other);
  CHECK(at.retry(1).rows == 1);
  SUBCASE("also if the other one has ended by then")
  {
    at.run(retry, [&] { at.end(at.begin_other("execute")); });
    CHECK(at.refusal() == "plan.stale: the plan no longer fits: job 1 is tried again by job 5");
  }
}
