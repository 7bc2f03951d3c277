// json_reader.hpp: a schema out of a JSON text that was read, faults kept beside.
#ifndef ROLLCALL_SCHEMA_JSON_READER_HPP
#define ROLLCALL_SCHEMA_JSON_READER_HPP

#include "json/faults.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::schema {

// What is at fault has its default.
[[nodiscard]] Schema schema_of(const json::Value& value, json::Faults& faults);

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_JSON_READER_HPP
