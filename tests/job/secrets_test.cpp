// Secrets on their way: from the file and from chance to the host, and from there to who fetches
// them, once.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "apply/office.hpp"
#include "rollcall/download.hpp"
#include "rollcall/effect_secrets.hpp"
#include "rollcall/follow_up.hpp"
#include "rollcall/memory_directory.hpp"
#include "rollcall/plan.hpp"
#include "store/hosts.hpp"
#include "support/forwarding_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Objects in memory; what it was given of secrets stands here. It may hang up when it is done.
class Keeper final : public ForwardingDirectory {
 public:
  explicit Keeper(MemoryDirectory&& objects)
      : ForwardingDirectory{&objects_}, objects_{std::move(objects)}
  {
  }

  std::map<std::string, std::string> secrets = {}; // "{operation}/{change}"
  bool hangs_up = false;

  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    for (const Group& group : groups)
      for (const SecretValue& secret : group.secrets)
        secrets[std::string{group.operation} + "/" + std::to_string(secret.change)] = secret.value;
    if (!hangs_up) return objects_.apply(groups, sink);
    ROLLCALL_CHECK(objects_.apply(groups, remembered_));
    return Error{ErrorCode::host_failed, "the line is dead"};
  }
  [[nodiscard]] Result<void> probe(std::span<const std::string_view> operations,
                                   AnswerSink& sink) override
  {
    for (std::size_t i = 0; i != operations.size(); ++i) {
      const std::vector<std::string_view> keys{remembered_.keys[i].begin(),
                                               remembered_.keys[i].end()};
      sink.answer(i, Answer::applied, keys, {});
    }
    return success();
  }

 private:
  struct Remembered final : public AnswerSink {
    std::vector<std::vector<std::string>> keys = {};
    void answer(std::size_t, Answer, std::span<const std::string_view> of,
                std::string_view) override
    {
      keys.emplace_back(of.begin(), of.end());
    }
  };

  MemoryDirectory objects_;
  Remembered remembered_;
};

struct Fetched final : public SecretTaker {
  std::vector<std::string> values = {};
  bool can_keep = true;
  Result<void> secret(const MadeSecret& secret) override
  {
    values.push_back(std::to_string(secret.row) + " " + std::string{secret.kind} + " " +
                     std::string{secret.key} + " " + std::string{secret.field} + " " +
                     std::string{secret.value});
    return success();
  }
  Result<void> keep() override
  {
    if (can_keep) return success();
    return Error{ErrorCode::disk_full, "there is no room"};
  }
};

constexpr std::string_view file =
    "ID,Name,Email,Extension,Team,Password\n"
    "11,Dee,dee@b.de,211,Sales,from-the-file\n"
    "12,Eve,eve@b.de,212,Sales,\n"
    "1,Ada,ada@b.de,201,Sales,\"a \"\"new\"\" one\"\n";

Keeper keeper_of(const schema::Schema& schema, Host& host)
{
  MemorySource source{office_people};
  return Keeper{must(MemoryDirectory::read(source, schema, host.seams()))};
}

Result<JobSummary> run(const schema::Schema& schema, Directory& directory, Host& host,
                       SqliteStore* store, Sink* secrets = nullptr)
{
  MemorySource source{file};
  return execute(schema, source, directory, {.name = "ada", .role = "writer"}, {.store = store},
                 {.secrets = secrets}, host.seams());
}

} // namespace

TEST_CASE("a host is given the secrets of the file as they were typed, and those that are made")
{
  const schema::Schema schema = office();
  Host host;
  Keeper keeper = keeper_of(schema, host);
  std::pmr::string made;
  TextSink sink{made};
  CHECK(must(run(schema, keeper, host, nullptr, &sink)).state == JobState::succeeded);
  REQUIRE(keeper.secrets.size() == 3);
  std::vector<std::string> values;
  for (const auto& [operation, value] : keeper.secrets) values.push_back(value);
  CHECK(values[0] == "from-the-file");
  CHECK(values[1].size() == 16);
  CHECK(values[2] == "a \"new\" one");
  CHECK(std::string{made} ==
        "Row,Line,Kind,Key,Field,Value\r\n2,3,user,12,password," + values[1] + "\r\n");
}

TEST_CASE("made secrets wait in the store until they are fetched, once")
{
  const schema::Schema schema = office();
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  const JobSummary job = must(run(schema, *directory, host, &store));
  CHECK(must(store.details(job.id)).secrets_waiting == 1);

  Fetched failing;
  failing.can_keep = false;
  CHECK(error_of(store.take_secrets(job.id, failing)) == ErrorCode::disk_full);
  CHECK(must(store.details(job.id)).secrets_waiting == 1);
  Fetched first;
  CHECK(must(store.take_secrets(job.id, first)) == 1);
  CHECK(first.values == failing.values);
  CHECK(first.values.front().starts_with("2 user 12 password "));
  Fetched second;
  CHECK(must(store.take_secrets(job.id, second)) == 0);
  const JobDetails details = must(store.details(job.id));
  CHECK(details.secrets_made == 1);
  CHECK(details.secrets_taken_ms == host.clock.ms);
  std::pmr::string text;
  TextSink sink{text};
  const auto again = download_secrets(
      store, job.id, sink, []() -> Result<void> { return success(); }, host.seams());
  CHECK(error_of(again) == ErrorCode::not_found);
  CHECK(text.empty()); // nor a header of nothing
}

