// must.hpp: for programs that have nothing better to do about an error than to end.
#ifndef ROLLCALL_BENCHMARKS_SUPPORT_MUST_HPP
#define ROLLCALL_BENCHMARKS_SUPPORT_MUST_HPP

#include <stdexcept>
#include <type_traits>
#include <utility>

#include "rollcall/error.hpp"
#include "rollcall/result.hpp"

namespace rollcall::bench {

// The value, or std::runtime_error with what went wrong.
template <class Outcome>
auto must(Outcome&& result)
{
  if (!result.has_value()) throw std::runtime_error{describe(result.assume_error())};
  using Value = typename std::remove_cvref_t<Outcome>::value_type;
  if constexpr (!std::is_void_v<Value>) return Value(std::forward<Outcome>(result).assume_value());
}

} // namespace rollcall::bench

#endif // ROLLCALL_BENCHMARKS_SUPPORT_MUST_HPP
