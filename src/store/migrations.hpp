// migrations.hpp: the tables of the database, as a list of steps from an empty file to this
// version.
//
// A step that was ever released is never changed again: what is to be different comes as a step of
// its own, and the number of steps is the version of the file.
#ifndef ROLLCALL_STORE_MIGRATIONS_HPP
#define ROLLCALL_STORE_MIGRATIONS_HPP

#include <span>

#include "store/database.hpp"

namespace rollcall::store {

// Takes the file from its version to that of the last step, all steps or none. One that is newer
// is unsupported.
[[nodiscard]] Result<void> migrate(Database& database);

// The same with other steps: for tests.
[[nodiscard]] Result<void> migrate(Database& database, std::span<const char* const> steps);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_MIGRATIONS_HPP
