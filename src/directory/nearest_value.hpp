// nearest_value.hpp: the value of a field that somebody meant who wrote another one.
//
// Work is bounded: of a table of more objects than are looked at, only what is one letter away is
// found, by asking for all that could be meant.
#ifndef ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
#define ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP

#include <optional>
#include <string>
#include <string_view>

#include "directory/table.hpp"

namespace rollcall::directory {

// It does not hang on the order of the objects.
[[nodiscard]] std::optional<std::string> nearest_value(Table& table, FieldId field,
                                                       std::string_view text);

} // namespace rollcall::directory

#endif // ROLLCALL_DIRECTORY_NEAREST_VALUE_HPP
