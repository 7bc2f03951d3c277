// Containers that answer instead of growing.
#include "base/bounded.hpp"

#include <doctest/doctest.h>

#include <numeric>

#include "support/memory.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

TEST_CASE("a fixed vector takes what it has room for and says when it is full")
{
  FixedVector<int, 3> numbers;
  CHECK(numbers.empty());
  CHECK(numbers.push_back(1));
  CHECK(numbers.push_back(2));
  CHECK(numbers.push_back(3));
  CHECK_FALSE(numbers.push_back(4));
  CHECK(numbers.size() == numbers.capacity());
  CHECK(numbers.back() == 3);
  numbers.pop_back();
  numbers[0] = 5;
  CHECK(std::accumulate(numbers.begin(), numbers.end(), 0) == 7);
  numbers.clear();
  CHECK(numbers.empty());
}

TEST_CASE("a bounded vector holds as many as its limit, and names the limit beyond")
{
  tests::CountingMemory memory;
  BoundedVector<std::uint64_t> cells{1000, "cells of a row", memory};
  for (std::uint64_t i = 0; i < 1000; ++i) must(cells.push_back(i));
  const auto refused = cells.push_back(0);
  REQUIRE_FALSE(refused.has_value());
  CHECK(describe(refused.assume_error()) == "more than 1000 cells of a row (limit_exceeded)");
  CHECK(cells.size() == 1000);
  CHECK(cells[999] == 999);
  CHECK(cells.values().size() == 1000);
}

TEST_CASE("a bounded vector never takes memory for more than its limit")
{
  tests::CountingMemory memory;
  BoundedVector<std::uint64_t> cells{600, "cells", memory};
  while (cells.size() < 600) must(cells.push_back(1));
  CHECK(memory.bytes_now() == 600 * sizeof(std::uint64_t));
  CHECK(memory.allocations() <= 12);
}

TEST_CASE("a bounded vector is resized within its limit only")
{
  tests::CountingMemory memory;
  BoundedVector<int> cells{10, "cells", memory};
  must(cells.resize(10));
  CHECK(cells[9] == 0);
  CHECK_FALSE(cells.resize(11).has_value());
  CHECK(cells.size() == 10);
  cells.clear();
  CHECK(cells.empty());
  CHECK(cells.size_max() == 10);
}

TEST_CASE("a bounded vector without memory keeps what it has")
{
  for (std::size_t allocations = 0; allocations < 4; ++allocations) {
    tests::FailingMemory memory{allocations};
    BoundedVector<int> cells{100, "cells", memory};
    int count = 0;
    for (;;) {
      const auto pushed = cells.push_back(count);
      if (!pushed.has_value()) {
        CHECK(pushed.assume_error().code() == ErrorCode::out_of_memory);
        break;
      }
      ++count;
    }
    CHECK(memory.has_failed());
    REQUIRE(cells.size() == static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) CHECK(cells[static_cast<std::size_t>(i)] == i);
  }
}
