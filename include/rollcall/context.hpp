// Who imports, and which options are on: what a host tells of a job beside its file.
#ifndef ROLLCALL_CONTEXT_HPP
#define ROLLCALL_CONTEXT_HPP

#include <functional>
#include <map>
#include <string>

#include "rollcall/directory.hpp"
#include "rollcall/source.hpp"

namespace rollcall {

// What a format asks of an actor by other names is in `facts`, under the name that it has in
// context.json: "permission_group", "teams".
struct Context {
  std::string name = {};
  std::string role = {};
  std::map<std::string, Setting, std::less<>> facts = {};
  std::map<std::string, Setting, std::less<>> options = {};
  friend bool operator==(const Context&, const Context&) = default;
};

// From a context.json.
[[nodiscard]] Result<Context> read_context(Source& source);

} // namespace rollcall

#endif // ROLLCALL_CONTEXT_HPP
