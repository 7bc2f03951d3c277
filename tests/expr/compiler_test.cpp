// What a text may say of the names that there are: faults at their places, all of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "expr/phrase_book.hpp"

using namespace rollcall::expr;
using namespace rollcall::expr::tests;

namespace {

void ok(std::string_view text, Wanted wanted = Wanted::value, std::optional<Type> type = {})
{
  PhraseBook phrases;
  CAPTURE(text);
  CHECK(phrases.faults(text, wanted, type) == "");
}

void bad(std::string_view text, std::string_view faults, Wanted wanted = Wanted::value,
         std::optional<Type> type = {})
{
  PhraseBook phrases;
  CAPTURE(text);
  CHECK(phrases.faults(text, wanted, type) == faults);
}

const std::string secret_words =
    "a secret may only be asked for its presence, its length and its characters";

} // namespace

TEST_CASE("names are bound, and those that there are not are faults")
{
  ok("new.x");
  ok("tenant.pin_length.min");
  bad("z", "unknown name 'z'; did you mean a? (z) at 0");
  bad("nothing.x", "unknown name 'nothing.x' (nothing.x) at 0");
  bad("x == zoo", "unknown name 'zoo' (zoo) at 5");
  bad("zoo(x)", "unknown function 'zoo' (zoo) at 0");
}

TEST_CASE("all faults of a text are found, in its order")
{
  bad("zoo == 1 and length(n) == x and (pin in list or lists(bar))",
      "unknown name 'zoo' (zoo) at 0; expected a text, found an integer (n) at 20; " +
          secret_words + " (pin) at 33; unknown kind 'bar' (bar) at 54");
  // What is faulty already is not said to be of a wrong type too.
  bad("length(zoo) == 1", "unknown name 'zoo' (zoo) at 7");
}

TEST_CASE("what is compared has the same type")
{
  ok("x == key");
  ok("x != 'a'");
  ok("a == present(x)");
  ok("n == null");
  ok("pin == x");
  bad("x == 1", "expected a text, found an integer (1) at 5");
  bad("n == 'a'", "expected an integer, found a text ('a') at 5");
  bad("pin == 4", "expected a secret, found an integer (4) at 7");
  bad("a == 'true'", "expected true or false, found a text ('true') at 5");
  bad("list == x", "a list cannot be compared (list) at 0");
  bad("x == lookup(user, x)", "an object cannot be compared (lookup(user, x)) at 5");
  bad("x < 'b'",
      "expected an integer, found a text (x) at 0; expected an integer, found a text ('b') at 4");
  ok("n < m");
  ok("n >= tenant.pin_length.min");
  bad("pin < 4", "expected an integer, found a secret (pin) at 0");
  ok("x in list");
  ok("x in ['a', 'b']");
  ok("n in [1, 2]");
  bad("n in ['a']", "expected a text, found an integer (n) at 0");
  bad("x in [1]", "expected an integer, found a text (x) at 0");
  bad("x in key", "expected a list, found a text (key) at 5");
  bad("x in ['a', 1]", "expected all of a list to be texts, or all to be integers (1) at 11");
  bad("x in ['{y}']", "expected a text without names in it ({y}) at 7");
}

TEST_CASE("a condition may be of any type but a list")
{
  ok("a and x and n and lookup(user, x)", Wanted::condition);
  ok("x", Wanted::condition);
  ok("null", Wanted::condition);
  bad("list", "expected a condition, found a list (list) at 0", Wanted::condition);
  bad("not list", "expected a condition, found a list (list) at 4");
  bad("a or pin", secret_words + " (pin) at 5");
  bad("generated and a", "only a secret field can be generated (generated) at 0");
}

TEST_CASE("functions take what they are made for")
{
  ok("if(a, x, null)");
  ok("if(x, 1, n)");
  bad("if(a, x)", "expected 3 values in the brackets, found 2 (if) at 0");
  bad("present()", "expected 1 value in the brackets, found 0 (present) at 0");
  bad("join('')", "expected at least 2 values in the brackets, found 1 (join) at 0");
  bad("if(a, x, 1)", "expected a text, found an integer (1) at 9");
  bad("if(a, list, x)", "expected a list, found a text (x) at 12");
  bad("first(a, x)", "expected true or false, found a text (x) at 9");
  ok("first(list, x, 'none')");
  bad("first([1, 2])", "expected texts, found a list of integers ([1, 2]) at 6");
  ok("join(', ', x, n, a, list)");
  bad("join(1, x)", "expected a text, found an integer (1) at 5");
  bad("join(' ', lookup(user, x))", "expected a text, found an object (lookup(user, x)) at 10");
  ok("length('abc')");
  bad("length(list)", "expected a text, found a list (list) at 7");
  bad("contains(x, 4)", "expected a text, found an integer (4) at 12");
  bad("is_run(n)", "expected a text, found an integer (n) at 7");
  ok("is_range(x)");
  bad("is_range(y)", "expected a column whose cells may be ranges (y) at 9");
  bad("is_range('1')", "expected a column whose cells may be ranges ('1') at 9");
}

