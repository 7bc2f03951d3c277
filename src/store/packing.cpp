// packing.cpp: a packed piece is a row of steps, and numbers in it are seven bits a byte, the
// lowest first, with the eighth set on all but the last:
//
//   how many bytes stand here | these | how many more than eight are as before | how far before
//
// The last step ends with the bytes that stand there. What is as before may reach into what it
// makes itself: one byte before, and a thousand long, is a thousand times that byte.
#include "store/packing.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

namespace rollcall::store {
namespace {

using Word = std::uint64_t;
constexpr std::size_t word_bytes = sizeof(Word); // the least that is told by its place
constexpr unsigned place_bits = 13;
// Where nothing comes again more and more is passed over at once.
constexpr unsigned patience_bits = 6;
constexpr unsigned number_bits = 28;

Word word_at(const char* at) noexcept
{
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::size_t place_of(Word word) noexcept
{
  return static_cast<std::size_t>(word * 0x9E3779B97F4A7C15U >> (64U - place_bits));
}

// So many bytes are the same here and there; `there` is the later place.
std::size_t common_bytes(std::string_view piece, std::size_t here, std::size_t there) noexcept
{
  const std::size_t begin = there;
  while (there + word_bytes <= piece.size() &&
         word_at(piece.data() + here) == word_at(piece.data() + there)) {
    here += word_bytes;
    there += word_bytes;
  }
  while (there != piece.size() && piece[here] == piece[there]) {
    ++here;
    ++there;
  }
  return there - begin;
}

void put_number(std::size_t number, std::pmr::string& into)
{
  for (; number > 0x7F; number >>= 7U) into += static_cast<char>((number & 0x7FU) | 0x80U);
  into += static_cast<char>(number);
}

std::optional<std::size_t> take_number(std::string_view& from) noexcept
{
  std::size_t number = 0;
  for (unsigned shift = 0; shift != number_bits && !from.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    number |= std::size_t{byte & 0x7FU} << shift;
    if (byte <= 0x7F) return number;
  }
  return {};
}

} // namespace

bool pack(std::string_view piece, std::pmr::string& into)
{
  into.clear();
  if (piece.size() >> number_bits != 0) return false;
  const std::size_t most = piece.size() - piece.size() / 4;
  std::array<std::uint32_t, std::size_t{1} << place_bits> seen = {}; // where, from 1
  std::size_t told = 0;
  std::size_t in_vain = 0;
  for (std::size_t at = 0; at + word_bytes <= piece.size();) {
    const Word word = word_at(piece.data() + at);
    const auto now = static_cast<std::uint32_t>(at + 1);
    const std::uint32_t last = std::exchange(seen[place_of(word)], now);
    if (last == 0 || word_at(piece.data() + (last - 1)) != word) {
      at += 1 + (in_vain++ >> patience_bits);
      continue;
    }
    in_vain = 0;
    const std::size_t same = common_bytes(piece, last - 1, at);
    put_number(at - told, into);
    into += piece.substr(told, at - told);
    put_number(same - word_bytes, into);
    put_number(at - (last - 1), into);
    if (into.size() > most) return false;
    told = at += same;
  }
  put_number(piece.size() - told, into);
  into += piece.substr(told);
  return into.size() <= most;
}

bool unpack(std::string_view packed, std::size_t bytes, std::pmr::string& into)
{
  into.clear();
  into.reserve(bytes);
  for (;;) {
    const auto here = take_number(packed);
    if (!here || *here > packed.size() || *here > bytes - into.size()) return false;
    into += packed.substr(0, *here);
    packed.remove_prefix(*here);
    if (packed.empty()) return into.size() == bytes;
    const auto more = take_number(packed);
    const auto before = take_number(packed);
    if (!more || !before || *before == 0 || *before > into.size()) return false;
    std::size_t left = *more + word_bytes;
    if (left > bytes - into.size()) return false;
    // What it makes itself is there by the time that it is needed.
    for (const std::size_t from = into.size() - *before; left != 0;) {
      const std::size_t size = std::min(left, into.size() - from);
      into.append(into, from, size);
      left -= size;
    }
  }
}

} // namespace rollcall::store
