// The index of hashes beside a multimap, also where all hashes are the same.
#include "directory/hash_index.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "support/memory.hpp"

using namespace rollcall::directory;

namespace {

std::vector<ObjectNumber> objects_of(const HashIndex& index, std::uint64_t hash)
{
  std::vector<ObjectNumber> objects;
  for (ObjectNumber at = index.first(hash); at != no_object; at = index.next(at))
    objects.push_back(at);
  return objects;
}

} // namespace

TEST_CASE("an empty index has nothing")
{
  HashIndex index{*std::pmr::new_delete_resource()};
  CHECK(index.first(0) == no_object);
  CHECK(index.first(~std::uint64_t{0}) == no_object);
  index.prefetch(17);
}

TEST_CASE("objects with the same hash come in the order in which they were put in")
{
  HashIndex index{*std::pmr::new_delete_resource()};
  for (const ObjectNumber object : {7U, 3U, 5U, 9U}) index.insert_growing(42, object);
  index.insert_growing(43, 1);
  CHECK(objects_of(index, 42) == std::vector<ObjectNumber>{7, 3, 5, 9});
  index.remove(42, 5);
  CHECK(objects_of(index, 42) == std::vector<ObjectNumber>{7, 3, 9});
  index.remove(42, 7);
  index.remove(42, 9);
  CHECK(objects_of(index, 42) == std::vector<ObjectNumber>{3});
  index.insert_growing(42, 7);
  CHECK(objects_of(index, 42) == std::vector<ObjectNumber>{3, 7});
  index.remove(42, 3);
  index.remove(42, 7);
  CHECK(objects_of(index, 42).empty());
  CHECK(objects_of(index, 43) == std::vector<ObjectNumber>{1});
}

TEST_CASE("an index holds what was put in and not taken out")
{
  for (const std::uint64_t hashes : {1U, 3U, 50U, 1'000'000U}) {
    for (unsigned seed = 0; seed != 5; ++seed) {
      std::mt19937 random{seed};
      HashIndex index{*std::pmr::new_delete_resource()};
      std::multimap<std::uint64_t, ObjectNumber> model;
      std::vector<std::uint64_t> hash_of;
      // Hashes that differ in their highest or lowest bits only, so that they crowd.
      const auto hash = [&] {
        const std::uint64_t drawn = random() % hashes;
        return seed % 2 == 0 ? drawn << 44U : drawn;
      };
      for (int step = 0; step != 3000; ++step) {
        if (!model.empty() && random() % 3 == 0) {
          const auto at = std::next(model.begin(), static_cast<long>(random() % model.size()));
          index.remove(at->first, at->second);
          model.erase(at);
        } else {
          hash_of.push_back(hash());
          const auto object = static_cast<ObjectNumber>(hash_of.size() - 1);
          index.insert_growing(hash_of.back(), object);
          model.emplace(hash_of.back(), object);
        }
        const std::uint64_t asked = hash();
        std::vector<ObjectNumber> found = objects_of(index, asked);
        std::sort(found.begin(), found.end());
        std::vector<ObjectNumber> wanted;
        const auto range = model.equal_range(asked);
        for (auto at = range.first; at != range.second; ++at) wanted.push_back(at->second);
        std::sort(wanted.begin(), wanted.end());
        REQUIRE(found == wanted);
      }
    }
  }
}

TEST_CASE("after room was made nothing is allocated, whatever the hashes")
{
  rollcall::tests::CountingMemory memory;
  HashIndex index{memory};
  for (ObjectNumber object = 0; object != 100; ++object) index.insert_growing(object % 60, object);
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t i = 0; i != 100; ++i) hashes.push_back(i * i % 90);
  index.reserve(hashes, 200);
  const std::size_t before = memory.allocations();
  for (ObjectNumber i = 0; i != 100; ++i) index.insert(hashes[i], 100 + i);
  for (ObjectNumber object = 0; object != 100; ++object) index.remove(object % 60, object);
  CHECK(memory.allocations() == before);
  CHECK(objects_of(index, 81).front() == 109);
}

TEST_CASE("a hash that all objects share costs no more than a hash for each")
{
  rollcall::tests::CountingMemory memory;
  HashIndex index{memory};
  constexpr ObjectNumber count = 200'000; // a walk along all of them each time would take hours
  for (ObjectNumber object = 0; object != count; ++object) index.insert_growing(7, object);
  CHECK(memory.bytes_now() < 24 * std::size_t{count});
  for (ObjectNumber object = count; object-- != 1;) index.remove(7, object);
  CHECK(objects_of(index, 7) == std::vector<ObjectNumber>{0});
}
