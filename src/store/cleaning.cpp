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

Result<void> note_cleaning(Database& database, Cleaning what)
{
  if (what == Cleaning::file)
    return database.run(
        "INSERT INTO store VALUES ('cleaning', 'file') "
        "ON CONFLICT (name) DO UPDATE SET value = 'file'");
  return database.run("INSERT INTO store VALUES ('cleaning', 'log') ON CONFLICT (name) DO NOTHING");
}

Result<void> clean(Database& database)
{
  if (database.is_in_transaction()) return success(); // it stays noted
  std::string what;
  {
    ROLLCALL_TRY(Statement noted,
                 database.prepare("SELECT value FROM store WHERE name = 'cleaning'"));
    ROLLCALL_TRY(const bool is_there, noted.step());
    if (!is_there) return success();
    what = noted.text(0);
  }
  ROLLCALL_CHECK(cut_log(database));
  if (what == "file") {
    ROLLCALL_CHECK(database.run("VACUUM"));
    ROLLCALL_CHECK(cut_log(database));
  }
  return database.run("DELETE FROM store WHERE name = 'cleaning'");
}

Result<void> clean_if_free(Database& database)
{
  if (database.is_read_only()) return success(); // somebody who may write will
  Result<void> done = clean(database);
  if (!done.has_value() && done.assume_error().code() == ErrorCode::busy) return success();
  return done;
}

} // namespace rollcall::store
