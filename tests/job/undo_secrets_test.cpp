// Secrets of rows that are undone: what works nowhere any more nobody is given.
#include <doctest/doctest.h>

#include <string>

#include "job/few_users.hpp"
#include "rollcall/download.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view two_new =
    "ID,First Name,Last Name,Email,Extension\n"
    ",Dee,Oz,dee@x.de,104\n"
    ",Eve,Oz,eve@x.de,105\n";

struct Given final : SecretTaker {
  std::string whose = {}, values = {};
  Result<void> secret(const MadeSecret& secret) override
  {
    whose.append(secret.key).append(".").append(secret.field).append(" ");
    values.append(secret.value).append(" ");
    return success();
  }
  Result<void> keep() override { return success(); }
};

std::uint64_t waiting(Remembering& at, JobId id)
{
  return must(at.store.details(id)).secrets_waiting;
}

} // namespace

TEST_CASE("secrets of what was taken back are fetched by nobody, also when its key is given anew")
{
  Remembering at = clusterpbx(two_users);
  at.execute(two_new);
  REQUIRE(waiting(at, 1) == 6);
  const std::string values = at.host.sql("SELECT value FROM secret");
  REQUIRE(values.size() > 60);
  CHECK(at.undo(1).updated == 2);
  CHECK(waiting(at, 1) == 0);
  CHECK(must(at.store.details(1)).secrets_made == 6);
  Given given;
  CHECK(must(at.store.take_secrets(1, given)) == 0);
  for (const std::string& value : lines_of(values))
    for (const char* const file : {"host.db", "host.db-wal"})
      CHECK(at.host.folder().read(file).find(value) == std::string::npos);

  // Zoe gets the key that Dee had, and has secrets of her own.
  at.execute("ID,First Name,Last Name,Email,Extension\n,Zoe,Oz,zoe@x.de,104\n");
  CHECK(must(at.store.take_secrets(1, given)) == 0);
  CHECK(must(at.store.take_secrets(3, given)) == 3);
  CHECK(given.whose.starts_with("3.web_password "));
}

TEST_CASE("secrets of a row that is kept are still to be fetched")
{
  Remembering at = clusterpbx(two_users);
  at.execute(two_new);
  at.execute("ID,First Name,Last Name,Email,Extension,Department\n3,Dee,Oz,dee@x.de,104,Sales\n");
  CHECK(at.undo(1).stale == 1);
  CHECK(at.job.updated == 1);
  Given given;
  CHECK(must(at.store.take_secrets(1, given)) == 3);
  CHECK(given.whose == "3.web_password 3.phone_secret 3.voicemail_pin ");
}

TEST_CASE("a row whose undo was undone is undone again, though its secrets are gone")
{
  Remembering at = clusterpbx(two_users);
  const std::string before = at.objects();
  at.execute(two_new);
  at.undo(1);
  at.undo(2);
  CHECK(at.job.created == 2);
  const std::string again = at.objects();
  CHECK(again != before);
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.outcomes() == "line 3 updated, line 2 updated");
  CHECK(at.objects() == before);
  CHECK(at.undo(4).state == JobState::succeeded);
  CHECK(at.objects() == again);

  // A secret that somebody has given since is his.
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Voicemail Pin\n"
      "3,Dee,Oz,dee@x.de,104,471147\n");
  CHECK(at.undo(1).state == JobState::partial);
  CHECK(at.outcomes() ==
        "line 3 updated, line 2 stale [voicemail_pin of user 3 was changed since: the job left it "
        "nothing, and it is set]");
}

TEST_CASE("without the plans of the undos before it an undo is no job that could never end")
{
  Remembering at = clusterpbx(two_users);
  at.execute(two_new);
  at.undo(1);
  std::pmr::string text;
  TextSink sink{text};
  const auto gone = download_secrets(
      at.store, 1, sink, [] { return success(); }, at.host.seams());
  CHECK(fault_of(gone) ==
        "the job 1 has no secrets: those that nobody had fetched went with what was undone");
  must(at.store.remove_artifact(2, "plan"));
  CHECK(fault_of(at.try_to_undo(1)) ==
        "the plan of job 2 was removed: what it has done can no longer be told row by row");
  CHECK_FALSE(must(at.store.job(3)).has_value());
}

TEST_CASE("a secret that was set where there was none is taken away only once")
{
  Remembering at = clusterpbx(two_users);
  const std::string before = at.objects();
  at.execute(
      "ID,First Name,Last Name,Email,Extension,Voicemail Pin\n"
      "1,Ada,Lee,ada@x.de,101,471147\n");
  at.undo(1);
  at.undo(2);
  CHECK(at.undo(1).state == JobState::succeeded);
  CHECK(at.outcomes() == "line 2 updated");
  CHECK(at.objects() == before);
}
