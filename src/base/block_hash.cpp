// block_hash.cpp: two chains of multiplications, each of which takes 16 bytes a step and folds the
// upper half of the product into the lower.
#include "base/block_hash.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"

namespace rollcall {
namespace {

__extension__ using Wide = unsigned __int128; // both compilers have it, the standard does not

constexpr std::size_t step_bytes = 32;

std::uint64_t folded(std::uint64_t a, std::uint64_t b) noexcept
{
  const Wide product = Wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

class Chains {
 public:
  Chains(const SipKey& key, std::uint64_t size) noexcept
      : key_{key}, one_{key.low ^ size}, other_{key.high + size}
  {
  }

  void take(const std::byte* step) noexcept
  {
    one_ = folded(one_ ^ load_le64(step), key_.high ^ load_le64(step + 8));
    other_ = folded(other_ ^ load_le64(step + 16), key_.low ^ load_le64(step + 24));
  }

  [[nodiscard]] std::uint64_t end() const noexcept
  {
    return folded(one_ ^ key_.high, other_ ^ key_.low);
  }

 private:
  SipKey key_;
  std::uint64_t one_, other_;
};

} // namespace

std::uint64_t block_hash(const SipKey& key, std::span<const std::byte> block) noexcept
{
  Chains chains{key, block.size()};
  for (; block.size() >= step_bytes; block = block.subspan(step_bytes)) chains.take(block.data());
  if (!block.empty()) {
    std::array<std::byte, step_bytes> last = {};
    std::copy(block.begin(), block.end(), last.begin());
    chains.take(last.data());
  }
  return chains.end();
}

} // namespace rollcall
