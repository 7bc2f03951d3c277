// draft_files.cpp: the files of other benchmarks, with a host in which things run short.
#include "support/draft_files.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "support/format_files.hpp"
#include "support/users.hpp"

namespace rollcall::bench {
namespace {

FormatFile file_of(std::string_view format, std::uint64_t rows)
{
  for (const FormatMaker& maker : format_makers())
    if (maker.format == format) return maker.make(rows);
  throw std::runtime_error{"there is no file of " + std::string{format}};
}

// Adds settings of the tenant, before those that there are.
std::string with_settings(std::string directory, const std::string& settings)
{
  constexpr std::string_view tenant = "\"tenant\": {";
  if (const std::size_t at = directory.find(tenant); at != directory.npos)
    return directory.insert(at + tenant.size(), settings + ", ");
  return directory.insert(1, std::string{tenant} + settings + "}, ");
}

// More locations, before those that there are.
std::string with_locations(std::string directory)
{
  constexpr std::string_view list = "\"location\": [";
  std::string all;
  for (std::uint64_t i = 1; i != locations; ++i)
    all += fmt::format(R"({{"name": "{}"}}, )", made_location(i));
  return directory.insert(directory.find(list) + list.size(), all);
}

// Of every other row the extension is left to the pool.
std::string without_extensions(const std::string& csv, std::uint64_t rows)
{
  std::string made;
  std::size_t begin = 0;
  for (std::uint64_t line = 0; line <= rows; ++line) {
    const std::size_t end = csv.find('\n', begin) + 1;
    std::string row = csv.substr(begin, end - begin);
    const std::string extension = fmt::format(",{},en,", 1'000'000 + line - 1);
    if (line % 2 == 1)
      if (const std::size_t at = row.find(extension); at != row.npos)
        row.replace(at, extension.size(), ",,en,");
    made += row;
    begin = end;
  }
  return made;
}

} // namespace

std::string made_location(std::uint64_t number)
{
  if (number % 2 == 0) return fmt::format("Site number {}", number);
  constexpr std::string_view consonants = "bdfghklmnprstvwz";
  constexpr std::string_view vowels = "aeiou";
  std::string made = "Office ";
  for (std::uint64_t rest = number * 2'654'435'761 % 1'000'003, i = 0; i != 5; ++i) {
    made += consonants[rest % consonants.size()];
    made += vowels[rest / consonants.size() % vowels.size()];
    rest = rest / (consonants.size() * vowels.size()) + 7 * number;
  }
  return made;
}

std::vector<DraftFile> draft_files(std::uint64_t rows)
{
  Users users = make_users(rows);
  FormatFile in_turn = file_of("call_manager", rows);
  FormatFile limited = file_of("extension_generator", rows);
  FormatFile drawing = file_of("subscriber_import", rows);
  limited.directory =
      with_settings(limited.directory, fmt::format("\"max_extensions\": {}", rows / 2));
  drawing.directory = with_settings(
      drawing.directory, fmt::format(R"("extension_pool": {{"first": "1000000", "last": "{}"}})",
                                     1'000'000 + rows - 1));
  drawing.csv = without_extensions(drawing.csv, rows);
  return {
      {.what = "users who are there, one in ten with another name",
       .format = "clusterpbx",
       .role = "client",
       .csv = std::move(users.changed),
       .directory = std::move(users.directory),
       .plain = "First Name",
       .own = "Extension"},
      {.what = "rows that act in turn",
       .format = "call_manager",
       .role = "writer",
       .csv = std::move(in_turn.csv),
       .directory = with_locations(std::move(in_turn.directory)),
       .plain = "Display Name",
       .own = "Primary Phone Number",
       .location = "Primary Location",
       .key = "User Principal Name"},
      {.what = "a limit that is full halfway",
       .format = "extension_generator",
       .role = "admin",
       .csv = std::move(limited.csv),
       .directory = std::move(limited.directory),
       .plain = "First Name",
       .own = "Extension"},
      {.what = "a pool from which every other row draws, until it is empty",
       .format = "subscriber_import",
       .role = "company_admin",
       .csv = std::move(drawing.csv),
       .directory = std::move(drawing.directory),
       .plain = "FirstName",
       .own = "Extension",
       .draws = true},
  };
}

std::string free_value(const DraftFile& file, std::uint64_t number)
{
  // Of every tenth user the number is in the inventory and in no row.
  if (file.format == "call_manager") return fmt::format("+4420{:08}", 10 * number);
  return fmt::to_string(5'000'000 + number);
}

} // namespace rollcall::bench
