// Jobs that somebody watches and stops, and outputs that are published before a job has ended.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "formats/catalogue.hpp"
#include "rollcall/follow_up.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view nobody = R"({"user": [], "phone_model": []})";

std::string new_users(int count)
{
  std::string file = "ID,First Name,Last Name,Email,Extension";
  for (int i = 0; i != count; ++i) {
    const std::string n = std::to_string(10'000 + i);
    file += "\n,Ada,Ek,a" + n + "@x.de," + n;
  }
  return file;
}

const Context& somebody()
{
  static const Context context{.name = "ada", .role = "client"};
  return context;
}

// Stops the job at a step, once so many groups are applied.
class Stopping final : public JobWatcher {
 public:
  Stopping(JobStep step, JobState as, std::uint64_t groups = 0)
      : step_{step}, as_{as}, groups_{groups}
  {
  }
  std::vector<JobProgress> seen;

  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    seen.push_back(progress);
    return progress.step != step_ || progress.groups < groups_;
  }
  [[nodiscard]] JobState stopped_as() const override { return as_; }

 private:
  JobStep step_;
  JobState as_;
  std::uint64_t groups_;
};

// Half a second passes whenever somebody looks.
class StridingClock final : public Clock {
 public:
  explicit StridingClock(Clock& inner) : inner_{inner} {}
  [[nodiscard]] std::int64_t now_ms() override { return inner_.now_ms(); }
  [[nodiscard]] std::int64_t monotonic_ns() override { return now_ns_ += 500'000'000; }

 private:
  Clock& inner_;
  std::int64_t now_ns_ = 0;
};

// Says what was known of the job when it was published, and may fail.
class Noting final : public Sink {
 public:
  explicit Noting(SqliteStore& store, bool fails = false) : store_{store}, fails_{fails} {}
  std::string text;
  std::vector<JobState> published;

  [[nodiscard]] Result<void> write(std::string_view bytes) override
  {
    text += bytes;
    return success();
  }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override
  {
    text.clear();
    return success();
  }
  [[nodiscard]] Result<void> publish() override
  {
    published.push_back(must(store_.job(1))->state);
    if (fails_) return Error{ErrorCode::file_failed, "no"};
    return success();
  }

 private:
  SqliteStore& store_;
  bool fails_;
};

} // namespace

TEST_CASE("outputs are published when all is applied and before the job has ended")
{
  Host host{nobody};
  SqliteStore store = host.open();
  const auto schema = formats::clusterpbx();
  const auto directory = must(store.directory(schema));
  const std::string file = new_users(3);
  MemorySource source{std::string_view{file}};
  Noting report{store}, failing{store, true};
  const JobOptions options{.file_name = "new.csv", .store = &store};
  const auto broken = execute(schema, source, *directory, somebody(), options,
                              {.report = &report, .result = &failing}, host.seams());
  CHECK(error_of(broken) == ErrorCode::file_failed);
  CHECK(must(store.progress(1)).groups == 3);
  CHECK(failing.published == std::vector{JobState::running});
  CHECK(must(store.job(1))->state == JobState::interrupted);

  // It has only to be told again.
  Noting again{store};
  const JobSummary job =
      must(resume(store, 1, schema, *directory, somebody(), {}, {.report = &again}, host.seams()));
  CHECK(job.state == JobState::succeeded);
  CHECK(job.created == 3);
  CHECK(again.text == report.text);
  CHECK(again.published == std::vector{JobState::running});
  CHECK(must(store.job(1))->state == JobState::succeeded);
}

TEST_CASE("of a refused job only what says why is published")
{
  Host host{nobody};
  SqliteStore store = host.open();
  const auto schema = formats::clusterpbx();
  const auto directory = must(store.directory(schema));
  MemorySource source{std::string_view{"no,header\n1,2\n"}};
  Noting report{store}, result{store};
  const JobSummary job = must(execute(schema, source, *directory, somebody(), {.store = &store},
                                      {.report = &report, .result = &result}, host.seams()));
  CHECK(job.refusal == Refusal::file);
  CHECK(job.id == 1);
  CHECK(report.published.size() == 1);
  CHECK(result.published.empty());
}

