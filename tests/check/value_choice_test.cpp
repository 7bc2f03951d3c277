// Choices: one of some words without case, kept in the spelling of the schema; and the words of a
// column, which stand for other values.
#include <doctest/doctest.h>

#include "check/outcome_of.hpp"

using namespace rollcall;
using rollcall::tests::outcome_of;

namespace {

const check::ReadyChoice words{{"User", "Location", "pt-BR", "x'y",
                                "Gr\xC3\xBC\xC3\x9F"
                                "e",
                                "12345678", "123456789", "\xE2\x84\xAA", "user", "'=a", "a b"}};

void ok(std::string_view cell, std::string_view value)
{
  CAPTURE(cell);
  CHECK(outcome_of(words, cell) == value);
}

void bad(std::string_view cell)
{
  CAPTURE(cell);
  CHECK(outcome_of(words, cell) == "<value.choice>");
}

} // namespace

TEST_CASE("a choice is kept in the spelling of the schema")
{
  ok("User", "User");
  ok("user", "User"); // of two that are the same without case the first counts
  ok("USER", "User");
  ok("location", "Location");
  ok("LOCATION", "Location");
  ok("PT-br", "pt-BR");
  ok("X'Y", "x'y");
  ok("12345678", "12345678");
  ok("123456789", "123456789");
  ok("A B", "a b");
  ok(" user ", "User");
  ok("\"user\"", "User");
}

TEST_CASE("choices compare by full case folding")
{
  ok("GR\xC3\x9CSSE",
     "Gr\xC3\xBC\xC3\x9F"
     "e");
  ok("gru\xCC\x88sse",
     "Gr\xC3\xBC\xC3\x9F"
     "e");
  ok("k", "\xE2\x84\xAA");
  ok("K", "\xE2\x84\xAA");
}

TEST_CASE("a guard is taken away before a choice is looked up")
{
  ok("''=a", "'=a");
  bad("'=a"); // that is =a, guarded
}

TEST_CASE("what is near a choice is none")
{
  bad("Usr");
  bad("Users");
  bad("Userr");
  bad("Locatio");
  bad("Locations");
  bad("pt_BR");
  bad("pt");
  bad("BR");
  bad("1234567");
  bad("1234567890");
  bad("us er");
  bad("@ser");
  bad("user@");
  bad("\x15ser"); // would be a U if every bit 20 meant case
  bad("\xC3\x9Cser");
  bad("a  b");
}

TEST_CASE("a choice of nothing takes nothing")
{
  CHECK(outcome_of(check::ReadyChoice{}, "a") == "<value.choice>");
  CHECK(outcome_of(check::ReadyChoice{{}}, "a") == "<value.choice>");
}

TEST_CASE("of many words each is found")
{
  std::vector<std::string> many;
  for (int i = 0; i != 300; ++i) many.push_back("Word" + std::to_string(i * 997));
  const check::ReadyChoice type{many};
  for (const std::string& word : many) CHECK(outcome_of(type, word) == word);
  CHECK(outcome_of(type, "Word1") == "<value.choice>");
}

TEST_CASE("a word of a column reads as its value or as nothing, and is not checked")
{
  const check::ReadyWords columns_words{
      {{"Global", {}}, {"English", "en"}, {"-1", {}}, {"\xC3\x89t\xC3\xA9", "x"}}};
  const auto read = [&](std::string_view cell) {
    return outcome_of(check::ReadyText{.min = 9, .max = 20}, cell, &columns_words);
  };
  CHECK(read("Global") == "<nothing>");
  CHECK(read("gLOBAL") == "<nothing>");
  CHECK(read(" global ") == "<nothing>");
  CHECK(read("\"GLOBAL\"") == "<nothing>");
  CHECK(read("English") == "word en");
  CHECK(read("-1") == "<nothing>");
  CHECK(read("'-1") == "<nothing>");
  CHECK(read("e\xCC\x81"
             "TE\xCC\x81") == "word x");
  CHECK(read("-10") == "<value.too_short>");
  CHECK(read("Globa") == "<value.too_short>");
  CHECK(read("Global policy") == "Global policy");
  CHECK(read("Anonymous") == "Anonymous");
  CHECK(read("") == "<blank>");

  const check::ReadyWords ascii_words{{{"Global", {}}}};
  const auto of_ascii = [&](std::string_view cell) {
    return outcome_of(check::ReadyText{}, cell, &ascii_words);
  };
  CHECK(of_ascii("global") == "<nothing>");
  CHECK(of_ascii("Gl\xC3\xB6"
                 "bal") ==
        "Gl\xC3\xB6"
        "bal");
  CHECK(of_ascii("globally yours") == "globally yours");
  CHECK(of_ascii("Local") == "Local");
}
