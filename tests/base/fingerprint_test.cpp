// Fingerprints of texts: the same for the same text only, and even in the bits that tables use.
#include "base/fingerprint.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace rollcall;

namespace {

constexpr SipKey key{0x0123'4567'89AB'CDEF, 0xFEDC'BA98'7654'3210};

std::string random_text(std::mt19937& chance, std::size_t size)
{
  std::string text(size, ' ');
  for (char& byte : text) byte = static_cast<char>(chance() % 0x80);
  return text;
}

std::string lowered(std::string text)
{
  for (char& byte : text)
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  return text;
}

std::size_t bits_between(const Fingerprint& a, const Fingerprint& b)
{
  return static_cast<std::size_t>(std::popcount(a.low ^ b.low) + std::popcount(a.high ^ b.high));
}

// How many texts share a place that another one has, of as many places.
template <class TextOf>
std::size_t fallen_together(std::size_t count, TextOf text_of)
{
  const Fingerprints prints{key};
  std::vector<bool> is_taken(count);
  std::size_t fallen = 0;
  for (std::size_t i = 0; i != count; ++i) {
    const std::uint64_t low = prints.of(0, text_of(i)).low;
    const auto place = static_cast<std::size_t>((low >> 32U) * count >> 32U);
    fallen += is_taken[place] ? 1U : 0U;
    is_taken[place] = true;
  }
  return fallen;
}

} // namespace

TEST_CASE("a text has the fingerprint of its lower case, of every length and wherever it stands")
{
  const Fingerprints prints{key};
  std::mt19937 chance{1};
  for (std::size_t size = 0; size != 300; ++size) {
    const std::string text = random_text(chance, size);
    const Fingerprint expected = prints.of(3, lowered(text));
    const auto lower = prints.of_lower(3, text);
    CHECK(lower.has_value() == (size <= 128)); // a longer one is asked for when it is folded
    if (lower) CHECK(*lower == expected);
    const std::string moved = "x" + lowered(text) + "y";
    CHECK(prints.of(3, std::string_view{moved}.substr(1, size)) == expected);
  }
}

TEST_CASE("what is not ASCII has no lower case here, in whichever byte that shows")
{
  const Fingerprints prints{key};
  for (std::size_t size = 1; size != 40; ++size)
    for (std::size_t at = 0; at != size; ++at) {
      std::string text(size, 'a');
      text[at] = '\xC3';
      CHECK_FALSE(prints.of_lower(0, text).has_value());
    }
}

TEST_CASE("texts that differ in a bit, in length or in space have fingerprints that share nothing")
{
  const Fingerprints prints{key};
  std::mt19937 chance{2};
  std::size_t pairs = 0;
  std::size_t bits = 0;
  const auto differ = [&](const Fingerprint& a, const Fingerprint& b) {
    REQUIRE(a.low != b.low);
    REQUIRE(a.high != b.high);
    ++pairs;
    bits += bits_between(a, b);
  };
  for (std::size_t size = 0; size != 140; ++size) {
    std::string text = random_text(chance, size);
    const Fingerprint print = prints.of(0, text);
    differ(print, prints.of(1, text));
    differ(print, prints.of(0, text + '\0'));
    for (std::size_t bit = 0; bit != 8 * size; ++bit) {
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ 1 << bit % 8);
      differ(print, prints.of(0, text));
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ 1 << bit % 8);
    }
  }
  CHECK(bits > pairs * 62);
  CHECK(bits < pairs * 66);
}

TEST_CASE("a million texts have a million fingerprints, already in the half that finds their place")
{
  const Fingerprints prints{key};
  std::vector<std::uint64_t> lows;
  for (std::uint32_t number = 0; number != 1'000'000; ++number)
    lows.push_back(prints.of(0, std::to_string(number) + "@example.com").low);
  std::sort(lows.begin(), lows.end());
  CHECK(std::adjacent_find(lows.begin(), lows.end()) == lows.end());
}

TEST_CASE("numbers in a row spread as chance would have it, and so do texts that differ in places")
{
  constexpr std::size_t count = 100'000;
  // Of as many places chance leaves one in e free: so many texts fall together.
  const auto is_even = [&](std::size_t fallen) { return fallen > 36'200 && fallen < 37'400; };
  CHECK(is_even(fallen_together(count, [](std::size_t i) { return std::to_string(i); })));
  CHECK(is_even(fallen_together(count, [](std::size_t i) { return std::to_string(7 * i + 9); })));
  CHECK(is_even(fallen_together(count, [](std::size_t i) {
    std::string text(40, 'a');
    for (std::size_t bit = 0; bit != 17; ++bit)
      if ((i >> bit & 1) != 0) text[2 * bit] = 'b';
    return text;
  })));
}

TEST_CASE("each bit of the key changes fingerprints of all lengths")
{
  const Fingerprints prints{key};
  for (std::size_t bit = 0; bit != 128; ++bit) {
    SipKey other = key;
    (bit < 64 ? other.low : other.high) ^= std::uint64_t{1} << bit % 64;
    const Fingerprints others{other};
    for (const std::size_t size : {0U, 1U, 7U, 8U, 33U, 128U, 129U, 200U}) {
      const std::string text(size, 'x');
      CHECK(bits_between(prints.of(0, text), others.of(0, text)) > 20);
    }
  }
}
