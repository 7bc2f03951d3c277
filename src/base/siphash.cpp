// SipHash over little-endian words. The last, partial word is read by overlapping loads instead of
// a byte at a time: most keys (extensions, numbers, logins) are little more than that word.
#include "base/siphash.hpp"

#include <array>
#include <bit>

#include "base/bytes.hpp"

namespace rollcall {

namespace {

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  explicit SipState(const SipKey& key) noexcept
      : v0{key.low ^ 0x736f6d6570736575},
        v1{key.high ^ 0x646f72616e646f6d},
        v2{key.low ^ 0x6c7967656e657261},
        v3{key.high ^ 0x7465646279746573}
  {
  }

  void round() noexcept
  {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }

  template <int rounds>
  void take(std::uint64_t word) noexcept
  {
    v3 ^= word;
    for (int i = 0; i < rounds; ++i) {
      round();
    }
    v0 ^= word;
  }
};

// The bytes from `left` of the end on, as the low bytes of a word; at most 7 of them.
std::uint64_t load_tail(const char* at, std::size_t left) noexcept
{
  if (left >= 4) {
    const std::uint64_t low = load_le32(at);
    const std::uint64_t high = load_le32(at + left - 4);
    return low | (high << (8 * (left - 4)));
  }
  if (left == 0) {
    return 0;
  }
  const auto byte = [at](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(at[i])};
  };
  return byte(0) | (byte(left / 2) << (8 * (left / 2))) | (byte(left - 1) << (8 * (left - 1)));
}

template <int rounds>
void take_all(SipState& state, std::string_view text) noexcept
{
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    state.take<rounds>(load_le64(at));
  }
  const std::uint64_t length = std::uint64_t{text.size()} << 56;
  state.take<rounds>(load_tail(at, left) | length);
}

template <int last_rounds>
std::uint64_t finish(SipState& state) noexcept
{
  for (int i = 0; i < last_rounds; ++i) {
    state.round();
  }
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

template <int rounds, int last_rounds>
std::uint64_t siphash(const SipKey& key, std::string_view text) noexcept
{
  SipState state{key};
  take_all<rounds>(state, text);
  state.v2 ^= 0xFF;
  return finish<last_rounds>(state);
}

} // namespace

std::uint64_t siphash_1_3(const SipKey& key, std::string_view text) noexcept
{
  return siphash<1, 3>(key, text);
}

std::uint64_t siphash_2_4(const SipKey& key, std::string_view text) noexcept
{
  return siphash<2, 4>(key, text);
}

Result<SipKey> make_sip_key(Random& random)
{
  std::array<std::byte, 16> bytes{};
  ROLLCALL_CHECK(random.fill(bytes));
  return SipKey{.low = load_le64(bytes.data()), .high = load_le64(bytes.data() + 8)};
}

} // namespace rollcall
