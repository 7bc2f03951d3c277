// schemas.hpp: the formats that jobs were begun with, each kept once however many jobs have it.
#ifndef ROLLCALL_STORE_SCHEMAS_HPP
#define ROLLCALL_STORE_SCHEMAS_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "rollcall/jobs.hpp"
#include "store/database.hpp"

namespace rollcall::store {

// The number of a format, which is kept if it was not. Within the transaction of its job.
[[nodiscard]] Result<std::uint64_t> keep_schema(Database& database, std::string_view format,
                                                std::string_view json);
// Empty if nothing but its name is known.
[[nodiscard]] Result<std::string> schema_text(Database& database, std::uint64_t id);
// Those that jobs still have.
[[nodiscard]] Result<void> schemas(Database& database, SchemaSink& sink);
// Those that no job has any more are of no use.
[[nodiscard]] Result<void> drop_unused_schemas(Database& database);

} // namespace rollcall::store

#endif // ROLLCALL_STORE_SCHEMAS_HPP
