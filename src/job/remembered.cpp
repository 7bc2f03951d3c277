// remembered.cpp: what is written down of a job, and when.
#include "job/remembered.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/publishing.hpp"

namespace rollcall::job {
namespace {

// A refused file has no rows to show, and what was planned of it is no plan.
Result<void> publish(const Finishing& with, const JobSummary& job)
{
  const Outputs& outputs = with.outputs;
  const auto of_rows = [&](Sink* sink) { return job.refusal == Refusal::none ? sink : nullptr; };
  return publish_together({outputs.report, outputs.error_log, outputs.error_log_json,
                           outputs.findings, of_rows(outputs.result), of_rows(outputs.error_rows),
                           of_rows(outputs.secrets), of_rows(with.made)});
}

} // namespace

Result<Remembered> Remembered::begin(JobStore* store, std::string_view action,
                                     const std::string& file_name, const JobRequest& request,
                                     const Seams& seams, JobId from)
{
  if (store == nullptr) return Remembered{};
  Remembered made{*store, seams};
  made.is_new_ = true;
  made.request_ = request;
  JobRecord& record = made.record_;
  record.from = from;
  record.state = JobState::running;
  record.actor = request.context.name;
  record.role = request.context.role;
  record.created_ms = record.started_ms = seams.clock->now_ms();
  record.summary.format = request.schema.id;
  record.summary.action = action;
  record.summary.file = file_name;
  if (action == "undo") record.summary.undoes = from;
  ROLLCALL_TRY(record.request, text_of(request));
  ROLLCALL_TRY(record.schema, schema_text_of(request));
  ROLLCALL_TRY(record.id, store->add(record));
  return made;
}

Result<Remembered> Remembered::go_on(JobStore& store, JobId id, TakeOver from, const Seams& seams)
{
  Remembered made{store, seams};
  ROLLCALL_TRY(made.record_, store.take_over(id, from));
  made.record_.state = JobState::running;
  auto request = request_of(made.record_);
  if (request.has_value()) {
    made.request_ = std::move(request).assume_value();
    static_cast<void>(made.goes_on({.id = id})); // one that was to stop when it broke off still is
    return made;
  }
  made.break_off(request.assume_error(), nullptr);
  return std::move(request).assume_error();
}

Result<std::unique_ptr<Source>> Remembered::keep(std::string_view name, Source& source,
                                                 std::uint64_t bytes_max, bool& is_source)
{
  is_source = false;
  ROLLCALL_TRY(const auto sink, store_->write_artifact(record_.id, name));
  std::vector<char> piece(std::size_t{256} * 1024);
  for (std::uint64_t left = bytes_max; left != 0;) {
    const std::span into{piece.data(),
                         static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size()))};
    Result<std::size_t> size = source.read(std::as_writable_bytes(into));
    is_source = !size.has_value();
    if (is_source) return std::move(size).assume_error();
    if (size.assume_value() == 0) break;
    left -= size.assume_value();
    ROLLCALL_CHECK(sink->write({piece.data(), size.assume_value()}));
  }
  ROLLCALL_CHECK(sink->finish());
  return read(name);
}

Result<std::unique_ptr<Source>> Remembered::read(std::string_view name)
{
  return store_->read_artifact(record_.id, name);
}

Result<void> Remembered::set_from(JobId id)
{
  if (store_ == nullptr) return success();
  record_.from = record_.summary.undoes = id;
  return store_->update(record_);
}

Result<void> Remembered::begin_applying(std::optional<std::uint64_t> first_id, std::uint64_t groups)
{
  if (store_ == nullptr) return success();
  request_.first_id = first_id;
  request_.groups = groups;
  ROLLCALL_TRY(record_.request, text_of(request_));
  return store_->update(record_);
}

Result<void> Remembered::note_plan(const std::string& plan)
{
  if (store_ == nullptr) return success();
  record_.plan = plan;
  if (record_.summary.action != "apply" || record_.from != 0) return success();
  ROLLCALL_TRY(const auto maker, store_->maker_of(plan));
  record_.from = maker.value_or(0);
  return success();
}

