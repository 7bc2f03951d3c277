// claim_sources.hpp: where rows of a schema write values that only one may have.
#ifndef ROLLCALL_PLAN_CLAIM_SOURCES_HPP
#define ROLLCALL_PLAN_CLAIM_SOURCES_HPP

#include <cstdint>
#include <vector>

#include "check/found.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// An object's key or a field that it sets.
struct ClaimSource {
  std::uint16_t claim = 0;
  std::uint16_t object = 0;
  std::uint16_t kind = 0;
  std::uint16_t field = 0;             // expr::key_field: the key
  std::uint16_t column = schema::none; // the column that it is exactly
  expr::ProgramId value = 0;
  std::uint16_t blame = check::no_column;
};

[[nodiscard]] std::vector<ClaimSource> claim_sources(const schema::CompiledSchema& schema);

// The claims that values of a column of the row's own object are about.
[[nodiscard]] std::vector<std::uint16_t> claims_about(const schema::CompiledSchema& schema,
                                                      std::uint16_t column);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_CLAIM_SOURCES_HPP
