// A table as an Arrow stream. Batches are windows on the table's own arrays, cut at multiples of
// eight rows so that no bit of the validity has to be moved; each keeps the table alive.
#include "arrow.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <vector>

#include "table.hpp"

namespace rollcall::capi {
namespace {

constexpr std::uint64_t batch_rows = 65'536;

// A struct of which all is owned by its private data. Children may be moved out of their parent by
// who reads them: they are then released for themselves, and have their own private data.
struct SchemaParts {
  TableOwner table;
  std::vector<ArrowSchema> columns = {};
  std::vector<ArrowSchema*> children = {};
};

struct ArrayParts {
  TableOwner table;
  std::array<const void*, 3> buffers = {};
  std::vector<ArrowArray> columns = {};
  std::vector<ArrowArray*> children = {};
};

template <class Parts, class Struct>
void release(Struct* given)
{
  auto* const parts = static_cast<Parts*>(given->private_data);
  for (std::int64_t i = 0; i != given->n_children; ++i)
    if (given->children[i]->release != nullptr) given->children[i]->release(given->children[i]);
  given->release = nullptr;
  delete parts;
}

const char* format_of(ColumnIs is) noexcept
{
  switch (is) {
    case ColumnIs::integer:
      return "l";
    case ColumnIs::natural:
      return "L";
    case ColumnIs::text:
      break;
  }
  return "U";
}

// A schema or array that holds the table, to be filled in.
template <class Parts, class Struct>
void own(Struct& made, const rollcall_table& table)
{
  auto parts = std::make_unique<Parts>();
  parts->table = retained(table);
  made.release = release<Parts, Struct>;
  made.private_data = parts.release();
}

// Its children, one a column. If there is no memory for all of them, `made` is released.
template <class Parts, class Struct, class Fill>
void own_columns(Struct& made, const rollcall_table& table, Fill&& fill)
{
  own<Parts>(made, table);
  try {
    auto& parts = *static_cast<Parts*>(made.private_data);
    parts.columns.resize(table.columns.size());
    for (Struct& column : parts.columns) parts.children.push_back(&column);
    made.children = parts.children.data();
    made.n_children = static_cast<std::int64_t>(parts.children.size());
    for (std::size_t i = 0; i != table.columns.size(); ++i) {
      own<Parts>(parts.columns[i], table);
      fill(parts.columns[i], table.columns[i]);
    }
  } catch (...) {
    made.release(&made);
    throw;
  }
}

void fill_schema(ArrowSchema& made, const rollcall_table& table)
{
  made = {};
  made.format = "+s";
  made.name = "";
  own_columns<SchemaParts>(made, table, [](ArrowSchema& child, const Column& column) {
    child.format = format_of(column.is());
    child.name = column.name().c_str();
    child.flags = ARROW_FLAG_NULLABLE;
  });
}

void fill_column(ArrowArray& made, const Column& column, std::uint64_t begin, std::uint64_t end)
{
  auto& buffers = static_cast<ArrayParts*>(made.private_data)->buffers;
  made.length = static_cast<std::int64_t>(end - begin);
  const bool is_all = begin == 0 && end == column.rows();
  made.null_count = is_all || column.nulls() == 0 ? static_cast<std::int64_t>(column.nulls()) : -1;
  if (column.validity() != nullptr) buffers[0] = column.validity() + begin / 8;
  if (column.is() == ColumnIs::text) {
    buffers[1] = column.offsets() + begin;
    buffers[2] = column.data();
  } else {
    buffers[1] = static_cast<const std::uint64_t*>(column.data()) + begin;
  }
  made.n_buffers = column.is() == ColumnIs::text ? 3 : 2;
  made.buffers = buffers.data();
}

void fill_array(ArrowArray& made, const rollcall_table& table, std::uint64_t begin,
                std::uint64_t end)
{
  made = {};
  own_columns<ArrayParts>(made, table, [&](ArrowArray& child, const Column& column) {
    fill_column(child, column, begin, end);
  });
  made.length = static_cast<std::int64_t>(end - begin);
  made.n_buffers = 1;
  made.buffers = static_cast<ArrayParts*>(made.private_data)->buffers.data();
}

struct Stream {
  TableOwner table;
  std::uint64_t at = 0;
};

template <class Fill>
int filled(Fill&& fill) noexcept
{
  try {
    fill();
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept
{
  return filled([&] { fill_schema(*out, *static_cast<Stream*>(stream->private_data)->table); });
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept
{
  return filled([&] {
    auto& of = *static_cast<Stream*>(stream->private_data);
    *out = {};
    const std::uint64_t rows = of.table->rows();
    if (of.at == rows) return; // not filled in: the end
    const std::uint64_t end = std::min(rows, of.at + batch_rows);
    fill_array(*out, *of.table, of.at, end);
    of.at = end;
  });
}

const char* get_last_error(ArrowArrayStream* /*stream*/) noexcept
{
  return "out of memory";
}

void release_stream(ArrowArrayStream* stream) noexcept
{
  delete static_cast<Stream*>(stream->private_data);
  stream->private_data = nullptr;
  stream->release = nullptr;
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall::capi;

rollcall_status rollcall_table_arrow(const rollcall_table* table, struct ArrowArrayStream* out,
                                     rollcall_error** err)
{
  return call(err, [&]() -> rollcall::Result<void> {
    ROLLCALL_CHECK(given(table, "table"));
    ROLLCALL_CHECK(given(out, "out"));
    auto stream = std::make_unique<Stream>();
    stream->table = retained(*table);
    *out = {.get_schema = get_schema,
            .get_next = get_next,
            .get_last_error = get_last_error,
            .release = release_stream,
            .private_data = stream.release()};
    return rollcall::success();
  });
}
