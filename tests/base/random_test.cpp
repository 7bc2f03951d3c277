// Chance: the seeded stream is fixed for ever, choices are unbiased, the system's differ.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/random_text.hpp"
#include "base/seeded_random.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

// Gives the same byte over and over, then fails.
class OneByte final : public Random {
 public:
  OneByte(std::uint8_t byte, int fills_max) : byte_{byte}, fills_left_{fills_max} {}

  Result<void> fill(std::span<std::byte> into) override
  {
    if (fills_left_-- == 0) return Error{ErrorCode::no_randomness};
    std::ranges::fill(into, std::byte{byte_});
    return success();
  }

 private:
  std::uint8_t byte_;
  int fills_left_;
};

std::string text_of(Random& random, std::string_view alphabet, std::size_t size)
{
  std::string text(size, '\0');
  must(fill_random_text(random, alphabet, text));
  return text;
}

} // namespace

TEST_CASE("a ChaCha20 block is that of RFC 8439, section 2.3.2")
{
  const ChaChaWords input = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, 0x03020100, 0x07060504,
                             0x0b0a0908, 0x0f0e0d0c, 0x13121110, 0x17161514, 0x1b1a1918, 0x1f1e1d1c,
                             0x00000001, 0x09000000, 0x4a000000, 0x00000000};
  const ChaChaWords expected = {0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3,
                                0xc7f4d1c7, 0x0368c033, 0x9aaa2204, 0x4e6cd4c3,
                                0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9,
                                0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2};
  CHECK(chacha20_block(input) == expected);
}

TEST_CASE("seed 0 gives the key stream of a key of zeros, as RFC 8439 shows it")
{
  SeededRandom random{0};
  std::array<std::byte, 16> bytes{};
  must(random.fill(bytes));
  constexpr std::array<unsigned, 16> expected = {0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90,
                                                 0x40, 0x5d, 0x6a, 0xe5, 0x53, 0x86, 0xbd, 0x28};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CHECK(std::to_integer<unsigned>(bytes[i]) == expected[i]);
  }
}

TEST_CASE("a seeded stream is one stream, however it is asked for")
{
  SeededRandom whole{42};
  std::array<std::byte, 300> expected{};
  must(whole.fill(expected));
  SeededRandom pieces{42};
  std::array<std::byte, 300> bytes{};
  for (std::size_t at = 0, size = 0; at < bytes.size(); at += size, size = (size + 7) % 90) {
    size = std::min(size, bytes.size() - at);
    must(pieces.fill(std::span{bytes}.subspan(at, size)));
  }
  CHECK(bytes == expected);
  SeededRandom other{43};
  must(other.fill(bytes));
  CHECK(bytes != expected);
}

TEST_CASE("text made of a seed never changes: golden files depend on it")
{
  SeededRandom random{1};
  CHECK(text_of(random, distinct_characters, 16) == "XmCEKdAaRJF9cPC8");
  CHECK(text_of(random, "0123456789", 6) == "666095");
}

TEST_CASE("every character of an alphabet is as likely as every other")
{
  SeededRandom random{7};
  constexpr std::size_t rolls = 560'000;
  std::map<char, int> counts;
  for (const char letter : text_of(random, distinct_characters, rolls)) ++counts[letter];
  CHECK(counts.size() == distinct_characters.size());
  const double expected = static_cast<double>(rolls) / 56.0;
  double chi_squared = 0.0;
  for (const auto& [letter, count] : counts) {
    CHECK(distinct_characters.find(letter) != distinct_characters.npos);
    chi_squared += std::pow(static_cast<double>(count) - expected, 2.0) / expected;
  }
  CHECK(chi_squared < 93.2); // 55 degrees of freedom, one in a thousand is above
}

TEST_CASE("an alphabet has no character that is taken for another")
{
  const std::set<char> distinct{distinct_characters.begin(), distinct_characters.end()};
  CHECK(distinct.size() == 56);
  for (const char letter : {'0', 'O', 'o', '1', 'l', 'I'}) CHECK_FALSE(distinct.contains(letter));
}

TEST_CASE("a byte that would favour the first characters is thrown away")
{
  OneByte favouring{255, 3}; // 255 is above the largest multiple of 10
  std::string digits(4, 'x');
  const auto failed = fill_random_text(favouring, "0123456789", digits);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.assume_error().code() == ErrorCode::no_randomness);
  CHECK(digits == "xxxx");
  OneByte taken{249, 1};
  CHECK(text_of(taken, "0123456789", 4) == "9999");
}

TEST_CASE("alphabets of 1 and of 256 characters work, none and more do not")
{
  SeededRandom random{5};
  CHECK(text_of(random, "a", 3) == "aaa");
  CHECK(text_of(random, std::string(256, 'b'), 3) == "bbb");
  std::string text(3, 'x');
  CHECK_FALSE(fill_random_text(random, "", text).has_value());
  CHECK_FALSE(fill_random_text(random, std::string(257, 'b'), text).has_value());
  must(fill_random_text(random, "a", {}));
}

TEST_CASE("numbers below a bound are below it and cover it")
{
  SeededRandom random{9};
  for (const std::uint64_t bound : {1ULL, 2ULL, 6ULL, 1000ULL, (1ULL << 63) + 1}) {
    std::uint64_t most = 0;
    for (int i = 0; i < 1000; ++i) {
      const std::uint64_t number = must(random_below(random, bound));
      REQUIRE(number < bound);
      most = std::max(most, number);
    }
    CHECK(most >= bound / 10 * 9);
  }
  CHECK_FALSE(random_below(random, 0).has_value());
  OneByte low{0, 3}; // 2^64 modulo 6 is 4: the numbers 0 to 3 are too many
  CHECK_FALSE(random_below(low, 6).has_value());
}

TEST_CASE("the system's bytes differ each time")
{
  SystemRandom random;
  std::array<std::byte, 400> one{};
  std::array<std::byte, 400> other{};
  must(random.fill(one));
  must(random.fill(other));
  CHECK(one != other);
  must(random.fill({}));
}

TEST_CASE("a stock hands out what it drew, in order and once, and fails as its source does")
{
  SeededRandom alike{7};
  SeededRandom random{7};
  RandomStock stock{random};
  std::vector<std::byte> given, wanted;
  for (std::size_t round = 0; round != 50; ++round) {
    std::vector<std::byte> some(round * 3);
    must(stock.fill(some));
    given.insert(given.end(), some.begin(), some.end());
  }
  while (wanted.size() < given.size()) {
    std::vector<std::byte> drawn(1024);
    must(alike.fill(drawn));
    wanted.insert(wanted.end(), drawn.begin(), drawn.end());
  }
  wanted.resize(given.size());
  CHECK(given == wanted);

  OneByte once{5, 1};
  RandomStock small{once};
  std::vector<std::byte> all(1024);
  must(small.fill(all));
  const auto failed = small.fill(std::span{all}.first(1));
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.assume_error().code() == ErrorCode::no_randomness);
}
