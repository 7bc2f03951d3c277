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

// Where in a block the signs stand, a bit a byte.
struct Masks {
  uint64_t quotes, delimiters, lf, cr;
};

// What one block hands to the next, and what is gathered over all.
struct Carry {
  uint64_t inside = 0;      // all ones within quotes
  uint64_t may_open = 1;    // bit 0: the last byte ended a cell, or was a quote
  uint64_t after_quote = 0; // bit 0: the last byte was a quote
  uint64_t misplaced = 0;
  uint64_t quoted_line_ends = 0;
  uint64_t cr = 0;
  uint64_t row_ends = 0;
};

// Sets each bit to the parity of the bits up to it: from the quotes, what lies between them.
ROLLCALL_INLINE uint64_t prefix_xor_by_shifts(uint64_t bits)
{
  for (int distance = 1; distance < 64; distance *= 2) bits ^= bits << distance;
  return bits;
}

// The cell ends of a block. No branch, since quotes come too irregularly to be predicted; and few
// steps, since these are what the pass costs.
//
// Quotes come in pairs that open and close. Where one opens, what is before it must end a cell or
// be a quote (`""` within quotes is a pair closed and opened again). What follows one that closes
// must end a cell, be a quote, or be the CR of a CRLF.
template <class Block>
ROLLCALL_INLINE uint64_t cell_ends(const Masks& m, uint64_t next_is_lf, Carry& carry)
{
  const uint64_t inside = Block::prefix_xor(m.quotes) ^ carry.inside;
  uint64_t line_ends = m.lf;
  if constexpr (Block::with_cr) {
    line_ends |= m.cr & ~((m.lf >> 1) | (next_is_lf << 63));
    carry.cr |= m.cr;
  }
  const uint64_t row_ends = line_ends & ~inside;
  const uint64_t ends = (m.delimiters & ~inside) | row_ends;

  const uint64_t ends_or_quotes = ends | m.quotes;
  const uint64_t before_opener = (ends_or_quotes << 1) + carry.may_open;
  const uint64_t after_quotes = (m.quotes << 1) + carry.after_quote;
  uint64_t after_closer = ends_or_quotes | inside;
  if constexpr (Block::with_cr) after_closer |= m.cr;
  carry.misplaced |= (m.quotes & ~before_opener & inside) | (after_quotes & ~after_closer);

  carry.inside = static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63);
  carry.may_open = ends_or_quotes >> 63;
  carry.after_quote = m.quotes >> 63;
  carry.quoted_line_ends |= line_ends & inside;
  carry.row_ends += static_cast<uint64_t>(__builtin_popcountll(row_ends));
  return ends;
}

// The last block, which may be short: it is filled up with blanks, and what they seem to be is not
// taken for the text's.
template <class Block>
ROLLCALL_INLINE uint32_t* last_block(const char* text, uint32_t size, uint32_t at, Block& block,
                                     Carry& carry, uint32_t* to)
{
  char last[block_bytes];
  memset(last, ' ', sizeof last);
  memcpy(last, text + at, size - at);
  const uint64_t real = size - at == block_bytes ? ~uint64_t{0} : ~(~uint64_t{0} << (size - at));
  Masks masks = block.masks(last);
  masks = {masks.quotes & real, masks.delimiters & real, masks.lf & real, masks.cr & real};
  const uint64_t misplaced_before = carry.misplaced;
  carry.misplaced = 0;
  const uint64_t ends = cell_ends<Block>(masks, 0, carry);
  carry.misplaced = misplaced_before | (carry.misplaced & real);
  block.start(at);
  return block.write(ends, to);
}

// The pass. `Block` says how an instruction set loads 64 bytes (`masks`, which also notes special
// characters and bytes over 127) and writes the places of the bits of a mask (`write`).
template <class Block>
ROLLCALL_INLINE Index index_with(const char* text, uint32_t size, Marks marks, uint32_t* ends,
                                 uint32_t capacity)
{
  Carry carry;
  Block block(marks);
  uint32_t at = 0;
  uint32_t* to = ends;
  const uint32_t* const full = capacity < index_slack ? ends : ends + (capacity - index_slack);
  block.start(0);
  while (size - at > stripe_bytes && to <= full) {
    for (const uint32_t stop = at + stripe_bytes; at != stop; at += block_bytes) {
      const Masks masks = block.masks(text + at);
      const uint64_t next_is_lf = Block::with_cr && text[at + block_bytes] == '\n';
      to = block.write(cell_ends<Block>(masks, next_is_lf, carry), to);
    }
  }
  if (size - at <= stripe_bytes && to <= full) {
    for (; size - at > block_bytes; at += block_bytes) {
      const Masks masks = block.masks(text + at);
      const uint64_t next_is_lf = Block::with_cr && text[at + block_bytes] == '\n';
      to = block.write(cell_ends<Block>(masks, next_is_lf, carry), to);
    }
    if (at != size) to = last_block<Block>(text, size, at, block, carry, to);
    at = size;
  }
  return {.count = static_cast<uint32_t>(to - ends),
          .bytes = at,
          .row_ends = static_cast<uint32_t>(carry.row_ends),
          .quoted_line_end = carry.quoted_line_ends != 0,
          .misplaced_quote = carry.misplaced != 0,
          .open_quote = carry.inside != 0,
          .has_control = block.has_special(),
          .has_non_ascii = block.has_non_ascii(),
          .has_cr = carry.cr != 0};
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
