// Drafts that are opened, edited and saved.
#include "draft.hpp"

#include <algorithm>
#include <vector>

#include "context.hpp"
#include "output.hpp"
#include "reading.hpp"
#include "source.hpp"

using namespace rollcall;
using namespace rollcall::capi;

namespace {

using Handle = Result<std::unique_ptr<rollcall_draft>>;
using Table = Result<std::unique_ptr<rollcall_table>>;

// ---- What comes in ------------------------------------------------------------------------------

// The draft is watched as they say, as long as there is one.
Result<DraftOptions> take(const rollcall_draft_options* options, DraftBody& body)
{
  ROLLCALL_CHECK(check_size(options, "rollcall_draft_options"));
  const rollcall_draft_options copy = copied(options);
  ROLLCALL_CHECK(check_flags(copy.flags, 0, "rollcall_draft_options.flags"));
  ROLLCALL_TRY(const csv::ReaderOptions reading, reading_of(copy.reading));
  DraftOptions made{.dialect = reading.dialect, .limits = reading.limits, .kernel = reading.kernel};
  if (copy.undo_bytes != 0) made.undo_bytes = copy.undo_bytes;
  if (copy.cancel != nullptr) body.cancel = copy.cancel->flag;
  body.watcher.emplace(*body.schema->engine);
  body.watcher->watch(copy, body.cancel.get());
  made.watcher = &*body.watcher;
  return made;
}

Result<std::vector<DraftCells>> block_of(const rollcall_str* cells, std::size_t rows,
                                         std::size_t columns)
{
  if (rows != 0 && columns != 0) ROLLCALL_CHECK(given(cells, "cells"));
  std::vector<DraftCells> block;
  for (std::size_t row = 0; row != rows; ++row) {
    DraftCells& made = block.emplace_back();
    for (std::size_t column = 0; column != columns; ++column)
      made.emplace_back(text_of(cells[row * columns + column]));
  }
  return block;
}

// ---- What goes out ------------------------------------------------------------------------------

Table columns_table(const DraftBody& body, const Draft& draft)
{
  TableBuilder table{body.schema->engine,
                     {{"header"}, {"field"}, {"is_secret", ColumnIs::natural}}};
  for (const DraftColumn& column : draft.columns()) {
    table[0].text(column.header);
    if (column.column)
      table[1].text(body.schema->schema.columns[*column.column].field);
    else
      table[1].null();
    table[2].natural(column.is_secret ? 1 : 0);
  }
  return table.finish();
}

Table cells_table(const DraftBody& body, const Draft& draft, std::uint64_t row, std::uint64_t count)
{
  std::vector<ColumnSpec> columns;
  for (const DraftColumn& column : draft.columns()) columns.push_back({column.header});
  TableBuilder table{body.schema->engine, columns};
  const std::uint64_t first = std::min<std::uint64_t>(row, draft.rows());
  const std::uint64_t end = first + std::min<std::uint64_t>(count, draft.rows() - first);
  for (std::uint64_t at = first; at != end; ++at) {
    ROLLCALL_TRY(const DraftCells cells, draft.cells(at));
    for (std::size_t i = 0; i != columns.size(); ++i) table[i].text(cells[i]);
  }
  return table.finish();
}

// `make` opens the draft, on a directory that nobody else has meanwhile.
template <class Make>
rollcall_status open(const rollcall_schema* schema, rollcall_directory* directory,
                     const rollcall_context* context, const rollcall_draft_options* options,
                     rollcall_draft** out, rollcall_error** err, Make&& make_draft) noexcept
{
  return make(out, err, [&]() -> Handle {
    ROLLCALL_CHECK(given(schema, "schema"));
    ROLLCALL_CHECK(given(directory, "directory"));
    auto body = std::make_shared<DraftBody>();
    body->schema = schema->body;
    body->directory = directory->body;
    ROLLCALL_TRY(const DraftOptions asked, take(options, *body));
    ROLLCALL_TRY(const InUse held, InUse::take(directory->body->in_use(), "the directory"));
    static_cast<void>(held);
    ROLLCALL_TRY(Draft draft, make_draft(body->directory->directory(),
                                         context != nullptr ? context->context : Context{}, asked,
                                         schema->body->engine->seams()));
    body->draft.emplace(std::move(draft));
    auto handle = std::make_unique<rollcall_draft>();
    handle->body = std::move(body);
    return handle;
  });
}

rollcall_status step(rollcall_draft* draft, Result<bool> (Draft::*back)(), int32_t* done,
                     rollcall_error** err) noexcept
{
  if (done != nullptr) *done = 0;
  return with_draft(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_TRY(const bool was_there, (of.*back)());
    if (done != nullptr) *done = was_there ? 1 : 0;
    return success();
  });
}

} // namespace

rollcall_status rollcall_draft_open(const rollcall_schema* schema, rollcall_source* source,
                                    rollcall_directory* directory, const rollcall_context* context,
                                    const rollcall_draft_options* options, rollcall_draft** out,
                                    rollcall_error** err)
{
  return open(schema, directory, context, options, out, err,
              [&](Directory& host, const Context& who, const DraftOptions& asked,
                  const Seams& seams) -> Result<Draft> {
                ROLLCALL_CHECK(given(source, "source"));
                ROLLCALL_TRY(const InUse held, InUse::take(source->body->in_use(), "the source"));
                static_cast<void>(held);
                ROLLCALL_TRY(Source* const bytes, source->body->begin());
                return Draft::open(schema->body->schema, *bytes, host, who, asked, seams);
              });
}