TEST_CASE("what a host was given is what can be fetched, though it was not heard")
{
  const schema::Schema schema = office();
  Host host{office_people};
  SqliteStore store = host.open();
  Keeper keeper = keeper_of(schema, host);
  keeper.hangs_up = true;
  CHECK(error_of(run(schema, keeper, host, &store)) == ErrorCode::host_failed);
  CHECK(must(store.details(1)).secrets_waiting == 0); // it may be that nothing was done
  keeper.hangs_up = false;
  const JobSummary job = must(
      resume(store, 1, schema, keeper, {.name = "ada", .role = "writer"}, {}, {}, host.seams()));
  CHECK(job.state == JobState::succeeded);
  Fetched fetched;
  CHECK(must(store.take_secrets(1, fetched)) == 1);
  bool is_given = false;
  for (const auto& [operation, value] : keeper.secrets)
    is_given = is_given || fetched.values.front() == "2 user 12 password " + value;
  CHECK(is_given);
}

TEST_CASE("an effect has a handle, which stands for the secret until the effect is done")
{
  schema::Schema schema = office();
  schema.effects = {{.name = "mail",
                     .when = "present(email)",
                     .fields = {{"to", "email"}},
                     .secrets = {"user.password"}}};
  std::get<schema::Secret>(schema.columns.back().type).shown = "false"; // only the mail shows it
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  const JobSummary job = must(run(schema, *directory, host, &store));
  CHECK(must(store.details(job.id)).secrets_made == 0);
  Fetched nothing;
  CHECK(must(store.take_secrets(job.id, nothing)) == 0);

  struct Waiting final : public EffectSink {
    std::vector<std::pair<WaitingEffect, std::string>> all = {};
    std::vector<std::string> operations = {};
    void effect(const WaitingEffect& effect) override
    {
      operations.emplace_back(effect.operation);
      all.emplace_back(effect, effect.fields);
    }
  } waiting;
  must(store.effects(waiting));
  REQUIRE(waiting.all.size() == 3);
  WaitingEffect effect = waiting.all[1].first;
  effect.operation = waiting.operations[1];
  const std::string handle = waiting.operations[1] + "/0/password";
  CHECK(waiting.all[1].second.find(handle) != std::string::npos);
  const auto secret = must(store.secret_of(effect, handle));
  REQUIRE(secret.has_value());
  CHECK(secret->size() == 16);
  CHECK_FALSE(must(store.secret_of(effect, handle + "x")).has_value());
  must(store.effect_done(effect.id));
  CHECK_FALSE(must(store.secret_of(effect, handle)).has_value());
  CHECK(host.sql("SELECT count(*) FROM secret") == "0\n");
  CHECK(error_of(store.effect_done(effect.id)) == ErrorCode::not_found);
}

TEST_CASE("an effect that needs a secret of the file is given it from the file that is kept")
{
  schema::Schema schema = office();
  schema.effects = {{.name = "mail",
                     .when = "present(email)",
                     .fields = {{"to", "email"}},
                     .secrets = {"user.password"}}};
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  const JobSummary job = must(run(schema, *directory, host, &store));
  struct Waiting final : public EffectSink {
    struct Each {
      std::uint64_t id = 0;
      std::string operation = {};
    };
    std::vector<Each> all = {};
    void effect(const WaitingEffect& effect) override
    {
      all.push_back({effect.id, std::string{effect.operation}});
    }
  } waiting;
  must(store.effects(waiting));
  REQUIRE(waiting.all.size() == 3);
  auto secrets = must(EffectSecrets::open(store, store, job.id, *directory, host.seams()));
  const auto secret_of = [&](std::size_t row, const std::string& rest) {
    const Waiting::Each& each = waiting.all[row];
    const WaitingEffect effect{.id = each.id, .job = job.id, .operation = each.operation};
    return must(secrets.find(effect, each.operation + rest)).value_or("nothing");
  };
  for (const std::size_t row : {0U, 2U, 1U, 0U}) {
    const std::string secret = secret_of(row, "/0/password");
    if (row == 0) CHECK(secret == "from-the-file");
    if (row == 1) CHECK(secret.size() == 16);
    if (row == 2) CHECK(secret == "a \"new\" one");
  }
  for (const std::string rest : {"/1/password", "/0/name", "/0/", "", "/x/password"})
    CHECK(secret_of(0, rest) == "nothing");
  must(store.effect_done(waiting.all[2].id));
  CHECK(secret_of(2, "/0/password") == "nothing");
  CHECK(secret_of(0, "/0/password") == "from-the-file");
  CHECK(error_of(secrets.find({.job = job.id + 1}, "")) == ErrorCode::wrong_use);
  must(store.purge(job.id));
  auto gone = must(EffectSecrets::open(store, store, job.id, *directory, host.seams()));
  const WaitingEffect first{.id = 1, .job = job.id, .operation = waiting.all[0].operation};
  CHECK_FALSE(must(gone.find(first, waiting.all[0].operation + "/0/password")).has_value());
}

