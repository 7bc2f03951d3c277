// cleaning.cpp: cuts the log, and writes the file anew.
#include "store/cleaning.hpp"

#include <string>

namespace rollcall::store {
namespace {

// A checkpoint says in its row whether somebody was in the way.
Result<void> cut_log(Database& database)
{
  ROLLCALL_TRY(const std::int64_t is_busy, database.integer_of("PRAGMA wal_checkpoint(TRUNCATE)"));
  if (is_busy == 0) return success();
  return Error{ErrorCode::busy,
               "what was deleted still stands in the log, which somebody else is reading"};
}

} // namespace

// The number comes first, where SQLite finds it in the text.
Result<void> note_cleaning(Database& database, Cleaning what)
{
  if (what == Cleaning::file)
    return database.run(
        "INSERT INTO store VALUES ('cleaning', '1 file') ON CONFLICT (name) DO UPDATE SET "
        "value = (CAST(value AS INTEGER) + 1) || ' file'");
  return database.run(
      "INSERT INTO store VALUES ('cleaning', '1 log') ON CONFLICT (name) DO UPDATE SET "
      "value = (CAST(value AS INTEGER) + 1) || iif(value LIKE '%file', ' file', ' log')");
}

Result<void> clean(Database& database)
{
  if (database.is_in_transaction()) return success(); // it stays noted
  for (;;) {
    ROLLCALL_TRY(const std::string noted,
                 database.text_of("SELECT value FROM store WHERE name = 'cleaning' AND value NOT "
                                  "LIKE '%done'"));
    if (noted.empty()) return success();
    ROLLCALL_CHECK(cut_log(database));
    if (noted.ends_with("file")) {
      ROLLCALL_CHECK(database.run("VACUUM"));
      ROLLCALL_CHECK(cut_log(database));
    }
    // What was noted behind it may have been deleted behind it: then this was not all.
    ROLLCALL_TRY(Statement done,
                 database.prepare("UPDATE store SET value = CAST(value AS INTEGER) || ' done' "
                                  "WHERE name = 'cleaning' AND value = ?"));
    ROLLCALL_CHECK(done.bind(noted).run());
  }
}

Result<void> clean_if_free(Database& database)
{
  if (database.is_read_only()) return success(); // somebody who may write will
  Result<void> done = clean(database);
  if (!done.has_value() && done.assume_error().code() == ErrorCode::busy) return success();
  return done;
}

} // namespace rollcall::store
