// How a fuzz input is taken apart: eight bytes of options, then the text that is read by them.
#ifndef ROLLCALL_TESTS_FUZZ_READER_INPUT_HPP
#define ROLLCALL_TESTS_FUZZ_READER_INPUT_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "support/csv_reading.hpp"

namespace rollcall::tests {

constexpr std::size_t option_bytes = 8;

struct ReaderInput {
  csv::ReaderOptions options = {};
  std::size_t piece_bytes = 0; // 0: from memory
  std::string_view text = {};
};

// Small numbers stand for themselves, so that limits and windows fall within short texts.
inline ReaderInput reader_input(std::string_view bytes)
{
  std::array<std::uint8_t, option_bytes> knobs = {};
  const std::size_t given = std::min(bytes.size(), option_bytes);
  std::copy_n(bytes.begin(), given, knobs.begin());
  ReaderInput input{.text = bytes.substr(given)};
  csv::Dialect& dialect = input.options.dialect;
  constexpr std::string_view delimiters = ",,;\t|a ";
  const std::size_t delimiter = knobs[0] & 7U;
  if (delimiter < delimiters.size()) dialect.delimiter = delimiters[delimiter];
  const unsigned quote = (knobs[0] >> 3U) & 3U;
  if (quote == 1) dialect.quote = '\'';
  if (quote == 2) dialect.quote.reset();
  const unsigned escape = (knobs[0] >> 5U) & 3U;
  if (escape == 1) dialect.escape = '\\';
  if (escape == 2) dialect.escape = '"';
  dialect.lenient = (knobs[0] & 0x80U) != 0;
  constexpr std::array encodings = {csv::Encoding::utf_8, csv::Encoding::utf_16le,
                                    csv::Encoding::utf_16be, csv::Encoding::windows_1252,
                                    csv::Encoding::latin_1};
  dialect.encoding = encodings.at((knobs[1] & 15U) % encodings.size());
  input.options.kernel = kernels()[(knobs[1] >> 4U) % kernels().size()];
  // (A window of the usual size would cost more than the reading of so short a text.)
  input.options.window_bytes = knobs[2] != 0 ? knobs[2] : 4096;
  input.piece_bytes = knobs[3];
  Limits& limits = input.options.limits;
  if (knobs[4] != 0) limits.field_bytes = knobs[4];
  if (knobs[5] > 3) limits.row_bytes = knobs[5]; // no shorter than a character
  if (knobs[6] != 0) limits.columns = knobs[6];
  if (knobs[7] != 0) limits.rows = knobs[7];
  return input;
}

inline Read read_input(const ReaderInput& input)
{
  if (input.piece_bytes == 0) return read_all(input.text, input.options);
  PieceSource source{input.text, input.piece_bytes};
  return read_all(source, input.options);
}

// Ends the program, saying why, unless there is nothing to say.
inline void expect_nothing(const std::string& wrong)
{
  if (wrong.empty()) return;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  __builtin_trap();
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_FUZZ_READER_INPUT_HPP
