// What a job has left behind, as files: its source, report, result, error rows, error log, plan,
// and the secrets that it made.
//
// A store keeps the source and the plan, and what became of rows otherwise than planned. The rest
// is told again from these when somebody asks, in the words of today, as it was told when the job
// ended; so it costs nothing to keep, and is gone with them.
#ifndef ROLLCALL_DOWNLOAD_HPP
#define ROLLCALL_DOWNLOAD_HPP

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "rollcall/job.hpp"
#include "rollcall/jobs.hpp"

namespace rollcall {

// source and error_rows hold secrets as given, secrets those that were made (shows_secrets): they
// are for who may execute as well as see jobs, or for who has given the file himself.
enum class Artifact : std::uint8_t { source, report, result, error_rows, error_log, plan, secrets };
inline constexpr std::size_t artifact_count = 7;

// "error_rows".
[[nodiscard]] std::string_view slug(Artifact artifact) noexcept;
[[nodiscard]] std::optional<Artifact> artifact_of(std::string_view name) noexcept;

// Whether one shows secrets; of a format, source and error_rows do if it has a column of them.
[[nodiscard]] bool shows_secrets(Artifact artifact) noexcept;
[[nodiscard]] bool shows_secrets(Artifact artifact, const schema::Schema& schema) noexcept;

// Writes one that is kept as it is, whether its format can still be read or not; false if it is
// told again, by `download`. Not found as there.
[[nodiscard]] Result<bool> download_kept(JobStore& store, JobService& service, JobId job,
                                         Artifact artifact, Sink& sink);

// Writes one of them, but for the secrets. Not found, with the reason, if there is none: the job
// has none of that sort, has not come so far, was refused, or was purged. `directory` is the host
// of the job's format (schema_of), which says what the tenant's settings are.
[[nodiscard]] Result<void> download(JobStore& store, JobService& service, JobId job,
                                    Artifact artifact, Directory& directory, Sink& sink,
                                    Seams seams);

// Writes the secrets, then calls `keep`, which puts what was written where nobody loses it; then
// they are gone from the store. Not found if the job made none, if they were fetched before, or
// were purged. How many they were.
[[nodiscard]] Result<std::uint64_t> download_secrets(JobService& service, JobId job, Sink& sink,
                                                     const std::function<Result<void>()>& keep,
                                                     Seams seams);

} // namespace rollcall

#endif // ROLLCALL_DOWNLOAD_HPP
