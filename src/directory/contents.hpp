// contents.hpp: all that a directory.json says, known to the schema or not.
#ifndef ROLLCALL_DIRECTORY_CONTENTS_HPP
#define ROLLCALL_DIRECTORY_CONTENTS_HPP

#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/arena.hpp"
#include "directory/settings.hpp"
#include "directory/tables.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::directory {

// A member that the schema does not know, as JSON: if it is a list, an element at a time, since
// each of them may be as large as a document.
struct Unknown {
  Unknown(std::string_view called, bool is_a_list, std::pmr::memory_resource& memory)
      : name{called}, is_list{is_a_list}, values{&memory}
  {
  }
  std::string name;
  bool is_list = false;
  std::pmr::vector<std::string_view> values; // texts of Contents::texts
};

struct Contents {
  Contents(std::vector<Shape> shapes, const SipKey& key, std::pmr::memory_resource& memory)
      : tables{std::move(shapes), key, memory}, listed(tables.size()), texts{memory}
  {
  }
  Tables tables;
  std::vector<bool> listed; // of each kind: was it there?
  Settings tenant;
  Settings defaults;
  std::vector<Unknown> unknown;
  Arena texts;
};

inline constexpr std::string_view tenant_name = "tenant";
inline constexpr std::string_view defaults_name = "defaults";

// Reads into contents that are empty. In what is malformed all faults are named, up to a number.
[[nodiscard]] Result<void> read_json(Source& source, Contents& contents);

// The same bytes for the same contents, in whatever order they came.
[[nodiscard]] Result<void> write_json(const Contents& contents, Sink& sink);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_CONTENTS_HPP
