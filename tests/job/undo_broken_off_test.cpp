// Jobs that broke off, or were killed, and are undone: then nobody goes on with them any more.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <string>

#include "job/few_users.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Batches are of 16 groups: time hurries. The process is killed when it is asked for the n-th time.
class Hurrying final : public Clock {
 public:
  explicit Hurrying(int dies_at = 0) : left_{dies_at} {}
  [[nodiscard]] std::int64_t now_ms() override
  {
    tick();
    return 1'700'000'000'000;
  }
  [[nodiscard]] std::int64_t monotonic_ns() override
  {
    tick();
    return ns_ += 60'000'000;
  }

 private:
  void tick()
  {
    if (left_ != 0 && --left_ == 0) ::raise(SIGKILL);
  }
  int left_;
  std::int64_t ns_ = 0;
};

// Breaks off, or dies, after so many groups.
class Leaving final : public JobWatcher {
 public:
  Leaving(std::uint64_t groups, bool dies) : groups_{groups}, dies_{dies} {}
  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    const bool leaves = progress.step == JobStep::applies && progress.groups >= groups_;
    if (leaves && dies_) ::raise(SIGKILL);
    return !leaves;
  }
  [[nodiscard]] JobState stopped_as() const override { return JobState::interrupted; }

 private:
  std::uint64_t groups_;
  bool dies_;
};

constexpr int rows = 60;

std::string new_users()
{
  std::string file = "ID,First Name,Last Name,Email,Extension";
  for (int i = 1000; i != 1000 + rows; ++i)
    file += "\n,Ada,Ek,a" + std::to_string(i) + "@x.de," + std::to_string(i);
  return file;
}

// Another process, or this one at another time: with the store opened anew.
struct Desk {
  explicit Desk(Host& of, Clock& clock)
      : host{of}, seams{of.seams()}, store{of.open()}, directory{must(store.directory(schema))}
  {
    seams.clock = &clock;
  }
  Result<JobSummary> execute(JobWatcher& watcher)
  {
    const std::string file = new_users();
    MemorySource source{std::string_view{file}};
    return rollcall::execute(schema, source, *directory, who,
                             {.file_name = "new.csv", .store = &store, .watcher = &watcher}, {},
                             seams);
  }
  Result<JobSummary> undo(JobId id)
  {
    return rollcall::undo(store, id, schema, *directory, who, {}, {}, seams);
  }
  Result<JobSummary> resume(JobId id)
  {
    return rollcall::resume(store, id, schema, *directory, who, {}, {}, seams);
  }

  schema::Schema schema = formats::clusterpbx();
  Context who = {.name = "ada", .role = "client"};
  Host& host;
  Seams seams;
  SqliteStore store;
  std::unique_ptr<Directory> directory;
};

// False if it was killed.
bool in_a_process(const std::function<void()>& work)
{
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      work();
    } catch (...) {
      ::_exit(1); // a child is no test runner
    }
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (WIFEXITED(status)) {
    CHECK(WEXITSTATUS(status) == 0);
    return true;
  }
  CHECK(WTERMSIG(status) == SIGKILL);
  return false;
}

void kill_one(Host& host)
{
  CHECK_FALSE(in_a_process([&] {
    Hurrying clock;
    Leaving leaving{20, true};
    Desk desk{host, clock};
    static_cast<void>(desk.execute(leaving).has_value());
  }));
}

// It says of each row what became of it, and nobody can go on with it.
void check_over(Desk& desk, std::uint64_t applied)
{
  const JobRecord record = *must(desk.store.job(1));
  CHECK(record.state == JobState::cancelled);
  CHECK(record.summary.rows == rows);
  CHECK(record.summary.created == applied);
  CHECK(record.summary.withheld == rows - applied);
  const auto resumed = desk.resume(1);
  CHECK(error_of(resumed) == ErrorCode::wrong_use);
  CHECK(fault_of(resumed) == "the job 1 has ended: cancelled");
}

} // namespace

