// purging.hpp: the files and secrets of jobs are removed for good.
#ifndef ROLLCALL_STORE_PURGING_HPP
#define ROLLCALL_STORE_PURGING_HPP

#include "rollcall/jobs.hpp"
#include "rollcall/seams.hpp"
#include "store/database.hpp"
#include "store/jobs.hpp"

namespace rollcall::store {

[[nodiscard]] Result<Purged> purge(Database& database, Jobs& jobs, Clock& clock, JobId id);
[[nodiscard]] Result<Purged> purge_expired(Database& database, Clock& clock,
                                           const Retention& retention);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_PURGING_HPP
