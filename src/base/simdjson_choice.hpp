// Which of simdjson's implementations runs here.
#ifndef ROLLCALL_BASE_SIMDJSON_CHOICE_HPP
#define ROLLCALL_BASE_SIMDJSON_CHOICE_HPP

#include <simdjson.h>

namespace rollcall {

// simdjson itself would choose among what it has for processors by asking the environment, too.
[[nodiscard]] inline const simdjson::implementation& best_implementation() noexcept
{
  static const simdjson::implementation* const best =
      simdjson::get_available_implementations().detect_best_supported();
  return *best;
}

} // namespace rollcall

#endif // ROLLCALL_BASE_SIMDJSON_CHOICE_HPP
