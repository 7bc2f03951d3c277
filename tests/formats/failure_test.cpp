// Making a built-in schema when memory runs out: each allocation fails once.
//
// A compiler can be wrong here: of an aggregate within another, g++ 12 destroys the members twice
// if what comes behind it throws, unless its type is named (rollcall/schema.hpp).
#include <doctest/doctest.h>

#include <cstddef>
#include <new>

#include "rollcall/formats.hpp"
#include "support/allocations.hpp"
#include "support/failing_new.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

// Whether it was made.
bool make(const formats::Format& format, std::size_t allocations)
{
  const AllocationsLeft left{allocations};
  try {
    const schema::Schema made = format.make();
    return made.id == format.id;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

} // namespace

TEST_CASE("a built-in schema that memory does not suffice for leaves nothing behind, nor dies")
{
  for (const formats::Format& format : formats::builtin()) {
    std::size_t allocations = 0;
    std::size_t leaks = 0;
    for (bool is_made = false; !is_made; ++allocations) {
      const std::ptrdiff_t alive = allocations_alive;
      is_made = make(format, allocations);
      leaks += allocations_alive == alive ? 0U : 1U;
    }
    CAPTURE(format.id);
    CHECK(leaks == 0);
    CHECK(allocations > 50);
  }
}
