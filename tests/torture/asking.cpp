// asking.cpp: one connection a question.
#include "torture/asking.hpp"

#include <sqlite3.h>

#include <memory_resource>
#include <string_view>

#include "store/packing.hpp"

namespace rollcall::torture {
namespace {

// unpacked(bytes, is_packed, size): a piece as text; as it lies, if it cannot be unpacked.
void show_unpacked(sqlite3_context* context, int, sqlite3_value** values)
{
  std::string_view piece{static_cast<const char*>(sqlite3_value_blob(values[0])),
                         static_cast<std::size_t>(sqlite3_value_bytes(values[0]))};
  const auto size = static_cast<std::size_t>(sqlite3_value_int64(values[2]));
  std::pmr::string unpacked;
  if (sqlite3_value_int(values[1]) != 0 && store::unpack(piece, size, unpacked)) piece = unpacked;
  sqlite3_result_text64(context, piece.data(), piece.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

} // namespace

std::string ask(const std::string& path, const char* sql)
{
  sqlite3* handle = nullptr;
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
  if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK ||
      sqlite3_create_function(handle, "unpacked", 3, SQLITE_UTF8, nullptr, show_unpacked, nullptr,
                              nullptr) != SQLITE_OK ||
      sqlite3_exec(handle, sql, add, &rows, nullptr) != SQLITE_OK)
    rows = std::string{"error: "} + sqlite3_errmsg(handle);
  sqlite3_close(handle);
  return rows;
}

std::uint64_t ask_number(const std::string& path, const char* sql)
{
  const std::string answer = ask(path, sql);
  return answer.empty() || answer.front() < '0' || answer.front() > '9' ? 0 : std::stoull(answer);
}

} // namespace rollcall::torture
