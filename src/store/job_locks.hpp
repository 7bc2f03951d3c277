// job_locks.hpp: who carries a job out, and whether he is still there: a lock on an empty file that
// lies beside the database, which the kernel takes back from a process that dies.
//
// A byte stands for a job and the token of its holder. So who takes a job over from one who is
// alive has a lock of his own, and nobody waits for anybody.
#ifndef ROLLCALL_STORE_JOB_LOCKS_HPP
#define ROLLCALL_STORE_JOB_LOCKS_HPP

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "rollcall/job_store.hpp"
#include "rollcall/seams.hpp"

namespace rollcall::store {

enum class Presence : std::uint8_t { there, gone, not_known };

class JobLocks {
 public:
  // The file is not opened before it is needed. `files` outlives it.
  JobLocks(Files& files, std::string path) : files_{&files}, path_{std::move(path)} {}

  // For as long as this lives, or until it is let go. Busy if somebody else is that holder.
  [[nodiscard]] Result<void> hold(JobId id, std::int64_t token);
  void let_go(JobId id) noexcept;

  // Whether the holder who has this token is there. Not known if locks cannot be looked at.
  [[nodiscard]] Presence holder_of(JobId id, std::int64_t token) noexcept;

 private:
  Files* files_;
  std::string path_;
  std::unique_ptr<File> file_; // with the locks that are held
  std::map<JobId, std::int64_t> held_;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_JOB_LOCKS_HPP
