// Result<T>: a T, or the Error that kept it from being made.
//
// Nothing here throws and nothing unchecked compiles: `value()` and `error()` are forbidden by the
// policy. Look with `has_value()`, then take with `assume_value()` or `assume_error()`; or use
// ROLLCALL_TRY and ROLLCALL_CHECK, which return the error to the caller. A dropped Result warns.
#ifndef ROLLCALL_RESULT_HPP
#define ROLLCALL_RESULT_HPP

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/fail_to_compile_observers.hpp>
#include <boost/outcome/success_failure.hpp>
#include <exception>
#include <new>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

#include "rollcall/error.hpp"

namespace rollcall {

namespace outcome = BOOST_OUTCOME_V2_NAMESPACE;

template <class T = void>
using Result = outcome::basic_result<T, Error, outcome::policy::fail_to_compile_observers>;

// `return success();` ends a function that returns Result<void>.
using outcome::success;

// Adds a step to the trail of a failure and leaves a success alone. `what` is a text, or a callable
// that makes one and is called only for a failure. If it throws, the step is left out.
template <class T, class What>
[[nodiscard]] Result<T> while_doing(Result<T>&& result, const What& what) noexcept
{
  if (result.has_value()) {
    return std::move(result);
  }
  Error error = std::move(result).assume_error();
  if constexpr (std::is_invocable_v<const What&>) {
    try {
      error = std::move(error).while_doing(what());
    } catch (...) {
      // No memory for the words: the error itself matters more.
    }
    return error;
  } else {
    return std::move(error).while_doing(std::string_view{what});
  }
}

// The firewall of every public function: runs a callable that returns a Result and lets no
// exception out. A request for more memory than there can be (length_error) is out_of_memory as
// well; anything else is a bug of ours or of a host, and is named as such.
template <class Function>
[[nodiscard]] auto guarded(Function&& function) noexcept -> std::invoke_result_t<Function>
{
  try {
    return std::forward<Function>(function)();
  } catch (const std::bad_alloc&) {
    return Error{};
  } catch (const std::length_error&) {
    return Error{};
  } catch (const std::exception& exception) {
    return Error{ErrorCode::internal}.while_doing(exception.what());
  } catch (...) {
    return Error{ErrorCode::internal};
  }
}

} // namespace rollcall

// ROLLCALL_TRY(auto rows, read(file)); declares `rows`, or returns the error of read(file) from the
// function around it. It is two statements, so it cannot follow a bare `if`.
// ROLLCALL_CHECK(write(file)); is for results whose value is not needed, and is one statement.
// (No spelling of BOOST_OUTCOME_TRY compiles on every Boost from 1.74 on, hence our own. The
// counter keeps two uses in one scope, and one inside a lambda that is an argument of another,
// apart.)
#define ROLLCALL_DETAIL_JOIN_(a, b) a##b
#define ROLLCALL_DETAIL_JOIN(a, b) ROLLCALL_DETAIL_JOIN_(a, b)
#define ROLLCALL_DETAIL_TRY(result, declaration, ...) \
  auto result = (__VA_ARGS__);                        \
  if (!result.has_value()) {                          \
    return std::move(result).as_failure();            \
  }                                                   \
  declaration = std::move(result).assume_value()
#define ROLLCALL_DETAIL_CHECK(result, ...)   \
  do {                                       \
    auto result = (__VA_ARGS__);             \
    if (!result.has_value()) {               \
      return std::move(result).as_failure(); \
    }                                        \
  } while (false)

#define ROLLCALL_TRY(declaration, ...) \
  ROLLCALL_DETAIL_TRY(ROLLCALL_DETAIL_JOIN(rollcall_try_, __COUNTER__), declaration, __VA_ARGS__)
#define ROLLCALL_CHECK(...) \
  ROLLCALL_DETAIL_CHECK(ROLLCALL_DETAIL_JOIN(rollcall_check_, __COUNTER__), __VA_ARGS__)

#endif // ROLLCALL_RESULT_HPP
