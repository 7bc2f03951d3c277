// database.cpp: calls SQLite and says in our words what went wrong.
#include "store/database.hpp"

#include <sqlite3.h>

#include <limits>
#include <new>
#include <utility>

#include "store/immutable_uri.hpp"
#include "store/sqlite_error.hpp"

namespace rollcall::store {
namespace {

// Prepared statements are known by where their texts are.
constexpr const char* roll_back_whole = "ROLLBACK";
constexpr const char* roll_back_part = "ROLLBACK TO part";
constexpr const char* release_part = "RELEASE part";

} // namespace

// ---- Statement ----------------------------------------------------------------------------------

Statement::Statement(Statement&& other) noexcept
    : database_{other.database_},
      statement_{std::exchange(other.statement_, nullptr)},
      bound_{other.bound_},
      failure_{other.failure_}
{
}

Statement::~Statement()
{
  if (statement_ != nullptr) reset();
}

void Statement::note(int code) noexcept
{
  if (failure_ == SQLITE_OK) failure_ = code;
}

Statement& Statement::bind(std::int64_t number) noexcept
{
  note(sqlite3_bind_int64(statement_, ++bound_, number));
  return *this;
}

Statement& Statement::bind(std::uint64_t number) noexcept
{
  if (number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) note(SQLITE_TOOBIG);
  return bind(static_cast<std::int64_t>(number));
}

Statement& Statement::bind(std::string_view text) noexcept
{
  // A null pointer would be no text.
  const char* const at = text.data() != nullptr ? text.data() : "";
  note(sqlite3_bind_text64(statement_, ++bound_, at, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_bytes(std::span<const std::byte> bytes) noexcept
{
  const void* const at = bytes.data() != nullptr ? static_cast<const void*>(bytes.data()) : "";
  note(sqlite3_bind_blob64(statement_, ++bound_, at, bytes.size(), SQLITE_STATIC));
  return *this;
}

Statement& Statement::bind_null() noexcept
{
  note(sqlite3_bind_null(statement_, ++bound_));
  return *this;
}

Result<bool> Statement::step()
{
  const int code = failure_ != SQLITE_OK ? failure_ : sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  // (COMMIT counts as one that changes nothing.)
  const bool reads =
      sqlite3_stmt_readonly(statement_) != 0 && sqlite3_column_count(statement_) != 0;
  Error error = database_->failed(code, reads ? "reading" : "writing");
  reset();
  return error;
}

Result<void> Statement::run()
{
  for (;;) {
    ROLLCALL_TRY(const bool is_row, step());
    if (is_row) continue;
    reset();
    return success();
  }
}

void Statement::reset() noexcept
{
  // The failure of a step is told again by reset: it was heard.
  [[maybe_unused]] const int told = sqlite3_reset(statement_);
  bound_ = 0;
  failure_ = SQLITE_OK;
}

std::int64_t Statement::integer(int column) const noexcept
{
  return sqlite3_column_int64(statement_, column);
}

std::uint64_t Statement::natural(int column) const noexcept
{
  return static_cast<std::uint64_t>(integer(column));
}

std::string_view Statement::text(int column) const
{
  const void* const at = sqlite3_column_text(statement_, column);
  // SQLite puts a zero behind texts. If there is no memory for that the cell is null from then on,
  // and the transaction may be gone.
  if (at == nullptr) {
    if (sqlite3_errcode(sqlite3_db_handle(statement_)) == SQLITE_NOMEM) throw std::bad_alloc{};
    return {};
  }
  return {static_cast<const char*>(at),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::span<const std::byte> Statement::bytes(int column) const noexcept
{
  const void* const at = sqlite3_column_blob(statement_, column);
  if (at == nullptr) return {};
  return {static_cast<const std::byte*>(at),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::is_null(int column) const noexcept
{
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

// ---- Database -----------------------------------------------------------------------------------

void Database::Finalize::operator()(sqlite3_stmt* statement) const noexcept
{
  sqlite3_finalize(statement);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const std::string& vfs,
                                                 int busy_ms, Opened how)
{
  std::unique_ptr<Database> database{new Database{path}};
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= how == Opened::shared ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  const std::string name = how == Opened::shared ? path : immutable_uri(path);
  ROLLCALL_TRY(database->files_, FilesBeside::make(path, vfs));
  const int code =
      sqlite3_open_v2(name.c_str(), &database->handle_, flags, database->files_->name());
  if (code == SQLITE_ERROR && !vfs.empty())
    return Error{ErrorCode::wrong_use, "SQLite has no file system " + vfs};
  if (code != SQLITE_OK) return database->failed(code, "opening");
  sqlite3_busy_timeout(database->handle_, busy_ms);
  // The file may be somebody else's work: it shall not be able to make this process do anything.
  sqlite3_db_config(database->handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return database;
}

Database::~Database()
{
  prepared_.clear();
  sqlite3_close_v2(handle_);
}

Error Database::failed(int code, std::string_view doing) const
{
  const int os_error = handle_ != nullptr ? sqlite3_system_errno(handle_) : 0;
  const ErrorCode ours = code_of(code, os_error);
  if (ours == ErrorCode::out_of_memory) return Error{};
  // Of what a statement stumbles over SQLite knows more than the name of the code.
  const bool has_more = ours == ErrorCode::internal || code == SQLITE_ERROR;
  const char* const says =
      has_more && handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  const bool is_of_system = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
  return Error{ours, says, is_of_system ? os_error : 0}.while_doing(
      std::string{doing}.append(" ").append(path_));
}

Result<Database::Prepared> Database::prepare_anew(const char*& sql, bool is_kept)
{
  sqlite3_stmt* statement = nullptr;
  const unsigned flags = is_kept ? SQLITE_PREPARE_PERSISTENT : 0;
  const int code = sqlite3_prepare_v3(handle_, sql, -1, flags, &statement, &sql);
  if (code != SQLITE_OK) return failed(code, "reading");
  return Prepared{statement};
}

Result<Statement> Database::prepare(const char* sql)
{
  if (is_to_be_rolled_back_) ROLLCALL_CHECK(finish_rollback());
  // SQLite takes back a transaction by itself when it can do nothing else. What its owner would go
  // on to write must not stand alone.
  if (is_owned_ && !is_in_transaction())
    return Error{ErrorCode::internal, "the transaction was taken back"}.while_doing(path_);
  return prepared(sql);
}

// A statement that fails leaves a transaction behind that nobody has an eye on.
Result<void> Database::finish_rollback()
{
  if (is_in_transaction()) {
    ROLLCALL_TRY(Statement statement, prepared(roll_back_whole));
    ROLLCALL_CHECK(statement.run());
  }
  is_to_be_rolled_back_ = false;
  return success();
}

bool Database::run_prepared(const char* sql) noexcept
{
  const auto known = prepared_.find(sql);
  if (known == prepared_.end()) return false;
  sqlite3_reset(known->second.get());
  const int code = sqlite3_step(known->second.get());
  sqlite3_reset(known->second.get());
  return code == SQLITE_DONE;
}

Result<Statement> Database::prepared(const char* sql)
{
  const void* const name = sql;
  auto known = prepared_.find(name);
  if (known == prepared_.end()) {
    ROLLCALL_TRY(Prepared prepared, prepare_anew(sql, true));
    known = prepared_.emplace(name, std::move(prepared)).first;
  }
  sqlite3_stmt* const statement = known->second.get();
  if (sqlite3_stmt_busy(statement) != 0)
    return Error{ErrorCode::internal, std::string{"a statement is in use: "}.append(sql)};
  return Statement{*this, statement};
}

Result<void> Database::run(const char* script)
{
  while (*script != '\0') {
    ROLLCALL_TRY(const Prepared prepared, prepare_anew(script, false));
    if (!prepared) continue; // a comment, or blanks
    ROLLCALL_CHECK((Statement{*this, prepared.get()}.run()));
  }
  return success();
}

Result<std::int64_t> Database::integer_of(const char* sql)
{
  ROLLCALL_TRY(const Prepared prepared, prepare_anew(sql, false));
  Statement statement{*this, prepared.get()};
  ROLLCALL_TRY(const bool is_there, statement.step());
  return is_there ? statement.integer(0) : 0;
}

Result<std::string> Database::text_of(const char* sql)
{
  ROLLCALL_TRY(const Prepared prepared, prepare_anew(sql, false));
  Statement statement{*this, prepared.get()};
  ROLLCALL_TRY(const bool is_there, statement.step());
  return is_there ? std::string{statement.text(0)} : std::string{};
}

std::int64_t Database::changes() const noexcept
{
  return sqlite3_changes64(handle_);
}

std::int64_t Database::last_id() const noexcept
{
  return sqlite3_last_insert_rowid(handle_);
}

Result<std::uint64_t> Database::directory_version()
{
  ROLLCALL_TRY(Statement statement, prepare("PRAGMA data_version"));
  ROLLCALL_TRY(const bool is_there, statement.step());
  if (!is_there) return Error{ErrorCode::internal, "SQLite does not tell its version of the data"};
  return statement.natural(0) << 32U | directory_changes_;
}

bool Database::is_in_transaction() const noexcept
{
  return sqlite3_get_autocommit(handle_) == 0;
}

bool Database::is_read_only() const noexcept
{
  return sqlite3_db_readonly(handle_, "main") == 1;
}

// ---- Transaction --------------------------------------------------------------------------------

Result<Transaction> Transaction::begin(Database& database, Access access)
{
  // What takes it back is prepared before there is anything to be taken back: it may be for want of
  // memory that it has to be.
  const auto start = [&](const char* sql, Is is) -> Result<Transaction> {
    ROLLCALL_TRY(Statement statement, database.prepare(sql));
    ROLLCALL_CHECK(database.prepare(roll_back_whole));
    if (is == Is::part) {
      ROLLCALL_CHECK(database.prepare(roll_back_part));
      ROLLCALL_CHECK(database.prepare(release_part));
    }
    ROLLCALL_CHECK(statement.run());
    if (is == Is::whole) database.is_owned_ = true;
    return Transaction{database, is};
  };
  if (database.is_in_transaction()) {
    if (access == Access::read) return Transaction{database, Is::nothing};
    return start("SAVEPOINT part", Is::part);
  }
  // One that begins by reading cannot write if somebody else has written meanwhile.
  return start(access == Access::read ? "BEGIN" : "BEGIN IMMEDIATE", Is::whole);
}

Result<Transaction> Transaction::join(Database& database)
{
  if (database.is_to_be_rolled_back_) ROLLCALL_CHECK(database.finish_rollback());
  if (database.is_in_transaction()) return Transaction{database, Is::joined};
  return begin(database, Access::write);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_{other.database_}, is_{std::exchange(other.is_, Is::over)}
{
}

Result<void> Transaction::commit()
{
  const Is is = is_;
  if (is == Is::whole || is == Is::part) {
    ROLLCALL_TRY(Statement statement,
                 database_->prepare(is == Is::whole ? "COMMIT" : release_part));
    ROLLCALL_CHECK(statement.run());
    if (is == Is::whole) database_->is_owned_ = false;
  }
  is_ = Is::over;
  return success();
}

void Transaction::roll_back() noexcept
{
  const Is is = std::exchange(is_, Is::over);
  if (is == Is::whole) database_->is_owned_ = false;
  if (is == Is::over || is == Is::nothing || !database_->is_in_transaction()) return;
  if (is == Is::part && database_->run_prepared(roll_back_part) &&
      database_->run_prepared(release_part))
    return;
  // A part that cannot be taken back alone takes the whole with it.
  if (!database_->run_prepared(roll_back_whole)) database_->is_to_be_rolled_back_ = true;
}

} // namespace rollcall::store
