// job_text.hpp: those parts of a job that are kept as JSON.
#ifndef ROLLCALL_STORE_JOB_TEXT_HPP
#define ROLLCALL_STORE_JOB_TEXT_HPP

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/job_store.hpp"

namespace rollcall::store {

// What cannot be read back is corrupt.
[[nodiscard]] Result<std::string> dialect_text(const csv::Dialect& dialect);
[[nodiscard]] Result<csv::Dialect> read_dialect(std::string_view text);

[[nodiscard]] Result<std::string> findings_text(std::span<const Finding> findings);
[[nodiscard]] Result<std::vector<Finding>> read_findings(std::string_view text);
// What may be kept of findings when the file that they are about is gone: code, severity and place.
[[nodiscard]] std::vector<Finding> without_words(std::span<const Finding> findings);

[[nodiscard]] Result<std::string> counts_text(const FindingCounts& counts);
[[nodiscard]] Result<FindingCounts> read_counts(std::string_view text);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_JOB_TEXT_HPP
