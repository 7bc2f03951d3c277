// kernel_body.hpp: what every kernel does with the masks of a block; each kernel adds how to get
// them.
//
// Included by the kernel_*.cpp only, each compiled for its own instruction set: so everything here
// has internal linkage and uses nothing of the standard library that the linker could share with
// code for other processors.
#ifndef ROLLCALL_CSV_KERNEL_BODY_HPP
#define ROLLCALL_CSV_KERNEL_BODY_HPP

#include <stdint.h>
#include <string.h>

#include "csv/kernel.hpp"

#define ROLLCALL_INLINE static inline __attribute__((always_inline))
#define ROLLCALL_INLINE_MEMBER inline __attribute__((always_inline))

namespace rollcall::csv {
namespace {

constexpr uint32_t block_bytes = 64;
constexpr uint32_t stripe_blocks = stripe_bytes / block_bytes;

// Where in a block the signs stand, a bit a byte.
struct Masks {
  uint64_t quotes, delimiters, lf, cr;
};

// The masks of a stripe, block after block. Where a step looks one bit back, or ahead, the list has
// the block before, or behind, as well.
struct Stripe {
  uint64_t quotes[1 + stripe_blocks] = {};
  uint64_t delimiters[stripe_blocks] = {};
  uint64_t lf[stripe_blocks + 1] = {};
  uint64_t cr[stripe_blocks] = {};
  uint64_t inside[stripe_blocks] = {}; // within quotes, the opening one too
  uint64_t row_ends[stripe_blocks] = {};
  uint64_t quoted_line_ends[stripe_blocks] = {};
  uint64_t ends[stripe_blocks] = {};
  uint64_t ends_or_quotes[1 + stripe_blocks] = {};
};

// Eight masks at once, in the widest registers that there are. (Taken and given by reference: how
// such a value is passed depends on the instruction set.)
typedef uint64_t Words __attribute__((vector_size(64)));
constexpr uint32_t words = sizeof(Words) / sizeof(uint64_t);

ROLLCALL_INLINE void load(Words& into, const uint64_t* from)
{
  memcpy(&into, from, sizeof into);
}
ROLLCALL_INLINE void store(const Words& from, uint64_t* into)
{
  memcpy(into, &from, sizeof from);
}

// Sets each bit to the parity of the bits up to it in its word: from the quotes, what lies between
// them.
ROLLCALL_INLINE void sum_parities(Words& bits)
{
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
}

// Carries a parity from word to word: flips each word before which it is odd. `odd` is all ones if
// it is odd before the first, and after the last in turn.
ROLLCALL_INLINE void carry_word_by_word(Words& parities, uint64_t& odd)
{
  for (uint32_t i = 0; i != words; ++i) {
    parities[i] ^= odd;
    odd = static_cast<uint64_t>(static_cast<int64_t>(parities[i]) >> 63);
  }
}

// The same for eight words, each of which is a bit that says whether its own parity is odd. Gives
// a bit for each word that must be flipped.
ROLLCALL_INLINE uint32_t carry_bit_by_bit(uint32_t parities, uint64_t& odd)
{
  parities ^= parities << 1;
  parities ^= parities << 2;
  parities ^= parities << 4;
  const uint32_t flipped = (parities << 1) ^ static_cast<uint32_t>(odd);
  odd ^= 0 - static_cast<uint64_t>((parities >> 7) & 1);
  return flipped;
}

ROLLCALL_INLINE bool has_ones(const Words& masks)
{
  uint64_t any = 0;
  for (uint32_t i = 0; i != words; ++i) any |= masks[i];
  return any != 0;
}

ROLLCALL_INLINE uint64_t count_ones(uint64_t bits)
{
#if defined(__POPCNT__) || defined(__aarch64__)
  return static_cast<uint64_t>(__builtin_popcountll(bits));
#else // that would be a call, before which all vectors are put away
  bits -= (bits >> 1) & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
  return (((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56;
#endif
}

// What is gathered over all stripes.
struct Gathered {
  Words misplaced = {};
  Words cr = {};
  uint64_t inside = 0; // all ones if the last byte is within quotes
  uint64_t row_ends = 0;
  uint64_t quoted_line_ends = 0;
};

// A stripe is gone over in three loops: the masks from the text; what follows from them, for eight
// blocks at once; and the places. Block by block the same takes twice the instructions.
template <class Block>
ROLLCALL_INLINE void find_signs(const char* text, Block& block, Stripe& stripe)
{
  for (uint32_t i = 0; i != stripe_blocks; ++i) {
    const Masks masks = block.masks(text + i * block_bytes);
    stripe.quotes[1 + i] = masks.quotes;
    stripe.delimiters[i] = masks.delimiters;
    stripe.lf[i] = masks.lf;
    if constexpr (Block::with_cr) stripe.cr[i] = masks.cr;
  }
}

template <class Block>
ROLLCALL_INLINE void find_ends(Stripe& stripe, Gathered& all)
{
  Words any_cr = {};
  Words any_quoted = {};
  for (uint32_t i = 0; i != stripe_blocks; i += words) {
    Words line_ends, inside, delimiters, quotes;
    load(line_ends, stripe.lf + i);
    load(delimiters, stripe.delimiters + i);
    load(quotes, stripe.quotes + 1 + i);
    inside = quotes;
    sum_parities(inside);
    Block::carry(inside, all.inside);
    if constexpr (Block::with_cr) {
      Words cr, lf_of_next;
      load(cr, stripe.cr + i);
      load(lf_of_next, stripe.lf + i + 1);
      any_cr |= cr;
      line_ends |= cr & ~((line_ends >> 1) | (lf_of_next << 63));
    }
    const Words row_ends = line_ends & ~inside;
    const Words quoted_line_ends = line_ends & inside;
    const Words ends = (delimiters & ~inside) | row_ends;
    const Words ends_or_quotes = ends | quotes;
    store(inside, stripe.inside + i);
    store(row_ends, stripe.row_ends + i);
    store(quoted_line_ends, stripe.quoted_line_ends + i);
    store(ends, stripe.ends + i);
    store(ends_or_quotes, stripe.ends_or_quotes + 1 + i);
    any_quoted |= quoted_line_ends;
  }
  all.cr |= any_cr;
  if (has_ones(any_quoted))
    for (const uint64_t mask : stripe.quoted_line_ends) all.quoted_line_ends += count_ones(mask);
}

// Quotes come in pairs that open and close. Where one opens, what is before it must end a cell or
// be a quote (`""` within quotes is a pair closed and opened again). What follows one that closes
// must end a cell, be a quote, or be the CR of a CRLF. Of the text that is not `real` nothing is
// asked.
template <class Block>
ROLLCALL_INLINE void check_quotes(const Stripe& stripe, const uint64_t* real, Gathered& all)
{
  Words misplaced = {};
  for (uint32_t i = 0; i != stripe_blocks; i += words) {
    Words quotes, quotes_before, inside, ends_or_quotes, ends_or_quotes_before;
    load(quotes, stripe.quotes + 1 + i);
    load(quotes_before, stripe.quotes + i);
    load(inside, stripe.inside + i);
    load(ends_or_quotes, stripe.ends_or_quotes + 1 + i);
    load(ends_or_quotes_before, stripe.ends_or_quotes + i);
    const Words before_opener = (ends_or_quotes << 1) | (ends_or_quotes_before >> 63);
    const Words after_quote = (quotes << 1) | (quotes_before >> 63);
    Words after_closer = ends_or_quotes | inside;
    if constexpr (Block::with_cr) {
      Words cr;
      load(cr, stripe.cr + i);
      after_closer |= cr;
    }
    Words wrong = (quotes & inside & ~before_opener) | (after_quote & ~after_closer);
    if (real != nullptr) {
      Words there;
      load(there, real + i);
      wrong &= there;
    }
    misplaced |= wrong;
  }
  all.misplaced |= misplaced;
}

template <class Block>
ROLLCALL_INLINE uint32_t* write_ends(const Stripe& stripe, Block& block, Gathered& all,
                                     uint32_t* to)
{
  const auto write = [&](uint32_t i) __attribute__((always_inline))
  {
    to = block.write(stripe.ends[i], to);
    all.row_ends += count_ones(stripe.row_ends[i]);
  };
  if constexpr (Block::is_unrolled) {
#pragma GCC unroll 16
    for (uint32_t i = 0; i != stripe_blocks; ++i) write(i);
  } else {
    for (uint32_t i = 0; i != stripe_blocks; ++i) write(i);
  }
  return to;
}

// Behind the stripe stands `next`. The last bits of the stripe are the first of the next one.
//
// The places of a stripe are written during the next one, between the single masks of that and
// loading them eight at a time: a processor that has to wait for eight small writes to become one
// large read has something to do then.
template <class Block>
ROLLCALL_INLINE uint32_t* one_stripe(const char* text, char next, const uint64_t* real,
                                     Block& block, Stripe& stripe, Gathered& all, uint32_t* to)
{
  find_signs(text, block, stripe);
  block.check_text(text, real);
  stripe.lf[stripe_blocks] = next == '\n' ? 1 : 0;
  to = write_ends(stripe, block, all, to);
  find_ends<Block>(stripe, all);
  check_quotes<Block>(stripe, real, all);
  stripe.quotes[0] = stripe.quotes[stripe_blocks];
  stripe.ends_or_quotes[0] = stripe.ends_or_quotes[stripe_blocks];
  return to;
}

// The last stripe is filled up with blanks; what they seem to be is not taken for the text's.
template <class Block>
ROLLCALL_INLINE uint32_t* last_stripe(const char* text, const char* end, Block& block,
                                      Stripe& stripe, Gathered& all, uint32_t* to)
{
  const size_t size = static_cast<size_t>(end - text);
  char filled[stripe_bytes];
  memcpy(filled, text, size);
  memset(filled + size, ' ', sizeof filled - size);
  uint64_t real[stripe_blocks];
  for (uint32_t i = 0; i != stripe_blocks; ++i) {
    const size_t begin = i * block_bytes;
    const size_t there = size > begin ? size - begin : 0;
    real[i] = there >= block_bytes ? ~uint64_t{0} : ~(~uint64_t{0} << there);
  }
  return one_stripe(filled, '\0', real, block, stripe, all, to);
}

// The pass. `Block` says how an instruction set loads 64 bytes (`masks`, which also notes special
// characters and bytes over 127), judges those of a stripe, if it can (`check_text`), carries
// parities from word to word (`carry`), and writes the places of the bits of a mask (`write`; the
// first ones, a stripe before the text, have none).
template <class Block>
ROLLCALL_INLINE Index index_with(const char* text, uint32_t size, Marks marks, uint32_t* ends,
                                 uint32_t capacity)
{
  if (capacity < index_slack) return {};
  Gathered all;
  Stripe stripe;
  stripe.ends_or_quotes[0] = ~uint64_t{0}; // at the start of the text a quote may open
  Block block(marks);
  const char* from = text;
  const char* const end = text + size;
  uint32_t* to = ends;
  const uint32_t* const full = ends + (capacity - index_slack);
  for (; end - from > stripe_bytes && to <= full; from += stripe_bytes)
    to = one_stripe(from, from[stripe_bytes], nullptr, block, stripe, all, to);
  if (end - from <= stripe_bytes && to <= full) {
    if (from != end) to = last_stripe(from, end, block, stripe, all, to);
    from = end;
  }
  to = write_ends(stripe, block, all, to);
  // A blank that fills up may be a delimiter or a quote to some: those are no cells.
  while (to != ends && to[-1] >= size) --to;
  return {.count = static_cast<uint32_t>(to - ends),
          .bytes = static_cast<uint32_t>(from - text),
          .row_ends = static_cast<uint32_t>(all.row_ends),
          .quoted_line_ends = static_cast<uint32_t>(all.quoted_line_ends),
          .misplaced_quote = has_ones(all.misplaced),
          .open_quote = all.inside != 0,
          .has_control = block.has_special(),
          .has_cr = has_ones(all.cr),
          .may_have_bad_text = block.may_have_bad_text()};
}

// Most files have no CR, and then a fifth of the steps can be left out: CR counts as special, like
// a control character, and the first stretch that has something special is gone over again.
template <template <bool with_cr> class Block>
ROLLCALL_INLINE Index index_text(const char* text, uint32_t size, Marks marks, uint32_t* ends,
                                 uint32_t capacity)
{
  if (!marks.expect_cr) {
    const Index found = index_with<Block<false>>(text, size, marks, ends, capacity);
    if (!found.has_control) return found;
  }
  return index_with<Block<true>>(text, size, marks, ends, capacity);
}

} // namespace
} // namespace rollcall::csv

#endif
