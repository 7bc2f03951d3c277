// plan_values.hpp: whether what a row of a plan writes is what a file could have given. A plan may
// have been written by hand, and what stands in a directory has to be read again: as what its field
// is, and without signs that no cell may hold.
#ifndef ROLLCALL_PLAN_PLAN_VALUES_HPP
#define ROLLCALL_PLAN_PLAN_VALUES_HPP

#include <string_view>

#include "plan/row_result.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// What is wrong with the keys, fields and effects that the row sets; empty if nothing is.
[[nodiscard]] std::string_view refuses_values(const schema::CompiledSchema& schema,
                                              const RowResult& row);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_PLAN_VALUES_HPP
