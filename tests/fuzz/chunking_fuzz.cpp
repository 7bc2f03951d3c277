// Reads the same bytes in large and in small pieces, with large and small windows and by every
// kernel, and wants the same rows each time.
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/reader_input.hpp"

using namespace rollcall;
using namespace rollcall::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string bytes{data, data + size};
  ReaderInput input = reader_input(bytes);
  // Which delimiter is found depends on how much of the text the first window shows.
  csv::Dialect& dialect = input.options.dialect;
  if (!dialect.delimiter) dialect.delimiter = ',';
  const std::size_t small_window = input.options.window_bytes;
  const std::size_t small_piece = input.piece_bytes;

  input.options.window_bytes = std::size_t{16} * 1024;
  input.options.kernel = csv::Kernel::swar;
  input.piece_bytes = 0;
  const Read whole = read_input(input);
  expect_nothing(whole.fault);
  struct Way {
    std::size_t window_bytes, piece_bytes;
  };
  for (const csv::Kernel kernel : kernels()) {
    input.options.kernel = kernel;
    for (const Way way : {Way{small_window, small_piece + 1}, Way{7 * small_window, 0},
                          Way{1024, 100 * small_piece + 1}}) {
      input.options.window_bytes = way.window_bytes;
      input.piece_bytes = way.piece_bytes;
      const Read read = read_input(input);
      expect_nothing(read.fault);
      expect_nothing(difference(read.reading, whole.reading));
    }
  }
  return 0;
}
