// Secrets of a row as one text: what was written is read, and what is damaged says so.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "store/secret_lists.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using store::SecretLists;

TEST_CASE("secrets of a row read as they were written, and as JSON for others")
{
  const std::vector<MadeSecret> secrets = {{.change = 0,
                                            .kind = "user",
                                            .key = "17",
                                            .field = "pin",
                                            .value = "4711",
                                            .is_shown = true,
                                            .waiting = 2},
                                           {.change = 4'000'000'000U,
                                            .kind = "device",
                                            .key = "a\"b\\",
                                            .field = "password",
                                            .value = "\xc3\xa4\n\x01",
                                            .is_shown = false,
                                            .waiting = 0}};
  SecretLists lists;
  CHECK(std::string{must(lists.write(std::span{secrets}.first(1)))} ==
        R"([[0,"user","17","pin","4711",1,2]])");
  const std::string text{must(lists.write(secrets))};
  const std::vector<MadeSecret> read = must(lists.read(text));
  REQUIRE(read.size() == 2);
  for (std::size_t i = 0; i != 2; ++i) {
    CHECK(read[i].change == secrets[i].change);
    CHECK(read[i].kind == secrets[i].kind);
    CHECK(read[i].key == secrets[i].key);
    CHECK(read[i].field == secrets[i].field);
    CHECK(read[i].value == secrets[i].value);
    CHECK(read[i].is_shown == secrets[i].is_shown);
    CHECK(read[i].waiting == secrets[i].waiting);
  }
  CHECK(must(lists.read("[]")).empty());
}

TEST_CASE("secrets that are damaged are told, and none of them is in what is said")
{
  SecretLists lists;
  for (const char* const text :
       {"", "{}", "[1]", R"([[0,"user","17","pin","4711",1]])",
        R"([[0,"user","17","pin",4711,1,0]])", R"([[-1,"user","17","pin","4711",1,0]])",
        R"([[5000000000,"user","17","pin","4711",1,0]])", R"([[0,"user","17","pin","4711",1,0])"}) {
    CAPTURE(text);
    const auto read = lists.read(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.assume_error().code() == ErrorCode::corrupt);
    CHECK(describe(read.assume_error()).find("4711") == std::string::npos);
  }
}
