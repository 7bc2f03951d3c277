// Random programs on random rows: masks and single rows say the same, whatever the text says; and
// after a first time nothing is allocated.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <memory_resource>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "expr/evaluator.hpp"
#include "expr/phrase_book.hpp"
#include "expr/table.hpp"
#include "support/memory.hpp"

using namespace rollcall::expr;
using namespace rollcall::expr::tests;

namespace {

// Texts of the language by chance, of a type each.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_{seed} {}

  std::size_t below(std::size_t end) { return random_() % end; }

  std::string_view one_of(std::initializer_list<std::string_view> all)
  {
    return all.begin()[below(all.size())];
  }

  std::string condition(int depth)
  {
    if (depth == 0) return std::string{one_of({"a", "b", "new.a", "true", "null", "x"})};
    const auto deeper = [&] { return condition(depth - 1); };
    switch (below(13)) {
      case 0:
        return "(" + deeper() + " and " + deeper() + ")";
      case 1:
        return "(" + deeper() + " or " + deeper() + " or " + deeper() + ")";
      case 2:
        return "not " + deeper();
      case 3:
        return "if(" + deeper() + ", " + truth(depth - 1) + ", " + truth(depth - 1) + ")";
      case 4:
        return "first(" + truth(depth - 1) + ", " + truth(depth - 1) + ")";
      case 5:
        return "present(" + text(depth - 1) + ")";
      case 6:
        return "(" + truth(depth - 1) + " == " + truth(depth - 1) + ")";
      case 7:
        return "(" + text(depth - 1) + std::string{one_of({" == ", " != "})} + text(depth - 1) +
               ")";
      case 8:
        return "(" + number(depth - 1) +
               std::string{one_of({" == ", " < ", " <= ", " >", " >= "})} + number(depth - 1) + ")";
      case 9:
        return "(" + text(depth - 1) + " in " +
               std::string{one_of({"list", "['A', 'bb']", "new.list"})} + ")";
      case 10:
        return "contains(" + text(depth - 1) + ", " + text(depth - 1) + ")";
      case 11:
        return std::string{one_of({"is_run(", "present("})} + text(depth - 1) + ")";
      default:
        return std::string{one_of({"is_range(x)", "exists(user, key)", "has(x, '^a')"})};
    }
  }

  // True, false or null.
  std::string truth(int depth)
  {
    if (depth == 0) return std::string{one_of({"a", "b", "c", "true", "null", "false"})};
    if (below(3) == 0) return "first(" + truth(depth - 1) + ", " + truth(depth - 1) + ")";
    if (below(2) == 0) {
      return "if(" + condition(depth - 1) + ", " + truth(depth - 1) + ", " + truth(depth - 1) + ")";
    }
    return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
  }

  std::string text(int depth)
  {
    if (depth == 0) return std::string{one_of({"x", "y", "key", "'A'", "null", "'{x}'"})};
    const auto deeper = [&] { return text(depth - 1); };
    switch (below(5)) {
      case 0:
        return "if(" + condition(depth - 1) + ", " + deeper() + ", " + deeper() + ")";
      case 1:
        return "first(" + deeper() + ", " + std::string{one_of({"list", "y"})} + ", " + deeper() +
               ")";
      case 2:
        return "join('-', " + deeper() + ", " + std::string{one_of({"list", "n", "y"})} + ")";
      case 3:
        return "'{x}{n}{list}'";
      default:
        return "lookup(team, " + deeper() + ").leader";
    }
  }

  std::string number(int depth)
  {
    if (depth == 0) return std::string{one_of({"n", "m", "3", "null"})};
    if (below(2) == 0) return "length(" + text(depth - 1) + ")";
    return "if(" + condition(depth - 1) + ", " + number(depth - 1) + ", " + number(depth - 1) + ")";
  }

  Value value(Type type)
  {
    if (below(3) == 0) return {};
    switch (type) {
      case Type::boolean:
        return rollcall::expr::tests::truth(below(2) == 0);
      case Type::integer:
        return integer(static_cast<std::int64_t>(below(4)));
      case Type::texts:
        return {.what = What::texts, .texts = std::span{lists_}.first(below(3))};
      default:
        return rollcall::expr::tests::text(
            one_of({"", "a", "A", "bb", "B", "12", "\xC3\x84", "\xC3\xA4"}));
    }
  }

