// Jobs about plans that broke off or were called off before anything was done: they go on as they
// were begun, and a plan of which nothing was done is nobody's.
#include <doctest/doctest.h>

#include <string>

#include "formats/catalogue.hpp"
#include "job/remembering.hpp"
#include "rollcall/plan.hpp"
#include "support/forwarding_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view people = R"({"phone_model": [], "user": [
  {"id": "3", "first_name": "Ann", "last_name": "Lee", "email": "ann@acme.example",
   "web_password": true, "extension": "101"}]})";
constexpr std::string_view file =
    "ID,First Name,Last Name,Email,Web Passwords,Extension\r\n"
    "3,Ann,Lee,ann@acme.example,Rosebud-19,102\r\n";

// Breaks a job off at a step.
class Interrupting final : public JobWatcher {
 public:
  explicit Interrupting(JobStep step) : step_{step} {}
  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    return progress.step != step_;
  }
  [[nodiscard]] JobState stopped_as() const override { return JobState::interrupted; }

 private:
  JobStep step_;
};

// The host hangs up before it is given anything; the store is asked as ever.
class Dead final : public ForwardingDirectory {
 public:
  explicit Dead(Directory& to) : ForwardingDirectory{&to} {}
  [[nodiscard]] Result<void> apply(std::span<const Group> /*groups*/, AnswerSink& /*sink*/) override
  {
    return Error{ErrorCode::host_failed, "the line is dead"};
  }
};

class Office : public Remembering {
 public:
  Office() : Remembering{formats::clusterpbx(), people, {.name = "ada", .role = "client"}} {}

  [[nodiscard]] std::string plan(JobStore* in, JobWatcher* watcher = nullptr)
  {
    MemorySource source{file};
    std::pmr::string made;
    TextSink sink{made};
    const auto done = make_plan(schema, source, *directory, context,
                                {.file_name = "users.csv", .store = in, .watcher = watcher},
                                {.source_path = "/srv/users.csv"}, sink, {}, host.seams());
    CHECK(done.has_value() == (watcher == nullptr));
    return std::string{made};
  }
  [[nodiscard]] Result<JobSummary> apply_to(Directory& to, std::string_view text, bool unsealed,
                                            Stale stale = Stale::refuse)
  {
    MemorySource planned{text};
    MemorySource source{file};
    return apply_plan(
        schema, planned, to, context,
        {.stale = stale, .source = &source, .store = &store, .takes_unsealed = unsealed}, {},
        host.seams());
  }
  // Somebody has another extension in mind.
  void edit(std::string_view extension)
  {
    execute("ID,First Name,Last Name,Email,Extension\r\n3,Ann,Lee,ann@acme.example," +
            std::string{extension} + "\r\n");
    REQUIRE(job.updated == 1);
  }
  [[nodiscard]] JobSummary resume(JobId id)
  {
    return must(rollcall::resume(store, id, schema, *directory, context, {}, {}, host.seams()));
  }
};

// Without what chance has made.
std::string without_id(std::string plan)
{
  const std::size_t at = plan.find("\"id\":\"");
  REQUIRE(at != std::string::npos);
  plan.erase(at, 40);
  return plan.substr(0, plan.find("\"digest\""));
}

} // namespace

TEST_CASE("a plan that was taken without a seal is taken so when its job is resumed")
{
  Office office;
  const std::string elsewhere = office.plan(nullptr);
  Dead dead{*office.directory};
  const auto broken = office.apply_to(dead, elsewhere, true);
  REQUIRE(error_of(broken) == ErrorCode::host_failed);
  // (The store is not that host, so it has noted what it would give; nothing has come of it.)
  office.host.sql("DELETE FROM intended");
  CHECK(office.resume(1).updated == 1);
}

TEST_CASE("a plan that is made by who goes on with it says what it would have said in peace")
{
  Office undisturbed;
  const std::string wanted = undisturbed.plan(&undisturbed.store);
  CHECK(wanted.find("\"path\":\"/srv/users.csv\"") != std::string::npos);
  Office office;
  Interrupting at_once{JobStep::judges};
  static_cast<void>(office.plan(&office.store, &at_once));
  REQUIRE(office.record(1).state == JobState::interrupted);
  CHECK(office.resume(1).state == JobState::succeeded);
  const std::string made = office.artifact(1, "plan");
  // Each store has a name of its own.
  const auto without_store = [](std::string plan, std::string_view store) {
    return plan.erase(plan.find(store), store.size());
  };
  CHECK(without_id(without_store(made, office.store.id())) ==
        without_id(without_store(wanted, undisturbed.store.id())));
}

TEST_CASE("a plan of which a job has done nothing is free when that job is called off")
{
  Office office;
  const std::string plan = office.plan(&office.store);
  Dead dead{*office.directory};
  REQUIRE(error_of(office.apply_to(dead, plan, false)) == ErrorCode::host_failed);
  REQUIRE(office.record(2).state == JobState::interrupted);
  // As long as somebody may go on with it, it is his.
  CHECK(must(office.apply_to(*office.directory, plan, false)).refusal == Refusal::stale);
  SUBCASE("nothing was given to the host")
  {
    office.host.sql("DELETE FROM intended");
    must(office.store.cancel(2));
    CHECK(office.record(2).state == JobState::cancelled);
    const JobSummary done = must(office.apply_to(*office.directory, plan, false));
    CHECK(done.refusal == Refusal::none);
    CHECK(done.updated == 1);
    CHECK(must(office.apply_to(*office.directory, plan, false)).refusal == Refusal::stale);
  }
  SUBCASE("something was")
  {
    must(office.store.cancel(2));
    CHECK(office.record(2).state == JobState::interrupted);
    CHECK(must(office.apply_to(*office.directory, plan, false)).refusal == Refusal::stale);
  }
}

TEST_CASE("a plan of which all rows were stale can be tried again, and is used by who does it")
{
  Office office;
  const std::string plan = office.plan(&office.store);
  office.edit("109");
  const auto apply = [&] {
    return must(office.apply_to(*office.directory, plan, false, Stale::row));
  };
  for (int i = 0; i != 2; ++i) {
    const JobSummary nothing = apply();
    CHECK(nothing.refusal == Refusal::none);
    CHECK(nothing.state == JobState::failed);
    CHECK(nothing.stale == 1);
  }
  office.edit("101");
  CHECK(apply().updated == 1);
  CHECK(apply().refusal == Refusal::stale);
}

TEST_CASE("what was done with a plan from elsewhere, or with what it has left, is not done again")
{
  Office office;
  const std::string plan = office.plan(nullptr);
  office.edit("109");
  const auto apply = [&] {
    return must(office.apply_to(*office.directory, plan, true, Stale::row));
  };
  REQUIRE(apply().stale == 1); // job 2
  office.edit("101");
  SUBCASE("a retry has done it")
  {
    CHECK(office.retry(2).updated == 1);
    const JobSummary again = apply();
    REQUIRE(again.refusal == Refusal::stale);
    CHECK(render_message(again.findings.front()) ==
          "the plan was already carried out by job 4: it has imported the same file, and what it "
          "has left is for a retry of it");
  }
  SUBCASE("it was applied again")
  {
    CHECK(apply().updated == 1);
    const auto none = office.try_to_retry(2);
    REQUIRE(error_of(none) == ErrorCode::wrong_use);
    CHECK(error_of(office.try_to_retry(4)) == ErrorCode::wrong_use);
  }
}
