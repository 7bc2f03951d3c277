// What came of a job, as a handle, with the tables that were kept of it.
#ifndef ROLLCALL_CAPI_SRC_REPORT_HPP
#define ROLLCALL_CAPI_SRC_REPORT_HPP

#include <array>
#include <memory>

#include "engine.hpp"
#include "rollcall/job_summary.hpp"
#include "rollcall/report.h"
#include "table.hpp"

namespace rollcall::capi {

inline constexpr std::size_t table_count = ROLLCALL_TABLE_CODES + 1; // they count from 1

struct ReportBody {
  std::shared_ptr<Engine> engine = {};
  JobSummary summary = {};
  std::array<TableOwner, table_count> tables = {}; // null: not kept
};

} // namespace rollcall::capi

struct rollcall_report {
  std::shared_ptr<const rollcall::capi::ReportBody> body;
};

namespace rollcall::capi {

class ReportTables;

// `kept` may be null: nothing of rows.
[[nodiscard]] Result<std::unique_ptr<rollcall_report>> report_of(
    const std::shared_ptr<Engine>& engine, JobSummary&& summary, ReportTables* kept);

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_REPORT_HPP
