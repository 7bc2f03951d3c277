// Jobs that broke off and go on, with a host that keeps its objects outside of the store.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "formats/catalogue.hpp"
#include "job/remembering.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"
#include "support/forwarding_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Objects in memory, of which one group is refused; or the host breaks off there, once.
class Refusing final : public ForwardingDirectory {
 public:
  Refusing(MemoryDirectory&& objects, std::size_t nth, bool breaks_off = false)
      : ForwardingDirectory{&objects_},
        objects_{std::move(objects)},
        nth_{nth},
        breaks_off_{breaks_off}
  {
  }

  std::size_t given = 0; // groups

  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    for (std::size_t i = 0; i != groups.size(); ++i) {
      if (++given == nth_ && breaks_off_) return Error{ErrorCode::host_failed, "the line is dead"};
      if (given == nth_) {
        sink.answer(i, Answer::refused, {}, "not today");
        continue;
      }
      Passing passing{sink, i};
      ROLLCALL_CHECK(objects_.apply(groups.subspan(i, 1), passing));
    }
    return success();
  }

 private:
  // The only group of a call is one of several.
  class Passing final : public AnswerSink {
   public:
    Passing(AnswerSink& sink, std::size_t group) : sink_{sink}, group_{group} {}
    void answer(std::size_t /*group*/, Answer answer, std::span<const std::string_view> keys,
                std::string_view why) override
    {
      sink_.answer(group_, answer, keys, why);
    }

   private:
    AnswerSink& sink_;
    std::size_t group_;
  };

  MemoryDirectory objects_;
  std::size_t nth_;
  bool breaks_off_;
};

// Takes a report, and does not take it back.
class Stubborn final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override { return success(); }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override
  {
    return Error{ErrorCode::file_failed, "it stays as it is"};
  }
};

std::string new_users(int count)
{
  std::string file = "ID,First Name,Last Name,Email,Extension";
  for (int i = 0; i != count; ++i) {
    const std::string n = std::to_string(1000 + i);
    file += "\n,Ada,Ek,a" + n + "@x.de," + n;
  }
  return file;
}

} // namespace

TEST_CASE("what was stopped because it is all or nothing stays stopped when it is resumed")
{
  Host host;
  SqliteStore store = host.open();
  const auto schema = formats::clusterpbx();
  const Context context{.name = "ada", .role = "client"};
  MemorySource json{std::string_view{R"({"user": [], "phone_model": []})"}};
  Refusing directory{must(MemoryDirectory::read(json, schema, host.seams())), 3};

  const std::string file = new_users(300);
  MemorySource source{std::string_view{file}};
  Stubborn report;
  const auto broken = execute(schema, source, directory, context,
                              {.atomic = true, .file_name = "new.csv", .store = &store},
                              {.report = &report}, host.seams());
  REQUIRE(error_of(broken) == ErrorCode::file_failed);
  CHECK(must(store.job(1))->state == JobState::interrupted);
  CHECK(directory.given == 256); // a batch

  std::pmr::string text;
  TextSink good{text};
  const JobSummary job =
      must(resume(store, 1, schema, directory, context, {}, {.report = &good}, host.seams()));
  CHECK(directory.given == 256);
  CHECK(job.state == JobState::partial);
  CHECK(job.created == 255);
  CHECK(job.failed == 1);
  CHECK(job.withheld == 44);
  // The name of the file and what was read of it are known as before.
  CHECK(job.file == "new.csv");
  CHECK(job.bytes == file.size());
  CHECK(job.sha256.size() == 64);
  CHECK(job.dialect.delimiter == ',');
}

TEST_CASE("what a host has answered before it broke off is known when somebody goes on")
{
  Host host;
  SqliteStore store = host.open();
  const auto schema = formats::clusterpbx();
  const Context context{.name = "ada", .role = "client"};
  MemorySource json{std::string_view{R"({"user": [], "phone_model": []})"}};
  Refusing directory{must(MemoryDirectory::read(json, schema, host.seams())), 101, true};

  const std::string file = new_users(300);
  MemorySource source{std::string_view{file}};
  const auto broken = execute(schema, source, directory, context,
                              {.file_name = "new.csv", .store = &store}, {}, host.seams());
  REQUIRE(error_of(broken) == ErrorCode::host_failed);
  CHECK(must(store.progress(1)).groups == 100);
  CHECK(must(store.progress(1)).intended.size() == 156);

  // It does not remember what it was given, so that of the others of the batch nobody can tell.
  const JobSummary job = must(resume(store, 1, schema, directory, context, {}, {}, host.seams()));
  CHECK(job.created == 144);
  CHECK(job.unknown == 156);
}

