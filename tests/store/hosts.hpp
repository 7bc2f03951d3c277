// Stores for tests, each in a folder of its own.
#ifndef ROLLCALL_TESTS_STORE_HOSTS_HPP
#define ROLLCALL_TESTS_STORE_HOSTS_HPP

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "directory/people.hpp"
#include "rollcall/sqlite_store.hpp"
#include "support/temporary_folder.hpp"

namespace rollcall::tests {

// A file, and what is needed to open it as often as one likes.
class Host {
 public:
  explicit Host(std::string_view json = "{}")
  {
    MemorySource source{json};
    SqliteStore store = must(SqliteStore::create(path(), seams()));
    must(store.fill(source));
  }

  [[nodiscard]] Seams seams() { return system_.seams(); }
  [[nodiscard]] std::string path() const { return folder_.path_of("host.db"); }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] SqliteStore open(const SqliteOptions& options = {.vfs = {}, .busy_ms = 0})
  {
    return must(SqliteStore::open(path(), seams(), options));
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

inline ErrorCode code_of(const auto& result)
{
  REQUIRE_FALSE(result.has_value());
  return result.assume_error().code();
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_STORE_HOSTS_HPP
