// Reads any bytes with any options, and wants what the reference reader makes of them.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/reader_input.hpp"
#include "support/reference_csv.hpp"

using namespace rollcall;
using namespace rollcall::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string bytes{data, data + size};
  const ReaderInput input = reader_input(bytes);
  const Read read = read_input(input);
  expect_nothing(read.fault);
  if (input.text.size() > 16 * 1024) return 0; // the reference is slow
  csv::Dialect dialect = input.options.dialect;
  dialect.delimiter = read.delimiter;     // as it was found, if none was given
  expect_nothing(difference(read.reading, //
                            read_by_reference(input.text, dialect, input.options.limits)));
  return 0;
}
