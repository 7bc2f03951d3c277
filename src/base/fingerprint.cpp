// fingerprint.cpp: multilinear hashing over words of 64 bits, modulo 2^128, of which the upper half
// counts.
//
// The words are space and length, then those of the text. The last one reaches back over the one
// before it, or over itself: of texts of the same length they are the same only if the texts are.
#include "base/fingerprint.hpp"

#include "base/bytes.hpp"

namespace rollcall {
namespace {

__extension__ using Wide = unsigned __int128; // both compilers have it, the standard does not

constexpr Wide wide(std::uint64_t low, std::uint64_t high) noexcept
{
  return Wide{low} | Wide{high} << 64U;
}

constexpr std::uint64_t upper(Wide of) noexcept
{
  return static_cast<std::uint64_t>(of >> 64U);
}

// A text of 1 to 7 bytes.
std::uint64_t short_word(std::string_view text) noexcept
{
  const char* const at = text.data();
  const std::size_t size = text.size();
  if (size >= 4) return load_le32(at) | std::uint64_t{load_le32(at + size - 4)} << 32U;
  const auto byte = [at](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(at[i])};
  };
  return byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
}

} // namespace

class Fingerprints::Sum {
 public:
  explicit Sum(const Factors& first) noexcept
      : one_{wide(first.low_1, first.high_1)}, two_{wide(first.low_2, first.high_2)}
  {
  }

  void add(std::uint64_t word, const Factors& by) noexcept
  {
    one_ += Wide{by.low_1} * word + wide(0, by.high_1 * word);
    two_ += Wide{by.low_2} * word + wide(0, by.high_2 * word);
  }

  // A sum is linear: of texts that follow one another, like numbers, it moves in even steps. A
  // table wants its low half less even; that changes nothing in how likely it is.
  [[nodiscard]] Fingerprint value() const noexcept
  {
    const std::uint64_t low = upper(one_);
    return {.low = (low ^ low >> 32U) * 0x9E37'79B9'7F4A'7C15, .high = upper(two_)};
  }

 private:
  Wide one_;
  Wide two_;
};

Fingerprints::Fingerprints(const SipKey& key) noexcept : key_{key}
{
  char number = 0;
  const auto next = [&] {
    ++number;
    return siphash_2_4(key, {&number, 1});
  };
  for (Factors& made : factors_)
    made = {.low_1 = next(), .high_1 = next(), .low_2 = next(), .high_2 = next()};
}

// All bits that are in a byte of the text.
template <bool is_lowered>
std::uint64_t Fingerprints::add_words(Sum& sum, std::string_view text) const noexcept
{
  std::uint64_t seen = 0;
  const Factors* by = factors_.data() + 2;
  const auto add = [&](std::uint64_t word) {
    seen |= word;
    sum.add(is_lowered ? lower_ascii(word) : word, *by++);
  };
  if (text.size() < 8) {
    if (!text.empty()) add(short_word(text));
    return seen;
  }
  const char* const last = text.data() + text.size() - 8;
  for (const char* at = text.data(); at < last; at += 8) add(load_le64(at));
  add(load_le64(last));
  return seen;
}

Fingerprint Fingerprints::of(std::uint32_t space, std::string_view text) const noexcept
{
  if (text.size() > 8 * words_max) return of_long(space, text);
  Sum sum{factors_[0]};
  sum.add(std::uint64_t{space} << 32U | text.size(), factors_[1]);
  static_cast<void>(add_words<false>(sum, text));
  return sum.value();
}

std::optional<Fingerprint> Fingerprints::of_lower(std::uint32_t space,
                                                  std::string_view text) const noexcept
{
  if (text.size() > 8 * words_max) return std::nullopt;
  Sum sum{factors_[0]};
  sum.add(std::uint64_t{space} << 32U | text.size(), factors_[1]);
  const std::uint64_t seen = add_words<true>(sum, text);
  if ((seen & 0x8080'8080'8080'8080) != 0) return std::nullopt;
  return sum.value();
}

Fingerprint Fingerprints::of_long(std::uint32_t space, std::string_view text) const noexcept
{
  const SipKey low{.low = key_.low ^ space, .high = ~key_.high};
  const SipKey high{.low = ~key_.low ^ space, .high = key_.high};
  return {.low = siphash_2_4(low, text), .high = siphash_2_4(high, text)};
}

} // namespace rollcall
