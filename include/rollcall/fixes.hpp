// Which findings can be mended, and how: by a fix that is certain (Finding::fix), by a guess, or by
// hand. Fixes are offered, and made only for who asks for them (rollcall/fix.hpp).
#ifndef ROLLCALL_FIXES_HPP
#define ROLLCALL_FIXES_HPP

#include <optional>
#include <string_view>

#include "rollcall/code.hpp"
#include "rollcall/finding.hpp"

namespace rollcall {

// What findings of a code may come with; of neither are those that are mended by hand.
struct Fixes {
  bool certain = false;
  bool guess = false;
};
[[nodiscard]] Fixes fixes_of(Code code) noexcept;

// What the cell was probably meant to be, where the finding has a guess (its fact `near`, "did you
// mean") and no fix that is certain.
[[nodiscard]] std::optional<Fix> unsafe_fix(const Finding& finding);

// Whether what a finding is near to may be written in the place of its cell. The extension that a
// new one would be with zeros in front may not: it is somebody's.
[[nodiscard]] bool is_unsafe_fix(Code code, std::string_view near) noexcept;

} // namespace rollcall

#endif // ROLLCALL_FIXES_HPP
