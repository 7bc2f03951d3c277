// collisions_fnv.cpp: all 64 bits of FNV-1a, which adds far more than it mixes.
//
// A step is state -> (state ^ c) * prime. What the ^ adds to the state depends on its low eight
// bits alone, so texts that lead from the same low eight bits to the same low eight bits each add a
// constant to the hash, wherever they began: hash = start * prime^n + sum of constants. So the
// address is cut into eight parts, each a list of such texts, and of each list one is chosen so
// that the sum is 0: eight lists are merged two by two, and every merge keeps the sums that are 0
// in eighteen or more further bits (Wagner's tree).
#include <algorithm>
#include <array>
#include <cstdint>

#include "support/collision_attacks.hpp"
#include "support/weak_hashes.hpp"

namespace rollcall::bench {
namespace {

struct Sum {
  std::uint64_t value = 0;
  std::array<std::uint32_t, 8> chosen = {}; // of each list
};

constexpr std::size_t fnv_lists = 8;
constexpr std::array<std::size_t, 2> fnv_parts = {3, 4};
constexpr std::size_t fnv_list = std::size_t{1} << 19U;

std::uint64_t power(std::uint64_t base, std::size_t exponent)
{
  std::uint64_t product = 1;
  while (exponent-- != 0) product *= base;
  return product;
}

// All texts of so many signs that lead from `start` to the same low eight bits.
std::vector<std::string> fnv_texts(std::uint64_t start, std::size_t size)
{
  std::vector<std::string> texts = {""};
  for (std::size_t at = 0; at != size; ++at) {
    std::vector<std::string> longer;
    for (const std::string& text : texts)
      for (const char sign : signs) longer.push_back(text + sign);
    texts = std::move(longer);
  }
  const std::uint64_t wanted = fnv(texts[0], start) & 0xFFU;
  std::erase_if(texts,
                [&](const std::string& text) { return (fnv(text, start) & 0xFFU) != wanted; });
  return texts;
}

// The texts of a list: any beginning with any end.
std::vector<std::string> fnv_list_texts(std::uint64_t start)
{
  const std::vector<std::string> begins = fnv_texts(start, fnv_parts[0]);
  const std::vector<std::string> ends = fnv_texts(fnv(begins[0], start), fnv_parts[1]);
  std::vector<std::string> texts;
  for (const std::string& end : ends)
    for (const std::string& begin : begins)
      if (texts.size() != fnv_list) texts.push_back(begin + end);
  return texts;
}

// The sums of one of each side of which the bits under `mask` are 0, at most so many.
std::vector<Sum> merged(const std::vector<Sum>& left, std::vector<Sum> right, std::uint64_t mask,
                        std::size_t most)
{
  const auto key = [mask](const Sum& sum) { return sum.value & mask; };
  std::ranges::sort(right, {}, key);
  std::vector<Sum> sums;
  for (const Sum& a : left) {
    const std::uint64_t wanted = (0 - a.value) & mask;
    for (auto b = std::ranges::lower_bound(right, wanted, {}, key);
         b != right.end() && key(*b) == wanted; ++b) {
      if (sums.size() == most) return sums;
      Sum sum{.value = a.value + b->value, .chosen = a.chosen};
      for (std::size_t list = 0; list != fnv_lists; ++list) sum.chosen[list] |= b->chosen[list];
      sums.push_back(sum);
    }
  }
  return sums;
}

} // namespace

std::vector<std::string> fnv_collisions(std::size_t wanted)
{
  std::vector<std::vector<std::string>> texts;
  std::vector<std::vector<Sum>> lists;
  std::uint64_t start = fnv_basis;
  for (std::size_t list = 0; list != fnv_lists; ++list) {
    texts.push_back(fnv_list_texts(start));
    const std::uint64_t later =
        power(fnv_prime, (fnv_parts[0] + fnv_parts[1]) * (fnv_lists - 1 - list));
    const std::uint64_t first = fnv(texts[list][0], start);
    lists.emplace_back();
    for (std::size_t at = 0; at != texts[list].size(); ++at) {
      Sum sum{.value = (fnv(texts[list][at], start) - first) * later};
      sum.chosen[list] = static_cast<std::uint32_t>(at);
      lists[list].push_back(sum);
    }
    start = first;
  }
  // The low eight bits are 0 already.
  constexpr std::size_t most = std::size_t{3} << 19U;
  for (const unsigned bits : {8U + 18U, 8U + 36U, 64U}) {
    const std::uint64_t mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    std::vector<std::vector<Sum>> halves;
    for (std::size_t at = 0; at != lists.size(); at += 2)
      halves.push_back(
          merged(std::move(lists[at]), std::move(lists[at + 1]), mask, bits == 64 ? wanted : most));
    lists = std::move(halves);
  }
  std::vector<std::string> emails;
  for (const Sum& sum : lists[0]) {
    std::string email;
    for (std::size_t list = 0; list != fnv_lists; ++list) email += texts[list][sum.chosen[list]];
    emails.push_back(email.append(fnv_pattern.substr(email.size())));
  }
  return emails;
}

} // namespace rollcall::bench
