// holders.hpp: who holds values in the directory that rows of a batch want.
#ifndef ROLLCALL_PLAN_HOLDERS_HPP
#define ROLLCALL_PLAN_HOLDERS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "check/checker.hpp"
#include "plan/wants.hpp"

namespace rollcall::plan {

// Somebody who holds a value, as long as he is told.
struct Holding {
  std::size_t want = 0;               // its number
  std::uint16_t kind = 0;             // of the true holder
  std::string_view key = {};          // likewise
  schema::FieldRef field = {};        // where it is held,
  bool may_be_taken = true;           // where rows act in turn
  const ObjectView* object = nullptr; // and by what: the holder, or what says who that is
};
using OnHolder = std::function<void(const Holding&)>;

// Asks for the holders of a claim's values, whichever field they are in. What a row's own object
// holds is not told. Asked is the directory as rows see it, or `among`.
[[nodiscard]] Result<void> find_holders(const schema::CompiledSchema& schema,
                                        check::KnownObjects& known, check::Checker& checker,
                                        std::uint16_t claim, std::span<const Want> wants,
                                        const OnHolder& on_holder, Directory* among = nullptr);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_HOLDERS_HPP
