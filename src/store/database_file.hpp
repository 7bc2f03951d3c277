// database_file.hpp: the file that a database is, before and when it is opened.
#ifndef ROLLCALL_STORE_DATABASE_FILE_HPP
#define ROLLCALL_STORE_DATABASE_FILE_HPP

#include <memory>
#include <string>

#include "rollcall/seams.hpp"
#include "rollcall/sqlite_store.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// Makes a file that only its owner reads, and a database of this version in it. If that fails there
// is no file either. Wrong use if there is something already, which stays as it is.
[[nodiscard]] Result<std::unique_ptr<Database>> create_database(const std::string& path,
                                                                const Seams& seams,
                                                                const SqliteOptions& options);

// One that is there, brought up to this version.
[[nodiscard]] Result<std::unique_ptr<Database>> open_database(const std::string& path,
                                                              const Seams& seams,
                                                              const SqliteOptions& options);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_DATABASE_FILE_HPP
