// ChaCha20 by Bernstein, the block function of RFC 8439.
#include "base/seeded_random.hpp"

#include <memory>

#include <algorithm>
#include <bit>

#include "base/bytes.hpp"

namespace rollcall {

namespace {

void quarter_round(ChaChaWords& x, std::size_t a, std::size_t b, std::size_t c,
                   std::size_t d) noexcept
{
  x[a] += x[b];
  x[d] = std::rotl(x[d] ^ x[a], 16);
  x[c] += x[d];
  x[b] = std::rotl(x[b] ^ x[c], 12);
  x[a] += x[b];
  x[d] = std::rotl(x[d] ^ x[a], 8);
  x[c] += x[d];
  x[b] = std::rotl(x[b] ^ x[c], 7);
}

} // namespace

ChaChaWords chacha20_block(const ChaChaWords& input) noexcept
{
  ChaChaWords words = input;
  for (int i = 0; i < 10; ++i) {
    quarter_round(words, 0, 4, 8, 12);
    quarter_round(words, 1, 5, 9, 13);
    quarter_round(words, 2, 6, 10, 14);
    quarter_round(words, 3, 7, 11, 15);
    quarter_round(words, 0, 5, 10, 15);
    quarter_round(words, 1, 6, 11, 12);
    quarter_round(words, 2, 7, 8, 13);
    quarter_round(words, 3, 4, 9, 14);
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] += input[i];
  }
  return words;
}

SeededRandom::SeededRandom(std::uint64_t seed) noexcept
    : input_{0x61707865,
             0x3320646e,
             0x79622d32,
             0x6b206574,
             static_cast<std::uint32_t>(seed),
             static_cast<std::uint32_t>(seed >> 32)}
{
}

Result<void> SeededRandom::fill(std::span<std::byte> into)
{
  while (!into.empty()) {
    if (used_ == block_.size()) {
      const ChaChaWords words = chacha20_block(input_);
      for (std::size_t i = 0; i < words.size(); ++i) {
        store_le32(&block_[4 * i], words[i]);
      }
      // The counter is one word of RFC 8439; the next one takes the carry, after 256 GiB.
      if (++input_[12] == 0) {
        ++input_[13];
      }
      used_ = 0;
    }
    const std::size_t taken = std::min(into.size(), block_.size() - used_);
    std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(used_), taken, into.begin());
    used_ += taken;
    into = into.subspan(taken);
  }
  return success();
}

std::unique_ptr<Random> seeded_random(std::uint64_t seed)
{
  return std::make_unique<SeededRandom>(seed);
}

} // namespace rollcall
