// What is wrong with the values of a text, all of it at once.
#include "json/faults.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::json;
using rollcall::tests::must;

TEST_CASE("all faults are collected, each with its path and place")
{
  Document document{{}};
  must(document.read(
      "{\"title\": 17,\n \"users\": [{\"email\": true}, {\"email\": \"a@b.example\"}, []],"
      "\n \"max\": -1, \"rate\": \"x\", \"colums\": []}"));
  const Value root = document.root();
  Faults faults;
  CHECK(faults.text(root.find("title")).empty());
  for (const Value user : root.find("users")) {
    const std::string_view text = faults.text(faults.member(faults.object(user), "email"));
    CHECK((text.empty() || text == "a@b.example"));
  }
  CHECK(faults.natural(root.find("max")) == 0);
  CHECK(faults.integer(root.find("max")) == -1);
  CHECK(faults.real(root.find("rate")) == 0);
  CHECK_FALSE(faults.boolean(root.find("rate")));
  CHECK_FALSE(faults.list(root));
  CHECK_FALSE(faults.text(faults.member(root, "id")) == "x");
  faults.only(root, {"title", "users", "max", "rate"});

  std::string words;
  for (const Fault& fault : faults.kept()) words += in_words(fault) + "\n";
  CHECK(words ==
        "title: expected a text, found an integer (line 1, column 11)\n"
        "users[0].email: expected a text, found true (line 2, column 22)\n"
        "users[2]: expected an object, found a list (line 2, column 55)\n"
        "max: expected 0 or more, found less (line 3, column 9)\n"
        "rate: expected a number, found a text (line 3, column 21)\n"
        "rate: expected true or false, found a text (line 3, column 21)\n"
        "expected a list, found an object (line 1, column 1)\n"
        "lacks \"id\" (line 1, column 1)\n"
        "colums: a name that is not known here (line 3, column 36)\n");

  const Result<void> result = faults.check();
  REQUIRE(!result.has_value());
  CHECK(result.assume_error().code() == ErrorCode::malformed);
  CHECK(result.assume_error().detail().find("column 11); users[0].email: ") != std::string::npos);
}

TEST_CASE("no faults are no error")
{
  const Faults faults;
  CHECK(faults.is_empty());
  must(faults.check());
}

TEST_CASE("so many faults are kept, and all are counted")
{
  Document document{{}};
  must(document.read("[1, 2, 3, 4]"));
  Faults faults{2};
  for (const Value value : document.root()) CHECK(faults.text(value).empty());
  CHECK(faults.count() == 4);
  CHECK(faults.kept().size() == 2);
  const Result<void> result = faults.check();
  REQUIRE(!result.has_value());
  CHECK(result.assume_error().detail().ends_with("; and 2 more"));
}

TEST_CASE("an integer over int64 is named as too large, not as another kind")
{
  Document document{{}};
  must(document.read("18446744073709551615"));
  Faults faults;
  CHECK(faults.integer(document.root()) == 0);
  CHECK(in_words(faults.kept()[0]) == "an integer that is too large (line 1, column 1)");
}

TEST_CASE("odd names are quoted in paths and cut, so that a message is one line")
{
  std::string path = "users";
  append_member(path, "first-name_2");
  append_element(path, 3);
  append_member(path, "a\"\n\xFF\\");
  CHECK(path == "users.first-name_2[3][\"a\\\"\xEF\xBF\xBD\xEF\xBF\xBD\\\\\"]");
  std::string cut;
  append_member(cut, std::string(100, 'x'));
  CHECK(cut == "[\"" + std::string(64, 'x') + "...\"]");
}