TEST_CASE("a job that is stopped while it is judged ends, or can be resumed, as its watcher says")
{
  const auto schema = formats::clusterpbx();
  const std::string file = new_users(300);
  for (const JobState as : {JobState::cancelled, JobState::interrupted}) {
    Host host{nobody};
    SqliteStore store = host.open();
    const auto directory = must(store.directory(schema));
    MemorySource source{std::string_view{file}};
    Stopping watcher{JobStep::judges, as};
    const JobOptions options{.file_name = "new.csv", .store = &store, .watcher = &watcher};
    const auto stopped = execute(schema, source, *directory, somebody(), options, {}, host.seams());
    CHECK(error_of(stopped) == ErrorCode::cancelled);
    const JobRecord record = *must(store.job(1));
    CHECK(record.state == as);
    CHECK((record.ended_ms != 0) == (as == JobState::cancelled));
    CHECK(watcher.seen.back().id == 1);
    const auto resumed = resume(store, 1, schema, *directory, somebody(), {}, {}, host.seams());
    if (as == JobState::cancelled)
      CHECK(error_of(resumed) == ErrorCode::wrong_use);
    else
      CHECK(must(resumed).created == 300);
  }
}

TEST_CASE("a job that is stopped while it applies ends with the rest withheld, or goes on later")
{
  const auto schema = formats::clusterpbx();
  const std::string file = new_users(600);
  for (const JobState as : {JobState::cancelled, JobState::interrupted}) {
    Host host{nobody};
    SqliteStore store = host.open();
    const auto directory = must(store.directory(schema));
    MemorySource source{std::string_view{file}};
    Stopping watcher{JobStep::applies, as, 256};
    const JobOptions options{.file_name = "new.csv", .store = &store, .watcher = &watcher};
    const auto stopped = execute(schema, source, *directory, somebody(), options, {}, host.seams());
    CHECK(watcher.seen.back().groups_planned == 600);
    CHECK(must(store.job(1))->state == as);
    if (as == JobState::cancelled) {
      CHECK(must(stopped).created == 256);
      CHECK(must(stopped).withheld == 344);
      continue;
    }
    CHECK(error_of(stopped) == ErrorCode::cancelled);
    CHECK(must(store.progress(1)).groups == 256);
    Stopping late{JobStep::tells, JobState::cancelled};
    std::pmr::string text;
    TextSink report{text};
    CHECK(must(resume(store, 1, schema, *directory, somebody(), {.watcher = &late},
                      {.report = &report}, host.seams()))
              .created == 600);
    CHECK(late.seen.back().groups_planned == 600);
  }
}

TEST_CASE("a job that broke off and was cancelled then does no more, and says what it did")
{
  const auto schema = formats::clusterpbx();
  const std::string file = new_users(600);
  Host host{nobody};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  MemorySource source{std::string_view{file}};
  Stopping watcher{JobStep::applies, JobState::interrupted, 256};
  CHECK(error_of(execute(schema, source, *directory, somebody(),
                         {.file_name = "new.csv", .store = &store, .watcher = &watcher}, {},
                         host.seams())) == ErrorCode::cancelled);
  must(store.cancel(1));
  const JobSummary job =
      must(resume(store, 1, schema, *directory, somebody(), {}, {}, host.seams()));
  CHECK(job.state == JobState::cancelled);
  CHECK(job.created == 256);
  CHECK(job.withheld == 344);
  CHECK(must(store.job(1))->state == JobState::cancelled);
}

TEST_CASE("who asks the store for a stop means it for good, whatever the watcher means by his")
{
  // Cancels from elsewhere, and would only interrupt himself.
  class Elsewhere final : public JobWatcher {
   public:
    explicit Elsewhere(SqliteStore& store) : store_{store} {}
    [[nodiscard]] bool goes_on(const JobProgress& progress) override
    {
      if (progress.step == JobStep::judges && progress.id != 0) must(store_.cancel(progress.id));
      return true;
    }
    [[nodiscard]] JobState stopped_as() const override { return JobState::interrupted; }

   private:
    SqliteStore& store_;
  };
  const auto schema = formats::clusterpbx();
  const std::string file = new_users(600);
  Host host{nobody};
  SqliteStore store = host.open();
  SqliteStore other = host.open();
  const auto directory = must(store.directory(schema));
  MemorySource source{std::string_view{file}};
  Elsewhere watcher{other};
  StridingClock clock{*host.seams().clock};
  Seams seams = host.seams();
  seams.clock = &clock;
  CHECK(error_of(execute(schema, source, *directory, somebody(),
                         {.file_name = "new.csv", .store = &store, .watcher = &watcher}, {},
                         seams)) == ErrorCode::cancelled);
  CHECK(must(store.job(1))->state == JobState::cancelled);
  CHECK(must(store.progress(1)).groups == 0);
}

