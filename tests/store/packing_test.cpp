// Pieces in less room: what was packed comes out as it was, and nothing else comes out at all.
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <memory_resource>
#include <string>
#include <string_view>

#include "store/packing.hpp"
#include "support/chance.hpp"

using namespace rollcall::tests;
using rollcall::store::pack;
using rollcall::store::unpack;

namespace {

std::string lines(std::size_t bytes)
{
  std::string text;
  for (int i = 1; text.size() < bytes; ++i)
    text += R"({"row":)" + std::to_string(i) + R"(,"outcome":"created","fields":{"name":[null,"N)" +
            std::to_string(i % 977) + "\"]}}\n";
  text.resize(bytes);
  return text;
}

std::string noise(Chance& chance, std::size_t bytes, std::uint64_t of)
{
  std::string text;
  while (text.size() < bytes) text += static_cast<char>(chance.below(of));
  return text;
}

std::string bytes(std::initializer_list<int> of)
{
  std::string text;
  for (const int byte : of) text += static_cast<char>(byte);
  return text;
}

// Whether it was packed; what comes out is what went in.
bool goes_round(std::string_view piece)
{
  std::pmr::string packed, unpacked;
  if (!pack(piece, packed)) return false;
  CHECK(packed.size() <= piece.size() - piece.size() / 4);
  REQUIRE(unpack(packed, piece.size(), unpacked));
  REQUIRE(std::string_view{unpacked} == piece);
  return true;
}

} // namespace

TEST_CASE("lines that are much alike take a fifth of the room, and come out as they were")
{
  const std::string piece = lines(256 * 1024);
  std::pmr::string packed;
  REQUIRE(pack(piece, packed));
  CHECK(packed.size() < piece.size() / 5);
  for (std::size_t size = 0; size != 600; ++size)
    goes_round(std::string_view{piece}.substr(0, size));
  CHECK(goes_round(piece));
  CHECK(goes_round(std::string(256 * 1024, 'a')));
  CHECK(goes_round(std::string(40, 'a')));
}

TEST_CASE("what would hardly get smaller is left as it is")
{
  Chance chance{1};
  CHECK_FALSE(goes_round(noise(chance, 256 * 1024, 256)));
  CHECK_FALSE(goes_round("short"));
  std::pmr::string packed;
  CHECK_FALSE(pack("abcdefgh", packed));
}

TEST_CASE("whatever repeats itself in whatever way comes out as it was")
{
  Chance chance{2};
  std::size_t times_packed = 0;
  for (int round = 0; round != 2'000; ++round) {
    std::string piece = noise(chance, 1 + chance.below(40), 1 + chance.below(256));
    while (piece.size() < 3'000 && !chance.one_in(40)) {
      if (chance.one_in(3)) {
        piece += noise(chance, chance.below(20), 1 + chance.below(256));
        continue;
      }
      const std::size_t from = chance.below(piece.size());
      for (std::size_t left = chance.below(200), at = from; left != 0; --left) piece += piece[at++];
    }
    times_packed += goes_round(piece) ? 1U : 0U;
  }
  CHECK(times_packed > 500);
}

TEST_CASE("what is no packed piece of so many bytes does not come out")
{
  const std::string piece = lines(2'000);
  std::pmr::string packed, unpacked;
  REQUIRE(pack(piece, packed));
  CHECK_FALSE(unpack(packed, piece.size() - 1, unpacked));
  CHECK_FALSE(unpack(packed, piece.size() + 1, unpacked));
  for (std::size_t size = 0; size != packed.size(); ++size)
    CHECK_FALSE(unpack(std::string_view{packed}.substr(0, size), piece.size(), unpacked));
  for (const std::string& damaged :
       {bytes({}), bytes({1}), bytes({0x80}), bytes({5, 'a'}), bytes({0, 0, 1}),
        bytes({1, 'a', 0, 0, 0}), bytes({1, 'a', 0, 2, 0}), bytes({1, 'a', 1, 1, 0}),
        bytes({1, 'a', 0, 1}), bytes({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1})})
    CHECK_FALSE(unpack(damaged, 9, unpacked));
  CHECK(unpack(bytes({1, 'a', 0, 1, 0}), 9, unpacked));
  CHECK(unpacked == "aaaaaaaaa");
  Chance chance{3};
  for (int round = 0; round != 20'000; ++round) {
    std::pmr::string changed = packed;
    for (int i = 0; i == 0 || chance.one_in(2); ++i)
      changed[chance.below(changed.size())] = static_cast<char>(chance.below(256));
    if (unpack(changed, piece.size(), unpacked)) CHECK(unpacked.size() == piece.size());
  }
}
