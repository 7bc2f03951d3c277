// What expressions come to: truth and null in tables, functions, comparing, texts.
#include "expr/evaluator.hpp"

#include <doctest/doctest.h>

#include <array>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "expr/phrase_book.hpp"
#include "expr/table.hpp"

using namespace rollcall::expr;
using namespace rollcall::expr::tests;

namespace {

// A book, and rows to try it on.
struct Trial : PhraseBook {
  Table table;

  explicit Trial(std::size_t rows = 1) : table{rows} {}

  Trial& with(std::string_view name, const Value& value, std::size_t row = 0)
  {
    table.set(slot(name), row, value);
    return *this;
  }

  // What the condition says, asked as a mask and of each row: they are the same.
  std::string holds(std::string_view condition)
  {
    CAPTURE(condition);
    const Book::Compiled compiled = book.compile(condition, Wanted::condition, names);
    REQUIRE_MESSAGE(compiled.faults.empty(), compiled.faults[0].what);
    Evaluator evaluator{book, *std::pmr::new_delete_resource()};
    std::vector<std::uint64_t> all(mask_words(table.rows()), ~std::uint64_t{0});
    if (table.rows() % 64 != 0) all.back() >>= 64 - table.rows() % 64;
    std::vector<std::uint64_t> found(all.size());
    evaluator.condition(compiled.program, table, all, found);
    std::string said;
    for (std::size_t row = 0; row != table.rows(); ++row) {
      const bool is_found = (found[row / 64] >> row % 64 & 1U) != 0;
      CHECK(evaluator.condition(compiled.program, table, row) == is_found);
      said += is_found ? 'y' : 'n';
    }
    return said;
  }

  // What the value comes to in the first row.
  std::string comes_to(std::string_view expression, Wanted wanted = Wanted::value)
  {
    CAPTURE(expression);
    const Book::Compiled compiled = book.compile(expression, wanted, names, {});
    REQUIRE_MESSAGE(compiled.faults.empty(), compiled.faults[0].what);
    Evaluator evaluator{book, *std::pmr::new_delete_resource()};
    const Value value = evaluator.value(compiled.program, table, 0);
    switch (value.what) {
      case What::null:
        return "null";
      case What::truth:
        return value.truth ? "true" : "false";
      case What::integer:
        return std::to_string(value.integer);
      case What::text:
        return "'" + std::string{value.text} + "'";
      case What::texts:
        return std::to_string(value.texts.size()) + " texts";
      case What::generated:
        return "generated";
    }
    return {};
  }
};

constexpr std::array<std::string_view, 2> languages = {"en", "de"};

Value texts(std::span<const std::string_view> items)
{
  return {.what = What::texts, .texts = items};
}

// Rows for all pairs of a and b out of true, false and null, in this order: TT TF T- FT FF F- -T -F
// --.
Trial pairs(std::string_view a, std::string_view b, const std::array<Value, 3>& values)
{
  Trial trial{9};
  for (std::size_t row = 0; row != 9; ++row) {
    trial.with(a, values[row / 3], row).with(b, values[row % 3], row);
  }
  return trial;
}

} // namespace

TEST_CASE("null is false where a condition stands, and and, or and not are never null")
{
  Trial trial = pairs("a", "b", {truth(true), truth(false), Value{}});
  CHECK(trial.holds("a") == "yyynnnnnn");
  CHECK(trial.holds("not a") == "nnnyyyyyy");
  CHECK(trial.holds("a and b") == "ynnnnnnnn");
  CHECK(trial.holds("a or b") == "yyyynnynn");
  CHECK(trial.holds("not (a and b)") == "nyyyyyyyy");
  CHECK(trial.holds("present(a)") == "yyyyyynnn");
  CHECK(trial.holds("blank(a)") == "nnnnnnyyy");
  CHECK(trial.holds("present(not a)") == "yyyyyyyyy");
  CHECK(trial.holds("(a and b) == (b and a)") == "yyyyyyyyy");
}

