// Arrays in large pages: the same array in whatever pages it lies.
#include "base/large_array.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "support/memory.hpp"

using namespace rollcall;
using rollcall::tests::CountingMemory;
using rollcall::tests::FailingMemory;

TEST_CASE("all values are there from the start, below and above a large page, and gone at the end")
{
  CountingMemory memory;
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}, large_page_bytes / 4,
                                 large_page_bytes / 4 + 1, 3 * large_page_bytes}) {
    LargeArray<std::uint32_t> array{size, memory};
    CHECK(array.size() == size);
    CHECK(memory.bytes_now() == size * sizeof(std::uint32_t));
    CHECK(std::all_of(array.begin(), array.end(), [](std::uint32_t value) { return value == 0; }));
    array[size - 1] = 7;
    LargeArray<std::uint32_t> moved{std::move(array)};
    CHECK(moved[size - 1] == 7);
    LargeArray<std::uint32_t> none;
    none = std::move(moved);
    CHECK(none.size() == size);
  }
  CHECK(memory.bytes_now() == 0);
}

TEST_CASE("without memory there is no array")
{
  FailingMemory memory{0};
  CHECK_THROWS_AS((LargeArray<char>{large_page_bytes, memory}), std::bad_alloc);
}
