// result_csv.cpp: writes the result file of a format.
#include "report/result_csv.hpp"

#include <utility>

#include "base/copy.hpp"

namespace rollcall::report {
namespace {

void put_values(csv::Writer& writer, std::span<const ResultValue> values)
{
  for (const ResultValue& value : values) {
    if (value.is_ours) {
      writer.raw_cells(value.text);
    } else {
      writer.cell(value.text);
    }
  }
}

} // namespace

OwnCells::OwnCells(std::string_view written) : bytes_{written}, size_{written.size()}
{
  bytes_.append(copied_too_much, ' ');
}

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
    return ResultCsv{schema, std::move(kept), options, std::move(writer)};
  });
}

void ResultCsv::put_header(const csv::RowBatch& batch)
{
  if (source_) source_->put_header(writer_, batch);
  for (const schema::CompiledCell& cell : schema_->result) writer_.cell(cell.header);
  writer_.end_row();
}

void ResultCsv::put_row(const csv::RowBatch& batch, std::size_t row,
                        std::span<const ResultValue> values, bool is_rejected)
{
  if (source_) source_->put(writer_, batch, row, is_rejected);
  put_values(writer_, values);
  writer_.end_row();
}

Result<OwnCells> ResultCsv::own_cells(std::span<const ResultValue> values) const
{
  return guarded([&]() -> Result<OwnCells> {
    std::pmr::string written;
    TextSink sink{written};
    csv::WriterOptions options = options_;
    options.buffer_bytes = 1024;
    ROLLCALL_TRY(auto writer, csv::Writer::open(sink, options));
    writer.raw_cells({}); // what stands before them
    put_values(writer, values);
    ROLLCALL_CHECK(writer.finish());
    return OwnCells{written};
  });
}

void ResultCsv::put_row(const csv::RowBatch& batch, std::size_t row, const OwnCells& own)
{
  if (source_)
    source_->put(writer_, batch, row, false, own.written());
  else if (!own.is_empty())
    writer_.raw_cells(own.written().substr(1));
  writer_.end_row();
}

} // namespace rollcall::report
