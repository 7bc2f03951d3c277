// error_rows.cpp: writes rows with errors.
#include "report/error_rows.hpp"

#include <utility>

namespace rollcall::report {
namespace {

constexpr std::string_view errors_header = "Errors";

} // namespace

Result<ErrorRows> ErrorRows::open(Sink& sink, const schema::CompiledSchema& schema,
                                  const check::Header& header, const csv::Dialect& dialect,
                                  std::pmr::memory_resource* memory)
{
  return guarded([&]() -> Result<ErrorRows> {
    SourceColumns source{schema, header, dialect, SourceColumns::For::correction};
    csv::WriterOptions options = source.writer_options();
    options.memory = memory;
    ROLLCALL_TRY(auto writer, csv::Writer::open(sink, options));
    return ErrorRows{std::move(source), std::move(writer)};
  });
}

void ErrorRows::put_header(const csv::RowBatch& batch)
{
  source_.put_header(writer_, batch);
  writer_.cell(errors_header);
  writer_.end_row();
}

void ErrorRows::put_row(const csv::RowBatch& batch, std::size_t row, std::string_view errors)
{
  source_.put(writer_, batch, row, true);
  writer_.cell(errors);
  writer_.end_row();
}

} // namespace rollcall::report
