// kernel.hpp: one pass over a stretch of CSV that finds where its cells end, 64 bytes at a time.
//
// There is one kernel an instruction set, all the same function; which one runs is decided once,
// when a reader is made. A kernel knows rows only as far as quotes go: a text with a misplaced
// quote is merely reported, and the scalar machine (scalar.hpp) reads it again.
#ifndef ROLLCALL_CSV_KERNEL_HPP
#define ROLLCALL_CSV_KERNEL_HPP

#include <cstdint>

namespace rollcall::csv {

// The signs that structure a file. Without `quoting` no sign quotes.
struct Marks {
  char delimiter = ',';
  char quote = '"';
  bool quoting = true;
  bool expect_cr = false;  // a hint: files with CR are read faster if the kernel is told so
  bool judge_text = false; // if the kernel can
};

// What a pass found. The text is taken to begin at the start of a row, and to go on after its end.
struct Index {
  std::uint32_t count = 0;    // cell ends written: delimiters and line ends outside quotes
  std::uint32_t bytes = 0;    // how much was looked at: all, or as much as there was room for
  std::uint32_t row_ends = 0; // LF, CRLF and lone CR outside quotes
  std::uint32_t quoted_line_ends = 0; // and inside
  bool misplaced_quote = false;       // one that neither opens nor closes a whole cell
  bool open_quote = false;            // the text ends within quotes
  bool has_control = false;           // a C0 character but tab, CR, LF; or DEL
  bool has_cr = false;
  // There is what is no UTF-8, or a C1 character; or a byte over 127, if the kernel does not judge.
  // Half a character at the end is none of these: what follows it is the judge.
  bool may_have_bad_text = false;
};

// A kernel looks whether there is room once a stripe, when the places of the one before are still
// to be written, and writes up to a block's worth too much.
constexpr std::uint32_t stripe_bytes = 1024;
constexpr std::uint32_t index_slack = 2 * stripe_bytes + 64;

// Looks at `size` bytes and writes to `ends`, in order, the offset of each byte that ends a cell;
// of CRLF that is the LF. Stops early, at a multiple of `stripe_bytes`, when fewer than
// `index_slack` places of `capacity` are left. Reads no byte outside the text.
using IndexFunction = Index (*)(const char* text, std::uint32_t size, Marks marks,
                                std::uint32_t* ends, std::uint32_t capacity);

Index index_swar(const char*, std::uint32_t, Marks, std::uint32_t*, std::uint32_t);
Index index_avx2(const char*, std::uint32_t, Marks, std::uint32_t*, std::uint32_t);
Index index_avx512(const char*, std::uint32_t, Marks, std::uint32_t*, std::uint32_t);
Index index_neon(const char*, std::uint32_t, Marks, std::uint32_t*, std::uint32_t);

} // namespace rollcall::csv

#endif