TEST_CASE("of rows that are done together each effect has its own secret of the file")
{
  schema::Schema schema = office();
  schema.effects = {{.name = "mail",
                     .when = "present(email)",
                     .fields = {{"to", "email"}},
                     .secrets = {"user.password"}}};
  Host host{office_people};
  SqliteStore store = host.open();
  const auto directory = must(store.directory(schema));
  MemorySource source{
      "ID,Name,Email,Extension,Team,Password\n1,Ada,ada@b.de,202,Sales,ada-s\n"
      "3,Cy,cy@b.de,203,,cy-s\n2,Bo,bo@b.de,201,,bo-s\n"};
  const JobSummary job = must(execute(schema, source, *directory, {.name = "ada", .role = "writer"},
                                      {.store = &store}, {}, host.seams()));
  REQUIRE(job.updated == 3);
  struct Handles final : public EffectSink {
    struct Each {
      std::uint64_t id = 0;
      std::string operation = {}, handle = {};
    };
    std::vector<Each> all = {};
    void effect(const WaitingEffect& effect) override
    {
      const std::string fields{effect.fields};
      const std::string before = "\"user.password\":";
      const std::size_t at = fields.find(before);
      REQUIRE(at != std::string::npos);
      const std::size_t begin = fields.find('"', at + before.size()) + 1;
      all.push_back({effect.id, std::string{effect.operation},
                     fields.substr(begin, fields.find('"', begin) - begin)});
    }
  } handles;
  must(store.effects(handles));
  auto secrets = must(EffectSecrets::open(store, store, job.id, *directory, host.seams()));
  std::vector<std::string> found;
  for (const Handles::Each& each : handles.all) {
    const WaitingEffect effect{.id = each.id, .job = job.id, .operation = each.operation};
    found.push_back(must(secrets.find(effect, each.handle)).value_or("nothing"));
  }
  std::sort(found.begin(), found.end());
  CHECK(found == std::vector<std::string>{"ada-s", "bo-s", "cy-s"});
}

TEST_CASE("a plan that takes secrets from its file is not carried out without it")
{
  const schema::Schema schema = office();
  Host host;
  Keeper keeper = keeper_of(schema, host);
  MemorySource source{file};
  std::pmr::string plan;
  TextSink sink{plan};
  const Context context{.name = "ada", .role = "writer"};
  must(make_plan(schema, source, keeper, context, {}, {}, sink, {}, host.seams()));
  CHECK(plan.find("from-the-file") == std::string::npos);
  MemorySource kept{plan};
  const JobSummary job = must(apply_plan(schema, kept, keeper, context, {}, {}, host.seams()));
  CHECK(job.refusal == Refusal::file);
  CHECK(keeper.secrets.empty());
}

TEST_CASE("what was judged, and what is tried again, takes its secrets from the file that was kept")
{
  const schema::Schema schema = office();
  Host host;
  Keeper keeper = keeper_of(schema, host);
  SqliteStore store = host.open();
  const Context who{.name = "ada", .role = "writer"};
  const auto values = [&] {
    std::vector<std::string> all;
    for (const auto& [operation, value] : keeper.secrets) all.push_back(value);
    keeper.secrets.clear();
    std::sort(all.begin(), all.end());
    return all;
  };
  MemorySource judged{
      "ID,Name,Email,Extension,Team,Password\n"
      "11,Dee,dee@b.de,211,Sales,of-the-first\n"
      "12,Eve,eve@b.de,201,Sales,of-the-second\n"};
  REQUIRE(
      must(validate(schema, judged, keeper, who, {.store = &store}, {}, host.seams())).rejected ==
      1);
  REQUIRE(must(execute_job(store, 1, schema, keeper, who, {}, {}, host.seams())).created == 1);
  CHECK(values() == std::vector<std::string>{"of-the-first"});

  MemorySource frees{"ID,Name,Email,Extension,Team,Password\n1,Ada,ada@b.de,299,Sales,\n"};
  REQUIRE(must(execute(schema, frees, keeper, who, {.store = &store}, {}, host.seams())).updated ==
          1);
  REQUIRE(must(retry(store, 2, schema, keeper, who, {}, {}, host.seams())).created == 1);
  CHECK(values() == std::vector<std::string>{"of-the-second"});

  // With a store they are fetched from there, and nowhere else.
  std::pmr::string text;
  TextSink sink{text};
  const Outputs secrets{.secrets = &sink};
  for (const auto verb : {undo, retry, execute_job})
    CHECK(error_of(verb(store, 1, schema, keeper, who, {}, secrets, host.seams())) ==
          ErrorCode::wrong_use);
}
