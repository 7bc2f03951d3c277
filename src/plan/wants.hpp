// wants.hpp: the values that rows want and only one may have: what their changes would write.
#ifndef ROLLCALL_PLAN_WANTS_HPP
#define ROLLCALL_PLAN_WANTS_HPP

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "check/checker.hpp"
#include "plan/claim_index.hpp"
#include "plan/claim_sources.hpp"

namespace rollcall::plan {

// Instead of a row: nobody's.
inline constexpr std::size_t no_row = static_cast<std::size_t>(-1);

// A value that a row wants.
struct Want {
  std::size_t row = 0; // in the batch
  std::uint16_t source = 0;
  std::uint32_t number = 0; // of a range: which of its numbers
  std::string_view value = {};
  Fingerprint print = {};
};

// Does the row make this object of the schema, or change it? Asked of one row, or one of its
// numbers, whose lookups are done.
[[nodiscard]] bool makes(const schema::CompiledSchema& schema, std::size_t object,
                         check::Checker& checker, std::size_t row);

// Appends what these rows want by one of the sources, by row, without prints. What a row's object
// holds already it does not want (spec E33). Values that are made, of which ranges have very many,
// live in `texts`, all others as long as the batch.
[[nodiscard]] Result<void> add_wants(const schema::CompiledSchema& schema,
                                     std::span<const ClaimSource> sources, std::size_t number,
                                     check::Checker& checker, const check::RowMask& rows,
                                     std::pmr::memory_resource& texts,
                                     std::pmr::vector<Want>& into);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_WANTS_HPP
