// many_rows.hpp: rows of a table that are inserted many at a time: a third of what a row costs is
// beginning and ending its statement.
//
//   constexpr ManyRows::Sql values = {3, ROLLCALL_INSERT("value", "(?, ?, ?)")};
//   rows.put(sought).put(text).put(object);
//   ROLLCALL_CHECK(rows.end_row(database));
//   ...
//   ROLLCALL_CHECK(rows.flush(database)); // before anybody asks for them
#ifndef ROLLCALL_STORE_MANY_ROWS_HPP
#define ROLLCALL_STORE_MANY_ROWS_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

#define ROLLCALL_FOUR_TIMES(row) row ", " row ", " row ", " row
#define ROLLCALL_MANY_TIMES(row) \
  ROLLCALL_FOUR_TIMES(row)       \
  ", " ROLLCALL_FOUR_TIMES(row) ", " ROLLCALL_FOUR_TIMES(row) ", " ROLLCALL_FOUR_TIMES(  \
      row) ", " ROLLCALL_FOUR_TIMES(row) ", " ROLLCALL_FOUR_TIMES(row) ", "              \
      ROLLCALL_FOUR_TIMES(row) ", " ROLLCALL_FOUR_TIMES(row)

// Literals of a statement that inserts one row, and of one that inserts many.
#define ROLLCALL_INSERT(into, row)            \
  "INSERT OR FAIL INTO " into " VALUES " row, \
      "INSERT OR FAIL INTO " into " VALUES " ROLLCALL_MANY_TIMES(row)

namespace rollcall::store {

class ManyRows {
 public:
  static constexpr std::size_t many = 32;

  struct Sql {
    std::size_t columns;
    const char* one;
    const char* many;
  };

  ManyRows(const Sql& sql, std::pmr::memory_resource& memory)
      : sql_{&sql}, cells_{&memory}, texts_{&memory}
  {
  }

  ManyRows(Sql&&, std::pmr::memory_resource&) = delete; // it lives as long

  // The values of a row, one after the other. Texts are kept until they are inserted.
  ManyRows& put(std::int64_t number);
  ManyRows& put(std::uint64_t number);
  ManyRows& put(std::string_view text);

  // After each row. What has failed has failed for all that were gathered, and none is left.
  [[nodiscard]] Result<void> end_row(Database& database);
  [[nodiscard]] Result<void> flush(Database& database);
  // Without inserting them.
  void forget() noexcept;

 private:
  enum class Is : std::uint8_t { integer, natural, text };
  struct Cell {
    Is is = Is::integer;
    std::uint64_t number = 0; // or where the text begins
    std::size_t size = 0;
  };

  [[nodiscard]] Result<void> insert(Database& database, const char* sql,
                                    std::span<const Cell> cells) const;
  [[nodiscard]] Result<void> insert_all(Database& database) const;

  const Sql* sql_;
  std::pmr::vector<Cell> cells_;
  std::pmr::string texts_;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_MANY_ROWS_HPP
