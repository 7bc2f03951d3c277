// outside_host.cpp: the file of the host is a store of its own, whose journal is what it remembers.
#include "torture/outside_host.hpp"

#include <utility>

namespace rollcall::torture {
namespace {

constexpr JobId memory_of_host = 1;

} // namespace

// What its own objects answer for one group.
class OutsideHost::Listening final : public AnswerSink {
 public:
  explicit Listening(Done& done) : done_{done} {}
  void answer(std::size_t /*group*/, Answer answer, std::span<const std::string_view> keys,
              std::string_view why) override
  {
    done_.answer = answer;
    done_.why = why;
    for (const std::string_view key : keys) done_.keys.emplace_back(key);
  }

 private:
  Done& done_;
};

class OutsideHost::Recalling final : public SettledSink {
 public:
  explicit Recalling(OutsideHost& host) : host_{host} {}
  void settled(const Settled& group) override
  {
    Done done{.answer = group.fate == Fate::failed ? Answer::refused : Answer::applied,
              .why = std::string{group.why}};
    for (const std::string_view key : group.keys) done.keys.emplace_back(key);
    host_.done_.insert_or_assign(std::string{group.operation}, std::move(done));
  }

 private:
  OutsideHost& host_;
};

Result<std::unique_ptr<OutsideHost>> OutsideHost::open(const std::string& path,
                                                       const schema::Schema& schema,
                                                       const Seams& seams,
                                                       const SqliteOptions& options, Points& points,
                                                       const Fault& fault)
{
  ROLLCALL_TRY(auto store, SqliteStore::open(path, seams, options));
  std::unique_ptr<OutsideHost> made{new OutsideHost{std::move(store), points, fault}};
  ROLLCALL_TRY(made->objects_, made->store_.directory(schema));
  made->forward_to(*made->objects_);
  ROLLCALL_CHECK(made->recall());
  return made;
}

Result<void> OutsideHost::recall()
{
  ROLLCALL_TRY(const JobRecord taken, store_.take_over(memory_of_host, TakeOver::of_any));
  static_cast<void>(taken);
  ROLLCALL_TRY(const Progress progress, store_.progress(memory_of_host));
  groups_ = progress.groups;
  Recalling recalling{*this};
  return store_.exceptions(memory_of_host, recalling);
}

// It does it and remembers that, in one transaction.
Result<void> OutsideHost::carry_out(const Group& group, Done& done)
{
  ROLLCALL_CHECK(store_.begin(memory_of_host));
  points_.pass("host.begin");
  Listening listening{done};
  Result<void> applied = objects_->apply(std::span{&group, 1}, listening);
  if (!applied.has_value()) {
    store_.roll_back();
    return applied;
  }
  const std::vector<std::string_view> keys{done.keys.begin(), done.keys.end()};
  // What has no keys would not be kept if it were applied.
  const Settled settled{.group = ++groups_,
                        .fate = done.answer != Answer::applied ? Fate::failed
                                : keys.empty()                 ? Fate::withheld
                                                               : Fate::applied,
                        .why = done.why,
                        .operation = group.operation,
                        .keys = keys};
  ROLLCALL_CHECK(store_.settle(memory_of_host, std::span{&settled, 1}));
  points_.pass("host.commit:before");
  ROLLCALL_CHECK(store_.commit());
  done_.insert_or_assign(std::string{group.operation}, done);
  points_.pass("host.commit:after");
  return success();
}

bool OutsideHost::is_struck(std::string_view detail)
{
  if (fault_.kind != Fault::Kind::host || fault_.detail != detail) return false;
  const bool is_it = given_ == fault_.at || (fault_.from && given_ > fault_.at);
  if (is_it) points_.shared().has_struck = true;
  return is_it;
}

Result<void> OutsideHost::apply(std::span<const Group> groups, AnswerSink& sink)
{
  std::vector<Done> late;
  const bool is_late = fault_.kind == Fault::Kind::host && fault_.detail == "late";
  for (std::size_t i = 0; i != groups.size(); ++i) {
    ++given_;
    points_.shared().fallible = given_;
    if (is_struck("refuses_call")) return Error{ErrorCode::host_failed, "the line is dead"};
    if (is_struck("lost")) continue;
    Done done;
    ROLLCALL_CHECK(carry_out(groups[i], done));
    if (is_struck("hangs_up")) return Error{ErrorCode::host_failed, "the host has hung up"};
    if (is_struck("never")) continue;
    is_forgetful_ = is_struck("forgets") || is_forgetful_;
    is_mute_ = is_struck("no_probe") || is_mute_;
    if (is_struck("forgets") || is_struck("no_probe")) continue;
    if (is_late) {
      points_.shared().has_struck = true;
      late.push_back(std::move(done));
      continue;
    }
    std::vector<std::string_view> keys{done.keys.begin(), done.keys.end()};
    if (is_struck("wrong_keys")) keys.emplace_back("7");
    const std::size_t group = is_struck("wrong_group") ? groups.size() : i;
    sink.answer(group, done.answer, keys, done.why);
    points_.pass("host.answered");
    if (is_struck("twice")) sink.answer(group, done.answer, keys, done.why);
  }
  while (!late.empty()) {
    const std::vector<std::string_view> keys{late.back().keys.begin(), late.back().keys.end()};
    sink.answer(late.size() - 1, late.back().answer, keys, late.back().why);
    late.pop_back();
  }
  return success();
}

Result<void> OutsideHost::probe(std::span<const std::string_view> operations, AnswerSink& sink)
{
  if (is_mute_) return Error{ErrorCode::host_failed, "the host does not answer questions"};
  for (std::size_t i = 0; i != operations.size(); ++i) {
    const auto known = done_.find(operations[i]);
    if (is_forgetful_) {
      sink.answer(i, Answer::unknown, {}, {});
    } else if (known == done_.end()) {
      sink.answer(i, Answer::refused, {}, "never came");
    } else {
      const Done& done = known->second;
      const std::vector<std::string_view> keys{done.keys.begin(), done.keys.end()};
      sink.answer(i, done.answer, keys, done.why);
    }
    points_.pass("host.told");
  }
  return success();
}

} // namespace rollcall::torture
