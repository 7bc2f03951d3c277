// SHA-256: the filling of blocks, and the portable kernel.
#include "base/sha256.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/bytes.hpp"
#include "base/sha256_constants.hpp"

namespace rollcall {

namespace {

constexpr std::size_t block_bytes = 64;

// The words of a block turn round: words[i % 16] is made into that of 16 rounds later.
using Words = std::array<std::uint32_t, 16>;

std::uint32_t next_word(Words& words, std::size_t i) noexcept
{
  const std::uint32_t a = words[(i + 1) % 16];
  const std::uint32_t b = words[(i + 14) % 16];
  words[i % 16] += words[(i + 9) % 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3)) +
                   (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10));
  return words[i % 16];
}

// One round. Instead of moving all eight variables on, each round names them one place further.
void work_round(Sha256State& state, std::size_t i, std::uint32_t word) noexcept
{
  const auto at = [&state, i](std::size_t place) -> std::uint32_t& {
    return state[(place - i) % state.size()];
  };
  const std::uint32_t a = at(0);
  const std::uint32_t e = at(4);
  const std::uint32_t choice = at(6) ^ (e & (at(5) ^ at(6)));
  const std::uint32_t majority = (a & at(1)) | (at(2) & (a | at(1)));
  const std::uint32_t first = at(7) + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                              choice + sha256_constants[i] + word;
  at(3) += first;
  at(7) = first + (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + majority;
}

void work_in(Sha256State& state, const std::byte* block) noexcept
{
  Words words{};
  Sha256State worked = state;
#pragma GCC unroll 16
  for (std::size_t i = 0; i < 16; ++i) {
    words[i] = load_be32(block + 4 * i);
    work_round(worked, i, words[i]);
  }
  for (std::size_t from = 16; from < 64; from += 16) {
#pragma GCC unroll 16
    for (std::size_t i = 0; i < 16; ++i) {
      work_round(worked, from + i, next_word(words, i));
    }
  }
  for (std::size_t i = 0; i < state.size(); ++i) {
    state[i] += worked[i];
  }
}

} // namespace

void sha256_portable(Sha256State& state, const std::byte* blocks, std::size_t count) noexcept
{
  for (; count > 0; --count, blocks += block_bytes) {
    work_in(state, blocks);
  }
}

Sha256::Sha256() noexcept : kernel_{sha256_of_cpu()}
{
  if (kernel_ == nullptr) {
    kernel_ = sha256_portable;
  }
}

void Sha256::update(std::span<const std::byte> bytes) noexcept
{
  const auto filled = static_cast<std::size_t>(size_ % block_bytes);
  size_ += bytes.size();
  if (filled != 0) {
    const std::size_t taken = std::min(bytes.size(), block_bytes - filled);
    std::copy_n(bytes.begin(), taken, block_.begin() + static_cast<std::ptrdiff_t>(filled));
    bytes = bytes.subspan(taken);
    if (filled + taken < block_bytes) {
      return;
    }
    kernel_(state_, block_.data(), 1);
  }
  const std::size_t whole = bytes.size() / block_bytes;
  kernel_(state_, bytes.data(), whole);
  bytes = bytes.subspan(whole * block_bytes);
  std::copy(bytes.begin(), bytes.end(), block_.begin());
}

void Sha256::update(std::string_view text) noexcept
{
  update(as_bytes(text));
}

Sha256Digest Sha256::finish() noexcept
{
  // A one, zeros, and the length in bits so that a block is full: in this one, or in one more.
  const std::uint64_t bits = size_ * 8;
  std::array<std::byte, 2 * block_bytes> end{};
  const auto filled = static_cast<std::size_t>(size_ % block_bytes);
  std::copy_n(block_.begin(), filled, end.begin());
  end[filled] = std::byte{0x80};
  const std::size_t blocks = filled < block_bytes - 8 ? 1 : 2;
  store_be32(&end[blocks * block_bytes - 8], static_cast<std::uint32_t>(bits >> 32));
  store_be32(&end[blocks * block_bytes - 4], static_cast<std::uint32_t>(bits));
  kernel_(state_, end.data(), blocks);

  Sha256Digest digest{};
  for (std::size_t i = 0; i < state_.size(); ++i) {
    store_be32(&digest[4 * i], state_[i]);
  }
  *this = Sha256{kernel_};
  return digest;
}

Sha256Digest sha256(std::string_view text) noexcept
{
  Sha256 hash;
  hash.update(text);
  return hash.finish();
}

Sha256Digest hmac_sha256(std::string_view key, std::string_view text) noexcept
{
  std::array<std::byte, 64> block{};
  const Sha256Digest short_key = sha256(key);
  if (key.size() > block.size())
    std::memcpy(block.data(), short_key.data(), short_key.size());
  else if (!key.empty())
    std::memcpy(block.data(), key.data(), key.size());
  const auto begin = [&](Sha256& hash, std::byte pad) {
    std::array<std::byte, 64> padded = block;
    for (std::byte& byte : padded) byte ^= pad;
    hash.update(padded);
  };
  Sha256 inner, outer;
  begin(inner, std::byte{0x36});
  inner.update(text);
  begin(outer, std::byte{0x5C});
  outer.update(inner.finish());
  return outer.finish();
}

std::string to_hex(const Sha256Digest& digest)
{
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const std::byte byte : digest) {
    text.push_back(digits[std::to_integer<std::size_t>(byte >> 4)]);
    text.push_back(digits[std::to_integer<std::size_t>(byte & std::byte{0x0F})]);
  }
  return text;
}

} // namespace rollcall
