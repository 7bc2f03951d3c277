// database_file.cpp: looks at what is there, makes what is not, and says how SQLite is to treat it.
#include "store/database_file.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "store/contents.hpp"
#include "store/migrations.hpp"

namespace rollcall::store {
namespace {

// "RCal", by which file(1) and others know whose database it is.
constexpr std::int64_t application_id = 0x5243616C;
constexpr const char* stamp_application_id = "PRAGMA application_id = 1380147564";
static_assert(application_id == 1380147564);

// What holds for a connection. Flushed at every commit; nothing of what was deleted stays in the
// file; cells of damaged pages are looked at before they are believed. 32 MiB of pages are kept,
// and as much is gathered in the log before it goes into the file: most pages change again soon.
constexpr const char* settings =
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA cache_size = -32768;"
    "PRAGMA wal_autocheckpoint = 8192;"
    "PRAGMA journal_size_limit = 67108864;";

// Locks and shared memory do not hold between machines, and flushing may mean nothing.
Result<void> check_place(const FileStatus& status)
{
  if (status.network.empty()) return success();
  return Error{ErrorCode::unsupported,
               "a database cannot lie on a network file system (" + status.network + ")"};
}

Result<std::unique_ptr<Database>> connect(const std::string& path, const SqliteOptions& options)
{
  ROLLCALL_TRY(auto database, Database::open(path, options.vfs, options.busy_ms));
  if (database->is_read_only() && !options.may_only_look)
    return Error{ErrorCode::not_permitted, "the database can only be read"};
  return database;
}

Result<void> check_whose(Database& database, const std::string& path)
{
  ROLLCALL_TRY(const std::int64_t whose, database.integer_of("PRAGMA application_id"));
  if (whose != application_id)
    return Error{ErrorCode::malformed, path + " is no database of rollcall"};
  return success();
}

// One that can only be read. Where even the files that readers share cannot be made, nobody writes
// it, and it is read as it lies; unless there is a log that would have to be read with it.
Result<std::unique_ptr<Database>> look_at(std::unique_ptr<Database> database,
                                          const std::string& path, Files& files,
                                          const SqliteOptions& options)
{
  auto is_readable = database->integer_of("SELECT count(*) FROM sqlite_schema");
  if (!is_readable.has_value()) {
    ROLLCALL_TRY(const FileStatus log, files.status(path + "-wal"));
    if (log.kind != FileKind::absent && log.size != 0) return std::move(is_readable).assume_error();
    ROLLCALL_TRY(database,
                 Database::open(path, options.vfs, options.busy_ms, Database::Opened::as_it_lies));
  }
  ROLLCALL_CHECK(check_whose(*database, path));
  ROLLCALL_CHECK(database->run(settings));
  ROLLCALL_CHECK(migrate(*database)); // one of an older version would have to be written
  return database;
}

// Only once it is known that it is ours: the mode is written into the file.
Result<void> write_ahead(Database& database)
{
  ROLLCALL_TRY(const std::string mode, database.text_of("PRAGMA journal_mode = WAL"));
  if (mode != "wal")
    return Error{ErrorCode::unsupported, "the database cannot be written ahead, only by " + mode};
  return database.run(settings);
}

Result<std::string> make_id(Random& random)
{
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::byte, 16> bytes = {};
  ROLLCALL_CHECK(random.fill(bytes));
  std::string id;
  for (const std::byte byte : bytes) {
    id += digits[std::to_integer<std::size_t>(byte >> 4U)];
    id += digits[std::to_integer<std::size_t>(byte & std::byte{0xF})];
  }
  return id;
}

Result<void> put_in(Database& database, std::string_view name, std::string_view value)
{
  ROLLCALL_TRY(Statement statement, database.prepare("INSERT INTO store VALUES (?, ?)"));
  return statement.bind(name).bind(value).run();
}

Result<std::unique_ptr<Database>> make_database(const std::string& path, const Seams& seams,
                                                const SqliteOptions& options)
{
  // Whoever reads files by their path looks at what SQLite will: ":memory:" is a file, too.
  ROLLCALL_TRY(const FileStatus status, seams.files->status(path));
  ROLLCALL_TRY(auto database, connect(status.path, options));
  ROLLCALL_CHECK(write_ahead(*database));
  ROLLCALL_TRY(Transaction transaction, Transaction::begin(*database, Access::write));
  ROLLCALL_CHECK(database->run(stamp_application_id));
  ROLLCALL_CHECK(migrate(*database));
  ROLLCALL_TRY(const std::string id, make_id(*seams.random));
  ROLLCALL_CHECK(put_in(*database, "id", id));
  ROLLCALL_TRY(const std::string first_half, make_id(*seams.random));
  ROLLCALL_TRY(const std::string second_half, make_id(*seams.random));
  ROLLCALL_CHECK(put_in(*database, "seal_key", first_half + second_half));
  ROLLCALL_CHECK(put_in(*database, "made_ms", std::to_string(seams.clock->now_ms())));
  if (options.objects != nullptr) ROLLCALL_CHECK(fill(*database, *options.objects, *seams.memory));
  ROLLCALL_CHECK(transaction.commit());
  ROLLCALL_CHECK(seams.files->sync_folder_of(status.path));
  return database;
}

} // namespace

Result<std::unique_ptr<Database>> create_database(const std::string& path, const Seams& seams,
                                                  const SqliteOptions& options)
{
  const auto is_there = [&] {
    return Error{ErrorCode::wrong_use, "there is something already at " + path};
  };
  ROLLCALL_TRY(const FileStatus status, seams.files->status(path));
  if (status.kind != FileKind::absent) return is_there();
  ROLLCALL_CHECK(check_place(status));
  {
    // Of several who make it at once one gets the file; he alone may take it away again. It is
    // closed before SQLite opens it, whose locks would end with it.
    ROLLCALL_TRY(const auto file, seams.files->create_new(path, Readers::owner_only));
    if (file == nullptr) return is_there();
  }
  auto database = make_database(path, seams, options);
  if (database.has_value()) return database;
  Error failure = std::move(database).assume_error();
  for (const char* const suffix : {"", "-wal", "-shm", "-journal"})
    (void)seams.files->remove(path + suffix).has_value(); // there may be none
  return failure;
}

Result<std::unique_ptr<Database>> open_database(const std::string& path, const Seams& seams,
                                                const SqliteOptions& options)
{
  ROLLCALL_TRY(const FileStatus status, seams.files->status(path));
  if (status.kind == FileKind::absent)
    return Error{ErrorCode::not_found, "there is no database at " + path};
  if (status.kind != FileKind::regular) return Error{ErrorCode::wrong_use, path + " is no file"};
  ROLLCALL_CHECK(check_place(status));
  ROLLCALL_TRY(auto database, connect(status.path, options));
  if (database->is_read_only())
    return look_at(std::move(database), status.path, *seams.files, options);
  ROLLCALL_CHECK(check_whose(*database, path));
  ROLLCALL_CHECK(write_ahead(*database));
  ROLLCALL_CHECK(migrate(*database));
  return database;
}

} // namespace rollcall::store
