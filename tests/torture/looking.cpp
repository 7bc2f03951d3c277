// looking.cpp: what an attempt has left, and what a job came to.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "rollcall/job_summary.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "torture/asking.hpp"
#include "torture/secrecy.hpp"
#include "torture/trial.hpp"

namespace rollcall::torture {
namespace {

namespace fs = std::filesystem;
using tests::FailingVfs;

std::string text_of_file(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// A plan without its id, which chance has made, and without the digest that hangs on it.
std::string without_id(std::string plan)
{
  constexpr std::string_view before = "\"id\":\"";
  constexpr std::size_t digits = 32;
  const std::size_t at = plan.find(before);
  const std::size_t digest = plan.rfind(",\"digest\":");
  if (at == std::string::npos || digest == std::string::npos) return plan;
  plan.erase(digest);
  return plan.erase(at + before.size(), digits);
}

// A report without the number of its job, which is another one where it was begun again.
std::string without_job_id(std::string report)
{
  constexpr std::string_view before = "{\"job\": {\"id\": ";
  const std::size_t at = report.rfind(before);
  if (at == std::string::npos) return report;
  const std::size_t digits = at + before.size();
  return report.replace(digits, report.find_first_not_of("0123456789", digits) - digits, "N");
}

constexpr const char* groups_of_last = "SELECT groups FROM job ORDER BY id DESC LIMIT 1";

class LastRecord final : public JobSink {
 public:
  JobRecord last;
  void job(const JobRecord& record) override
  {
    if (record.id >= last.id) last = record;
  }
};

Result<std::string> record_text(SqliteStore& store)
{
  LastRecord jobs;
  ROLLCALL_CHECK(store.jobs(jobs));
  JobRecord& record = jobs.last;
  record.summary.id = 0;
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_CHECK(write_job(record.summary, sink));
  return std::string{text} + std::string{slug(record.state)} + " " + record.actor + " " +
         std::to_string(record.started_ms) + " " + std::to_string(record.ended_ms);
}

} // namespace

// Is what an attempt left behind sound, and has it all that was told to be done? Looks at a copy:
// to recover it is the next attempt's.
std::string Stage::look()
{
  const Folder copy{folder_ + "/look"};
  std::error_code ignored;
  fs::remove_all(copy.path, ignored);
  fs::create_directory(copy.path, ignored);
  for (const char* const name : {"host.db", "host.db-wal", "outside.db", "outside.db-wal"})
    if (fs::exists(work_.file(name))) fs::copy(work_.file(name), copy.file(name), ignored);
  SystemSeams system;
  const FailingVfs vfs; // does not wait for the disk
  const auto check = [&](const std::string& path) -> Result<void> {
    ROLLCALL_TRY(auto store, SqliteStore::open(path, system.seams(), {.vfs = vfs.name()}));
    return store.check();
  };
  if (workload_.is_outside) {
    const auto sound = check(copy.outside());
    if (!sound.has_value()) return "the host is not sound: " + describe(sound.assume_error());
  }
  if (workload_.verb == Verb::init) {
    const auto sound = check(copy.store());
    if (sound.has_value()) return {};
    const ErrorCode code = sound.assume_error().code();
    const bool is_half_made = code == ErrorCode::not_found || code == ErrorCode::malformed;
    return is_half_made ? std::string{} : "the store: " + describe(sound.assume_error());
  }
  std::uint64_t settled = 0;
  std::string wrong = look_for_secrets({.store = copy.store(),
                                        .folder = work_.path,
                                        .said = at_->said.data(),
                                        .made_before = made_before_,
                                        .groups = &settled});
  if (wrong.empty()) wrong = look_at_fetched();
  if (!wrong.empty() || settled >= at_->acknowledged) return wrong;
  return "lost: " + std::to_string(at_->acknowledged) + " groups were told to be done, " +
         std::to_string(settled) + " are";
}

// What is fetched is elsewhere before it is gone here.
std::string Stage::look_at_fetched()
{
  if (workload_.verb != Verb::fetch || undisturbed_.empty()) return {};
  const std::string waiting =
      ask(work_.store(), "SELECT count(*) FROM secret WHERE is_shown = 1 AND is_settled = 1");
  const bool is_there = text_of_file(work_.file("secrets.csv")) == undisturbed_.at("secrets.csv");
  return waiting == "0\n" && !is_there ? "secrets are lost" : std::string{};
}

Result<Outcome> Stage::outcome()
{
  Outcome found;
  SystemSeams system;
  const FailingVfs vfs;
  const auto dump = [&](const std::string& path) -> Result<std::string> {
    ROLLCALL_TRY(auto store, SqliteStore::open(path, system.seams(), {.vfs = vfs.name()}));
    ROLLCALL_CHECK(store.check());
    std::pmr::string text;
    TextSink sink{text};
    ROLLCALL_CHECK(store.dump(sink));
    return std::string{text};
  };
  ROLLCALL_TRY(found["objects"], dump(work_.store()));
  if (workload_.is_outside) {
    ROLLCALL_TRY(found["objects outside"], dump(work_.outside()));
  }
  if (workload_.verb == Verb::init) return found;
  {
    ROLLCALL_TRY(auto store, SqliteStore::open(work_.store(), system.seams(), {.vfs = vfs.name()}));
    ROLLCALL_TRY(found["record"], record_text(store));
  }
  const std::string path = work_.store();
  found["audit"] =
      ask(path, "SELECT row, at_ms, actor, kind, key, op, fields FROM audit ORDER BY id");
  found["outbox"] = ask(path,
                        "SELECT name, json_remove(fields, '$.secrets'), "
                        "(SELECT count(*) FROM json_each(fields, '$.secrets')), state "
                        "FROM outbox ORDER BY id");
  // Of each secret that was made, whose it is.
  found["secrets"] = ask(path,
                         "SELECT is_settled, is_shown, waiting, row, line, kind, key, field, "
                         "length(value) FROM secret ORDER BY row, change, field");
  if (!workload_.is_outside)
    found["secrets that nobody has"] =
        ask(path,
            "SELECT count(*) FROM audit a, json_each(a.fields) f WHERE json_extract(f.value, "
            "'$[1].secret') = 'generated' AND NOT EXISTS (SELECT 1 FROM secret s WHERE "
            "s.job = a.job AND s.kind = a.kind AND s.key = a.key AND s.field = f.key)");
  found["exceptions"] = ask(
      path, "SELECT group_number, row, fate, why, keys FROM exception ORDER BY job, group_number");
  found["groups"] = ask(path, groups_of_last);
  found["operations without an answer"] = ask(path, "SELECT count(*) FROM intended");
  found["files that are not whole"] = ask(path, "SELECT count(*) FROM artifact WHERE is_whole = 0");
  found["pieces of no file"] =
      ask(path, "SELECT count(*) FROM piece WHERE artifact NOT IN (SELECT id FROM artifact)");
  found["files"] = ask(path,
                       "SELECT name, bytes FROM artifact WHERE job = (SELECT max(id) FROM job) "
                       "AND name <> 'plan' ORDER BY name");
  for (const char* const name :
       {"report.jsonl", "result.csv", "error_rows.csv", "error_log.txt", "findings", "secrets.csv"})
    found[name] = without_job_id(text_of_file(work_.file(name)));
  if (workload_.verb == Verb::plan)
    found["plan"] =
        without_id(ask(path, "SELECT " ROLLCALL_UNPACKED " FROM piece p JOIN artifact a ON a.id = "
                             "p.artifact WHERE a.id = (SELECT max(id) FROM artifact WHERE name = "
                             "'plan') ORDER BY number"));
  return found;
}

// What a host outside of the store has done against what the journal says of it.
std::string Stage::compare_with_host()
{
  if (!workload_.is_outside) return {};
  const std::string twice = ask(work_.outside(),
                                "SELECT operation FROM exception WHERE fate <> 'failed' "
                                "GROUP BY operation HAVING count(*) > 1");
  if (!twice.empty()) return "carried out twice: " + twice;
  const std::uint64_t done = ask_number(work_.outside(), done_outside) - done_before_;
  const auto count = [&](const char* sql) { return ask_number(work_.store(), sql); };
  const std::uint64_t groups = count(groups_of_last);
  const std::uint64_t not_done = count(
      "SELECT count(*) FROM exception WHERE fate <> 'applied' "
      "AND job = (SELECT max(id) FROM job)");
  const std::uint64_t unknown = count(
      "SELECT count(*) FROM exception WHERE fate = 'unknown' "
      "AND job = (SELECT max(id) FROM job)");
  if (done + not_done < groups || done > groups - not_done + unknown)
    return "the host has done " + std::to_string(done) + " groups of " + std::to_string(groups) +
           ", of which the journal calls " + std::to_string(not_done) + " not done, " +
           std::to_string(unknown) + " of them unknown";
  return {};
}

} // namespace rollcall::torture
