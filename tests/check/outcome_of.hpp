// What becomes of a cell of a type, as one text: its value, or the code of what is wrong with it.
#ifndef ROLLCALL_TESTS_CHECK_OUTCOME_OF_HPP
#define ROLLCALL_TESTS_CHECK_OUTCOME_OF_HPP

#include <string>
#include <string_view>

#include "check/values.hpp"

namespace rollcall::tests {

// "aa:bb:cc:00:00:01", or "<value.mac>".
template <class Type>
std::string outcome_of(const Type& type, std::string_view cell)
{
  std::string scratch;
  const check::Reading reading = check::read_value(type, cell, scratch);
  if (reading.fault) return "<" + std::string{slug(*reading.fault)} + ">";
  return std::string{reading.value};
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_CHECK_OUTCOME_OF_HPP
