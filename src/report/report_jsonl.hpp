// report_jsonl.hpp: the lines of report.jsonl: one a row, and one for the job (spec/files.md).
//
//   ROLLCALL_TRY(auto report, ReportJsonl::open(sink, schema, messages, memory));
//   report.put_row(row, judged.readings);
//   report.put_job(summary);
//   ROLLCALL_CHECK(report.finish());
//
// Rows may be made by several threads, each with a ReportJsonl of its own on a text in memory.
#ifndef ROLLCALL_REPORT_REPORT_JSONL_HPP
#define ROLLCALL_REPORT_REPORT_JSONL_HPP

#include <memory_resource>
#include <span>

#include "json/writer.hpp"
#include "plan/row_result.hpp"
#include "report/message.hpp"
#include "report/text_buffer.hpp"
#include "rollcall/job_summary.hpp"
#include "schema/compiled.hpp"

namespace rollcall::report {

class ReportJsonl {
 public:
  // Sink, schema and messages outlive it.
  [[nodiscard]] static Result<ReportJsonl> open(Sink& sink, const schema::CompiledSchema& schema,
                                                const Messages& messages,
                                                std::pmr::memory_resource* memory);

  void put_row(const plan::RowResult& row, std::span<const Finding> readings);
  void put_job(const JobSummary& job);

  [[nodiscard]] bool has_failed() const noexcept { return writer_.has_failed(); }
  [[nodiscard]] Result<void> finish() { return writer_.finish(); }

 private:
  ReportJsonl(json::Writer&& writer, const schema::CompiledSchema& schema, const Messages& messages,
              std::pmr::memory_resource* memory);

  json::Writer writer_;
  const schema::CompiledSchema* schema_;
  const Messages* messages_;
  TextBuffer message_;
};

// {"severity": "error", ...}: the same as put_finding (finding_json.hpp) of the same finding, but
// without the line that a row has anyway.
void put_found(json::Writer& writer, const Messages& messages, const check::Found& found,
               const FoundIn& in, TextBuffer& message);

// Members: "rows", "blank_rows", "created" and so on to "warnings".
void put_counts(json::Writer& writer, const JobSummary& job);

void put_job(json::Writer& writer, const JobSummary& job);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_REPORT_JSONL_HPP
