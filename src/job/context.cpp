// context.cpp: who imports, as a context.json says it.
#include <array>
#include <span>
#include <string>

#include "json/faults.hpp"
#include "rollcall/validate.hpp"

namespace rollcall {
namespace {

constexpr std::size_t context_bytes_max = 1024 * 1024;

} // namespace

Result<Actor> read_context(Source& source)
{
  return guarded([&]() -> Result<Actor> {
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
      ROLLCALL_TRY(const std::size_t size, source.read(std::as_writable_bytes(std::span{piece})));
      if (size == 0) break;
      text.append(piece.data(), size);
      if (text.size() > context_bytes_max)
        return Error{ErrorCode::limit_exceeded, "a context has at most 1 MiB"};
    }
    json::Document document{{}};
    ROLLCALL_CHECK(document.read(text));
    json::Faults faults;
    const json::Value actor = faults.object(faults.object(document.root()).find("actor"));
    // Null says as much as nothing.
    const auto text_of = [&](const json::Value& value) {
      return value.is(json::Kind::null) ? std::string{} : std::string{faults.text(value)};
    };
    Actor made{.name = text_of(actor.find("name")), .role = text_of(actor.find("role"))};
    ROLLCALL_CHECK(faults.check());
    return made;
  });
}

} // namespace rollcall
