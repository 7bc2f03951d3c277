// tries.cpp: jobs say which they came from, their plans which rows of the first file they had.
#include "job/tries.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "job/job_request.hpp"
#include "job/kept_plan.hpp"
#include "plan/plan_reader.hpp"

namespace rollcall::job {
namespace {

bool imports(std::string_view action) noexcept
{
  return action == "execute" || action == "apply";
}

bool validates(std::string_view action) noexcept
{
  return action == "validate" || action == "plan";
}

// Which groups the host has not done, of those of which nobody knew.
class Probed final : public AnswerSink {
 public:
  explicit Probed(std::size_t asked) : is_undone_(asked, false) {}
  void answer(std::size_t group, Answer answer, std::span<const std::string_view> /*keys*/,
              std::string_view /*why*/) override
  {
    if (group < is_undone_.size()) is_undone_[group] = answer == Answer::refused;
  }
  [[nodiscard]] bool is_undone(std::size_t group) const { return is_undone_[group]; }

 private:
  std::vector<bool> is_undone_;
};

Result<void> probe_unknown(Directory& directory, JournalSeen& journal)
{
  std::vector<JournalSeen::Exception*> unknown;
  for (auto& [row, exception] : journal.exceptions)
    if (exception.fate == Fate::unknown) unknown.push_back(&exception);
  if (unknown.empty()) return success();
  std::sort(unknown.begin(), unknown.end(),
            [](const auto* left, const auto* right) { return left->operation < right->operation; });
  std::vector<std::string_view> operations;
  operations.reserve(unknown.size());
  for (const JournalSeen::Exception* const each : unknown) operations.emplace_back(each->operation);
  Probed probed{operations.size()};
  ROLLCALL_CHECK(directory.probe(operations, probed));
  for (std::size_t i = 0; i != unknown.size(); ++i)
    if (probed.is_undone(i)) unknown[i]->fate = Fate::failed;
  return success();
}

} // namespace

Result<bool> is_retry(JobStore& store, const JobRecord& record)
{
  if (record.summary.action != "execute" || record.from == 0) return false;
  ROLLCALL_TRY(const auto parent, store.job(record.from));
  return parent && imports(parent->summary.action);
}

// All jobs of the store, as far as it matters here.
class Tries::All final : public JobSink {
 public:
  std::map<JobId, Try> jobs;
  void job(const JobRecord& record) override { add(record); }
  Try& add(const JobRecord& record)
  {
    const JobState state = record.state;
    const bool is_open =
        state == JobState::queued || state == JobState::running || state == JobState::interrupted;
    const std::string& action = record.summary.action;
    Try& made = jobs[record.id];
    made = {.id = record.id,
            .from = record.from,
            .plan = record.plan,
            .imports = imports(action),
            .executes = action == "execute",
            .validates = validates(action),
            .is_open = is_open};
    if (made.is_from_outside()) {
      JobId& first = first_with_plan_.try_emplace(made.plan, made.id).first->second;
      first = std::min(first, made.id);
    }
    return made;
  }
  // What was tried again, repeated, or carried out; null if it was nothing of that.
  [[nodiscard]] const Try* parent_of(const Try& one) const
  {
    // A plan that is applied again, for nothing of it was done.
    if (one.is_from_outside()) {
      const JobId first = first_with_plan_.at(one.plan);
      return first == one.id ? nullptr : &jobs.at(first);
    }
    const auto at = jobs.find(one.from);
    if (one.from == 0 || at == jobs.end()) return nullptr;
    const Try& from = at->second;
    // (Who applies the plan of an undo comes of a job that has imported, and is no try of that.)
    const bool is_try = from.validates ? one.imports || one.validates : one.executes;
    return is_try && (from.validates || from.imports) ? &from : nullptr;
  }
  // The first of those that it is one of, which may be gone.
  [[nodiscard]] JobId first_of(const Try& one) const
  {
    const Try* at = &one;
    while (const Try* const parent = parent_of(*at)) at = parent;
    const bool is_gone = at->from != 0 && jobs.find(at->from) == jobs.end();
    return is_gone && (at->executes || at->validates) ? at->from : at->id;
  }

