// SipHash against vectors that others published or computed.
#include "base/siphash.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <unordered_map>

#include "base/seeded_random.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

// The bytes 0, 1, 2...
std::string counted(std::size_t size)
{
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(i));
  return text;
}

constexpr SipKey paper_key = {.low = 0x0706050403020100, .high = 0x0f0e0d0c0b0a0908};

} // namespace

TEST_CASE("SipHash-2-4 gives the vectors of its authors")
{
  constexpr std::array<std::uint64_t, 16> expected = {
      0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d,
      0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137,
      0x93f5f5799a932462, 0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7,
      0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5};
  for (std::size_t size = 0; size < expected.size(); ++size) {
    CHECK(siphash_2_4(paper_key, counted(size)) == expected[size]);
  }
}

TEST_CASE("SipHash-1-3 gives what CPython 3.11 computes for bytes under a key of zeros")
{
  constexpr std::array<std::uint64_t, 18> expected = {
      0x0000000000000000, 0x68a914128e01e473, 0x010bac45c41e3669, 0x4d4c9a4a8ef6e0ad,
      0x7cc43f98813e4dbd, 0x5abe2169dff36275, 0xe3c25f87624f1cdb, 0x2f098ab0c751325a,
      0xead411e67ebe2eea, 0x75927f9d95124362, 0xaf9f77a65ab51a1d, 0xfe64ce8b6617fcff,
      0xa6baf4fb0f9fe1c2, 0xa0cf3211850f8e0d, 0x7f86049379fbfe67, 0xf30eb725bb91c9ea,
      0x8972188433a5c5b7, 0x4883c49a2c009c1d};
  for (std::size_t size = 1; size < expected.size(); ++size) { // it does not hash nothing
    CHECK(siphash_1_3({}, counted(size)) == expected[size]);
  }
  CHECK(siphash_1_3({}, counted(63)) == 0x385d3e39e5f37359);
  CHECK(siphash_1_3({}, counted(64)) == 0x75e05fd5bbc870c6);
  CHECK(siphash_1_3({}, counted(65)) == 0x9551550c825974c6);
}

TEST_CASE("each byte, the length and the key change a hash")
{
  std::set<std::uint64_t> hashes;
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, '\0');
    CHECK(hashes.insert(siphash_1_3(paper_key, text)).second);
    for (char& letter : text) {
      letter = '\x01';
      CHECK(hashes.insert(siphash_1_3(paper_key, text)).second);
      letter = '\0';
    }
  }
  CHECK(siphash_1_3(paper_key, "201") != siphash_1_3({.low = 1, .high = 2}, "201"));
}

TEST_CASE("a text hashes the same wherever it stands in memory")
{
  const std::string text = counted(23);
  const std::uint64_t expected = siphash_1_3(paper_key, text);
  for (std::size_t offset = 0; offset < 16; ++offset) {
    const std::string shifted = std::string(offset, 'x') + text + "y";
    CHECK(siphash_1_3(paper_key, std::string_view{shifted}.substr(offset, text.size())) ==
          expected);
  }
}

TEST_CASE("a key is made of 16 random bytes")
{
  SeededRandom random{1};
  SeededRandom same{1};
  const SipKey first = must(make_sip_key(random));
  CHECK(first == must(make_sip_key(same)));
  CHECK(first != must(make_sip_key(random)));
  CHECK(first.low != first.high);
}

TEST_CASE("a keyed table looks texts up without making strings")
{
  std::unordered_map<std::string, int, KeyedHash, std::equal_to<>> lines{8, KeyedHash{paper_key}};
  lines["201"] = 4;
  CHECK(lines.find(std::string_view{"201"})->second == 4);
  CHECK(lines.find(std::string_view{"202"}) == lines.end());
}
