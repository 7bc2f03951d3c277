// schema_faults.hpp: what is wrong with a schema, all of it at once.
#ifndef ROLLCALL_SCHEMA_SCHEMA_FAULTS_HPP
#define ROLLCALL_SCHEMA_SCHEMA_FAULTS_HPP

#include <string>

#include "rollcall/schema.hpp"

namespace rollcall::schema {

// Each with its path, "columns[3].fill: nothing to fill in", one behind the other; empty if there
// are none.
[[nodiscard]] std::string faults_of(const Schema& schema);

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_SCHEMA_FAULTS_HPP
