// result_csv.cpp: writes the result file of a format.
#include "report/result_csv.hpp"

#include <utility>

namespace rollcall::report {

Result<ResultCsv> ResultCsv::open(Sink& sink, const schema::CompiledSchema& schema,
                                  const check::Header& header, const csv::Dialect& dialect,
                                  std::pmr::memory_resource* memory)
{
  return guarded([&]() -> Result<ResultCsv> {
    SourceColumns source{schema, header, dialect, SourceColumns::For::people};
    csv::WriterOptions options = source.writer_options();
    options.memory = memory;
    ROLLCALL_TRY(auto writer, csv::Writer::open(sink, options));
    std::optional<SourceColumns> kept;
    if (schema.schema().result.source_columns) kept.emplace(std::move(source));
    return ResultCsv{schema, std::move(kept), std::move(writer)};
  });
}

void ResultCsv::put_header(const csv::RowBatch& batch)
{
  if (source_) source_->put_header(writer_, batch);
  for (const schema::CompiledCell& cell : schema_->result) writer_.cell(cell.header);
  writer_.end_row();
}

void ResultCsv::put_row(const csv::RowBatch& batch, std::size_t row,
                        std::span<const ResultValue> values)
{
  if (source_) source_->put(writer_, batch, row);
  for (const ResultValue& value : values) {
    if (value.is_ours) {
      writer_.raw_cells(value.text);
    } else {
      writer_.cell(value.text);
    }
  }
  writer_.end_row();
}

} // namespace rollcall::report
