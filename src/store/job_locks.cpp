// job_locks.cpp: where a job and a token are in the file of locks.
//
// The file is never removed: who still had the old one open would hold locks that nobody sees.
#include "store/job_locks.hpp"

#include <utility>

namespace rollcall::store {
namespace {

// Of a token only so many bits: two holders of one job that differ by a million are not there at
// the same time.
constexpr unsigned token_bits = 20;
constexpr unsigned id_bits = 42;

std::uint64_t byte_of(JobId id, std::int64_t token) noexcept
{
  const std::uint64_t of_job = id & ((std::uint64_t{1} << id_bits) - 1);
  const std::uint64_t of_token =
      static_cast<std::uint64_t>(token) & ((std::uint64_t{1} << token_bits) - 1);
  return of_job << token_bits | of_token;
}

bool is_unsupported(const Error& error) noexcept
{
  return error.code() == ErrorCode::unsupported;
}

} // namespace

Result<void> JobLocks::hold(JobId id, std::int64_t token)
{
  if (file_ == nullptr) {
    ROLLCALL_TRY(file_, files_->open_for_update(path_, Readers::owner_only));
  }
  auto& held = held_[id]; // what takes memory first
  auto is_locked = file_->lock(byte_of(id, token));
  // Where nothing can be locked nobody can tell: then tokens alone keep two apart.
  if (!is_locked.has_value() && !is_unsupported(is_locked.assume_error())) {
    held_.erase(id);
    return std::move(is_locked).assume_error();
  }
  if (is_locked.has_value() && !is_locked.assume_value()) {
    held_.erase(id);
    return Error{ErrorCode::busy,
                 "the job " + std::to_string(id) + " is carried out by another process"};
  }
  held = token;
  return success();
}

void JobLocks::let_go(JobId id) noexcept
{
  const auto held = held_.find(id);
  if (held == held_.end()) return;
  // One that cannot be unlocked goes with the file.
  static_cast<void>(file_->unlock(byte_of(id, held->second)).has_value());
  held_.erase(held);
}

Presence JobLocks::holder_of(JobId id, std::int64_t token) noexcept
{
  const auto own = held_.find(id);
  if (own != held_.end() && own->second == token) return Presence::there;
  const auto look = [&]() -> Result<Presence> {
    ROLLCALL_TRY(const FileStatus status, files_->status(path_));
    // A copy of a database has none, and nobody works in it.
    if (status.kind == FileKind::absent) return Presence::gone;
    ROLLCALL_TRY(const auto file, files_->open_for_reading(path_));
    ROLLCALL_TRY(const bool is_locked, file->is_locked(byte_of(id, token)));
    return is_locked ? Presence::there : Presence::gone;
  };
  auto found = guarded(look);
  return found.has_value() ? found.assume_value() : Presence::not_known;
}

} // namespace rollcall::store
