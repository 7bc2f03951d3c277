// trial.cpp: processes are begun, stopped and ended.
#include "torture/trial.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <utility>

#include "torture/asking.hpp"
#include "torture/secrecy.hpp"

namespace rollcall::torture {
namespace {

namespace fs = std::filesystem;
using Kind = Fault::Kind;

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

Stage::Stage(Workload workload, std::string folder, Shared& shared, Shared& of_stopped)
    : workload_{std::move(workload)},
      folder_{std::move(folder)},
      work_{folder_ + "/work"},
      shared_{shared},
      of_stopped_{of_stopped},
      at_{&shared}
{
  const Folder before{folder_ + "/before"};
  fs::create_directories(before.path);
  const auto prepared = prepare(workload_, before);
  if (!prepared.has_value()) {
    wrong_ = "cannot be prepared: " + describe(prepared.assume_error());
    return;
  }
  if (workload_.jobs_before() != 0) made_before_ = made_secrets(before.store());
  if (workload_.is_outside && workload_.verb != Verb::cancel)
    done_before_ = ask_number(before.outside(), done_outside);
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
  if (wrong_.empty() && workload_.verb == Verb::fetch && undisturbed_.at("secrets.csv").empty())
    wrong_ = "there is no secret to be fetched";
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

Stage::~Stage()
{
  if (stopped_ == 0) return;
  ::kill(stopped_, SIGKILL);
  ::waitpid(stopped_, nullptr, 0);
}

// In a process of its own. Says what cannot be, whatever befell it.
std::string Stage::attempt_once(const Fault& fault)
{
  const bool takes_over = stopped_ != 0;
  at_ = fault.kind == Kind::stop && !takes_over ? &of_stopped_ : &shared_;
  Shared& shared = *at_;
  shared.visits = 0;
  shared.kill_at = fault.kind == Kind::kill ? fault.at : 0;
  shared.stop_at = fault.kind == Kind::stop && !takes_over ? fault.at : 0;
  shared.last = "";
  shared.acknowledged = 0;
  shared.fallible = shared.fallible_before_begin = 0;
  shared.has_struck = false;
  shared.end = End::none;
  shared.code = 0;
  shared.said.fill('\0');
  shared.blocks_left = shared.sqlite_bytes_left = 0;
  const pid_t child = ::fork();
  if (child == 0) {
    attempt(workload_, work_, fault, takes_over ? TakeOver::of_any : TakeOver::of_gone, shared);
    ::_exit(0);
  }
  if (child < 0) return "no process could be made";
  if (fault.kind == Kind::time) {
    ::usleep(static_cast<useconds_t>(fault.at));
    ::kill(child, SIGKILL);
  }
  int status = 0;
  if (::waitpid(child, &status, WUNTRACED) != child) return "the process was lost";
  if (WIFSTOPPED(status)) {
    stopped_ = child;
    shared.has_struck = true;
    return {};
  }
  return judge(fault, status, takes_over);
}

std::string Stage::judge(const Fault& fault, int status, bool took_over) const
{
  Shared& shared = *at_;
  const bool is_meant = fault.kind == Kind::kill || fault.kind == Kind::time;
  if (WIFSIGNALED(status)) {
    if (!is_meant || WTERMSIG(status) != SIGKILL)
      return "died of signal " + std::to_string(WTERMSIG(status)) + " after " + shared.last;
    shared.has_struck = true;
    shared.end = End::none;
    return {};
  }
  if (WEXITSTATUS(status) != 0) return "ended with " + std::to_string(WEXITSTATUS(status));
  const auto code = static_cast<ErrorCode>(shared.code);
  const bool is_locked_out = took_over && code == ErrorCode::busy; // by a transaction that stands
  if (shared.code != 0 && !may_fail_with(fault.kind, code) && !is_locked_out)
    return std::string{"unexpected error: "} + shared.said.data();
  if (fault.kind == Kind::alloc && shared.blocks_left != 0)
    return std::to_string(shared.blocks_left) + " blocks were not given back";
  if (fault.kind == Kind::alloc && shared.sqlite_bytes_left != 0)
    return std::to_string(shared.sqlite_bytes_left) + " bytes of SQLite's were not given back";
  return {};
}

// Who was stopped goes on, when another one has taken over. Either that one has done it, and he
// finds out; or that one was locked out, and he does it himself.
std::string Stage::wake()
{
  const pid_t child = std::exchange(stopped_, 0);
  ::kill(child, SIGCONT);
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return "the process was lost";
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "who was stopped did not end well";
  const Shared& old = of_stopped_;
  const auto code = static_cast<ErrorCode>(old.code);
  if (at_->end == End::broke_off) {
    at_ = &of_stopped_;
    return old.code == 0 ? std::string{}
                         : std::string{"who could not be overtaken: "} + old.said.data();
  }
  if (old.code == 0)
    return at_->end == End::was_over || old.end == End::was_over
               ? std::string{}
               : "both say that they have done it";
  const bool is_told = code == ErrorCode::busy || code == ErrorCode::not_found;
  return is_told ? std::string{} : std::string{"who was overtaken: "} + old.said.data();
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
    if (fault.kind == Kind::time && at_->visits != 0 && at_->has_struck)
      fault = {.kind = Kind::kill, .at = at_->visits};
    verdict.struck += at_->has_struck ? 1U : 0U;
    if (at_->code != 0) ++verdict.errors[std::string{slug(static_cast<ErrorCode>(at_->code))}];
    if (fault.kind == Kind::host && at_->has_struck)
      is_same = is_same && fault.detail != "lost" && fault.detail != "forgets" &&
                fault.detail != "amnesia";
    if (verdict.wrong.empty()) verdict.wrong = look();
    if (stopped_ != 0 && at_->end != End::none && verdict.wrong.empty()) {
      verdict.wrong = wake();
      if (verdict.wrong.empty()) verdict.wrong = look();
    }
    has_ended = at_->end == End::ended || at_->end == End::was_over;
    if (i == faults.size() && !has_ended && verdict.wrong.empty())
      verdict.wrong = std::string{"does not come to an end: "} + at_->said.data();
  }
  if (verdict.faults.size() > faults.size()) verdict.faults.pop_back();
  if (!verdict.wrong.empty()) return verdict;
  if (workload_.verb != Verb::init && workload_.verb != Verb::cancel && !workload_.is_service())
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
