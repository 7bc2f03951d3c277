// Stores for tests, each in a folder of its own.
#ifndef ROLLCALL_TESTS_STORE_HOSTS_HPP
#define ROLLCALL_TESTS_STORE_HOSTS_HPP

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "directory/people.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/failing_vfs.hpp"
#include "support/temporary_folder.hpp"

namespace rollcall::tests {

class HandClock final : public Clock {
 public:
  std::int64_t ms = 1'700'000'000'000;
  [[nodiscard]] std::int64_t now_ms() override { return ms; }
  [[nodiscard]] std::int64_t monotonic_ns() override { return ms * 1'000'000; }
};

// A file, and what is needed to open it as often as one likes. No disk is waited for.
class Host {
 public:
  explicit Host(std::string_view json = "{}")
  {
    MemorySource source{json};
    SqliteStore store = must(SqliteStore::create(path(), seams(), options()));
    must(store.fill(source));
  }

  FailingVfs vfs;
  HandClock clock;

  [[nodiscard]] Seams seams()
  {
    Seams seams = system_.seams();
    seams.clock = &clock;
    return seams;
  }
  [[nodiscard]] SqliteOptions options() const { return {.vfs = vfs.name(), .busy_ms = 0}; }
  [[nodiscard]] std::string path() const { return folder_.path_of("host.db"); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] SqliteStore open() { return must(try_open()); }
  [[nodiscard]] Result<SqliteStore> try_open()
  {
    return SqliteStore::open(path(), seams(), options());
  }

  // Asks or changes the file behind the store's back; the rows as "a|b", a line each.
  std::string sql(const std::string& script)
  {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path().c_str(), &handle) == SQLITE_OK);
    std::string rows;
    const auto add = [](void* into, int count, char** values, char**) {
      std::string& all = *static_cast<std::string*>(into);
      for (int i = 0; i != count; ++i) {
        if (i != 0) all += '|';
        all += values[i] != nullptr ? values[i] : "-";
      }
      all += '\n';
      return 0;
    };
    if (sqlite3_exec(handle, script.c_str(), add, &rows, nullptr) != SQLITE_OK)
      rows = std::string{"error: "} + sqlite3_errmsg(handle);
    sqlite3_close(handle);
    return rows;
  }

 private:
  TemporaryFolder folder_;
  SystemSeams system_;
};

inline std::string dump_of(SqliteStore& store)
{
  std::pmr::string text;
  TextSink sink{text};
  must(store.dump(sink));
  return std::string{text};
}

inline ErrorCode error_of(const auto& result)
{
  REQUIRE_FALSE(result.has_value());
  return result.assume_error().code();
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_STORE_HOSTS_HPP