TEST_CASE("two nulls are the same, and null is the same as nothing else")
{
  Trial truths = pairs("a", "b", {truth(true), truth(false), Value{}});
  CHECK(truths.holds("a == b") == "ynnnynnny");
  CHECK(truths.holds("a != b") == "nyyynyyyn");
  CHECK(truths.holds("a == true") == "yyynnnnnn");
  CHECK(truths.holds("a == false") == "nnnyyynnn");
  CHECK(truths.holds("a == null") == "nnnnnnyyy");
  CHECK(truths.holds("null != a") == "yyyyyynnn");
  CHECK(truths.holds("a == (b or b)") == "ynnnyynnn");

  Trial words = pairs("x", "y", {text("A"), text("b"), Value{}});
  CHECK(words.holds("x == y") == "ynnnynnny");
  CHECK(words.holds("x != y") == "nyyynyyyn");
  CHECK(words.holds("x == 'A'") == "yyynnnnnn");
  CHECK(words.holds("x == null") == "nnnnnnyyy");

  Trial numbers = pairs("n", "m", {integer(2), integer(7), Value{}});
  CHECK(numbers.holds("n == m") == "ynnnynnny");
}

TEST_CASE("what orders is false with null, both ways")
{
  Trial trial = pairs("n", "m", {integer(2), integer(7), Value{}});
  CHECK(trial.holds("n < m") == "nynnnnnnn");
  CHECK(trial.holds("n <= m") == "yynnynnnn");
  CHECK(trial.holds("n > m") == "nnnynnnnn");
  CHECK(trial.holds("n >= m") == "ynnyynnnn");
  CHECK(trial.holds("not n < m") == "ynyyyyyyy");
  CHECK(trial.holds("n < null") == "nnnnnnnnn");
  CHECK(trial.holds("n in [1, 2]") == "yyynnnnnn");
}

TEST_CASE("what asks about text is false of null, and its length is null")
{
  Trial trial;
  CHECK(trial.holds("has(x, '^a')") == "n");
  CHECK(trial.holds("contains(x, 'a')") == "n");
  CHECK(trial.holds("contains('a', x)") == "n");
  CHECK(trial.holds("is_run(x)") == "n");
  CHECK(trial.holds("x in ['a']") == "n");
  CHECK(trial.holds("x in list") == "n");
  CHECK(trial.holds("length(x) < 5 or length(x) >= 5") == "n");
  CHECK(trial.comes_to("length(x)") == "null");
}

TEST_CASE("text compares exactly, and without case where one of the two does")
{
  Trial trial;
  trial
      .with("x", text("Stra\xC3\x9F"
                      "e"))
      .with("y", text("Anna"))
      .with("key", text("anna"))
      .with("pin", text("ANNA"));
  CHECK(trial.holds("y == 'anna'") == "n");
  CHECK(trial.holds("y == key") == "y");
  CHECK(trial.holds("key == 'ANNA'") == "y");
  CHECK(trial.holds("key == 'ann'") == "n");
  CHECK(trial.holds("'anna!' == key") == "n");
  CHECK(trial.holds("x in ['STRASSE']") == "y");
  CHECK(trial.holds("x in ['street']") == "n");
  CHECK(trial.holds("contains(x, 'SSE')") == "y");
  CHECK(trial.holds("contains(y, 'NN')") == "y");
  CHECK(trial.holds("contains(y, 'xn')") == "n");
  // The Kelvin sign folds to an ASCII letter.
  trial.with("key", text("\xE2\x84\xAA"));
  CHECK(trial.holds("key == 'k'") == "y");
  CHECK(trial.holds("key == 'kk'") == "n");
  CHECK(trial.holds("if(a, key, 'x') == 'X'") == "y");
  CHECK(trial.holds("pin == key or pin == 'anna'") == "n"); // as typed
  trial.with("key", text("anna"));
  CHECK(trial.holds("pin == key") == "n");
  CHECK(trial.holds("contains(pin, key)") == "y");
}

