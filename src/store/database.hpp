// database.hpp: SQLite as this floor uses it: statements that are prepared once, transactions that
// end, errors of ours.
//
// A connection belongs to one thread. Nothing here changes what SQLite is for the rest of the
// process, but for the name of a file system more. Its own memory is SQLite's affair: it does not
// come from the memory resource.
#ifndef ROLLCALL_STORE_DATABASE_HPP
#define ROLLCALL_STORE_DATABASE_HPP

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "rollcall/result.hpp"
#include "store/files_beside.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace rollcall::store {

class Database;

// A prepared statement while it is used. It is put back when this goes.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // The values of its question marks, one after the other. Texts and bytes stay where they are
  // until the statement has run.
  Statement& bind(std::int64_t number) noexcept;
  Statement& bind(std::uint64_t number) noexcept; // up to int64
  Statement& bind(std::string_view text) noexcept;
  Statement& bind_bytes(std::span<const std::byte> bytes) noexcept;
  Statement& bind_null() noexcept;

  // Whether there is a row, or another one.
  [[nodiscard]] Result<bool> step();
  // All the way, and ready for other values.
  [[nodiscard]] Result<void> run();
  // Ready for other values.
  void reset() noexcept;

  // Of the row at hand, until the next step.
  [[nodiscard]] std::int64_t integer(int column) const noexcept;
  [[nodiscard]] std::uint64_t natural(int column) const noexcept;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::span<const std::byte> bytes(int column) const noexcept;
  [[nodiscard]] bool is_null(int column) const noexcept;

 private:
  friend class Database;
  Statement(Database& database, sqlite3_stmt* statement) noexcept
      : database_{&database}, statement_{statement}
  {
  }
  void note(int code) noexcept;

  Database* database_;
  sqlite3_stmt* statement_;
  int bound_ = 0;
  int failure_ = 0; // the first of a bind
};

class Database {
 public:
  // A file that is there; `vfs` is empty or one of SQLite's. `as_it_lies`: nobody writes it, and it
  // is read without a lock and without the files beside it, which could not be made.
  enum class Opened : std::uint8_t { shared, as_it_lies };
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                              const std::string& vfs, int busy_ms,
                                                              Opened how = Opened::shared);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // A statement of one text is used in one place at a time. The text is a literal.
  [[nodiscard]] Result<Statement> prepare(const char* sql);
  // Statements without values.
  [[nodiscard]] Result<void> run(const char* script);
  // The first value of the first row: of a pragma, a count.
  [[nodiscard]] Result<std::int64_t> integer_of(const char* sql);
  [[nodiscard]] Result<std::string> text_of(const char* sql);

  // How many rows the statement that ran last has changed, and the id that it gave.
  [[nodiscard]] std::int64_t changes() const noexcept;
  [[nodiscard]] std::int64_t last_id() const noexcept;

  // Whoever changes objects through this connection says so. What other connections change, SQLite
  // counts; the version is another one after either.
  void note_directory_change() noexcept { ++directory_changes_; }
  [[nodiscard]] Result<std::uint64_t> directory_version();

  // SQLite ends a transaction by itself when it can do nothing else.
  [[nodiscard]] bool is_in_transaction() const noexcept;
  [[nodiscard]] bool is_read_only() const noexcept;
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  // The error for a code of SQLite's, "writing host.db" as its trail.
  [[nodiscard]] Error failed(int code, std::string_view doing) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

  explicit Database(std::string path) : path_{std::move(path)} {}
  [[nodiscard]] Result<Prepared> prepare_anew(const char*& sql, bool is_kept);
  [[nodiscard]] Result<Statement> prepared(const char* sql);
  [[nodiscard]] Result<void> finish_rollback();
  // Of what was prepared before; whether it has run.
  bool run_prepared(const char* sql) noexcept;

  friend class Statement;
  friend class Transaction;
  std::string path_;
  std::unique_ptr<FilesBeside> files_;
  sqlite3* handle_ = nullptr;
  std::map<const void*, Prepared, std::less<>> prepared_; // by their texts
  std::uint32_t directory_changes_ = 0;
  bool is_owned_ = false;             // by a transaction that is not over
  bool is_to_be_rolled_back_ = false; // before anything else, for it could not be at its time
};

enum class Access : std::uint8_t { read, write };

// All that is read or written until it ends is of one moment. Within a transaction that is open
// already it is a part of that one; what such a part has written can still be taken back alone.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Database& database, Access access);
  // One that writes, and within another is not taken back alone: what fails takes all with it. (For
  // a part SQLite keeps a copy of each page that it changes.)
  [[nodiscard]] static Result<Transaction> join(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  // What was not committed is taken back.
  ~Transaction() { roll_back(); }

  [[nodiscard]] Result<void> commit();
  void roll_back() noexcept;

 private:
  enum class Is : std::uint8_t { over, whole, part, joined, nothing };
  Transaction(Database& database, Is is) noexcept : database_{&database}, is_{is} {}

  Database* database_;
  Is is_;
};

} // namespace rollcall::store

#endif // ROLLCALL_STORE_DATABASE_HPP
