// context_json.hpp: who imports and with which options, as JSON says it.
#ifndef ROLLCALL_DIRECTORY_CONTEXT_JSON_HPP
#define ROLLCALL_DIRECTORY_CONTEXT_JSON_HPP

#include "json/faults.hpp"
#include "json/writer.hpp"
#include "rollcall/context.hpp"

namespace rollcall::directory {

// Of an object with "actor" and "options".
[[nodiscard]] Context context_of(const json::Value& value, json::Faults& faults);

// These two members, into an object that is open.
void put_context(json::Writer& writer, const Context& context);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_CONTEXT_JSON_HPP