namespace {

// A report that cannot be put into its place: the job breaks off when all is done but its end.
class Unpublished final : public Sink {
 public:
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override { return success(); }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override { return success(); }
  [[nodiscard]] Result<void> publish() override
  {
    return Error{ErrorCode::file_failed, "it has no place"};
  }
};

// A report; while it is written somebody else takes the job over.
class Overtaken final : public Sink {
 public:
  explicit Overtaken(JobStore& other) : other_{&other} {}
  bool is_published = false;
  [[nodiscard]] Result<void> write(std::string_view /*bytes*/) override
  {
    if (other_ == nullptr) return success();
    return std::exchange(other_, nullptr)->take_over(1, TakeOver::of_any).has_value()
               ? success()
               : Result<void>{Error{ErrorCode::file_failed, "nobody could take it"}};
  }
  [[nodiscard]] bool can_restart() const noexcept override { return true; }
  [[nodiscard]] Result<void> restart() override { return success(); }
  [[nodiscard]] Result<void> publish() override
  {
    is_published = true;
    return success();
  }

 private:
  JobStore* other_;
};

} // namespace

TEST_CASE("who was overtaken puts no output into its place")
{
  Remembering at{formats::clusterpbx(),
                 R"({"user": [], "phone_model": [],
    "provisioning_template": [], "user_profile": []})",
                 {.name = "ada", .role = "client"}};
  SqliteStore other = at.host.open();
  Overtaken report{other};
  MemorySource source{std::string_view{"no such header\n1\n"}};
  const auto done = rollcall::validate(at.schema, source, *at.directory, at.context,
                                       {.store = &at.store}, {.report = &report}, at.host.seams());
  REQUIRE_FALSE(done.has_value());
  CHECK(done.assume_error().code() == ErrorCode::busy);
  CHECK_FALSE(report.is_published);
}

TEST_CASE("to go on with a job takes the rights that it takes to begin it")
{
  Remembering at{formats::clusterpbx(),
                 R"({"user": [
    {"id": "3", "first_name": "Cem", "last_name": "Ek", "email": "cem@x.de", "extension": "103"}],
    "phone_model": [], "provisioning_template": [], "user_profile": []})",
                 {.name = "ada", .role = "client"}};
  using enum schema::Action;
  at.schema.roles.push_back({.name = "importer", .may = {execute}});
  at.schema.roles.push_back({.name = "undoer", .may = {undo}});
  at.schema.roles.push_back({.name = "checker", .may = {validate}});
  at.directory = must(at.store.directory(at.schema));
  const std::string file = "ID,First Name,Last Name,Email,Extension\n3,Cemal,Ek,cem@x.de,103\n";
  at.execute(file);
  const std::string plan = at.undo_plan(1);
  Unpublished report;
  const Outputs outputs{.report = &report};
  const auto resumes = [&](JobId id, const std::string& role) {
    Context who = at.context;
    who.role = role;
    return must(resume(at.store, id, at.schema, *at.directory, who, {}, {}, at.host.seams()))
               .refusal == Refusal::none;
  };

  SUBCASE("an undo: to undo")
  {
    CHECK_FALSE(rollcall::undo(at.store, 1, at.schema, *at.directory, at.context, {}, outputs,
                               at.host.seams())
                    .has_value());
    REQUIRE(at.record(2).state == JobState::interrupted);
    CHECK(must(rights_to_begin(at.store, at.record(2), at.host.seams())) == std::vector{undo});
    CHECK_FALSE(resumes(2, "importer"));
    CHECK(at.record(2).state == JobState::interrupted);
    CHECK(resumes(2, "undoer"));
    CHECK(at.record(2).summary.updated == 1);
  }
  SUBCASE("an import: to execute")
  {
    MemorySource source{std::string_view{file}};
    CHECK_FALSE(rollcall::execute(at.schema, source, *at.directory, at.context,
                                  {.store = &at.store}, outputs, at.host.seams())
                    .has_value());
    CHECK_FALSE(resumes(2, "undoer"));
    CHECK(resumes(2, "importer"));
  }
  SUBCASE("a validation: to validate")
  {
    MemorySource source{std::string_view{file}};
    CHECK_FALSE(rollcall::validate(at.schema, source, *at.directory, at.context,
                                   {.store = &at.store}, outputs, at.host.seams())
                    .has_value());
    CHECK_FALSE(resumes(2, "importer"));
    CHECK(resumes(2, "checker"));
  }
  SUBCASE("the plan of an undo that was kept: both")
  {
    JobRecord kept = at.record(1);
    kept.from = 1;
    kept.state = JobState::interrupted;
    kept.summary.action = "apply";
    kept.id = must(at.store.add(kept));
    const auto sink = must(at.store.write_artifact(kept.id, "plan"));
    must(sink->write(plan));
    must(sink->finish());
    CHECK(must(rights_to_begin(at.store, at.record(2), at.host.seams())) ==
          std::vector{execute, undo});
    CHECK_FALSE(resumes(2, "importer"));
    CHECK_FALSE(resumes(2, "undoer"));
  }
}
