// trial.cpp: processes are begun and end; what they left is looked at.
#include "torture/trial.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "rollcall/job_summary.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "torture/asking.hpp"
#include "torture/secrecy.hpp"

namespace rollcall::torture {
namespace {

namespace fs = std::filesystem;
using tests::FailingVfs;
using Kind = Fault::Kind;

std::string text_of_file(const std::string& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// A plan without its id, which chance has made.
std::string plan_rows(const std::string& plan)
{
  const std::size_t first = plan.find('\n');
  const std::size_t last = plan.rfind("\n{\"end\"");
  if (first == std::string::npos || last == std::string::npos || last < first) return plan;
  return plan.substr(first, last - first);
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

std::uint64_t ask_number(const std::string& path, const char* sql)
{
  const std::string answer = ask(path, sql);
  return answer.empty() || answer.front() < '0' || answer.front() > '9' ? 0 : std::stoull(answer);
}

std::string difference(const Outcome& wanted, const Outcome& found)
{
  for (const auto& [name, text] : wanted) {
    const std::string& other = found.at(name);
    if (other == text) continue;
    const auto at = static_cast<std::size_t>(
        std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first - text.begin());
    const std::size_t begin = text.rfind('\n', at == 0 ? 0 : at - 1);
    const std::size_t from = begin == std::string::npos ? 0 : begin;
    return name + " differs, at byte " + std::to_string(at) +
           "\n    undisturbed: " + text.substr(from, 400) +
           "\n    now:         " + other.substr(std::min(from, other.size()), 400);
  }
  return {};
}

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

// What an attempt may fail with, given what befell it.
bool may_fail_with(Kind kind, ErrorCode code)
{
  switch (kind) {
    case Kind::alloc:
      return code == ErrorCode::out_of_memory;
    case Kind::file:
    case Kind::spool:
      return code == ErrorCode::file_failed || code == ErrorCode::disk_full ||
             code == ErrorCode::busy || code == ErrorCode::not_permitted;
    case Kind::host:
      return code == ErrorCode::host_failed;
    default:
      return false;
  }
}

} // namespace

Stage::Stage(Workload workload, std::string folder, Shared& shared)
    : workload_{std::move(workload)},
      folder_{std::move(folder)},
      work_{folder_ + "/work"},
      shared_{shared}
{
  fs::create_directories(folder_ + "/before");
  const auto prepared = prepare(workload_, Folder{folder_ + "/before"});
  if (!prepared.has_value()) {
    wrong_ = "cannot be prepared: " + describe(prepared.assume_error());
    return;
  }
  wrong_ = begin();
  const auto start = std::chrono::steady_clock::now();
  if (wrong_.empty()) wrong_ = attempt_once({});
  const auto took = std::chrono::steady_clock::now() - start;
  microseconds_ = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  if (!wrong_.empty()) return;
  const std::size_t traced = std::min<std::size_t>(shared_.visits, shared_.trace.size());
  points_.assign(shared_.trace.begin(),
                 shared_.trace.begin() + static_cast<std::ptrdiff_t>(traced));
  auto found = outcome();
  if (found.has_value())
    undisturbed_ = std::move(found).assume_value();
  else
    wrong_ = describe(found.assume_error());
}

std::string Stage::begin()
{
  std::error_code failed;
  fs::remove_all(work_.path, failed);
  fs::copy(folder_ + "/before", work_.path, failed);
  return failed ? "cannot copy to " + work_.path : std::string{};
}

std::uint64_t Stage::fallible(Kind kind)
{
  const auto known = fallible_.find(kind);
  if (known != fallible_.end()) return known->second.first;
  const std::string wrong = begin() + attempt_once({.kind = kind});
  if (wrong.empty()) fallible_[kind] = {shared_.fallible, shared_.fallible_before_begin};
  return fallible_[kind].first;
}

std::uint64_t Stage::fallible_before_begin(Kind kind)
{
  static_cast<void>(fallible(kind));
  return fallible_[kind].second;
}

// In a process of its own. Says what cannot be, whatever befell it.
std::string Stage::attempt_once(const Fault& fault)
{
  shared_.visits = 0;
  shared_.kill_at = fault.kind == Kind::kill ? fault.at : 0;
  shared_.last = "";
  shared_.acknowledged = 0;
  shared_.fallible = shared_.fallible_before_begin = 0;
  shared_.has_struck = false;
  shared_.end = End::none;
  shared_.code = 0;
  shared_.said.fill('\0');
  shared_.blocks_left = shared_.sqlite_bytes_left = 0;
  const pid_t child = ::fork();
  if (child == 0) {
    attempt(workload_, work_, fault, shared_);
    ::_exit(0);
  }
  if (child < 0) return "no process could be made";
  if (fault.kind == Kind::time) {
    ::usleep(static_cast<useconds_t>(fault.at));
    ::kill(child, SIGKILL);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return "the process was lost";
  const bool is_meant = fault.kind == Kind::kill || fault.kind == Kind::time;
  if (WIFSIGNALED(status)) {
    if (!is_meant || WTERMSIG(status) != SIGKILL)
      return "died of signal " + std::to_string(WTERMSIG(status)) + " after " + shared_.last;
    shared_.has_struck = true;
    shared_.end = End::none;
    return {};
  }
  if (WEXITSTATUS(status) != 0) return "ended with " + std::to_string(WEXITSTATUS(status));
  if (shared_.code != 0 && !may_fail_with(fault.kind, static_cast<ErrorCode>(shared_.code)))
    return std::string{"unexpected error: "} + shared_.said.data();
  if (fault.kind == Kind::alloc && shared_.blocks_left != 0)
    return std::to_string(shared_.blocks_left) + " blocks were not given back";
  if (fault.kind == Kind::alloc && shared_.sqlite_bytes_left != 0)
    return std::to_string(shared_.sqlite_bytes_left) + " bytes of SQLite's were not given back";
  return {};
}

// Is what an attempt left behind sound, and has it all that was told to be done? Looks at a copy:
// to recover it is the next attempt's.
std::string Stage::look(std::uint64_t acknowledged)
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
  const auto sound = check(copy.store());
  if (!sound.has_value()) {
    const ErrorCode code = sound.assume_error().code();
    const bool is_half_made = workload_.verb == Verb::init &&
                              (code == ErrorCode::not_found || code == ErrorCode::malformed);
    return is_half_made ? std::string{} : "the store: " + describe(sound.assume_error());
  }
  const std::uint64_t settled = ask_number(copy.store(), groups_of_last);
  if (settled >= acknowledged)
    return workload_.verb == Verb::init ? std::string{}
                                        : look_for_secrets(copy.store(), work_.path);
  return "lost: " + std::to_string(acknowledged) + " groups were told to be done, " +
         std::to_string(settled) + " are";
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
  for (const char* const name : {"report.jsonl", "result.csv", "error_rows.csv"})
    found[name] = without_job_id(text_of_file(work_.file(name)));
  if (workload_.verb == Verb::plan)
    found["plan"] =
        plan_rows(ask(path,
                      "SELECT CAST(bytes AS TEXT) FROM piece WHERE artifact = (SELECT max(id) FROM "
                      "artifact WHERE name = 'plan') ORDER BY number"));
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
  const std::uint64_t done =
      ask_number(work_.outside(), "SELECT count(*) FROM exception WHERE fate <> 'failed'");
  const auto count = [&](const char* sql) { return ask_number(work_.store(), sql); };
  const std::uint64_t groups = count(groups_of_last);
  const std::uint64_t not_done = count("SELECT count(*) FROM exception WHERE fate <> 'applied'");
  const std::uint64_t unknown = count("SELECT count(*) FROM exception WHERE fate = 'unknown'");
  if (done + not_done < groups || done > groups - not_done + unknown)
    return "the host has done " + std::to_string(done) + " groups of " + std::to_string(groups) +
           ", of which the journal calls " + std::to_string(not_done) + " not done, " +
           std::to_string(unknown) + " of them unknown";
  return {};
}

Verdict Stage::run(const Faults& faults)
{
  Verdict verdict{.faults = faults};
  verdict.wrong = begin();
  // Where the host itself cannot tell, or has not done it, the end is another one.
  bool is_same = true;
  bool has_ended = false;
  for (std::size_t i = 0; verdict.wrong.empty() && !has_ended && i <= faults.size(); ++i) {
    Fault& fault = i < faults.size() ? verdict.faults[i] : verdict.faults.emplace_back();
    verdict.wrong = attempt_once(fault);
    if (fault.kind == Kind::time && shared_.visits != 0 && shared_.has_struck)
      fault = {.kind = Kind::kill, .at = shared_.visits};
    verdict.struck += shared_.has_struck ? 1U : 0U;
    if (shared_.code != 0)
      ++verdict.errors[std::string{slug(static_cast<ErrorCode>(shared_.code))}];
    if (fault.kind == Kind::host && shared_.has_struck)
      is_same = is_same && fault.detail != "lost" && fault.detail != "forgets" &&
                fault.detail != "amnesia";
    if (verdict.wrong.empty()) verdict.wrong = look(shared_.acknowledged);
    has_ended = shared_.end == End::ended || shared_.end == End::was_over;
    if (i == faults.size() && !has_ended && verdict.wrong.empty())
      verdict.wrong = std::string{"does not come to an end: "} + shared_.said.data();
  }
  if (verdict.faults.size() > faults.size()) verdict.faults.pop_back();
  if (!verdict.wrong.empty()) return verdict;
  if (workload_.verb != Verb::init)
    verdict.begun_again =
        ask_number(work_.store(), "SELECT count(*) - 1 FROM job") - workload_.jobs_before();
  verdict.wrong = compare_with_host();
  if (!verdict.wrong.empty()) return verdict;
  const auto found = outcome();
  if (!found.has_value())
    verdict.wrong = describe(found.assume_error());
  else if (is_same)
    verdict.wrong = difference(undisturbed_, found.assume_value());
  else if (found.assume_value().at("operations without an answer") != "0\n")
    verdict.wrong = "operations are left without an answer";
  return verdict;
}

} // namespace rollcall::torture