TEST_CASE("a class of characters has its faults where they stand")
{
  ok("has(x, '0-9')");
  ok(R"(has(x, '^\p{L}\s'''))");
  bad("has(x, y)", "expected a class of characters in quotes (y) at 7");
  bad("has(x, '9-0')", "expected a range that goes up (9-0) at 8");
  bad("has(x, '''''z-a')", "expected a range that goes up (z-a) at 12");
  bad(R"(has(x, 'a\p{Q}'))", R"(expected a Unicode category as L or Lu (\p{Q}) at 9)");
  bad("has(x, '')", "expected a character () at 8");
}

TEST_CASE("texts hold names in curly brackets")
{
  ok("'{x}-{n}-{a}-{list}-{tenant.name}'");
  ok("'{{x}} it''s'");
  bad("'{zoo}'", "unknown name 'zoo' (zoo) at 2");
  bad("'it''s {zoo}'", "unknown name 'zoo' (zoo) at 8");
  bad("'{x'", "expected {name}, or {{ for the sign itself ({) at 1");
  bad("'{}'", "expected {name}, or {{ for the sign itself ({}) at 1");
  bad("'a} {not}'",
      "expected {name}, or }} for the sign itself (}) at 2; "
      "expected {name}, or {{ for the sign itself ({not}) at 4");
  bad("'{x.}'", "expected {name}, or {{ for the sign itself ({x.}) at 1");
  ok("it's {x}, not {{y}}", Wanted::text_template);
  ok("", Wanted::text_template);
  bad("see {pin}", "a secret is never shown (pin) at 5", Wanted::text_template);
  bad("see {zoo} and {bar}", "unknown name 'zoo' (zoo) at 5; unknown name 'bar' (bar) at 15",
      Wanted::text_template);
}

TEST_CASE("a secret is asked a few things, and goes nowhere but to a secret field")
{
  for (const std::string_view text :
       {"present(pin)", "blank(pin)", "pin == x", "pin != null", "length(pin) > 3",
        "has(pin, '0-9')", "contains(pin, x)", "contains(x, pin)", "is_run(pin)"}) {
    ok(text, Wanted::condition);
  }
  for (const std::string_view text : {"pin", "new.pin", "if(a, pin, null)", "first(pin, x)",
                                      "if(a, generated, pin)", "generated", "'set by hand'"}) {
    ok(text, Wanted::value, Type::secret);
  }
  bad("pin", secret_words + " (pin) at 0");
  bad("pin", secret_words + " (pin) at 0", Wanted::value, Type::text);
  bad("if(a, pin, x)", secret_words + " (if(a, pin, x)) at 0", Wanted::value, Type::text);
  bad("pin", secret_words + " (pin) at 0", Wanted::condition);
  bad("'{pin}'", "a secret is never shown (pin) at 2");
  bad("join(' ', pin)", "a secret is never shown (pin) at 10");
  bad("pin in list", secret_words + " (pin) at 0");
  bad("lookup(user, pin).rank", secret_words + " (pin) at 13");
  bad("lookup(user, key).pin", secret_words + " (lookup(user, key).pin) at 0");
  bad("exists(user.pin, x)", "nothing is found by a secret (user.pin) at 7");
  bad("if(first(x, pin), 1, 2)", secret_words + " (first(x, pin)) at 3");
}

TEST_CASE("what is generated is a value of secret fields only")
{
  bad("generated", "only a secret field can be generated (generated) at 0");
  bad("if(a, generated, null)",
      "only a secret field can be generated (if(a, generated, null)) at 0", Wanted::value,
      Type::text);
  bad("if(a, generated, x)", secret_words + " (if(a, generated, x)) at 0", Wanted::value,
      Type::text);
  bad("generated == x", "generated cannot be compared (generated) at 0");
  bad("present(generated)", "what is generated is never blank (generated) at 8");
  bad("join(' ', generated)", "a secret is never shown (generated) at 10");
}