TEST_CASE("length counts characters")
{
  Trial trial;
  trial.with("pin", text("p\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"));
  CHECK(trial.comes_to("length(pin)") == "4");
  CHECK(trial.comes_to("length('')") == "0");
}

TEST_CASE("a run is one digit repeated, or digits up or down by one")
{
  Trial trial;
  for (const std::string_view run : {"11", "0000", "1234", "9876", "01"}) {
    trial.with("pin", text(run));
    CAPTURE(run);
    CHECK(trial.holds("is_run(pin)") == "y");
  }
  for (const std::string_view run : {"", "1", "1243", "8901", "1357", "12a", "abc", "aaaa", "::"}) {
    trial.with("pin", text(run));
    CAPTURE(run);
    CHECK(trial.holds("is_run(pin)") == "n");
  }
}

TEST_CASE("has looks for any character of a class")
{
  Trial trial;
  trial.with("pin", text("pa\xC3\x9F"
                         "word"));
  CHECK(trial.holds(R"(has(pin, '\p{Ll}'))") == "y");
  CHECK(trial.holds(R"(has(pin, '\p{Lu}'))") == "n");
  CHECK(trial.holds("has(pin, '0-9')") == "n");
  CHECK(trial.holds("has(pin, '^a-z')") == "y");
}

TEST_CASE("first takes what is present first, and a list stands for its items")
{
  Trial trial;
  trial.with("y", text("Y")).with("b", truth(false)).with("list", texts({}));
  CHECK(trial.comes_to("first(x, y, 'z')") == "'Y'");
  CHECK(trial.comes_to("first(x)") == "null");
  CHECK(trial.comes_to("first(list, 'z')") == "'z'");
  CHECK(trial.holds("first(a, b, true)") == "n");
  CHECK(trial.holds("first(a, true)") == "y");
  CHECK(trial.holds("present(first(x, list))") == "n");
  trial.with("list", texts(languages));
  CHECK(trial.comes_to("first(list)") == "'en'");
  CHECK(trial.comes_to("first(['z', 'y'])") == "'z'");
  CHECK(trial.holds("present(first(x, list))") == "y");
  CHECK(trial.holds("first(list) == 'EN'") == "y");
  CHECK(trial.holds("'DE' in list") == "y");
}

TEST_CASE("if gives one or the other")
{
  Trial trial = pairs("a", "b", {truth(true), truth(false), Value{}});
  CHECK(trial.holds("if(a, b, not b)") == "ynnnyynyy");
  CHECK(trial.holds("present(if(a, b, null))") == "yynnnnnnn");
  CHECK(trial.holds("if(a, b, null) == null") == "nnyyyyyyy");
  CHECK(trial.comes_to("if(a, 'yes', 'no')") == "'yes'");
  CHECK(trial.comes_to("if(x, 'yes', null)") == "null");
}

TEST_CASE("join puts together what is present")
{
  Trial trial;
  trial.with("y", text("Y")).with("n", integer(-5)).with("list", texts(languages));
  CHECK(trial.comes_to("join(' ', x, y, n)") == "'Y -5'");
  CHECK(trial.comes_to("join(' ', x)") == "null");
  CHECK(trial.comes_to("join(x, y, y)") == "'YY'");
  CHECK(trial.comes_to("join('; ', list, true, 'z')") == "'en; de; true; z'");
  CHECK(trial.holds("present(join(' ', x, new.x))") == "n");
  CHECK(trial.holds("join(' ', x, y) == 'Y'") == "y");
}

TEST_CASE("a text with names in it puts in their values, null being nothing")
{
  Trial trial;
  trial.with("y", text("Y")).with("n", integer(42)).with("list", texts(languages));
  CHECK(trial.comes_to("'<{x}{y}> {n} {list} {{it''s}}'") == "'<Y> 42 en, de {it's}'");
  CHECK(trial.comes_to("'{x}'") == "''");
  CHECK(trial.holds("present('{x}')") == "y");
  CHECK(trial.comes_to("it's {y}", Wanted::text_template) == "'it's Y'");
  CHECK(trial.holds("'{y}-{n}' == 'Y-42'") == "y");
  CHECK(!trial.book.let("name", "'{y}.{n}'", trial.names));
  CHECK(trial.comes_to("if(a, null, 'the {name}')") == "'the Y.42'");
}

