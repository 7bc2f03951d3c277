// settling.hpp: what happens when a format meets a database.
//
// What the database holds was written without a format, or by another one. The first time that a
// format opens it, every object of its kinds is looked at: what it cannot read is malformed, what
// it reads is rewritten as it would write it, keys are seen to be unique, and what will be searched
// gets an index. After that, opening costs the same whatever there is.
#ifndef ROLLCALL_STORE_SETTLING_HPP
#define ROLLCALL_STORE_SETTLING_HPP

#include <memory_resource>
#include <string>
#include <vector>

#include "directory/table.hpp"
#include "rollcall/schema.hpp"
#include "store/database.hpp"
#include "store/kind_row.hpp"
#include "store/sought.hpp"

namespace rollcall::store {

// A kind of a format, in this database.
struct SettledKind {
  directory::Shape shape = {};
  std::string fields = {}; // fields_text(shape)
  KindRow row = {};        // as it was when the format was settled; `id` and `is_listed` stay
  Sought key = {};
};

[[nodiscard]] Result<std::vector<SettledKind>> settle(Database& database,
                                                      const schema::Schema& schema,
                                                      std::pmr::memory_resource& memory);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SETTLING_HPP
