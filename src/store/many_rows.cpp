// many_rows.cpp: as many as one statement takes, and the rest one by one.
#include "store/many_rows.hpp"

#include <algorithm>

#include "base/secret.hpp"

namespace rollcall::store {

ManyRows& ManyRows::put(std::int64_t number)
{
  cells_.push_back({.is = Is::integer, .number = static_cast<std::uint64_t>(number)});
  return *this;
}

ManyRows& ManyRows::put(std::uint64_t number)
{
  cells_.push_back({.is = Is::natural, .number = number});
  return *this;
}

ManyRows& ManyRows::put(std::string_view text)
{
  cells_.push_back({.is = Is::text, .number = texts_.size(), .size = text.size()});
  texts_ += text;
  return *this;
}

Result<void> ManyRows::end_row(Database& database)
{
  return cells_.size() == many * sql_->columns ? flush(database) : success();
}

Result<void> ManyRows::flush(Database& database)
{
  Result<void> result = insert_all(database);
  forget();
  return result;
}

// Some of the texts are secrets.
void ManyRows::forget() noexcept
{
  wipe(std::as_writable_bytes(std::span{texts_}));
  texts_.clear();
  cells_.clear();
}

Result<void> ManyRows::insert_all(Database& database) const
{
  const std::span<const Cell> cells{cells_};
  if (cells.size() == many * sql_->columns) return insert(database, sql_->many, cells);
  for (std::size_t first = 0; first < cells.size(); first += sql_->columns)
    ROLLCALL_CHECK(insert(database, sql_->one, cells.subspan(first, sql_->columns)));
  return success();
}

Result<void> ManyRows::insert(Database& database, const char* sql,
                              std::span<const Cell> cells) const
{
  ROLLCALL_TRY(Statement statement, database.prepare(sql));
  for (const Cell& cell : cells) {
    switch (cell.is) {
      case Is::integer:
        statement.bind(static_cast<std::int64_t>(cell.number));
        break;
      case Is::natural:
        statement.bind(cell.number);
        break;
      case Is::text:
        statement.bind(
            std::string_view{texts_}.substr(static_cast<std::size_t>(cell.number), cell.size));
        break;
    }
  }
  return statement.run();
}

} // namespace rollcall::store
