// collisions_murmur64.cpp: all 64 bits of MurmurHash64A with a seed that is known.
//
// A block of eight bytes does state -> (state ^ word) * factor, where the word hangs on the block
// alone. Four blocks that lead from one state to another that was chosen beforehand are found by
// Wagner's method. Let s be the state after the first block, and b what, going backward, the fourth
// wants it to be before the third has been multiplied in: then (s ^ second) * factor == b ^ third
// is asked for. The low bits of a product hang on low bits alone, so only those are kept of which
// the low 23 bits are 0 on both sides; of nine million blocks in each place some forty remain that
// agree in the other bits too. Four such groups one after the other make 32^4 addresses.
#include <algorithm>
#include <array>
#include <cstdint>

#include "support/collision_attacks.hpp"
#include "support/weak_hashes.hpp"

namespace rollcall::bench {
namespace {

constexpr std::uint32_t block_count = 9'000'000;
constexpr unsigned low_bits = 23;
constexpr std::size_t groups_max = 32; // of each four blocks
constexpr std::size_t group_size = 4 * block_size;

// The block of a number: another one for every number.
std::string block_of(std::uint64_t number)
{
  constexpr std::uint64_t all = 2'821'109'907'456U; // 36^8
  constexpr std::uint64_t stride = 1'000'003;       // has no divisor in common with that
  std::uint64_t rest = (number * stride + 987'654'321) % all;
  std::string text(block_size, ' ');
  for (char& c : text) {
    c = signs[rest % signs.size()];
    rest /= signs.size();
  }
  return text;
}

struct Value {
  std::uint64_t value = 0;
  std::uint32_t block = 0;
};

struct Two {
  std::uint64_t value = 0;
  std::array<std::uint32_t, 2> blocks = {};
};

constexpr auto low = [](const Value& of) { return of.value << (64U - low_bits); };

template <class Step>
std::vector<Value> values(Step step)
{
  std::vector<Value> all(block_count);
  for (std::uint32_t block = 0; block != block_count; ++block)
    all[block] = {.value = step(murmur64_word(block_of(block).data())), .block = block};
  std::ranges::sort(all, {}, low);
  return all;
}

// One of each, joined by ^, wherever the low bits are 0 then.
std::vector<Two> joined(const std::vector<Value>& left, const std::vector<Value>& right)
{
  std::vector<Two> all;
  auto from = right.begin();
  for (const Value& a : left) {
    while (from != right.end() && low(*from) < low(a)) ++from;
    for (auto b = from; b != right.end() && low(*b) == low(a); ++b)
      all.push_back({.value = a.value ^ b->value, .blocks = {a.block, b->block}});
  }
  return all;
}

std::uint64_t inverse_of(std::uint64_t odd)
{
  std::uint64_t inverse = odd; // Newton: every step doubles the bits that are right
  for (int step = 0; step != 6; ++step) inverse *= 2 - odd * inverse;
  return inverse;
}

// Groups of four blocks that lead from one state to the other.
std::vector<std::string> groups(const std::vector<Value>& words, std::uint64_t start,
                                std::uint64_t target)
{
  const std::uint64_t inverse = inverse_of(murmur64_factor);
  const auto forward = values([&](std::uint64_t word) { return (start ^ word) * murmur64_factor; });
  std::vector<Two> begins = joined(forward, words);
  for (Two& begin : begins) begin.value *= murmur64_factor;
  const auto backward =
      values([&](std::uint64_t word) { return (target * inverse ^ word) * inverse; });
  const std::vector<Two> ends = joined(backward, words);
  std::ranges::sort(begins, {}, &Two::value);
  std::vector<std::string> texts;
  for (const Two& end : ends) {
    for (auto begin = std::ranges::lower_bound(begins, end.value, {}, &Two::value);
         begin != begins.end() && begin->value == end.value; ++begin) {
      texts.push_back(block_of(begin->blocks[0]) + block_of(begin->blocks[1]) +
                      block_of(end.blocks[1]) + block_of(end.blocks[0]));
      if (texts.size() == groups_max) return texts;
    }
  }
  return texts;
}

// What may stand in each place of the pattern, one after the other.
std::vector<std::vector<std::string>> choices()
{
  const std::vector<Value> words = values([](std::uint64_t word) { return word; });
  std::vector<std::vector<std::string>> all;
  std::uint64_t state = murmur64_start(murmur64_pattern.size(), murmur64_seed);
  for (std::size_t at = 0; at != murmur64_pattern.size();) {
    if (murmur64_pattern[at] == '*') {
      const std::uint64_t target = fnv(std::to_string(at)); // any will do
      all.push_back(groups(words, state, target));
      state = target;
      at += group_size;
    } else {
      all.push_back({std::string{murmur64_pattern.substr(at, block_size)}});
      state = (state ^ murmur64_word(&murmur64_pattern[at])) * murmur64_factor;
      at += block_size;
    }
  }
  return all;
}

} // namespace

std::vector<std::string> murmur64_collisions(std::size_t most)
{
  std::vector<std::string> emails = {""};
  for (const std::vector<std::string>& place : choices()) {
    std::vector<std::string> longer;
    for (const std::string& text : place)
      for (const std::string& email : emails)
        if (longer.size() != most) longer.push_back(email + text);
    emails = std::move(longer);
  }
  return emails;
}

} // namespace rollcall::bench
