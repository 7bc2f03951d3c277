// undoing.hpp: what of a row could not be brought back by an undo: it is said before it is done.
#ifndef ROLLCALL_PLAN_UNDOING_HPP
#define ROLLCALL_PLAN_UNDOING_HPP

#include <cstdint>
#include <string_view>
#include <vector>

#include "plan/row_result.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

struct Lost {
  enum class Why : std::uint8_t {
    effect, // it happens outside of the directory, once it is done; or was withdrawn
    secret, // the old one is overwritten, and nobody has it
    object  // an undo would set fields of it instead of deleting it: its key stays taken
  };
  Why why = Why::effect;
  std::string_view what = {}; // the effect, the field, the kind
  std::string_view of = {};   // the key of the object, where it is known
};

// "effect".
[[nodiscard]] std::string_view slug(Lost::Why why) noexcept;

// As a finding, which says `reason` or, if that is empty, that the effect was done.
[[nodiscard]] Finding not_reversible(const Lost& lost, std::string_view reason);

[[nodiscard]] std::vector<Lost> lost_by(const schema::CompiledSchema& schema, const RowResult& row);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_UNDOING_HPP
