// later_changes.hpp: who has set a field of an object after a job did: the audit knows. Of a secret
// nothing else tells, for what it is now nobody may see.
#ifndef ROLLCALL_STORE_LATER_CHANGES_HPP
#define ROLLCALL_STORE_LATER_CHANGES_HPP

#include <cstdint>
#include <span>

#include "rollcall/job_store.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// As long as only the job itself, and who asks, have changed anything since it began, that is known
// without a look at single objects.
class LaterChanges {
 public:
  explicit LaterChanges(Database& database) noexcept : database_{&database} {}

  // What was written was taken back: others may write under the same numbers.
  void forget() noexcept { job_ = self_ = 0; }

  [[nodiscard]] Result<void> find(JobId job, JobId self, std::span<const FieldOfObject> asked,
                                  LaterSink& sink);

 private:
  [[nodiscard]] Result<void> start(JobId job, JobId self);
  [[nodiscard]] Result<bool> has_others();

  Database* database_;
  JobId job_ = 0, self_ = 0;
  std::uint64_t began_ = 0; // the last record of the audit before the job
  std::uint64_t seen_ = 0;  // up to this one there is nobody else's
  bool has_others_ = false;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_LATER_CHANGES_HPP