TEST_CASE("objects are asked for their fields, or for being there")
{
  Trial trial{2};
  CHECK(!trial.book.let("mate", "lookup(user, key)", trial.names));
  CHECK(!trial.book.let("either", "first(mate, lookup(user, x))", trial.names));
  const Slot mate = {Space::lookup, 0, whole_object};
  const Slot other = {Space::lookup, 1, whole_object};
  trial.table.set(mate, 0, truth(true));
  trial.table.set(other, 0, truth(true));
  trial.table.set(other, 1, truth(true));
  trial.table.set({Space::lookup, 1, 0}, 0, integer(2));
  trial.table.set({Space::lookup, 1, 0}, 1, integer(3));
  CHECK(trial.holds("exists(user, key)") == "yn");
  CHECK(trial.holds("present(mate)") == "yn");
  CHECK(trial.holds("not mate") == "ny");
  CHECK(trial.holds("present(either)") == "yy");
  // The first object that is there is the one, also where its field is null.
  CHECK(trial.holds("present(either.rank)") == "ny");
  CHECK(trial.holds("either.rank == 3") == "ny");
  CHECK(trial.comes_to("either.rank") == "null");
  CHECK(trial.comes_to("if(mate, lookup(user, x), null).rank") == "2");
  CHECK(trial.holds("if(mate, null, either).rank == 3") == "ny");
}

TEST_CASE("ranges, lists and keys are the frame's to tell")
{
  Trial trial{3};
  trial.table.set_range(1);
  CHECK(trial.holds("is_range(x)") == "nyn");
  CHECK(trial.holds("a and is_range(x) or not is_range(x)") == "yny");
  trial.table.set({Space::listed, 1, 0}, 2, truth(true));
  CHECK(trial.holds("lists(team)") == "nny");
  trial.table.set({Space::key, 0, 0}, 0, text("17"));
  CHECK(trial.comes_to("key(user)") == "'17'");
}

TEST_CASE("what is generated says so")
{
  Trial trial;
  trial.with("pin", text("1234"));
  const ProgramId program = trial.program("if(a, generated, pin)", Wanted::value, Type::secret);
  Evaluator evaluator{trial.book, *std::pmr::new_delete_resource()};
  CHECK(evaluator.value(program, trial.table, 0).text == "1234");
  trial.with("a", truth(true));
  CHECK(evaluator.value(program, trial.table, 0).what == What::generated);
}

TEST_CASE("only rows in question are answered, and a mask may become its own answer")
{
  Trial trial{130};
  for (std::size_t row = 0; row != 130; row += 2) trial.with("n", integer(1), row);
  const ProgramId program = trial.program("n == 1 or blank(n)", Wanted::condition);
  Evaluator evaluator{trial.book, *std::pmr::new_delete_resource()};
  std::array<std::uint64_t, 3> mask = {0b1011, 0, 0b10};
  const auto among = mask;
  evaluator.condition(program, trial.table, mask, mask);
  CHECK(mask == among);
}

TEST_CASE("texts that were made live until they are forgotten")
{
  Trial trial{2};
  trial.with("x", text("one"), 0).with("x", text("two"), 1);
  const ProgramId program = trial.program("'<{x}>'");
  const ProgramId condition = trial.program("'<{x}>' == '<two>'", Wanted::condition);
  Evaluator evaluator{trial.book, *std::pmr::new_delete_resource()};
  const Value first = evaluator.value(program, trial.table, 0);
  const Value second = evaluator.value(program, trial.table, 1);
  CHECK(evaluator.condition(condition, trial.table, 1));
  CHECK(first.text == "<one>");
  CHECK(second.text == "<two>");
  evaluator.forget();
  CHECK(evaluator.value(program, trial.table, 1).text == "<two>");
}
