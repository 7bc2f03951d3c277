// Guards any string of bytes, writes it as CSV, and wants it back.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "csv/guard.hpp"

namespace {

using namespace rollcall;
using namespace rollcall::csv;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

// The one cell of a row that the writer made.
std::string unquoted(std::string_view text)
{
  expect(text.ends_with("\r\n"));
  text.remove_suffix(2);
  if (!text.starts_with('"')) {
    expect(text.find_first_of(",\"\r\n") == std::string_view::npos);
    return std::string{text};
  }
  expect(text.size() >= 2 && text.ends_with('"'));
  std::string value;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '"') expect(text[++i] == '"');
    value += text[i];
  }
  return value;
}

void try_mode(std::string_view value, Guard mode)
{
  std::string scratch;
  const std::string_view guarded_value = with_guard(value, mode, scratch);
  expect(without_guard(guarded_value) == value);
  expect(needs_guard(value, mode) == (guarded_value != value));
  expect(!would_run(guarded_value) || (mode == Guard::text && guarded_value == value));

  std::pmr::string text;
  TextSink sink{text};
  auto writer = Writer::open(sink, {.guard = mode, .buffer_bytes = 16});
  expect(writer.has_value());
  writer.assume_value().cell(value);
  writer.assume_value().end_row();
  expect(writer.assume_value().finish().has_value());
  expect(unquoted(text) == guarded_value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string value{data, data + size};
  try_mode(value, Guard::text);
  try_mode(value, Guard::all);
  return 0;
}
