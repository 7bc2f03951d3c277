// collisions.cpp: sees to it that addresses collide, and are as many as were asked for.
#include "support/collisions.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <stdexcept>

#include "support/collision_attacks.hpp"
#include "support/weak_hashes.hpp"

namespace rollcall::bench {
namespace {

std::uint64_t hash_of(WeakHash hash, const std::string& email)
{
  switch (hash) {
    case WeakHash::fnv:
      return fnv(email);
    case WeakHash::murmur3:
      return murmur3(email);
    case WeakHash::standard:
#if defined(__GLIBCXX__)
      if (murmur64(email) != std::hash<std::string>{}(email))
        throw std::runtime_error{"std::hash is not what it was taken for"};
#endif
      return murmur64(email);
  }
  return 0;
}

std::string_view pattern_of(WeakHash hash)
{
  switch (hash) {
    case WeakHash::fnv:
      return fnv_pattern;
    case WeakHash::murmur3:
      return murmur3_pattern;
    case WeakHash::standard:
      return murmur64_pattern;
  }
  return {};
}

std::vector<std::string> attack(WeakHash hash, std::size_t count)
{
  switch (hash) {
    case WeakHash::fnv:
      return fnv_collisions(count);
    case WeakHash::murmur3:
      return murmur3_collisions(count);
    case WeakHash::standard:
      return murmur64_collisions(count);
  }
  return {};
}

} // namespace

std::string_view slug(WeakHash hash) noexcept
{
  switch (hash) {
    case WeakHash::fnv:
      return "fnv";
    case WeakHash::murmur3:
      return "murmur3";
    case WeakHash::standard:
      return "standard";
  }
  return {};
}

std::string_view title(WeakHash hash) noexcept
{
  switch (hash) {
    case WeakHash::fnv:
      return "FNV-1a, 64 bits";
    case WeakHash::murmur3:
      return "MurmurHash3, 32 bits";
    case WeakHash::standard:
      return "std::hash (MurmurHash64A)";
  }
  return {};
}

std::vector<std::string> colliding_emails(WeakHash hash, std::size_t count)
{
  std::vector<std::string> emails = attack(hash, count);
  if (emails.size() != count) throw std::runtime_error{"there are not that many collisions"};
  for (const std::string& email : emails)
    if (hash_of(hash, email) != hash_of(hash, emails[0]))
      throw std::runtime_error{"addresses do not collide"};
  std::ranges::sort(emails);
  if (std::ranges::adjacent_find(emails) != emails.end())
    throw std::runtime_error{"an address is there twice"};
  // As made they would begin alike, which is easy on a cache and on whoever guesses what comes.
  std::mt19937_64 chance{4};
  for (std::size_t left = emails.size(); left > 1; --left)
    std::swap(emails[left - 1], emails[chance() % left]);
  return emails;
}

std::vector<std::string> random_emails(WeakHash hash, std::size_t count)
{
  std::mt19937_64 chance{5};
  std::vector<std::string> emails(count, std::string{pattern_of(hash)});
  for (std::string& email : emails)
    for (char& c : email)
      if (c == '*') c = signs[chance() % signs.size()];
  return emails;
}

} // namespace rollcall::bench
