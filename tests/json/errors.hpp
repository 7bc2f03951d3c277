// What is wrong with a text, in words and by its code.
#ifndef ROLLCALL_TESTS_JSON_ERRORS_HPP
#define ROLLCALL_TESTS_JSON_ERRORS_HPP

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "json/document.hpp"

namespace rollcall::tests {

inline std::string error_of(std::string_view text, const json::ReadOptions& options = {})
{
  json::Document document{options};
  const Result<void> result = document.read(text);
  return result.has_value() ? "" : std::string{result.assume_error().detail()};
}

inline ErrorCode code_of(std::string_view text, const json::ReadOptions& options = {})
{
  json::Document document{options};
  const Result<void> result = document.read(text);
  REQUIRE(!result.has_value());
  return result.assume_error().code();
}

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_JSON_ERRORS_HPP
