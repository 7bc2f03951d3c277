// contents.hpp: a directory.json put into a database, and written out of it again.
#ifndef ROLLCALL_STORE_CONTENTS_HPP
#define ROLLCALL_STORE_CONTENTS_HPP

#include <memory_resource>

#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// Into a database without objects and settings, all of it or nothing. No format is known here: what
// lists hold is kept as it is, until a format looks at it.
[[nodiscard]] Result<void> fill(Database& database, Source& source,
                                std::pmr::memory_resource& memory);

// An object at a time; SQLite sorts them, on disk if they are many.
[[nodiscard]] Result<void> dump(Database& database, Sink& sink, std::pmr::memory_resource& memory);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_CONTENTS_HPP
