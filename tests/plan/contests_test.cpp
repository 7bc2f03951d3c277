// Who gives a value that others give as well: held against a list of all that was given.
#include "plan/contests.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace rollcall::tests {
namespace {

using plan::Contests;
using plan::RowNumber;

struct Given {
  std::uint64_t value = 0;
  RowNumber row = 0;
};

// By the words: all rows of other objects, the next one first.
std::vector<RowNumber> others_of(const std::vector<Given>& all,
                                 const std::pmr::vector<std::uint64_t>& objects, const Given& one)
{
  std::vector<RowNumber> rows;
  for (const Given& other : all)
    if (other.value == one.value && objects[other.row - 1] != objects[one.row - 1])
      rows.push_back(other.row);
  const auto next =
      std::find_if(rows.begin(), rows.end(), [&](RowNumber r) { return r > one.row; });
  if (next != rows.end()) std::rotate(rows.begin(), next, next + 1);
  return rows;
}

Fingerprint print(std::uint64_t value)
{
  return {.low = value * 0x9E37'79B9'7F4A'7C15, .high = value << 40U};
}

} // namespace

TEST_CASE("each row names all rows that give its value to another object, the next one first")
{
  std::mt19937 random{4};
  for (int round = 0; round != 300; ++round) {
    std::pmr::vector<std::uint64_t> objects;
    std::vector<Given> all;
    Contests contests{objects, *std::pmr::new_delete_resource()};
    const std::uint64_t values = 1 + random() % 4;
    for (RowNumber row = 1, rows = static_cast<RowNumber>(1 + random() % 30); row <= rows; ++row) {
      objects.push_back(random() % 4);
      const Given given{.value = random() % values, .row = row};
      const auto first = std::find_if(all.begin(), all.end(),
                                      [&](const Given& g) { return g.value == given.value; });
      if (first != all.end()) contests.add(print(given.value), first->row, row);
      all.push_back(given);
    }
    bool is_any = false;
    for (const Given& one : all) {
      auto wanted = others_of(all, objects, one);
      is_any = is_any || !wanted.empty();
      CHECK(contests.others(print(one.value), one.row, 100) == wanted);
      if (wanted.size() > 3) wanted.resize(3);
      CHECK(contests.others(print(one.value), one.row, 3) == wanted);
    }
    CHECK(contests.is_any() == is_any);
  }
}

} // namespace rollcall::tests
