// Rows of a file as tables: a column for each cell of its header.
#include "rollcall/rows.h"

#include <algorithm>

#include "base/utf8.hpp"
#include "output.hpp"
#include "reading.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/rows.hpp"
#include "source.hpp"
#include "table.hpp"

using namespace rollcall;
using namespace rollcall::capi;

struct rollcall_rows {
  std::shared_ptr<Engine> engine = {};
  std::shared_ptr<SourceBody> source = {};
  InUse held = {};
  std::optional<csv::Reader> reader = {};
  std::vector<std::string> header = {};
  std::optional<csv::Lines> lines = {}; // of the batch
  std::size_t next = 0;                 // row of the batch
  bool has_ended = false;
  bool has_failed = false;
  std::optional<Error> failure = {};       // that is still to be said
  std::optional<TableBuilder> faults = {}; // of the last table
  std::string scratch = {}, mended = {};

  [[nodiscard]] Result<void> open(rollcall_source& from, const rollcall_reading* reading);
  [[nodiscard]] Result<bool> next_batch();
  [[nodiscard]] Result<std::unique_ptr<rollcall_table>> take(std::uint64_t rows_max);
  void put_row(TableBuilder& table);
  void put_faults();
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t cell);
};

namespace {

constexpr std::uint64_t rows_default = 65'536;
constexpr std::size_t fixed_columns = 3;

TableBuilder faults_table(const std::shared_ptr<Engine>& engine)
{
  return {engine,
          {{"row", ColumnIs::natural},
           {"line", ColumnIs::natural},
           {"byte", ColumnIs::natural},
           {"cell", ColumnIs::natural},
           {"code"}}};
}

} // namespace

// What a cell says; bytes that cannot be decoded become U+FFFD.
std::string_view rollcall_rows::cell(std::size_t row, std::size_t cell)
{
  const std::string_view value = reader->batch().value(row, cell, scratch);
  mended.clear();
  append_replacing(mended, value);
  return mended;
}

Result<void> rollcall_rows::open(rollcall_source& from, const rollcall_reading* reading)
{
  ROLLCALL_TRY(csv::ReaderOptions options, reading_of(reading));
  options.memory = engine->memory();
  ROLLCALL_TRY(held, InUse::take(from.body->in_use(), "the source"));
  source = from.body;
  ROLLCALL_TRY(Source* const bytes, source->begin());
  ROLLCALL_TRY(csv::Reader opened, csv::Reader::open(*bytes, options));
  reader.emplace(std::move(opened));
  ROLLCALL_TRY(const bool is_there, next_batch());
  if (!is_there) return success();
  for (std::size_t i = 0; i != reader->batch().cells(0); ++i) header.emplace_back(cell(0, i));
  next = reader->batch().size();
  return success();
}

Result<bool> rollcall_rows::next_batch()
{
  if (has_ended) return false;
  ROLLCALL_TRY(const bool is_there, reader->next());
  has_ended = !is_there;
  next = 0;
  lines.reset();
  if (is_there) lines.emplace(reader->batch());
  if (!is_there && reader->refusal())
    return Error{ErrorCode::limit_exceeded, render_message(*reader->refusal())};
  return is_there;
}

void rollcall_rows::put_row(TableBuilder& table)
{
  const csv::RowBatch& batch = reader->batch();
  const std::size_t cells = batch.cells(next);
  table[0].natural(batch.number(next));
  table[1].natural(lines->of(next));
  table[2].natural(cells > header.size() ? cells - header.size() : 0);
  for (std::size_t i = 0; i != header.size(); ++i) {
    Column& column = table[fixed_columns + i];
    if (i < cells)
      column.text(cell(next, i));
    else
      column.null();
  }
  put_faults();
  ++next;
}

void rollcall_rows::put_faults()
{
  const csv::RowBatch& batch = reader->batch();
  const auto all = batch.faults();
  const auto first =
      std::lower_bound(all.begin(), all.end(), next,
                       [](const csv::Fault& fault, std::size_t row) { return fault.row < row; });
  for (auto fault = first; fault != all.end() && fault->row == next; ++fault) {
    (*faults)[0].natural(batch.number(next));
    (*faults)[1].natural(fault->line);
    (*faults)[2].natural(fault->byte);
    if (fault->cell < 0)
      (*faults)[3].null();
    else
      (*faults)[3].natural(static_cast<std::uint64_t>(fault->cell));
    (*faults)[4].text(slug(fault->code));
  }
}

