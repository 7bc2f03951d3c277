// column_notes.hpp: what a column of a template says of itself: its words to choose from, and its
// rules for who fills it in.
#ifndef ROLLCALL_XLSX_COLUMN_NOTES_HPP
#define ROLLCALL_XLSX_COLUMN_NOTES_HPP

#include <cstddef>
#include <string>
#include <vector>

#include "check/columns.hpp"
#include "schema/compiled.hpp"

namespace rollcall::xlsx {

// Every word that may stand in the column, if there are no others; empty: it is no such column.
[[nodiscard]] std::vector<std::string> choices_of(const schema::Column& column,
                                                  const check::ReadyColumn& ready);

// Lines for people, with the bounds that the tenant's settings give.
[[nodiscard]] std::string note_of(const schema::Schema& schema, std::size_t column,
                                  const check::ReadyColumn& ready);

} // namespace rollcall::xlsx

#endif // ROLLCALL_XLSX_COLUMN_NOTES_HPP
