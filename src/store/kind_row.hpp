// kind_row.hpp: what the database knows of a kind: its row in the table of kinds.
#ifndef ROLLCALL_STORE_KIND_ROW_HPP
#define ROLLCALL_STORE_KIND_ROW_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/table.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// Where the next id stands that a kind gives: none if the highest has no successor.
using NextId = std::optional<std::uint64_t>;

struct KindRow {
  std::int64_t id = 0;
  std::string name = {};
  bool is_listed = false;
  std::int64_t objects = 0;
  std::string key = {};               // the field that names an object, of the last format
  std::optional<NextId> next_id = {}; // for that field; absent: to be looked for
  std::optional<std::int64_t> rank = {};
  std::string fields = {};

  friend bool operator==(const KindRow&, const KindRow&) = default;
};

// Objects of a kind have ids of one range, in the order in which they were made.
inline constexpr unsigned kind_shift = 40;
[[nodiscard]] constexpr std::int64_t first_object(const KindRow& kind) noexcept
{
  return kind.id << kind_shift;
}
[[nodiscard]] constexpr std::int64_t last_object(const KindRow& kind) noexcept
{
  return ((kind.id + 1) << kind_shift) - 1;
}

[[nodiscard]] Result<std::optional<KindRow>> read_kind(Database& database, std::string_view name);
// In the order of a directory.json: by name.
[[nodiscard]] Result<std::vector<KindRow>> read_kinds(Database& database);
// One that is new gets its id.
[[nodiscard]] Result<void> add_kind(Database& database, KindRow& kind);
[[nodiscard]] Result<void> write_kind(Database& database, const KindRow& kind);

// The fields of a kind as a format has them, the key first: {"id": "id", "name": "text"}.
[[nodiscard]] Result<std::string> fields_text(const directory::Shape& shape);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_KIND_ROW_HPP
