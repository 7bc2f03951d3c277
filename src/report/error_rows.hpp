// error_rows.hpp: the rows that came to nothing, rejected, stale or failed, as they were given,
// each with its errors behind it: to be corrected and uploaded again as it is.
//
//   ROLLCALL_TRY(auto rows, ErrorRows::open(sink, schema, header, dialect, memory));
//   rows.put_header(batch);
//   rows.put_row(batch, row, errors);  // of Messages::append_notes
//   ROLLCALL_CHECK(rows.finish());
//
// This is the one output that holds secret cells as given: whoever keeps it keeps it like the
// source (spec E42).
#ifndef ROLLCALL_REPORT_ERROR_ROWS_HPP
#define ROLLCALL_REPORT_ERROR_ROWS_HPP

#include <cstddef>
#include <memory_resource>
#include <string_view>

#include "report/source_columns.hpp"
#include "rollcall/csv_writer.hpp"
#include "rollcall/sink.hpp"

namespace rollcall::report {

class ErrorRows {
 public:
  // The sink outlives it.
  [[nodiscard]] static Result<ErrorRows> open(Sink& sink, const schema::CompiledSchema& schema,
                                              const check::Header& header,
                                              const csv::Dialect& dialect,
                                              std::pmr::memory_resource* memory);

  void put_header(const csv::RowBatch& batch);
  void put_row(const csv::RowBatch& batch, std::size_t row, std::string_view errors);

  [[nodiscard]] bool has_failed() const noexcept { return writer_.has_failed(); }
  [[nodiscard]] Result<void> finish() { return writer_.finish(); }

 private:
  ErrorRows(SourceColumns&& source, csv::Writer&& writer)
      : source_{std::move(source)}, writer_{std::move(writer)}
  {
  }

  SourceColumns source_;
  csv::Writer writer_;
};

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_ERROR_ROWS_HPP
