// Which row wanted a value first: held against a plain map, and against what it may cost.
#include "plan/claim_index.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/memory.hpp"

using namespace rollcall;
using rollcall::plan::ClaimIndex;
using rollcall::plan::RowNumber;
using rollcall::tests::CountingMemory;
using rollcall::tests::FailingMemory;

namespace {

constexpr SipKey key{0x0123'4567'89AB'CDEF, 0xFEDC'BA98'7654'3210};

struct Index {
  CountingMemory memory;
  ClaimIndex index{key, memory};

  RowNumber put(std::uint32_t space, std::string_view value, RowNumber row)
  {
    const Fingerprint print = index.print(space, value);
    index.prefetch(print);
    return index.put(print, row);
  }
  std::optional<RowNumber> find(std::uint32_t space, std::string_view value)
  {
    return index.find(index.print(space, value));
  }
};

} // namespace

TEST_CASE("the first row that puts a value in keeps it, in every space for itself")
{
  Index of;
  CHECK_FALSE(of.find(0, "201").has_value());
  CHECK(of.put(0, "201", 7) == 7);
  CHECK(of.put(0, "201", 8) == 7);
  CHECK(of.put(1, "201", 9) == 9);
  CHECK(of.put(0, "0201", 10) == 10);
  CHECK(of.find(0, "201") == 7);
  CHECK(of.find(1, "201") == 9);
  CHECK_FALSE(of.find(2, "201").has_value());
  CHECK(of.index.size() == 3);
}

TEST_CASE("values compare without case, whatever their length and letters")
{
  Index of;
  const std::string long_name(200, 'x');
  const std::string long_upper(200, 'X');
  const std::pair<std::string, std::string> alike[] = {{"ada@example.com", "ADA@Example.COM"},
                                                       {"Stra\xC3\x9F"
                                                        "e",
                                                        "STRASSE"},
                                                       {"rene\xCC\x81", "REN\xC3\x89"},
                                                       {long_name, long_upper},
                                                       {std::string(64, 'y'), std::string(64, 'Y')},
                                                       {std::string(65, 'z'), std::string(65, 'Z')},
                                                       {"", ""}};
  RowNumber row = 0;
  for (const auto& [a, b] : alike) {
    ++row;
    CHECK(of.put(0, a, row) == row);
    CHECK(of.put(0, b, 100) == row);
  }
  // Signs that differ from letters in the bit that case is in are others.
  CHECK(of.index.print(0, "@") != of.index.print(0, "`"));
  CHECK(of.index.print(0, "[") != of.index.print(0, "{"));
  CHECK(of.index.print(0, "\x10") != of.index.print(0, "0"));
}

TEST_CASE("a value that is joined with its holder is another for each holder and each value")
{
  Index of;
  std::vector<Fingerprint> prints;
  for (int i = 0; i != 40; ++i) prints.push_back(of.index.print(0, std::to_string(i)));
  std::set<std::pair<std::uint64_t, std::uint64_t>> joined;
  for (const Fingerprint& a : prints)
    for (const Fingerprint& b : prints) {
      const Fingerprint made = ClaimIndex::joined(a, b);
      joined.insert({made.low, made.high});
      CHECK(made == ClaimIndex::joined(a, b));
    }
  CHECK(joined.size() == prints.size() * prints.size());
}

TEST_CASE("whatever is put in and looked for, a plain map says the same")
{
  std::mt19937 chance{3};
  for (int round = 0; round != 20; ++round) {
    Index of;
    std::map<std::pair<std::uint32_t, std::string>, RowNumber> plain;
    const unsigned values = 1U << (1 + chance() % 15);
    if (chance() % 2 == 0) of.index.expect(chance() % 20'000);
    for (RowNumber row = 1; row != 20'000; ++row) {
      const auto space = static_cast<std::uint32_t>(chance() % 3);
      const std::string value = "v" + std::to_string(chance() % values);
      if (chance() % 4 == 0) {
        const auto at = plain.find({space, value});
        const auto found = of.find(space, value);
        REQUIRE(found.has_value() == (at != plain.end()));
        if (found) REQUIRE(*found == at->second);
      } else {
        REQUIRE(of.put(space, value, row) ==
                plain.emplace(std::pair{space, value}, row).first->second);
      }
    }
    CHECK(of.index.size() == plain.size());
  }
}

TEST_CASE("growing loses nothing, from one value to a million")
{
  Index of;
  constexpr RowNumber count = 1'000'000;
  for (RowNumber row = 1; row <= count; ++row) REQUIRE(of.put(0, std::to_string(row), row) == row);
  for (RowNumber row = 1; row <= count; row += 997) CHECK(of.find(0, std::to_string(row)) == row);
  CHECK_FALSE(of.find(0, "0").has_value());
  CHECK(of.index.size() == count);
}

TEST_CASE("a value takes at most 32 bytes, and growing no more than a little on top")
{
  // Whether the number is known before or not.
  for (const bool is_expected : {false, true}) {
    for (const RowNumber count : {200'000U, 300'000U, 450'000U, 700'000U, 1'000'000U}) {
      CAPTURE(is_expected);
      CAPTURE(count);
      Index of;
      if (is_expected) of.index.expect(count);
      for (RowNumber row = 1; row <= count; ++row) of.put(0, std::to_string(row), row);
      CHECK(of.index.bytes() <= std::uint64_t{count} * 32);
      CHECK(of.memory.bytes_now() == of.index.bytes());
      CHECK(of.memory.bytes_most() <= std::uint64_t{count} * 32 + count);
    }
  }
}

TEST_CASE("an index that grows without memory stays as it was")
{
  for (std::size_t allocations = 1; allocations != 200; ++allocations) {
    FailingMemory memory{allocations};
    ClaimIndex index{key, memory};
    RowNumber row = 1;
    try {
      for (;; ++row) index.put(index.print(0, std::to_string(row)), row);
    } catch (const std::bad_alloc&) {
    }
    // The value that there was no room for may be lost, no other.
    for (RowNumber each = 1; each < row; ++each)
      REQUIRE(index.find(index.print(0, std::to_string(each))) == each);
    REQUIRE(index.size() == row - 1);
  }
}

TEST_CASE("an index of another key has other prints, so that nobody can choose values that collide")
{
  CountingMemory memory;
  ClaimIndex a{{1, 2}, memory};
  ClaimIndex b{{1, 3}, memory};
  CHECK(a.print(0, "201") != b.print(0, "201"));
}
