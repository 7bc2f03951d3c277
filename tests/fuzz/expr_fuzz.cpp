// Reads anything as rules: a line each, all but the last a `let`. What has no fault is asked about
// some rows, as masks and row by row, which must agree; what has one says where, within its line.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/char_class.hpp"
#include "expr/evaluator.hpp"
#include "expr/phrase_book.hpp"
#include "expr/table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace rollcall::expr;
using namespace rollcall::expr::tests;

constexpr std::size_t rows = 5;

void expect(bool holds)
{
  if (!holds) __builtin_trap();
}

void expect_good(const Fault& fault, std::string_view text)
{
  expect(!fault.what.empty() && fault.what.back() != '.');
  expect(fault.offset <= std::max(text.size(), std::size_t{65'536}));
  expect(fault.length <= text.size() && fault.offset + fault.length <= text.size());
}

Table table_of(const PhraseBook& phrases)
{
  static constexpr std::array<std::string_view, 2> items = {"en", "DE"};
  Table table{rows};
  const auto fill = [&](const Slot& slot, const std::array<Value, 3>& values) {
    for (std::size_t row = 0; row != rows; ++row) {
      table.set(slot, row, values[(row + slot.index) % values.size()]);
    }
  };
  const std::array<Value, 3> truths = {truth(true), truth(false), Value{}};
  const std::array<Value, 3> words = {text("Anna"), text("\xC3\xA4nna"), Value{}};
  for (const std::string_view name : {"a", "b", "c", "new.a"}) fill(phrases.slot(name), truths);
  for (const std::string_view name : {"x", "y", "key", "tenant.name"}) {
    fill(phrases.slot(name), words);
  }
  for (const std::string_view name : {"n", "m"}) {
    fill(phrases.slot(name), {integer(4), integer(-1), Value{}});
  }
  fill(phrases.slot("pin"), {text("1234"), text("ANNA"), Value{}});
  fill(phrases.slot("list"), {Value{.what = What::texts, .texts = items}, Value{}, Value{}});
  for (std::uint16_t i = 0; i != phrases.book.lookups().size(); ++i) {
    fill({Space::lookup, i, whole_object}, truths);
    fill({Space::lookup, i, 0}, words);
  }
  return table;
}

void ask(const PhraseBook& phrases, ProgramId program, bool is_condition)
{
  const Table table = table_of(phrases);
  Evaluator evaluator{phrases.book, *std::pmr::new_delete_resource()};
  std::array<std::uint64_t, 1> mask = {0b10111};
  if (is_condition) evaluator.condition(program, table, mask, mask);
  for (std::size_t row = 0; row != rows; ++row) {
    const Value value = evaluator.value(program, table, row);
    expect(value.text.size() < 300 * 65'536);
    if (!is_condition || row == 3) continue;
    expect(evaluator.condition(program, table, row) == ((mask[0] >> row & 1U) != 0));
  }
}

void compile(PhraseBook& phrases, std::string_view text, Wanted wanted, std::optional<Type> type)
{
  const Book::Compiled compiled = phrases.book.compile(text, wanted, phrases.names, type);
  for (const Fault& fault : compiled.faults) expect_good(fault, text);
  if (!compiled.faults.empty()) return;
  const Program& program = phrases.book.program(compiled.program);
  for (const std::uint16_t lookup : program.lookups) {
    expect(phrases.book.lookups()[lookup].depth <= 3);
  }
  if (wanted != Wanted::value || type) expect(program.type != Type::object);
  if (type != Type::secret) expect(program.type != Type::secret);
  ask(phrases, compiled.program, wanted == Wanted::condition);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string all{data, data + size};
  std::string_view text = all;
  PhraseBook phrases;
  for (char name = 'p'; name <= 'w' && text.find('\n') != std::string_view::npos; ++name) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    const auto fault = phrases.book.let(std::string{'l', name}, line, phrases.names);
    if (fault) expect_good(*fault, line);
  }
  compile(phrases, text, Wanted::condition, {});
  compile(phrases, text, Wanted::value, {});
  compile(phrases, text, Wanted::value, Type::secret);
  compile(phrases, text, Wanted::text_template, {});
  Fault fault;
  const auto char_class = CharClass::parse(text, fault);
  if (char_class) (void)char_class->has_any("aZ9 \xC3\xA4-\\");
  if (!char_class) expect_good(fault, text);
  return 0;
}
