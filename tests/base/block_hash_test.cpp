// Whether a block is the same one: every bit of it counts, and so do its length and the key.
#include "base/block_hash.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace rollcall;

namespace {

constexpr SipKey key = {.low = 0x0706050403020100, .high = 0x0f0e0d0c0b0a0908};

std::uint64_t hash_of(const std::string& text, const SipKey& by = key)
{
  return block_hash(by, std::as_bytes(std::span{text}));
}

} // namespace

TEST_CASE("every bit of a block counts, and so does its length")
{
  std::set<std::uint64_t> seen;
  std::size_t blocks = 0;
  for (const std::size_t size : {0U, 1U, 7U, 8U, 31U, 32U, 33U, 64U, 100U}) {
    std::string text(size, '\0');
    seen.insert(hash_of(text));
    ++blocks;
    for (std::size_t bit = 0; bit != 8 * size; ++bit) {
      text[bit / 8] = static_cast<char>(1U << bit % 8);
      seen.insert(hash_of(text));
      text[bit / 8] = '\0';
      ++blocks;
    }
  }
  CHECK(seen.size() == blocks);
}

TEST_CASE("parts of a block that change places are another block")
{
  const std::string a(16, 'a'), b(16, 'b'), c(16, 'c');
  const std::set<std::uint64_t> seen = {hash_of(a + b + c), hash_of(b + a + c), hash_of(a + c + b),
                                        hash_of(c + b + a), hash_of(a + b),     hash_of(b + a)};
  CHECK(seen.size() == 6);
}

TEST_CASE("with another key a block has another hash, and with the same one the same")
{
  const std::string text(1000, 'x');
  CHECK(hash_of(text) == hash_of(std::string(1000, 'x')));
  CHECK(hash_of(text) != hash_of(text, {.low = key.low + 1, .high = key.high}));
  CHECK(hash_of(text) != hash_of(text, {.low = key.low, .high = key.high + 1}));
}
