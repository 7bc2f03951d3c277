// artifacts.hpp: files of jobs, kept in the database in pieces.
//
// Some pieces are written when they are full, so a large file holds up nobody and takes little
// memory. Until it is finished nobody sees it.
#ifndef ROLLCALL_STORE_ARTIFACTS_HPP
#define ROLLCALL_STORE_ARTIFACTS_HPP

#include <memory>
#include <memory_resource>
#include <string_view>

#include "rollcall/job_store.hpp"
#include "store/database.hpp"
#include "store/jobs.hpp"

namespace rollcall::store {

inline constexpr std::size_t piece_bytes = 256 * 1024;
// Written in one transaction, so that no disk is waited for at each piece.
inline constexpr std::size_t pieces_at_once = 4;

// Both outlive the sink.
[[nodiscard]] Result<std::unique_ptr<ArtifactSink>> write_artifact(
    Database& database, Jobs& jobs, std::pmr::memory_resource& memory, JobId job,
    std::string_view name);
[[nodiscard]] Result<std::unique_ptr<Source>> read_artifact(Database& database,
                                                            std::pmr::memory_resource& memory,
                                                            JobId job, std::string_view name);
// Files that a holder of the job has begun, who is gone. Within a transaction.
[[nodiscard]] Result<void> drop_unfinished(Database& database, JobId job);
// Whether packed pieces are as long as they should be when they are unpacked.
[[nodiscard]] Result<bool> are_packed_well(Database& database, std::pmr::memory_resource& memory);
[[nodiscard]] Result<void> remove_artifact(Database& database, JobId job, std::string_view name);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_ARTIFACTS_HPP
