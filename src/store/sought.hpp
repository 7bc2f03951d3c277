// sought.hpp: the fields by which objects are found, and the index of their values.
//
// Values stand in it as text in the form in which they compare. That hangs on the JSON of an object
// and on the form alone, so every format keeps every index right, also those of others.
#ifndef ROLLCALL_STORE_SOUGHT_HPP
#define ROLLCALL_STORE_SOUGHT_HPP

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/compared.hpp"
#include "json/document.hpp"
#include "store/database.hpp"
#include "store/kind_row.hpp"

namespace rollcall::store {

struct Sought {
  std::int64_t id = 0;
  std::string field = {};
  directory::Form form = directory::Form::text;
};

// All of a kind. Who writes asks within his transaction: another process may have added one.
[[nodiscard]] Result<std::vector<Sought>> read_sought(Database& database, std::int64_t kind);

// The value of a member as text; none of what is no value. Numbers are written into `digits`.
[[nodiscard]] std::optional<std::string_view> value_in(const json::Value& member,
                                                       std::string& digits);

// Puts values into an index that is being made, many at a time and in their order, which is several
// times faster than as they come.
class IndexFilling {
 public:
  IndexFilling(Database& database, Sought sought, std::pmr::memory_resource& memory);

  [[nodiscard]] const Sought& sought() const noexcept { return sought_; }
  [[nodiscard]] Result<void> add(std::string_view value, std::int64_t object);
  [[nodiscard]] Result<void> finish();

 private:
  struct Entry {
    std::size_t begin = 0;
    std::size_t size = 0;
    std::int64_t object = 0;
  };
  Database* database_;
  Sought sought_;
  directory::Compared compared_;
  std::pmr::string texts_;
  std::pmr::vector<Entry> entries_;
};

// Makes an index of a field of all objects of a kind, within a transaction that writes.
[[nodiscard]] Result<Sought> add_sought(Database& database, std::int64_t kind,
                                        std::string_view field, directory::Form form);
[[nodiscard]] Result<void> fill_index(Database& database, const KindRow& kind, const Sought& sought,
                                      std::pmr::memory_resource& memory);

// The id behind the highest that is all digits, found by looking at all keys.
[[nodiscard]] Result<NextId> find_next_id(Database& database, const Sought& key);

// The same where none is as high as this one, by a few looks below it; nothing if these do not
// tell.
[[nodiscard]] Result<std::optional<NextId>> find_next_id_below(Database& database,
                                                               const Sought& key,
                                                               std::uint64_t below);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SOUGHT_HPP
