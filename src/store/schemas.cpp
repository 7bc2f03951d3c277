// schemas.cpp: finds a format by the digest of its text; one from an older database has none, and
// is kept a second time when it is used again.
#include "store/schemas.hpp"

#include "base/sha256.hpp"

namespace rollcall::store {

Result<std::uint64_t> keep_schema(Database& database, std::string_view format,
                                  std::string_view json)
{
  const std::string digest = to_hex(sha256(json));
  ROLLCALL_TRY(Statement known, database.prepare("SELECT id FROM schema WHERE digest = ?"));
  ROLLCALL_TRY(const bool is_known, known.bind(std::string_view{digest}).step());
  if (is_known) return known.natural(0);
  ROLLCALL_TRY(Statement insert,
               database.prepare("INSERT INTO schema (format, digest, json) VALUES (?, ?, ?)"));
  ROLLCALL_CHECK(insert.bind(format).bind(std::string_view{digest}).bind(json).run());
  return static_cast<std::uint64_t>(database.last_id());
}

Result<std::string> schema_text(Database& database, std::uint64_t id)
{
  ROLLCALL_TRY(Statement row, database.prepare("SELECT json FROM schema WHERE id = ?"));
  ROLLCALL_TRY(const bool is_there, row.bind(id).step());
  return is_there ? std::string{row.text(0)} : std::string{};
}

Result<void> schemas(Database& database, SchemaSink& sink)
{
  ROLLCALL_TRY(Statement rows, database.prepare("SELECT id, format, json FROM schema ORDER BY id"));
  for (;;) {
    ROLLCALL_TRY(const bool is_there, rows.step());
    if (!is_there) return success();
    sink.schema({.id = rows.natural(0), .format = rows.text(1), .json = rows.text(2)});
  }
}

Result<void> drop_unused_schemas(Database& database)
{
  return database.run(
      "DELETE FROM schema WHERE id NOT IN "
      "(SELECT schema FROM format_of_job WHERE schema IS NOT NULL)");
}

} // namespace rollcall::store
