// prepare.cpp: what a workload finds: a host, plans that were kept, jobs that were carried out.
#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/seeded_random.hpp"
#include "plan/plan_digest.hpp"
#include "rollcall/follow_up.hpp"
#include "rollcall/plan.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "torture/attempt.hpp"
#include "torture/outside_host.hpp"

namespace rollcall::torture {
namespace {

// Stops a job when some of it is done, for good or not.
class Stopping final : public JobWatcher {
 public:
  explicit Stopping(JobState as) : as_{as} {}
  [[nodiscard]] bool goes_on(const JobProgress& progress) override { return progress.groups == 0; }
  [[nodiscard]] JobState stopped_as() const override { return as_; }

 private:
  JobState as_;
};

class NobodysSecrets final : public SecretTaker {
 public:
  Result<void> secret(const MadeSecret& /*secret*/) override { return success(); }
  Result<void> keep() override { return success(); }
};

class Keys final : public ObjectSink {
 public:
  std::vector<std::string> all;
  void object(std::size_t, const ObjectView& object) override { all.emplace_back(object.key); }
};

// Somebody has changed every third object in a field of which nothing hangs.
Result<void> edit(const Workload& workload, Directory& directory)
{
  const schema::Schema& schema = workload.schema;
  constexpr std::array<std::string_view, 4> known = {"department", "last_name", "primary_location",
                                                     "name"};
  const auto kind_at =
      std::find_if(schema.kinds.begin(), schema.kinds.end(),
                   [&](const auto& each) { return each.name == schema.objects.front().kind; });
  const auto kind = static_cast<KindId>(kind_at - schema.kinds.begin());
  const std::vector<schema::Field> fields = schema::fields_of(schema, kind);
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const schema::Field& each) {
    return std::find(known.begin(), known.end(), each.name) != known.end();
  });
  if (field == fields.end()) return success();
  Keys keys;
  ROLLCALL_CHECK(directory.scan(kind, keys));
  class Ignoring final : public AnswerSink {
    void answer(std::size_t, Answer, std::span<const std::string_view>, std::string_view) override
    {
    }
  } ignoring;
  for (std::size_t i = 0; i < keys.all.size(); i += 3) {
    const FieldChange set{.field = static_cast<FieldId>(field - fields.begin()), .after = "Edited"};
    const Change change{.kind = kind, .key = keys.all[i], .fields = {&set, 1}};
    const Group group{.changes = {&change, 1}};
    ROLLCALL_CHECK(directory.apply({&group, 1}, ignoring));
  }
  return success();
}

// The jobs that are there before the one that is tried. `host` has the objects, `directory` is the
// way to them that jobs take.
Result<void> prepare_jobs(const Workload& workload, const Folder& folder, SqliteStore& store,
                          SqliteStore& host, Directory& directory, const Seams& seams)
{
  const bool is_stopped = workload.verb == Verb::retry || workload.verb == Verb::cancel;
  Stopping stopping{workload.verb == Verb::cancel ? JobState::interrupted : JobState::cancelled};
  const JobOptions options{.file_name = "file.csv",
                           .spool_folder = folder.path,
                           .store = &store,
                           .watcher = is_stopped ? &stopping : nullptr};
  MemorySource source{workload.file};
  const auto run = workload.verb == Verb::execute_job ? validate : execute;
  auto first = run(workload.schema, source, directory, workload.context, options, {}, seams);
  const bool broke_off = !first.has_value() && workload.verb == Verb::cancel &&
                         first.assume_error().code() == ErrorCode::cancelled;
  if (!first.has_value() && !broke_off) return std::move(first).assume_error();
  if (workload.verb == Verb::undo_edited) {
    ROLLCALL_TRY(const auto objects, host.directory(workload.schema));
    return edit(workload, *objects);
  }
  if (workload.verb == Verb::effects_done && workload.seed % 2 == 0) {
    NobodysSecrets taker; // then it is only effects that need them
    ROLLCALL_TRY(const auto count, store.take_secrets(1, taker));
    static_cast<void>(count);
  }
  if (workload.verb != Verb::undo_again) return success();
  ROLLCALL_TRY(const JobSummary second, undo(store, 1, workload.schema, directory, workload.context,
                                             {.spool_folder = folder.path}, {}, seams));
  static_cast<void>(second);
  return success();
}

// As if the store had made it.
Result<std::string> sealed(std::string_view plan, SqliteStore& store)
{
  constexpr std::size_t digits = 64;
  constexpr std::string_view behind = "\"}}\n";
  ROLLCALL_TRY(const std::string seal,
               store.seal(plan.substr(plan.size() - behind.size() - digits, digits)));
  return plan::PlanDigest::sealed(plan.substr(0, plan.size() - 1), seal) + "\n";
}

} // namespace

Result<void> prepare(const Workload& workload, const Folder& folder)
{
  if (workload.verb == Verb::init) return success();
  SystemFiles files;
  HurryingClock clock{workload.file.size() < 20'000};
  SeededRandom random{workload.seed + 1};
  const tests::FailingVfs vfs;
  const SqliteOptions how{.vfs = vfs.name(), .busy_ms = 0};
  const Seams seams{.memory = std::pmr::new_delete_resource(),
                    .files = &files,
                    .clock = &clock,
                    .random = &random};
  const std::string objects = workload.is_outside ? folder.outside() : folder.store();
  ROLLCALL_TRY(auto host, SqliteStore::create(objects, seams, how));
  MemorySource json{workload.directory};
  ROLLCALL_CHECK(host.fill(json));
  if (workload.is_outside) {
    ROLLCALL_TRY(const JobId memory, host.add({}));
    static_cast<void>(memory);
    ROLLCALL_TRY(auto store, SqliteStore::create(folder.store(), seams, how));
    if (workload.jobs_before() != 0) {
      const auto shared = std::make_unique<Shared>();
      Points points{*shared};
      const Fault none;
      ROLLCALL_TRY(const auto outside,
                   OutsideHost::open(folder.outside(), workload.schema, seams, how, points, none));
      return prepare_jobs(workload, folder, store, host, *outside, seams);
    }
  }
  if (workload.jobs_before() != 0) {
    ROLLCALL_TRY(const auto directory, host.directory(workload.schema));
    return prepare_jobs(workload, folder, host, host, *directory, seams);
  }
  if (!workload.applies_a_plan()) return success();
  ROLLCALL_TRY(const auto directory, host.directory(workload.schema));
  MemorySource source{workload.file};
  std::pmr::string text;
  TextSink plan{text};
  const JobOptions options{.file_name = "file.csv", .spool_folder = folder.path};
  ROLLCALL_TRY(const JobSummary planned, make_plan(workload.schema, source, *directory,
                                                   workload.context, options, {}, plan, {}, seams));
  static_cast<void>(planned);
  ROLLCALL_TRY(auto store, SqliteStore::open(folder.store(), seams, how));
  ROLLCALL_TRY(const std::string whole, sealed(text, store));
  std::ofstream{folder.file("plan.jsonl"), std::ios::binary}
      << (workload.verb == Verb::unsealed ? std::string_view{text} : whole);
  if (!workload.is_stale()) return success();
  const std::string first = workload.first_rows();
  MemorySource edit{first};
  ROLLCALL_TRY(const JobSummary edited,
               execute(workload.schema, edit, *directory, workload.context, options, {}, seams));
  static_cast<void>(edited);
  return success();
}

} // namespace rollcall::torture
