// Tables: columns that are filled a row at a time, and never change once they are handed out.
#ifndef ROLLCALL_CAPI_SRC_TABLE_HPP
#define ROLLCALL_CAPI_SRC_TABLE_HPP

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine.hpp"
#include "rollcall/table.h"

namespace rollcall::capi {

enum class ColumnIs : std::int32_t {
  text = ROLLCALL_COLUMN_TEXT,
  integer = ROLLCALL_COLUMN_INT64,
  natural = ROLLCALL_COLUMN_UINT64
};

class Column {
 public:
  Column(std::string name, ColumnIs is, std::pmr::memory_resource* memory);

  void null();
  void text(std::string_view text);
  // Empty: null.
  void text_or_null(std::string_view text) { text.empty() ? null() : this->text(text); }
  void natural(std::uint64_t number);
  // 0: null.
  void natural_or_null(std::uint64_t number) { number == 0 ? null() : natural(number); }
  void integer(std::int64_t number) { natural(static_cast<std::uint64_t>(number)); }
  void integer_or_null(std::int64_t number) { number == 0 ? null() : integer(number); }
  void clear() noexcept;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] ColumnIs is() const noexcept { return is_; }
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::uint64_t nulls() const noexcept { return nulls_; }
  // Null if there are no nulls; else a bit a row.
  [[nodiscard]] const std::uint8_t* validity() const noexcept
  {
    return nulls_ != 0 ? validity_.data() : nullptr;
  }
  [[nodiscard]] const std::int64_t* offsets() const noexcept
  {
    return is_ == ColumnIs::text ? offsets_.data() : nullptr;
  }
  [[nodiscard]] const void* data() const noexcept;
  [[nodiscard]] bool is_null(std::uint64_t row) const noexcept
  {
    return (validity_[row / 8] >> row % 8 & 1) == 0;
  }
  [[nodiscard]] std::string_view text_at(std::uint64_t row) const noexcept;
  [[nodiscard]] std::uint64_t number_at(std::uint64_t row) const noexcept { return numbers_[row]; }

 private:
  void add_row(bool is_valid);

  std::string name_;
  ColumnIs is_;
  std::uint64_t rows_ = 0, nulls_ = 0;
  std::pmr::vector<std::uint8_t> validity_;
  std::pmr::vector<std::int64_t> offsets_;
  std::pmr::vector<char> bytes_;
  std::pmr::vector<std::uint64_t> numbers_;
};

struct ColumnSpec {
  std::string_view name;
  ColumnIs is = ColumnIs::text;
};

// While it is filled: each column of a row once.
class TableBuilder {
 public:
  TableBuilder(std::shared_ptr<Engine> engine, std::initializer_list<ColumnSpec> columns);
  TableBuilder(std::shared_ptr<Engine> engine, const std::vector<ColumnSpec>& columns);

  [[nodiscard]] Column& operator[](std::size_t column) noexcept { return columns_[column]; }
  [[nodiscard]] const Column& operator[](std::size_t column) const noexcept
  {
    return columns_[column];
  }
  [[nodiscard]] std::uint64_t rows() const noexcept
  {
    return columns_.empty() ? 0 : columns_.front().rows();
  }
  void clear() noexcept;
  // What was filled. Nothing may follow.
  [[nodiscard]] std::unique_ptr<rollcall_table> finish();

 private:
  std::shared_ptr<Engine> engine_;
  std::vector<Column> columns_;
};

} // namespace rollcall::capi

// Counted by itself, so that retaining it cannot fail.
struct rollcall_table {
  std::shared_ptr<rollcall::capi::Engine> engine = {}; // whose memory it is
  std::vector<rollcall::capi::Column> columns = {};
  mutable std::atomic<std::uint64_t> owners = 1;

  [[nodiscard]] std::uint64_t rows() const noexcept
  {
    return columns.empty() ? 0 : columns.front().rows();
  }
};

namespace rollcall::capi {

struct ReleaseTable {
  void operator()(rollcall_table* table) const noexcept { rollcall_table_free(table); }
};
using TableOwner = std::unique_ptr<rollcall_table, ReleaseTable>;

[[nodiscard]] inline TableOwner retained(const rollcall_table& table) noexcept
{
  return TableOwner{rollcall_table_retain(&table)};
}

} // namespace rollcall::capi

#endif // ROLLCALL_CAPI_SRC_TABLE_HPP
