// holders.hpp: who holds values in the directory that rows of a batch want.
#ifndef ROLLCALL_PLAN_HOLDERS_HPP
#define ROLLCALL_PLAN_HOLDERS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "check/checker.hpp"
#include "plan/claim_index.hpp"

namespace rollcall::plan {

// A value that a row wants.
struct Want {
  std::size_t row = 0; // in the batch
  std::uint16_t source = 0;
  std::string_view value = {};
  Fingerprint print = {};
};

// Is told the number of the want, and of the object that holds it the kind and the key.
using OnHolder = std::function<void(std::size_t, std::uint16_t, std::string_view)>;

// Asks for the holders of a claim's values, whichever field they are in. What a row's own object
// holds is not told.
[[nodiscard]] Result<void> find_holders(const schema::CompiledSchema& schema,
                                        check::KnownObjects& known, check::Checker& checker,
                                        std::uint16_t claim, std::span<const Want> wants,
                                        const OnHolder& on_holder);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_HOLDERS_HPP