Result<std::unique_ptr<rollcall_table>> rollcall_rows::take(std::uint64_t rows_max)
{
  if (failure) {
    Error why = *std::move(failure);
    failure.reset();
    return why;
  }
  if (has_failed) return wrong_use("the rows have ended in an error");
  has_failed = true; // until all went well
  std::vector<ColumnSpec> columns = {
      {"row", ColumnIs::natural}, {"line", ColumnIs::natural}, {"extra_cells", ColumnIs::natural}};
  for (const std::string& name : header) columns.push_back({name});
  TableBuilder table{engine, columns};
  faults.emplace(faults_table(engine));
  if (rows_max == 0) rows_max = rows_default;
  while (table.rows() < rows_max) {
    if (has_ended || next == reader->batch().size()) {
      Result<bool> is_there = next_batch();
      if (!is_there.has_value()) {
        if (table.rows() == 0) return std::move(is_there).assume_error();
        failure.emplace(std::move(is_there).assume_error()); // the rows before it come first
        break;
      }
      if (!is_there.assume_value()) break;
    }
    put_row(table);
  }
  has_failed = failure.has_value();
  if (table.rows() == 0) return std::unique_ptr<rollcall_table>{};
  return table.finish();
}

rollcall_status rollcall_rows_open(const rollcall_engine* engine, rollcall_source* source,
                                   const rollcall_reading* reading, rollcall_rows** out,
                                   rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_rows>> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(given(source, "source"));
    auto rows = std::make_unique<rollcall_rows>();
    rows->engine = engine->engine;
    ROLLCALL_CHECK(rows->open(*source, reading));
    return rows;
  });
}

rollcall_status rollcall_rows_next(rollcall_rows* rows, uint64_t rows_max, rollcall_table** out,
                                   rollcall_error** err)
{
  if (out != nullptr) *out = nullptr;
  return call(err, [&]() -> Result<rollcall_status> {
    ROLLCALL_CHECK(given(rows, "rows"));
    ROLLCALL_CHECK(given(out, "out"));
    ROLLCALL_TRY(auto table, rows->take(rows_max));
    if (table == nullptr) return rollcall_status{ROLLCALL_OK};
    *out = table.release();
    return rollcall_status{ROLLCALL_MORE};
  });
}

rollcall_status rollcall_rows_faults(rollcall_rows* rows, rollcall_table** out,
                                     rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_table>> {
    ROLLCALL_CHECK(given(rows, "rows"));
    auto taken = std::exchange(rows->faults, std::nullopt);
    if (!taken) taken.emplace(faults_table(rows->engine));
    return taken->finish();
  });
}

int32_t rollcall_rows_encoding(const rollcall_rows* rows)
{
  return rows != nullptr ? static_cast<int32_t>(rows->reader->dialect().encoding) : 0;
}

int32_t rollcall_rows_delimiter(const rollcall_rows* rows)
{
  return rows != nullptr ? rows->reader->dialect().separator() : 0;
}

void rollcall_rows_free(rollcall_rows* rows)
{
  delete rows;
}

rollcall_status rollcall_rows_write(const rollcall_engine* engine, rollcall_source* source,
                                    const rollcall_reading* reading, int32_t form,
                                    rollcall_output* output, rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(engine, "engine"));
    ROLLCALL_CHECK(given(source, "source"));
    ROLLCALL_CHECK(check_choice(form, ROLLCALL_ROWS_CSV + 1, "form"));
    report::RowsOptions options;
    ROLLCALL_TRY(options.reader, reading_of(reading));
    options.reader.memory = engine->engine->memory();
    options.form = static_cast<report::RowsForm>(form);
    ROLLCALL_TRY(const InUse held, InUse::take(source->body->in_use(), "the source"));
    static_cast<void>(held);
    return write_into(output, [&](Sink& sink) -> Result<void> {
      ROLLCALL_TRY(Source* const bytes, source->body->begin());
      ROLLCALL_TRY(const auto done, report::write_rows(*bytes, options, sink));
      static_cast<void>(done);
      return success();
    });
  });
}
