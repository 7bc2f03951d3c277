// Result and its macros, in all the places where they are written.
#include "rollcall/result.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::must;

namespace {

Result<int> half_of(int number)
{
  if (number % 2 != 0) return Error{ErrorCode::wrong_use, "the number is odd"};
  return number / 2;
}

Result<void> check_even(int number)
{
  ROLLCALL_CHECK(half_of(number));
  return success();
}

Result<int> quarter_of(int number)
{
  ROLLCALL_TRY(const int half, half_of(number));
  ROLLCALL_TRY(const int quarter, half_of(half));
  return quarter;
}

Result<std::unique_ptr<int>> boxed(int number)
{
  int half = 0;
  ROLLCALL_TRY(half, half_of(number));
  return std::make_unique<int>(half);
}

template <class Function>
Result<int> call(Function function)
{
  return function();
}

Result<int> nested(int number)
{
  ROLLCALL_TRY(const int outer, call([number]() -> Result<int> {
                 ROLLCALL_TRY(const int inner, half_of(number));
                 ROLLCALL_CHECK(check_even(inner));
                 return inner;
               }));
  ROLLCALL_CHECK(call([outer]() -> Result<int> {
    ROLLCALL_CHECK(check_even(outer));
    return outer;
  }));
  return outer;
}

Result<void> check_both(int left, int right)
{
  if (left > 0)
    ROLLCALL_CHECK(check_even(left));
  else
    ROLLCALL_CHECK(check_even(right));
  return success();
}

} // namespace

TEST_CASE("a result holds a value or the error that kept it from being made")
{
  CHECK(must(half_of(6)) == 3);
  const Result<int> odd = half_of(7);
  REQUIRE_FALSE(odd.has_value());
  CHECK(odd.assume_error().detail() == "the number is odd");
  CHECK(sizeof(Result<void>) <= 2 * sizeof(void*));
}

TEST_CASE("TRY gives the value, or the error to the caller")
{
  CHECK(must(quarter_of(8)) == 2);
  CHECK_FALSE(quarter_of(7).has_value());
  CHECK_FALSE(quarter_of(6).has_value());
}

TEST_CASE("TRY assigns to what is there, and moves what cannot be copied")
{
  CHECK(*must(boxed(10)) == 5);
  CHECK_FALSE(boxed(11).has_value());
}

TEST_CASE("TRY and CHECK work inside an argument of another, and after a bare if")
{
  CHECK(must(nested(8)) == 4);
  CHECK_FALSE(nested(6).has_value());
  CHECK_FALSE(nested(5).has_value());
  must(check_both(2, 1));
  CHECK_FALSE(check_both(1, 2).has_value());
  CHECK_FALSE(check_both(0, 1).has_value());
}

TEST_CASE("a step is added to the trail of a failure only")
{
  int calls = 0;
  const auto what = [&calls] {
    ++calls;
    return std::string{"halving"};
  };
  CHECK(must(while_doing(half_of(4), what)) == 2);
  CHECK(calls == 0);
  const auto failed = while_doing(while_doing(half_of(3), what), "testing");
  CHECK(describe(failed.assume_error()) == "testing: halving: the number is odd (wrong_use)");
  CHECK(calls == 1);
}

TEST_CASE("a step whose words cannot be made is left out, the error stays")
{
  const auto failed = while_doing(half_of(3), []() -> std::string { throw std::bad_alloc{}; });
  CHECK(describe(failed.assume_error()) == "the number is odd (wrong_use)");
}

TEST_CASE("the firewall lets results through and no exception")
{
  CHECK(must(guarded([] { return half_of(4); })) == 2);
  CHECK(guarded([] { return half_of(3); }).assume_error().code() == ErrorCode::wrong_use);
  const auto thrown = [](auto exception) {
    return guarded([&exception]() -> Result<void> { throw exception; });
  };
  CHECK(thrown(std::bad_alloc{}).assume_error().code() == ErrorCode::out_of_memory);
  CHECK(thrown(std::length_error{"vector"}).assume_error().code() == ErrorCode::out_of_memory);
  const auto internal = thrown(std::logic_error{"the host's own fault"});
  CHECK(internal.assume_error().code() == ErrorCode::internal);
  CHECK(describe(internal.assume_error()).starts_with("the host's own fault: "));
  CHECK(thrown(42).assume_error().code() == ErrorCode::internal);
}