TEST_CASE("a value fits what it is wanted for")
{
  ok("key", Wanted::value, Type::text);
  ok("null", Wanted::value, Type::integer);
  ok("[4, 10]", Wanted::value, Type::integers);
  bad("4", "expected a text, found an integer (4) at 0", Wanted::value, Type::text);
  bad("['a']", "expected a list of integers, found a list (['a']) at 0", Wanted::value,
      Type::integers);
  bad("x", "expected true or false, found a text (x) at 0", Wanted::value, Type::boolean);
  bad("lookup(user, x)", "expected a field of the object behind it (lookup(user, x)) at 0");
}

TEST_CASE("objects are looked up by key or by another field")
{
  ok("lookup(user, key).rank");
  ok("lookup(team.leader, x).size");
  ok("exists(team, tenant.name) and lists(team)");
  ok("key(user)");
  bad("lookup(zoo, key).rank", "unknown kind 'zoo' (zoo) at 7");
  bad("lookup(user.zoo, key).rank", "unknown kind 'user.zoo' (user.zoo) at 7");
  bad("lookup('user', key).rank", "expected a kind of object, or kind.field ('user') at 7");
  bad("lookup(user, key).zoo", "unknown field 'zoo' (zoo) at 18");
  bad("lookup(user, n).rank", "expected a text, found an integer (n) at 13");
  bad("lookup(team.size, x).name", "expected an integer, found a text (x) at 18");
  bad("lists(user.rank)", "expected a kind of object (user.rank) at 6");
  bad("key(team)", "no key of this kind is known here (team) at 4");
  bad("first(x).rank", "expected an object before '.rank', found a text (rank) at 9");
}

TEST_CASE("a let is a condition, a value or an object, for all that follows")
{
  PhraseBook phrases;
  CHECK(!phrases.book.let("late", "a and not b", phrases.names));
  CHECK(!phrases.book.let("boss", "lookup(user, lookup(team, key).leader)", phrases.names));
  CHECK(!phrases.book.let("either", "first(boss, lookup(user, x))", phrases.names));
  CHECK(phrases.faults("late or boss.rank > 3 or either.rank == boss.rank") == "");
  CHECK(phrases.faults("'{boss.rank}'") == "");
  CHECK(phrases.faults("boss.zoo == 1") == "unknown field 'zoo' (zoo) at 5");
  CHECK(phrases.faults("late.rank") ==
        "expected an object before '.rank', found true or false (rank) at 5");
  CHECK(phrases.faults("boss == x") == "an object cannot be compared (boss) at 0");
  CHECK(phrases.faults("first(boss, lookup(team, x)).rank") ==
        "expected an object of the same kind (lookup(team, x)) at 12");

  const auto what = [&](std::string_view name, std::string_view text) {
    const auto fault = phrases.book.let(name, text, phrases.names);
    return fault ? fault->what : "";
  };
  CHECK(what("late", "a") == "there is a 'late' already");
  CHECK(what("x", "a") == "there is a 'x' already");
  CHECK(what("not", "a") == "expected a name of letters, digits and '_' to give");
  CHECK(what("itself", "itself") == "unknown name 'itself'");
  // It is known all the same, and faulty in one place only.
  CHECK(phrases.faults("itself == 1 and zoo") == "unknown name 'zoo' (zoo) at 16");
}

TEST_CASE("what hangs on a faulty let has one fault, that it does")
{
  PhraseBook phrases;
  CHECK(phrases.book.let("wrong", "zoo", phrases.names));
  CHECK(phrases.faults("wrong or x == y") ==
        "hangs on a name that has a fault (wrong or x == y) at 0");
  CHECK(phrases.book.let("too", "not wrong", phrases.names)->what ==
        "hangs on a name that has a fault");
  // Who has heard enough of it may call it null, which is anything.
  CHECK(!phrases.book.let("wrong", "null", phrases.names));
  CHECK(phrases.faults("wrong or wrong.rank < wrong or x in wrong or '{wrong}' == key") == "");
  CHECK(phrases.book.let("wrong", "null", phrases.names));
}

