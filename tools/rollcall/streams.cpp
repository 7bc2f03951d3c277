// Paths are compared with links followed. (Another name of the same file by a hard link is another
// file for us: replacing one leaves the other.)
#include "streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace rollcall::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view standard = "-";

// What tells one file from another; empty for what can be used by several.
std::string identity(std::string_view path)
{
  std::error_code ignored;
  const fs::path given{path};
  if (fs::is_other(given, ignored)) return {};
  const fs::path whole = fs::weakly_canonical(fs::absolute(given, ignored), ignored);
  return whole.empty() ? std::string{path} : whole.string();
}

bool is_same(const Stream& left, const Stream& right)
{
  if (left.path.empty() || right.path.empty()) return false;
  if (left.path == standard || right.path == standard) return left.path == right.path;
  const std::string one = identity(left.path);
  return !one.empty() && one == identity(right.path);
}

// Would an output be a file that SQLite, or who carries a job out, has beside a database?
bool is_part_of(const Stream& database, const Stream& output)
{
  if (!database.is_database || database.path.empty() || output.path == standard) return false;
  const std::string whole = identity(database.path);
  const std::string one = identity(output.path);
  constexpr std::array suffixes = {"-wal", "-shm", "-journal", "-jobs"};
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](const char* suffix) { return one == whole + suffix; });
}

Error both(const Stream& left, const Stream& right, std::string_view what)
{
  return Error{ErrorCode::wrong_use,
               fmt::format("{} and {} are both {}", left.name, right.name, what)};
}

} // namespace

Result<void> check_streams(std::span<const Stream> inputs, std::span<const Stream> outputs)
{
  for (std::size_t i = 0; i != inputs.size(); ++i)
    for (const Stream& other : inputs.first(i))
      if (other.path == standard && inputs[i].path == standard)
        return both(other, inputs[i], "standard input");
  for (std::size_t i = 0; i != outputs.size(); ++i) {
    for (const Stream& other : outputs.first(i))
      if (is_same(other, outputs[i]))
        return both(other, outputs[i], other.path == standard ? "standard output" : other.path);
    for (const Stream& input : inputs)
      if (!outputs[i].path.empty() && is_part_of(input, outputs[i]))
        return Error{ErrorCode::wrong_use, fmt::format("{} would replace a part of the database {}",
                                                       outputs[i].name, input.path)};
    for (const Stream& input : inputs)
      if (input.replaced_by != outputs[i].name && input.path != standard &&
          is_same(input, outputs[i]))
        return Error{ErrorCode::wrong_use, fmt::format("{} would replace {}, which is read",
                                                       outputs[i].name, input.path)};
  }
  return success();
}

} // namespace rollcall::tools