TEST_CASE("a plan is watched while it is looked at")
{
  Host host{nobody};
  SqliteStore store = host.open();
  const auto schema = formats::clusterpbx();
  const auto directory = must(store.directory(schema));
  const std::string file = new_users(3000);
  MemorySource source{std::string_view{file}};
  std::pmr::string text;
  TextSink sink{text};
  must(make_plan(schema, source, *directory, somebody(), {.store = &store}, {}, sink, {},
                 host.seams()));
  MemorySource plan{std::string_view{text}};
  Stopping watcher{JobStep::looks, JobState::cancelled};
  const auto stopped =
      apply_plan(schema, plan, *directory, somebody(),
                 {.source = &source, .store = &store, .watcher = &watcher}, {}, host.seams());
  CHECK(error_of(stopped) == ErrorCode::cancelled);
  const JobRecord record = *must(store.job(2));
  CHECK(record.state == JobState::cancelled);
  // What it would have carried out, and who made that.
  CHECK(record.plan == must(store.job(1))->plan);
  CHECK(record.plan.size() == 32);
  CHECK(record.from == 1);
}

TEST_CASE("a job that broke off before its file was kept ends when it is resumed")
{
  const auto schema = formats::clusterpbx();
  for (const std::string_view action : {"apply", "execute"}) {
    Host host{nobody};
    SqliteStore store = host.open();
    const auto directory = must(store.directory(schema));
    class Broken final : public Source {
     public:
      [[nodiscard]] Result<std::size_t> read(std::span<std::byte> /*into*/) override
      {
        return Error{ErrorCode::cancelled, "enough"};
      }
      [[nodiscard]] Result<void> rewind() override { return success(); }
    } source;
    if (action == "execute")
      CHECK_FALSE(
          execute(schema, source, *directory, somebody(), {.store = &store}, {}, host.seams())
              .has_value());
    else
      CHECK_FALSE(
          apply_plan(schema, source, *directory, somebody(), {.store = &store}, {}, host.seams())
              .has_value());
    const JobSummary job =
        must(resume(store, 1, schema, *directory, somebody(), {}, {}, host.seams()));
    CHECK(job.refusal == Refusal::file);
    REQUIRE(job.findings.size() == 1);
    CHECK(render_message(job.findings[0]).find("nothing was applied") != std::string::npos);
    CHECK(must(store.job(1))->state == JobState::failed);
  }
}

TEST_CASE("an export that broke off ends when it is resumed, and is made anew")
{
  Host host{nobody};
  SqliteStore store = host.open();
  const auto schema = formats::clusterpbx();
  const auto directory = must(store.directory(schema));
  std::pmr::string text;
  TextSink sink{text};
  must(write_export(schema, *directory, somebody(), sink, host.seams(), {.store = &store}));
  host.sql("UPDATE job SET state = 'interrupted', ended_ms = 0");
  const JobSummary job =
      must(resume(store, 1, schema, *directory, somebody(), {}, {}, host.seams()));
  CHECK(job.state == JobState::failed);
  CHECK(job.refusal == Refusal::none);
  CHECK(job.findings.empty());
  CHECK(must(store.job(1))->state == JobState::failed);
  std::pmr::string again;
  TextSink anew{again};
  must(retry(store, 1, schema, *directory, somebody(), {}, {.result = &anew}, host.seams()));
  CHECK(again == text);
}

// Another version of rollcall knows another format under the same name.
TEST_CASE("who goes on with a job has its format as it was when it began")
{
  Host host{nobody};
  SqliteStore store = host.open();
  auto schema = formats::clusterpbx();
  schema.title += " of last year";
  const auto directory = must(store.directory(schema));
  const std::string file = new_users(600);
  MemorySource source{std::string_view{file}};
  Stopping watcher{JobStep::applies, JobState::interrupted, 256};
  CHECK(error_of(execute(schema, source, *directory, somebody(),
                         {.store = &store, .watcher = &watcher}, {}, host.seams())) ==
        ErrorCode::cancelled);
  CHECK(must(schema_of(*must(store.job(1)))) == schema);
  MemorySource more{std::string_view{file}};
  const auto now = formats::clusterpbx();
  Stopping early{JobStep::judges, JobState::interrupted};
  CHECK_FALSE(execute(now, more, *directory, somebody(), {.store = &store, .watcher = &early}, {},
                      host.seams())
                  .has_value());
  CHECK(must(schema_of(*must(store.job(2)))) == now);
  must(resume(store, 2, now, *directory, somebody(), {}, {}, host.seams()));
  CHECK(must(schema_of(*must(store.job(2)))) == now);
}
