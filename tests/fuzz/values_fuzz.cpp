// Reads a cell as every type of value, in the quick way and in the long one, which must agree; what
// is canonical must remain so, and a fix must be good.
//
// The first byte chooses among a few settings of the types and dialects, the rest is the cell.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "check/outcome_of.hpp"

namespace {

using namespace rollcall;
using namespace rollcall::check;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

// Rows with cells that are not UTF-8, or hold controls, are not looked at.
bool is_looked_at(std::string_view cell)
{
  if (find_invalid_utf8(cell) != std::string_view::npos) return false;
  while (!cell.empty()) {
    const Decoded next = decode_next(cell);
    if (is_control(next.code_point) && next.code_point != U'\t') return false;
    cell.remove_prefix(next.bytes);
  }
  return true;
}

template <class Ready>
void try_type(const Ready& type, std::string_view cell, const csv::Dialect& dialect,
              const ReadyWords& words)
{
  const std::string outcome = tests::outcome_of(type, cell, nullptr, dialect);
  (void)tests::outcome_of(type, cell, &words, dialect);

  Scratch scratch;
  const std::string text{cell_text(cell, dialect, scratch)};
  if (text.empty()) return;
  const Reading reading = read_value(type, text, scratch);
  if (reading.verdict == Verdict::range) {
    const ExtensionRange range = range_of(reading.text());
    std::string room(range.first.size(), ' ');
    expect(extension_in(range, range.count - 1, room) == range.last);
  }
  if (!reading.is_bad()) return;
  const ReadyType any = type;
  (void)reason_of(any, reading.code, text);
  if (const auto fix = certain_fix(any, reading.code, text, scratch)) {
    expect(*fix != text);
    expect(tests::text_of(read_value(any, *fix, scratch)).ends_with(*fix));
  }
}

const ReadyWords words{{{"Global", {}}, {"English", "en"}, {"-1", {}}}};
const ReadyBoolean boolean{schema::Boolean{{"1", "yes", "true"}, {"0", "no", "false"}}};
const ReadyChoice choice{{"User", "Location", "pt-BR",
                          "Stra\xC3\x9F"
                          "e",
                          "a longer word"}};

csv::Dialect dialect_of(unsigned settings)
{
  csv::Dialect dialect;
  if (settings % 8 == 5) dialect.quote = '\'';
  if (settings % 8 == 6) dialect.quote = {};
  if (settings % 8 == 7) dialect.escape = '\\';
  return dialect;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size < 2) return 0;
  const unsigned settings = data[0];
  const std::string cell{data + 1, data + size};
  if (!is_looked_at(cell)) return 0;
  const csv::Dialect dialect = dialect_of(settings);
  const bool is_first = settings / 8 % 2 == 0;
  const auto run = [&](const auto& type) { try_type(type, cell, dialect, words); };

  run(ReadyText{.min = is_first ? 0U : 3U, .max = 20});
  run(ReadySecret{.digits = is_first, .min = 4, .max = 12});
  run(ReadyDigits{.min = 2, .max = 20, .plus = static_cast<schema::Plus>(settings / 8 % 3)});
  run(ReadyInteger{.min = -100, .max = is_first ? 999 : std::numeric_limits<std::int64_t>::max()});
  run(ReadyPhone{.ext = is_first, .restores_plus = settings / 16 % 2 == 0});
  run(ReadyExtension{.min = 2, .max = is_first ? 8U : 60U, .range_max = is_first ? 1U : 1000U});
  run(boolean);
  run(choice);
  run(ReadyEmail{});
  run(ReadyMac{});
  run(ReadyIp{});
  run(ReadyId{});

  Scratch scratch;
  const std::string text{value_text(cell, scratch)};
  expect(value_text(text, scratch) == text);
  (void)choice.names.nearest(text);
  return 0;
}
