// result_csv.hpp: the vendor's result file: the columns of the source as they were read, secrets
// blanked, then what the format says of each row.
//
//   ROLLCALL_TRY(auto result, ResultCsv::open(sink, schema, header, dialect, memory));
//   result.put_header(batch);            // the batch that holds the header
//   result.put_row(batch, row, values);  // one value for each of CompiledSchema::result
//   ROLLCALL_CHECK(result.finish());
//
// Rows may be made by several threads, each with a ResultCsv of its own on a text in memory and
// without a header: the bytes of a row hang on nothing but the row.
#ifndef ROLLCALL_REPORT_RESULT_CSV_HPP
#define ROLLCALL_REPORT_RESULT_CSV_HPP

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "report/source_columns.hpp"
#include "rollcall/csv_writer.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::report {

// What stands in a column of the format's own. A word or number of ours needs neither quotes nor
// guard.
struct ResultValue {
  std::string_view text = {};
  bool is_ours = false;
};

// The format's own cells of a row as they are written: those of most rows are the same.
class OwnCells {
 public:
  OwnCells() = default;
  explicit OwnCells(std::string_view written);
  // Each cell with a delimiter in front.
  [[nodiscard]] std::string_view written() const noexcept { return {bytes_.data(), size_}; }
  [[nodiscard]] bool is_empty() const noexcept { return size_ == 0; }

 private:
  std::string bytes_; // with room behind them
  std::size_t size_ = 0;
};

class ResultCsv {
 public:
  // Sink and schema outlive it.
  [[nodiscard]] static Result<ResultCsv> open(Sink& sink, const schema::CompiledSchema& schema,
                                              const check::Header& header,
                                              const csv::Dialect& dialect,
                                              std::pmr::memory_resource* memory);

  void put_header(const csv::RowBatch& batch);

  // The values are quoted where they have to be, and guarded where a spreadsheet would run them.
  void put_row(const csv::RowBatch& batch, std::size_t row, std::span<const ResultValue> values,
               bool is_rejected = false);

  // The same in two steps, for who has rows with the same values that are not rejected.
  [[nodiscard]] Result<OwnCells> own_cells(std::span<const ResultValue> values) const;
  void put_row(const csv::RowBatch& batch, std::size_t row, const OwnCells& own);

  [[nodiscard]] bool has_failed() const noexcept { return writer_.has_failed(); }
  [[nodiscard]] Result<void> finish() { return writer_.finish(); }

 private:
  ResultCsv(const schema::CompiledSchema& schema, std::optional<SourceColumns>&& source,
            const csv::WriterOptions& options, csv::Writer&& writer)
      : schema_{&schema}, source_{std::move(source)}, options_{options}, writer_{std::move(writer)}
  {
  }

  const schema::CompiledSchema* schema_;
  std::optional<SourceColumns> source_; // none: the format's columns stand alone
  csv::WriterOptions options_;
  csv::Writer writer_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_RESULT_CSV_HPP