 private:
  std::map<std::string, JobId> first_with_plan_; // of those from outside
};

Error Tries::no_file(JobId id)
{
  return Error{ErrorCode::not_found, "the file of job " + std::to_string(id) +
                                         " is not in the store: it was removed, or never kept"};
}

Result<Tries> Tries::find(JobStore& store, const JobRecord& record, JobId self)
{
  Tries made{store, *std::pmr::get_default_resource()};
  made.self_ = self;
  All known;
  ROLLCALL_CHECK(store.jobs(known));
  if (known.jobs.find(record.id) == known.jobs.end())
    return Error{ErrorCode::not_found, "there is no job " + std::to_string(record.id)};
  // (Where it came from, and with which plan, may not be written down yet.)
  for (const Try* at = &known.add(record); at != nullptr; at = known.parent_of(*at))
    made.way_.insert(made.way_.begin(), *at);
  const JobId first = known.first_of(made.way_.front());
  for (const auto& [id, one] : known.jobs)
    if (id != self && known.first_of(one) == first) made.all_.push_back(one);
  return made;
}

std::optional<JobId> Tries::open_one() const
{
  for (const Try& one : all_)
    if (is_in_the_way(one)) return one.id;
  return std::nullopt;
}

std::optional<JobId> Tries::open_one_beside(std::string_view plan) const
{
  for (const Try& one : all_)
    if (is_in_the_way(one) && one.plan != plan) return one.id;
  return std::nullopt;
}

bool Tries::is_in_the_way(const Try& one) const noexcept
{
  return one.imports && one.is_open && (self_ == 0 || one.id < self_);
}

std::optional<JobId> Tries::newer_than(const Tries& before) const
{
  const JobId last = before.all_.back().id;
  for (const Try& one : all_)
    if (one.imports && one.id > last && one.id < self_) return one.id;
  return std::nullopt;
}

Result<std::optional<JobId>> Tries::find_done_beside(std::string_view plan) const
{
  for (const Try& one : all_) {
    if (!one.imports || one.plan == plan) continue;
    ROLLCALL_TRY(const JournalSeen journal, JournalSeen::read(*store_, one.id));
    if (journal.may_have_applied()) return std::optional{one.id};
  }
  return std::optional<JobId>{};
}

// A plan that was refused kept no file; that of the validation which made it is the same one.
Result<std::unique_ptr<Source>> Tries::file_of(const Try& one) const
{
  auto kept = store_->read_artifact(one.id, "source");
  const bool is_missing =
      !kept.has_value() && kept.assume_error().code() == ErrorCode::not_found && one.from != 0;
  if (!is_missing) return kept;
  ROLLCALL_TRY(const auto record, store_->job(one.id));
  if (!record) return kept;
  ROLLCALL_TRY(const JobRequest request, request_of(*record));
  if (!request.is_plan_given) return kept;
  return store_->read_artifact(one.from, "source");
}

Result<void> Tries::find_file()
{
  for (const Try& one : way_) {
    auto kept = file_of(one);
    if (kept.has_value()) {
      file_of_ = one.id;
      file_ = std::move(kept).assume_value();
      return success();
    }
    if (kept.assume_error().code() != ErrorCode::not_found) return std::move(kept).assume_error();
  }
  return no_file(way_.back().id);
}

Result<std::optional<RowStates>> Tries::states_of(JobId id, Directory& directory,
                                                  const schema::CompiledSchema& schema,
                                                  const Seams& seams)
{
  ROLLCALL_TRY(JournalSeen journal, JournalSeen::read(*store_, id));
  ROLLCALL_TRY(const auto plan, plan_of(*store_, id, journal));
  if (plan == nullptr) return std::optional<RowStates>{};
  ROLLCALL_CHECK(check_format(*plan, schema, id));
  ROLLCALL_CHECK(probe_unknown(directory, journal));
  if (!dialect_) {
    ROLLCALL_TRY(const auto reader, plan::PlanReader::open(*plan, seams.memory));
    dialect_ = reader.header().dialect; // fewer rows might look like those of another
    ROLLCALL_CHECK(plan->rewind());
  }
  ROLLCALL_TRY(RowStates states, read_states(*plan, journal, schema, *seams.memory));
  return std::optional{std::move(states)};
}

Result<void> Tries::read(Directory& directory, const schema::CompiledSchema& schema,
                         const Seams& seams)
{
  ROLLCALL_CHECK(find_file());
  // All of the first file, have validations and the first that has imported.
  const auto of =
      std::find_if(way_.begin(), way_.end(), [&](const Try& one) { return one.id == file_of_; });
  const bool is_whole =
      of->validates || of == way_.begin() || std::prev(of)->validates || of->is_from_outside();
  if (!of->validates) {
    ROLLCALL_TRY(states_, states_of(file_of_, directory, schema, seams));
  }
  if (!states_ && !is_whole) return no_file(way_.front().id);
  for (const Try& one : all_) {
    // What came before the one whose file is read has nothing of it, unless it had all of it.
    const bool is_before = is_whole ? one.id == file_of_ : one.id <= file_of_;
    if (!one.imports || is_before) continue;
    ROLLCALL_TRY(auto states, states_of(one.id, directory, schema, seams));
    if (!states) continue;
    if (!states_) {
      states_ = std::move(states); // the first one that came to a plan had all of the file
      continue;
    }
    for (std::size_t row = 0; row != states->of.size(); ++row)
      if (states->of[row] != RowState::open) done_.push_back(states->first.of(row + 1).row);
  }
  std::sort(done_.begin(), done_.end());
  return success();
}

plan::FirstPlace Tries::first_place(std::uint64_t row, std::uint64_t line) const noexcept
{
  return states_ ? states_->first.of(row) : plan::FirstPlace{row, line};
}

bool Tries::is_open(std::uint64_t row) const
{
  if (states_ && states_->of[row - 1] != RowState::open) return false;
  const std::uint64_t first = states_ ? states_->first.of(row).row : row;
  return !std::binary_search(done_.begin(), done_.end(), first);
}

bool Tries::has_open() const
{
  if (!states_) return true;
  for (std::uint64_t row = 1; row <= states_->of.size(); ++row)
    if (is_open(row)) return true;
  return false;
}

std::optional<std::uint64_t> Tries::rows() const noexcept
{
  return states_ ? std::optional<std::uint64_t>{states_->of.size()} : std::nullopt;
}

} // namespace rollcall::job