rollcall_status rollcall_draft_new(const rollcall_schema* schema, rollcall_directory* directory,
                                   const rollcall_context* context,
                                   const rollcall_draft_options* options, rollcall_draft** out,
                                   rollcall_error** err)
{
  return open(
      schema, directory, context, options, out, err,
      [&](Directory& host, const Context& who, const DraftOptions& asked, const Seams& seams) {
        return Draft::make(schema->body->schema, host, who, asked, seams);
      });
}

// ---- The table ----------------------------------------------------------------------------------

uint64_t rollcall_draft_rows(const rollcall_draft* draft)
{
  return draft != nullptr ? draft->body->draft->rows() : 0;
}

rollcall_status rollcall_draft_columns(rollcall_draft* draft, rollcall_table** out,
                                       rollcall_error** err)
{
  if (out != nullptr) *out = nullptr;
  return with_draft(draft, err, [&](Draft& of) {
    return put_table(out, [&] { return columns_table(*draft->body, of); });
  });
}

rollcall_status rollcall_draft_cell(rollcall_draft* draft, uint64_t row, uint64_t column,
                                    rollcall_str* out, rollcall_error** err)
{
  if (out != nullptr) *out = {nullptr, 0};
  return with_draft(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_CHECK(given(out, "out"));
    ROLLCALL_TRY(std::string text, of.cell(row, column));
    *out = draft->body->say(std::move(text));
    return success();
  });
}

rollcall_status rollcall_draft_cells(rollcall_draft* draft, uint64_t row, uint64_t count,
                                     rollcall_table** out, rollcall_error** err)
{
  if (out != nullptr) *out = nullptr;
  return with_draft(draft, err, [&](Draft& of) {
    return put_table(out, [&] { return cells_table(*draft->body, of, row, count); });
  });
}

rollcall_status rollcall_draft_set(rollcall_draft* draft, uint64_t row, uint64_t column,
                                   const char* value, size_t value_len, rollcall_error** err)
{
  return with_draft(draft, err,
                    [&](Draft& of) { return of.set(row, column, text_of(value, value_len)); });
}

rollcall_status rollcall_draft_set_cells(rollcall_draft* draft, const uint64_t* rows,
                                         const uint64_t* columns, const rollcall_str* values,
                                         size_t count, rollcall_error** err)
{
  return with_draft(draft, err, [&](Draft& of) -> Result<void> {
    if (count != 0 && (rows == nullptr || columns == nullptr || values == nullptr))
      return wrong_use("rows, columns or values are NULL");
    std::vector<CellEdit> edits;
    for (std::size_t i = 0; i != count; ++i)
      edits.push_back({.row = rows[i], .column = columns[i], .value = text_of(values[i])});
    return of.set(edits);
  });
}

rollcall_status rollcall_draft_insert(rollcall_draft* draft, uint64_t row,
                                      const rollcall_str* cells, size_t block_rows,
                                      size_t block_columns, rollcall_error** err)
{
  return with_draft(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_TRY(const auto block, block_of(cells, block_rows, block_columns));
    return of.insert(row, block);
  });
}

rollcall_status rollcall_draft_remove(rollcall_draft* draft, uint64_t row, uint64_t count,
                                      rollcall_error** err)
{
  return with_draft(draft, err, [&](Draft& of) { return of.remove(row, count); });
}

rollcall_status rollcall_draft_paste(rollcall_draft* draft, uint64_t row, uint64_t column,
                                     const rollcall_str* cells, size_t block_rows,
                                     size_t block_columns, rollcall_error** err)
{
  return with_draft(draft, err, [&](Draft& of) -> Result<void> {
    ROLLCALL_TRY(const auto block, block_of(cells, block_rows, block_columns));
    return of.paste(row, column, block);
  });
}

int32_t rollcall_draft_can_undo(const rollcall_draft* draft)
{
  return draft != nullptr && draft->body->draft->can_undo() ? 1 : 0;
}

int32_t rollcall_draft_can_redo(const rollcall_draft* draft)
{
  return draft != nullptr && draft->body->draft->can_redo() ? 1 : 0;
}

rollcall_status rollcall_draft_undo(rollcall_draft* draft, int32_t* done, rollcall_error** err)
{
  return step(draft, &Draft::undo, done, err);
}

rollcall_status rollcall_draft_redo(rollcall_draft* draft, int32_t* done, rollcall_error** err)
{
  return step(draft, &Draft::redo, done, err);
}

// ---- As a file ----------------------------------------------------------------------------------

rollcall_status rollcall_draft_save(rollcall_draft* draft, rollcall_output* output,
                                    rollcall_error** err)
{
  return with_draft(draft, err, [&](Draft& of) {
    return write_into(output, [&](Sink& sink) { return of.save(sink); });
  });
}

rollcall_status rollcall_draft_source(rollcall_draft* draft, rollcall_source** out,
                                      rollcall_error** err)
{
  return make(out, err, [&]() -> Result<std::unique_ptr<rollcall_source>> {
    ROLLCALL_CHECK(given(draft, "draft"));
    const std::shared_ptr<DraftBody>& body = draft->body;
    auto handle = std::make_unique<rollcall_source>();
    handle->body =
        std::make_shared<SourceBody>(body->schema->engine, body->draft->source(),
                                     std::shared_ptr<std::atomic<bool>>{body, &body->in_use});
    return handle;
  });
}

rollcall_status rollcall_draft_reading(const rollcall_draft* draft, rollcall_reading* out,
                                       rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(draft, "draft"));
    ROLLCALL_CHECK(given(out, "out"));
    ROLLCALL_CHECK(check_filled(out, "rollcall_reading"));
    fill(out, reading_as(draft->body->draft->dialect()));
    return success();
  });
}

void rollcall_draft_free(rollcall_draft* draft)
{
  delete draft;
}