 private:
  std::mt19937 random_;
  std::array<std::string_view, 2> lists_ = {"a", "BB"};
};

Table table_of(const PhraseBook& phrases, Chance& chance, std::size_t rows)
{
  Table table{rows};
  for (std::size_t row = 0; row != rows; ++row) {
    for (const std::string_view name :
         {"a", "b", "c", "x", "y", "key", "n", "m", "list", "new.a", "new.list"}) {
      const Name named = *phrases.names.find(name);
      table.set(named.slot, row, chance.value(named.type));
    }
    for (std::uint16_t i = 0; i != phrases.book.lookups().size(); ++i) {
      table.set({Space::lookup, i, 0}, row, chance.value(Type::text));
      table.set({Space::lookup, i, whole_object}, row, chance.value(Type::boolean));
    }
    if (chance.below(4) == 0) table.set_range(row);
  }
  return table;
}

std::vector<std::uint64_t> some_rows(Chance& chance, std::size_t rows)
{
  std::vector<std::uint64_t> some(mask_words(rows));
  for (std::size_t row = 0; row != rows; ++row) {
    if (chance.below(4) != 0) some[row / 64] |= std::uint64_t{1} << row % 64;
  }
  return some;
}

} // namespace

TEST_CASE("masks say of any program what its single rows say")
{
  std::size_t held = 0;
  std::size_t asked = 0;
  for (unsigned seed = 0; seed != 1000; ++seed) {
    Chance chance{seed};
    PhraseBook phrases;
    const std::string text = chance.condition(1 + static_cast<int>(seed % 4));
    CAPTURE(text);
    const Book::Compiled compiled = phrases.book.compile(text, Wanted::condition, phrases.names);
    if (!compiled.faults.empty()) {
      // Four deep may look up too deep; nothing else is wrong.
      CHECK(compiled.faults[0].what.find("looks up more than 3 deep") == 0);
      continue;
    }
    const std::size_t rows = chance.below(200);
    const Table table = table_of(phrases, chance, rows);
    const std::vector<std::uint64_t> among = some_rows(chance, rows);
    std::vector<std::uint64_t> into(among.size());
    Evaluator evaluator{phrases.book, *std::pmr::new_delete_resource()};
    evaluator.condition(compiled.program, table, among, into);
    bool is_same = true;
    for (std::size_t row = 0; row != rows; ++row) {
      const bool is_asked = (among[row / 64] >> row % 64 & 1U) != 0;
      const bool holds = is_asked && evaluator.condition(compiled.program, table, row);
      is_same = is_same && holds == ((into[row / 64] >> row % 64 & 1U) != 0);
      asked += is_asked ? 1 : 0;
      held += holds ? 1 : 0;
    }
    CHECK(is_same);
    if (const auto constant = phrases.book.program(compiled.program).constant) {
      CHECK(into == (*constant ? among : std::vector<std::uint64_t>(among.size())));
    }
  }
  // Neither answer is rare, or this would say little.
  CHECK(held > asked / 4);
  CHECK(held < 3 * asked / 4);
}

TEST_CASE("what was seen once is evaluated without an allocation")
{
  for (unsigned seed = 0; seed != 200; ++seed) {
    Chance chance{seed};
    PhraseBook phrases;
    const std::string text = chance.condition(4);
    CAPTURE(text);
    const Book::Compiled condition = phrases.book.compile(text, Wanted::condition, phrases.names);
    const Book::Compiled value = phrases.book.compile(chance.text(2), Wanted::value, phrases.names);
    if (!condition.faults.empty() || !value.faults.empty()) continue;
    const Table table = table_of(phrases, chance, 100);
    const std::vector<std::uint64_t> among = some_rows(chance, 100);
    std::vector<std::uint64_t> into(among.size());
    rollcall::tests::CountingMemory memory;
    Evaluator evaluator{phrases.book, memory};
    const auto evaluate = [&] {
      evaluator.condition(condition.program, table, among, into);
      for (std::size_t row = 0; row != 100; ++row) {
        (void)evaluator.value(value.program, table, row);
      }
      evaluator.forget();
    };
    evaluate();
    const std::size_t allocations = memory.allocations();
    for (int i = 0; i != 3; ++i) evaluate();
    CHECK(memory.allocations() == allocations);
  }
}