TEST_CASE("a job that broke off ends when it is undone, and is not resumed after that")
{
  Host host{three_users};
  Hurrying clock;
  Desk desk{host, clock};
  const std::string before = dump_of(desk.store);
  Leaving leaving{20, false};
  REQUIRE(error_of(desk.execute(leaving)) == ErrorCode::cancelled);
  REQUIRE(must(desk.store.job(1))->state == JobState::interrupted);
  const std::uint64_t applied = must(desk.store.progress(1)).groups;
  REQUIRE(applied < rows);

  SUBCASE("by an undo, which takes back what was done")
  {
    CHECK(must(desk.undo(1)).updated == applied);
    check_over(desk, applied);
    CHECK(dump_of(desk.store) == before);
  }
  SUBCASE("but not by who may not undo")
  {
    desk.who.role = "reseller";
    CHECK(must(desk.undo(1)).refusal == Refusal::actor);
    CHECK(must(desk.store.job(1))->state == JobState::interrupted);
  }
  SUBCASE("nor by who only plans it, who is told to end it first")
  {
    std::pmr::string plan;
    TextSink sink{plan};
    CHECK(fault_of(make_undo_plan(desk.store, 1, desk.schema, *desk.directory, desk.who, {}, sink,
                                  desk.seams)) ==
          "job 1 broke off, and may go on: it is undone at once, or resumed to its end first");
    CHECK(must(desk.store.job(1))->state == JobState::interrupted);
  }
  SUBCASE("nor while somebody resumes it, and who resumes it later is told")
  {
    Desk other{host, clock};
    must(other.store.take_over(1, TakeOver::of_gone));
    CHECK(fault_of(desk.undo(1)) == "job 1 is running");
    other.store.let_go(1);
    CHECK(must(desk.undo(1)).updated == applied);
    check_over(other, applied);
  }
}

TEST_CASE("the plan of an undo is not applied while its job may do more")
{
  Remembering at = clusterpbx(three_users);
  at.execute("ID,First Name,Last Name,Email,Extension\n3,Cemal,Ek,cem@x.de,103\n");
  const std::string plan = at.undo_plan(1);
  CHECK(at.host.sql("UPDATE job SET state = 'interrupted' WHERE id = 1").empty());
  CHECK(at.apply(plan).refusal == Refusal::stale);
  CHECK(at.refusal() ==
        "plan.stale: the plan no longer fits: job 1 has not ended, and may do more");
}

TEST_CASE("a job that was killed is undone, wherever who undoes it is killed as well")
{
  int died = 0;
  for (bool is_done = false; !is_done; ++died) {
    Host host{three_users};
    Hurrying clock;
    const std::string before = [&] {
      Desk desk{host, clock};
      return dump_of(desk.store);
    }();
    kill_one(host);
    std::uint64_t applied = 0;
    {
      Desk desk{host, clock};
      CHECK(must(desk.store.job(1))->state == JobState::interrupted);
      applied = must(desk.store.progress(1)).groups;
      REQUIRE(applied >= 20);
      REQUIRE(applied < rows);
    }
    is_done = in_a_process([&] {
      Hurrying dying{1 + died};
      Desk desk{host, dying};
      static_cast<void>(desk.undo(1).has_value());
    });
    CAPTURE(died);
    Desk desk{host, clock};
    const auto undo = must(desk.store.job(2));
    // The job is over before the undo is there: never may both go on.
    if (undo) CHECK(must(desk.store.job(1))->state == JobState::cancelled);
    if (!undo)
      CHECK(must(desk.undo(1)).updated == applied);
    else if (undo->state == JobState::interrupted)
      CHECK(must(desk.resume(2)).updated == applied);
    check_over(desk, applied);
    CHECK(dump_of(desk.store) == before);
    must(desk.store.check());
    REQUIRE(died < 200);
  }
  CHECK(died > 10);
}
