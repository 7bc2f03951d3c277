// Filling columns, and reading them where they lie.
#include "table.hpp"

#include <algorithm>

namespace rollcall::capi {

Column::Column(std::string name, ColumnIs is, std::pmr::memory_resource* memory)
    : name_{std::move(name)},
      is_{is},
      validity_{memory},
      offsets_{memory},
      bytes_{memory},
      numbers_{memory}
{
  if (is_ == ColumnIs::text) offsets_.push_back(0);
}

void Column::add_row(bool is_valid)
{
  if (rows_ % 8 == 0) validity_.push_back(0);
  if (is_valid) validity_.back() = static_cast<std::uint8_t>(validity_.back() | 1U << rows_ % 8);
  nulls_ += is_valid ? 0 : 1;
  ++rows_;
}

void Column::null()
{
  if (is_ == ColumnIs::text)
    offsets_.push_back(static_cast<std::int64_t>(bytes_.size()));
  else
    numbers_.push_back(0);
  add_row(false);
}

void Column::text(std::string_view text)
{
  bytes_.insert(bytes_.end(), text.begin(), text.end());
  offsets_.push_back(static_cast<std::int64_t>(bytes_.size()));
  add_row(true);
}

void Column::natural(std::uint64_t number)
{
  numbers_.push_back(number);
  add_row(true);
}

void Column::clear() noexcept
{
  rows_ = nulls_ = 0;
  validity_.clear();
  bytes_.clear();
  numbers_.clear();
  if (is_ == ColumnIs::text) offsets_.resize(1);
}

const void* Column::data() const noexcept
{
  static constexpr char none = '\0';
  const void* const data = is_ == ColumnIs::text ? static_cast<const void*>(bytes_.data())
                                                 : static_cast<const void*>(numbers_.data());
  return data != nullptr ? data : &none;
}

std::string_view Column::text_at(std::uint64_t row) const noexcept
{
  // Of an empty text, too: only a null has no place.
  const auto begin = static_cast<std::size_t>(offsets_[row]);
  return {static_cast<const char*>(data()) + begin,
          static_cast<std::size_t>(offsets_[row + 1]) - begin};
}

TableBuilder::TableBuilder(std::shared_ptr<Engine> engine,
                           std::initializer_list<ColumnSpec> columns)
    : TableBuilder{std::move(engine), std::vector<ColumnSpec>{columns}}
{
}

TableBuilder::TableBuilder(std::shared_ptr<Engine> engine, const std::vector<ColumnSpec>& columns)
    : engine_{std::move(engine)}
{
  columns_.reserve(columns.size());
  for (const ColumnSpec& column : columns)
    columns_.emplace_back(std::string{column.name}, column.is, engine_->memory());
}

void TableBuilder::clear() noexcept
{
  for (Column& column : columns_) column.clear();
}

std::unique_ptr<rollcall_table> TableBuilder::finish()
{
  auto table = std::make_unique<rollcall_table>();
  table->engine = std::move(engine_);
  table->columns = std::move(columns_);
  return table;
}

namespace {

const Column* column_at(const rollcall_table* table, std::uint32_t column) noexcept
{
  return table != nullptr && column < table->columns.size() ? &table->columns[column] : nullptr;
}

} // namespace
} // namespace rollcall::capi

using namespace rollcall;
using namespace rollcall::capi;

uint64_t rollcall_table_rows(const rollcall_table* table)
{
  return table != nullptr ? table->rows() : 0;
}

uint32_t rollcall_table_columns(const rollcall_table* table)
{
  return table != nullptr ? static_cast<uint32_t>(table->columns.size()) : 0;
}

rollcall_status rollcall_table_column(const rollcall_table* table, uint32_t column,
                                      rollcall_column* out, rollcall_error** err)
{
  return call(err, [&]() -> Result<void> {
    ROLLCALL_CHECK(given(table, "table"));
    ROLLCALL_CHECK(given(out, "out"));
    const Column* const found = column_at(table, column);
    if (found == nullptr) return wrong_use("there is no column " + std::to_string(column));
    ROLLCALL_CHECK(check_filled(out, "rollcall_column"));
    fill(out, rollcall_column{.struct_size = 0,
                              .type = static_cast<int32_t>(found->is()),
                              .rows = found->rows(),
                              .nulls = found->nulls(),
                              .validity = found->validity(),
                              .offsets = found->offsets(),
                              .data = found->data(),
                              .name = str(found->name())});
    return success();
  });
}

int32_t rollcall_table_find(const rollcall_table* table, const char* name, size_t name_len)
{
  if (table == nullptr) return -1;
  const auto found =
      std::find_if(table->columns.begin(), table->columns.end(),
                   [&](const Column& column) { return column.name() == text_of(name, name_len); });
  return found != table->columns.end() ? static_cast<int32_t>(found - table->columns.begin()) : -1;
}

void rollcall_table_text(const rollcall_table* table, uint64_t row, uint32_t column,
                         rollcall_str* out)
{
  *out = {nullptr, 0};
  const Column* const found = column_at(table, column);
  if (found == nullptr || row >= found->rows() || found->is() != ColumnIs::text) return;
  if (found->is_null(row)) return;
  const std::string_view text = found->text_at(row);
  *out = {text.data(), text.size()};
}

int64_t rollcall_table_number(const rollcall_table* table, uint64_t row, uint32_t column)
{
  const Column* const found = column_at(table, column);
  if (found == nullptr || row >= found->rows() || found->is() == ColumnIs::text) return 0;
  return static_cast<int64_t>(found->number_at(row));
}

rollcall_table* rollcall_table_retain(const rollcall_table* table)
{
  if (table == nullptr) return nullptr;
  table->owners.fetch_add(1, std::memory_order_relaxed);
  return const_cast<rollcall_table*>(table); // NOLINT: it is counted, and nobody changes it
}

void rollcall_table_free(rollcall_table* table)
{
  if (table == nullptr) return;
  if (table->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete table;
}
