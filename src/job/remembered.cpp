// remembered.cpp: what is written down of a job, and when.
#include "job/remembered.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace rollcall::job {
Result<Remembered> Remembered::begin(JobStore* store, std::string_view action,
                                     const std::string& file_name, const JobRequest& request,
                                     const Seams& seams, JobId from)
{
  if (store == nullptr) return Remembered{};
  Remembered made{*store, seams};
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
  ROLLCALL_TRY(record.request, text_of(request));
  ROLLCALL_TRY(record.id, store->add(record));
  return made;
}

Result<Remembered> Remembered::go_on(JobStore& store, JobId id, const Seams& seams)
{
  Remembered made{store, seams};
  ROLLCALL_TRY(auto record, store.job(id));
  if (!record) return Error{ErrorCode::not_found, "there is no job " + std::to_string(id)};
  if (has_ended(record->state))
    return Error{ErrorCode::wrong_use,
                 "job " + std::to_string(id) + " has ended: " + std::string{slug(record->state)}};
  ROLLCALL_CHECK(store.take_over(id));
  made.record_ = std::move(*record);
  ROLLCALL_TRY(made.request_, request_of(made.record_.request));
  made.record_.state = JobState::running;
  ROLLCALL_CHECK(store.update(made.record_));
  return made;
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
  record_.from = id;
  return store_->update(record_);
}

Result<void> Remembered::set_first_id(std::optional<std::uint64_t> id)
{
  if (store_ == nullptr) return success();
  request_.first_id = id;
  ROLLCALL_TRY(record_.request, text_of(request_));
  return store_->update(record_);
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
  record_.state = job.refusal != Refusal::none ? JobState::failed : job.state;
  record_.ended_ms = clock_->now_ms();
  record_.summary = job;
  return store_->update(record_);
}

bool Remembered::goes_on(const JobProgress& progress)
{
  const auto goes_on = store_->goes_on(record_.id, progress);
  if (goes_on.has_value()) is_to_stop_ = is_to_stop_ || !goes_on.assume_value();
  return !is_to_stop_;
}

void Remembered::break_off(const Error& why) noexcept
{
  if (store_ == nullptr) return;
  try {
    // Stopped before anything was done, because somebody asked for it: there is nothing to resume.
    const bool is_cancelled = is_to_stop_ && why.code() == ErrorCode::cancelled;
    record_.state = is_cancelled ? JobState::cancelled : JobState::interrupted;
    if (is_cancelled) record_.ended_ms = clock_->now_ms();
    static_cast<void>(store_->update(record_).has_value());
  } catch (...) {
    // It stays as running, which can be resumed as well.
  }
}

Result<JobSummary> Remembered::finish(Result<JobSummary>&& done)
{
  if (!done.has_value()) {
    break_off(done.assume_error());
    return std::move(done);
  }
  ROLLCALL_CHECK(end(done.assume_value()));
  return std::move(done);
}

} // namespace rollcall::job
