// must(f()): the value of a result that a test counts on. If there is an error instead, the test
// ends there and shows it, so a test never goes on with something that is not there.
#ifndef ROLLCALL_TESTS_SUPPORT_MUST_HPP
#define ROLLCALL_TESTS_SUPPORT_MUST_HPP

#include <doctest/doctest.h>

#include <type_traits>
#include <utility>

namespace rollcall::tests {

// `describe(error)` is found beside the error's own type.
template <class Result>
auto must(Result&& result)
{
  if (!result.has_value()) FAIL(describe(result.assume_error()));
  using Value = typename std::remove_cvref_t<Result>::value_type;
  if constexpr (!std::is_void_v<Value>) return Value(std::forward<Result>(result).assume_value());
}

} // namespace rollcall::tests

#endif
