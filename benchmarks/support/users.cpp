// users.cpp: makes users up, all of them the same each time.
#include "support/users.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <stdexcept>

namespace rollcall::bench {

Users make_users(std::uint64_t count)
{
  Users made;
  const std::string references =
      R"("phone_model": [], "provisioning_template": [], "user_profile": [], "user": [)";
  made.directory = "{" + references;
  made.changed = "ID,First Name,Last Name,Email,Extension,Department\r\n";
  made.new_ones = "First Name,Last Name,Email,Extension,Department\r\n";
  for (std::uint64_t i = 1; i <= count; ++i) {
    const std::string first = fmt::format("First{}", i % 977);
    const std::string last = fmt::format("Last{}", i % 7919);
    const std::string rest = fmt::format("u{}@acme.example,{},D{}", i, 100000 + i, i % 50);
    fmt::format_to(std::back_inserter(made.directory),
                   R"({}{{"id": "{}", "first_name": "{}", "last_name": "{}", )"
                   R"("email": "u{}@acme.example", "extension": "{}", "department": "D{}"}})",
                   i == 1 ? "" : ",\n", i, first, last, i, 100000 + i, i % 50);
    const std::string now = i % 10 == 0 ? fmt::format("New{}", i) : last;
    fmt::format_to(std::back_inserter(made.changed), "{},{},{},{}\r\n", i, first, now, rest);
    fmt::format_to(std::back_inserter(made.new_ones), "{},{},{}\r\n", first, last, rest);
  }
  made.directory += "]}";
  return made;
}

double timed(Clock clock, const std::function<void()>& what)
{
  const Stopwatch watch;
  what();
  return watch.taken().by(clock);
}

void expect(bool holds, std::string_view what)
{
  if (!holds) throw std::runtime_error{std::string{what}};
}

void remove_database(const std::string& path)
{
  for (const char* const end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
}

} // namespace rollcall::bench
