// asking.cpp: one connection a question.
#include "torture/asking.hpp"

#include <sqlite3.h>

namespace rollcall::torture {

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