Result<std::optional<JobId>> Remembered::use_plan(const std::string& plan)
{
  if (store_ == nullptr) return std::optional<JobId>{};
  record_.plan = plan;
  return store_->use_plan(record_.id, plan);
}

Result<std::optional<JobId>> Remembered::user_of(const std::string& plan)
{
  if (store_ == nullptr) return std::optional<JobId>{};
  ROLLCALL_TRY(const auto user, store_->user_of(plan));
  return user == id() ? std::nullopt : user;
}

Result<void> Remembered::end(const JobSummary& job)
{
  if (store_ == nullptr) return success();
  JobRecord ended = record_;
  ended.state = job.refusal != Refusal::none ? JobState::failed : job.state;
  ended.ended_ms = clock_->now_ms();
  ended.summary = job;
  // (A refusal of the actor does not say of which file.)
  if (ended.summary.file.empty()) ended.summary.file = record_.summary.file;
  // Of what was refused no plan was made; one that was given is named.
  if (job.refusal != Refusal::none && !request_.is_plan_given) ended.plan.clear();
  return store_->update(ended);
}

bool Remembered::goes_on(const JobProgress& progress)
{
  const auto goes_on = store_->goes_on(record_.id, progress);
  if (goes_on.has_value()) is_to_stop_ = is_to_stop_ || !goes_on.assume_value();
  return !is_to_stop_;
}

Result<JobSummary> Remembered::finish(Result<JobSummary>&& done, const Finishing& with)
{
  Result<JobSummary> kept = guarded([&]() -> Result<JobSummary> {
    ROLLCALL_TRY(JobSummary job, std::move(done));
    ROLLCALL_CHECK(check_own());
    ROLLCALL_CHECK(publish(with, job));
    ROLLCALL_CHECK(end(job));
    return job;
  });
  if (!kept.has_value()) {
    tell_number(with.watcher);
    break_off(kept.assume_error(), with.watcher);
  }
  return kept;
}

// Who was overtaken puts nothing into its place: by now another one may have put something there,
// and what looked to this one like a host that had changed was what the other one had done.
Result<void> Remembered::check_own()
{
  if (store_ == nullptr) return success();
  ROLLCALL_CHECK(store_->begin(record_.id));
  store_->roll_back();
  return success();
}

// Who watches is to know what can be resumed, however early it broke off.
void Remembered::tell_number(JobWatcher* watcher) noexcept
{
  if (store_ == nullptr || watcher == nullptr || is_watched_) return;
  static_cast<void>(guarded([&]() -> Result<void> {
                      static_cast<void>(watcher->goes_on({.id = record_.id}));
                      return success();
                    }).has_value());
}

Result<bool> Remembered::has_done_nothing()
{
  ROLLCALL_TRY(const Progress progress, store_->progress(record_.id));
  return progress.groups == 0 && progress.intended.empty();
}

// Before anything was done: stopped for good, by who asked the store for it or by the watcher, or
// begun with what cannot be had. Then there is nothing to go on with.
Result<JobState> Remembered::state_after(const Error& why, const JobWatcher* watcher)
{
  const bool is_stopped =
      why.code() == ErrorCode::cancelled &&
      (is_to_stop_ || (watcher != nullptr && watcher->stopped_as() == JobState::cancelled));
  const bool is_misused = why.code() == ErrorCode::wrong_use && is_new_;
  if (!is_stopped && !is_misused) return JobState::interrupted;
  ROLLCALL_TRY(const bool has_done_nothing, this->has_done_nothing());
  if (!has_done_nothing) return JobState::interrupted;
  return is_stopped ? JobState::cancelled : JobState::failed;
}

void Remembered::break_off(const Error& why, const JobWatcher* watcher) noexcept
{
  if (store_ == nullptr) return;
  static_cast<void>(guarded([&]() -> Result<void> {
                      ROLLCALL_TRY(record_.state, state_after(why, watcher));
                      const bool is_over = record_.state != JobState::interrupted;
                      if (is_over) record_.ended_ms = clock_->now_ms();
                      return store_->update(record_);
                    }).has_value());
  // If that could not be kept it stands as running, and nobody is at it: that is interrupted, too.
  store_->let_go(record_.id);
}

} // namespace rollcall::job
