// columns.hpp: the columns of a schema, ready for the cells of one job: bounds that the tenant's
// settings give are numbers now, words are found without case.
#ifndef ROLLCALL_CHECK_COLUMNS_HPP
#define ROLLCALL_CHECK_COLUMNS_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "check/facts.hpp"
#include "check/value_words.hpp"
#include "check/values.hpp"
#include "schema/compiled.hpp"

namespace rollcall::check {

struct ReadyColumn {
  ReadyType type;
  ReadyWords words;
  bool is_mandatory = false;
  bool is_offered = true;
};

// Of each column. A bound that is null is the one that the engine has.
[[nodiscard]] Result<std::vector<ReadyColumn>> ready_columns(const schema::CompiledSchema& schema,
                                                             Facts& facts);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_COLUMNS_HPP