TEST_CASE("a program knows what it reads, and its lookups from within")
{
  PhraseBook phrases;
  CHECK(!phrases.book.let("boss", "lookup(user, lookup(team, key).leader)", phrases.names));
  const ProgramId id = phrases.program("boss.rank > 3 and exists(user, x)", Wanted::condition);
  const Program& program = phrases.book.program(id);
  CHECK(program.type == Type::boolean);
  CHECK(program.lookups == std::vector<std::uint16_t>{0, 1, 2});
  const auto reads = [&](const Slot& slot) {
    return std::count(program.reads.begin(), program.reads.end(), slot);
  };
  CHECK(reads(phrases.slot("key")) == 1);
  CHECK(reads(phrases.slot("x")) == 1);
  CHECK(reads({Space::lookup, 0, 0}) == 1);            // of the team: its leader
  CHECK(reads({Space::lookup, 1, 0}) == 1);            // of the user: the rank
  CHECK(reads({Space::lookup, 2, whole_object}) == 1); // is it there?
  CHECK(program.reads.size() == 5);

  const auto lookups = phrases.book.lookups();
  REQUIRE(lookups.size() == 3);
  CHECK(lookups[0].depth == 1);
  CHECK(lookups[1].depth == 2);
  CHECK(phrases.book.program(lookups[1].key).lookups == std::vector<std::uint16_t>{0});
}

TEST_CASE("the same lookup is one, however it is written")
{
  PhraseBook phrases;
  CHECK(!phrases.book.let("mate", "lookup(user, key)", phrases.names));
  CHECK(phrases.faults("lookup( user,(key) ).rank == mate.rank and exists(user, key)") == "");
  CHECK(phrases.book.lookups().size() == 1);
  CHECK(phrases.faults("exists(user, x) and exists(user.rank, n)") == "");
  CHECK(phrases.book.lookups().size() == 3);
}

TEST_CASE("lookups within lookups end at three")
{
  PhraseBook phrases;
  const std::string three = "lookup(team, lookup(team, lookup(team, key).leader).leader).leader";
  CHECK(phrases.faults(three) == "");
  CHECK(phrases.faults("exists(team, " + three + ")") ==
        "looks up more than 3 deep: the key of a lookup needs others (exists(team, " + three +
            ")) at 0");
}

TEST_CASE("what reads nothing is worked out once")
{
  const auto constant = [](std::string_view text) {
    PhraseBook phrases;
    CAPTURE(text);
    return phrases.book.program(phrases.program(text, Wanted::condition)).constant;
  };
  CHECK(constant("true") == true);
  CHECK(constant("null") == false);
  CHECK(constant("'text'") == true);
  CHECK(constant("1 < 2 and 'a' in ['A']") == true);
  CHECK(constant("not has('abc', '0-9')") == true);
  CHECK(constant("length('abc') == 4") == false);
  CHECK(constant("a or true") == true);
  CHECK(constant("a and false") == false);
  CHECK(constant("a and true") == std::nullopt);
  CHECK(constant("if(true, 1, n)") == true);
  CHECK(constant("present(a == b)") == true);

  PhraseBook phrases;
  CHECK(phrases.book.program(phrases.program("true and x == y or false")).reads.size() == 2);
  CHECK(phrases.book.program(phrases.program("if(2 <= 1, x, y)")).reads.size() == 1);
}

TEST_CASE("lets cannot make much of little")
{
  PhraseBook phrases;
  const auto chain = [&](std::string name, const std::string& first, std::string_view sign) {
    CHECK(!phrases.book.let(name, first, phrases.names));
    for (int i = 0; i != 1000; ++i) {
      std::string next = name + "_";
      std::string text = name + std::string{sign} + name;
      if (sign.empty()) text = "'{" + name + "}{" + name + "}'";
      if (sign == "first") text = "first(" + name + ", " + name + ", lookup(user, y))";
      if (sign == "not") text = "not " + name;
      if (const auto fault = phrases.book.let(next, text, phrases.names)) return fault->what;
      name = std::move(next);
    }
    return std::string{"none"};
  };
  CHECK(chain("wide", "x == y", " != ") == "comes to more than 10000 steps");
  CHECK(chain("long", "x", "") == "puts together more than 256 values");
  CHECK(chain("fixed", "'" + std::string(60'000, 'x') + "'", "") ==
        "puts together more than 256 values");
  CHECK(chain("many", "lookup(user, x)", "first") == "comes to more than 10000 steps");
  CHECK(chain("deep", "a", "not") == "nested more than 256 deep with the names that it uses");
}
