// The files and standard streams that one run reads and writes, looked at before any is opened.
//
// An output takes the place of what was there, so one that is a file to be read would lose it: the
// rows that could not be read, and in a report all of them.
#ifndef ROLLCALL_TOOLS_STREAMS_HPP
#define ROLLCALL_TOOLS_STREAMS_HPP

#include <span>
#include <string>
#include <string_view>

#include "rollcall/result.hpp"

namespace rollcall::tools {

// An option, or `FILE`, with the path that was given; an empty path is none, `-` a standard stream.
struct Stream {
  std::string_view name;
  std::string_view path;
  std::string_view replaced_by = {}; // the one output that may take its place
  bool is_database = false;          // with files beside it that are a part of it
};

// `--db`.
[[nodiscard]] inline Stream database_stream(std::string_view path) noexcept
{
  return {.name = "--db", .path = path, .is_database = true};
}

// Two outputs that are the same file, two inputs that are standard input, and an output that is an
// input are wrong_use. Devices may be written by several.
[[nodiscard]] Result<void> check_streams(std::span<const Stream> inputs,
                                         std::span<const Stream> outputs);

} // namespace rollcall::tools

#endif // ROLLCALL_TOOLS_STREAMS_HPP
