// weak_hashes.cpp: for machines that keep the lowest byte first, as these hashes expect it.
#include "support/weak_hashes.hpp"

#include <bit>
#include <cstring>

namespace rollcall::bench {
namespace {

constexpr unsigned murmur64_shift = 47;

} // namespace

std::uint64_t fnv(std::string_view text, std::uint64_t state) noexcept
{
  for (const char c : text) state = (state ^ static_cast<unsigned char>(c)) * fnv_prime;
  return state;
}

std::uint32_t murmur3_step(std::uint32_t state, const char* four) noexcept
{
  std::uint32_t word = 0;
  std::memcpy(&word, four, sizeof word);
  word = std::rotl(word * 0xCC9E2D51U, 15) * 0x1B873593U;
  return std::rotl(state ^ word, 13) * 5 + 0xE6546B64U;
}

std::uint32_t murmur3(std::string_view text) noexcept
{
  std::uint32_t state = 0;
  for (std::size_t at = 0; at != text.size(); at += 4) state = murmur3_step(state, &text[at]);
  state ^= static_cast<std::uint32_t>(text.size());
  state = (state ^ state >> 16U) * 0x85EBCA6BU;
  state = (state ^ state >> 13U) * 0xC2B2AE35U;
  return state ^ state >> 16U;
}

std::uint64_t murmur64_start(std::uint64_t size, std::uint64_t seed) noexcept
{
  return seed ^ size * murmur64_factor;
}

std::uint64_t murmur64_word(const char* eight) noexcept
{
  std::uint64_t word = 0;
  std::memcpy(&word, eight, sizeof word);
  word *= murmur64_factor;
  return (word ^ word >> murmur64_shift) * murmur64_factor;
}

std::uint64_t murmur64(std::string_view text, std::uint64_t seed) noexcept
{
  std::uint64_t state = murmur64_start(text.size(), seed);
  for (std::size_t at = 0; at != text.size(); at += sizeof(std::uint64_t))
    state = (state ^ murmur64_word(&text[at])) * murmur64_factor;
  state = (state ^ state >> murmur64_shift) * murmur64_factor;
  return state ^ state >> murmur64_shift;
}

} // namespace rollcall::bench
