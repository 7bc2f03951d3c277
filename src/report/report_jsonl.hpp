// report_jsonl.hpp: the lines of report.jsonl: one a row, and one for the job (spec/files.md).
#ifndef ROLLCALL_REPORT_REPORT_JSONL_HPP
#define ROLLCALL_REPORT_REPORT_JSONL_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "check/judged_batch.hpp"
#include "json/writer.hpp"
#include "plan/diff.hpp"
#include "rollcall/job_summary.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

struct RowLine {
  std::uint64_t row = 0, line = 0;
  std::optional<std::string_view> key = {};
  std::span<const check::RowFinding> findings = {};
};

void put_row(json::Writer& writer, const schema::CompiledSchema& schema,
             const plan::RowChange& change, const RowLine& about);

void put_job(json::Writer& writer, const JobSummary& job);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_REPORT_JSONL_HPP
