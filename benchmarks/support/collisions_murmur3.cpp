// collisions_murmur3.cpp: the state has 32 bits, so among some hundred thousand texts of a block
// are two that lead to the same one. With a pair a block, every choice of them collides (Joux).
#include <array>
#include <cstdint>
#include <random>
#include <unordered_map>

#include "support/collision_attacks.hpp"
#include "support/weak_hashes.hpp"

namespace rollcall::bench {
namespace {

using Pair = std::array<std::string, 2>;

std::uint32_t after(std::uint32_t state, std::string_view block)
{
  return murmur3_step(murmur3_step(state, &block[0]), &block[4]);
}

Pair colliding_pair(std::mt19937_64& chance, std::uint32_t state)
{
  std::unordered_map<std::uint32_t, std::string> seen;
  for (;;) {
    std::string text(block_size, ' ');
    for (char& c : text) c = signs[chance() % signs.size()];
    const auto [same, is_new] = seen.try_emplace(after(state, text), text);
    if (!is_new && same->second != text) return {same->second, text};
  }
}

// What may stand in a block: a pair, or twice what the pattern has there.
std::vector<Pair> pairs_of_blocks()
{
  std::mt19937_64 chance{2};
  std::vector<Pair> pairs;
  std::uint32_t state = 0;
  for (std::size_t at = 0; at != murmur3_pattern.size(); at += block_size) {
    const std::string fixed{murmur3_pattern.substr(at, block_size)};
    pairs.push_back(fixed[0] == '*' ? colliding_pair(chance, state) : Pair{fixed, fixed});
    state = after(state, pairs.back()[0]);
  }
  return pairs;
}

} // namespace

std::vector<std::string> murmur3_collisions(std::size_t most)
{
  const std::vector<Pair> pairs = pairs_of_blocks();
  std::vector<std::string> emails;
  for (std::size_t choice = 0; emails.size() != most; ++choice) {
    std::size_t left = choice;
    std::string email;
    for (const Pair& pair : pairs) {
      if (pair[0] == pair[1]) {
        email += pair[0];
      } else {
        email += pair[left & 1U];
        left >>= 1U;
      }
    }
    if (left != 0) break;
    emails.push_back(std::move(email));
  }
  return emails;
}

} // namespace rollcall::bench
