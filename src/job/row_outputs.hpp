// row_outputs.hpp: hands what a row came to to every output that was asked for.
#ifndef ROLLCALL_JOB_ROW_OUTPUTS_HPP
#define ROLLCALL_JOB_ROW_OUTPUTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/header.hpp"
#include "expr/evaluator.hpp"
#include "plan/row_result.hpp"
#include "report/error_rows.hpp"
#include "report/findings_writer.hpp"
#include "report/message.hpp"
#include "report/report_jsonl.hpp"
#include "report/result_csv.hpp"
#include "rollcall/job.hpp"

namespace rollcall::job {

// The batch that a row is in, as the columns of a result ask about it, and its faults of reading.
struct RowsSeen {
  const expr::Frame& frame;
  expr::Evaluator& evaluator;
  std::span<const Finding> readings = {};
};

class RowOutputs {
 public:
  // All outlive it.
  [[nodiscard]] static Result<RowOutputs> open(
      const Outputs& outputs, const schema::CompiledSchema& schema, const check::Header& header,
      const csv::Dialect& dialect, const report::Messages& messages, const std::string& file_name,
      std::pmr::memory_resource* memory);

  // What outputs read of rows of which there is nothing to say.
  struct Needs {
    bool changes = false; // and effects
    bool lines = false;
    bool keys = false;
    bool cells = false;
  };
  [[nodiscard]] static Needs needs(const Outputs& outputs, const schema::CompiledSchema& schema);

  void put_header(const csv::RowBatch& batch);
  void put_row(const plan::RowResult& row, const csv::RowBatch& batch, const RowsSeen& seen);
  [[nodiscard]] bool has_failed() const noexcept;
  [[nodiscard]] Result<void> finish(const JobSummary& job);

  // What there is to say of a job that was refused: its report and its findings. `header` is the
  // row that was read as one, if it came that far.
  [[nodiscard]] static Result<void> refuse(const Outputs& outputs,
                                           const schema::CompiledSchema& schema,
                                           const JobSummary& job, const std::string& header,
                                           std::pmr::memory_resource* memory);

 private:
  class ResultFrame;
  void put_result(const plan::RowResult& row, const csv::RowBatch& batch, const RowsSeen& seen);
  [[nodiscard]] report::ResultValue result_value(const schema::CompiledCell& cell,
                                                 const ResultFrame& frame,
                                                 expr::Evaluator& evaluator, std::size_t row);

  [[nodiscard]] static std::size_t alike_place(plan::Outcome outcome,
                                               std::uint64_t updated) noexcept;
  [[nodiscard]] std::optional<std::uint64_t> updated_columns(const plan::RowResult& row) const;
  void list_updated(const plan::RowResult& row);

  RowOutputs(const schema::CompiledSchema& schema, const check::Header& header,
             const report::Messages& messages, std::pmr::memory_resource* memory)
      : schema_{&schema}, header_{&header}, messages_{&messages}, text_{memory}
  {
  }

  Needs needs_;
  const schema::CompiledSchema* schema_;
  const check::Header* header_;
  const report::Messages* messages_;
  std::optional<report::ReportJsonl> report_;
  std::optional<report::ResultCsv> result_;
  std::optional<report::ErrorRows> error_rows_;
  std::vector<std::unique_ptr<report::FindingsWriter>> findings_;
  report::TextBuffer text_;
  std::string updated_;
  std::vector<report::ResultValue> values_;
  // If they say nothing but what came of a row, the result's own cells of rows without findings are
  // made once for each outcome and set of columns that are updated, and the last of them kept.
  struct Alike {
    plan::Outcome outcome = {};
    std::uint64_t updated = 0; // a bit a column
    report::OwnCells own;
  };
  bool are_alike_ = false;
  std::array<Alike, 32> alike_;
};

} // namespace rollcall::job

#endif // ROLLCALL_JOB_ROW_OUTPUTS_HPP
