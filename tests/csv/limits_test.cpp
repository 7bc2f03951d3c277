// The table of limits, and setting one by its name.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "rollcall/limits.hpp"

using namespace rollcall;

namespace {

// What is wrong with a setting; empty if it was taken.
std::string wrong_with(std::string_view name, std::string_view value)
{
  Limits limits;
  const Limits before = limits;
  const auto result = set_limit(limits, name, value);
  if (result.has_value()) return {};
  CHECK(result.assume_error().code() == ErrorCode::wrong_use);
  CHECK(limits == before);
  return std::string{result.assume_error().detail()};
}

} // namespace

TEST_CASE("the limits are those of the specification, and so are their caps")
{
  const Limits limits;
  CHECK(limits.field_bytes == 65'536);
  CHECK(limits.row_bytes == 1'048'576);
  CHECK(limits.columns == 1'024);
  CHECK(limits.file_bytes == 268'435'456);
  CHECK(limits.rows == 5'000'000);
  CHECK(check_limits(limits).has_value());
  std::string caps;
  for (const Limit& limit : all_limits())
    caps += std::string{limit.name} + "=" + std::to_string(limit.cap) + " ";
  CHECK(caps == "field=16777216 row=67108864 columns=16384 file=0 rows=2147483647 ");
}

TEST_CASE("every limit is set by its name, in numbers or with a unit")
{
  Limits limits;
  CHECK(set_limit(limits, "field", "128KiB").has_value());
  CHECK(set_limit(limits, "row", "2MiB").has_value());
  CHECK(set_limit(limits, "columns", "2000").has_value());
  CHECK(set_limit(limits, "file", "3GiB").has_value());
  CHECK(set_limit(limits, "rows", "1").has_value());
  CHECK(limits == Limits{.field_bytes = 131'072,
                         .row_bytes = 2'097'152,
                         .columns = 2000,
                         .file_bytes = 3'221'225'472,
                         .rows = 1});
}

TEST_CASE("a limit can be raised up to its cap, and no further")
{
  for (const Limit& limit : all_limits()) {
    if (limit.cap == 0) continue;
    CAPTURE(limit.name);
    CHECK(wrong_with(limit.name, std::to_string(limit.cap)) == "");
    const std::string wrong = wrong_with(limit.name, std::to_string(limit.cap + 1));
    CHECK(wrong.find(std::to_string(limit.cap)) != std::string::npos);
    CHECK(wrong.find(limit.name) != std::string::npos);
  }
  CHECK(wrong_with("file", "18446744073709551615") == "");
}

TEST_CASE("what is no limit is wrong use, and says which")
{
  for (const std::string_view value :
       {"", "0", "0KiB", "-1", "+1", "1.5MiB", "1kb", "1 KiB", "KiB", "1KiBx", "abc",
        "18446744073709551616", "18446744073709551615KiB", " 1", "1\n", "0x10"}) {
    CAPTURE(value);
    CHECK(wrong_with("file", value) != "");
  }
  CHECK(wrong_with("files", "1").find("'files'") != std::string::npos);
  CHECK(wrong_with("", "1") != "");
  CHECK(wrong_with("Field", "1") != "");
}

TEST_CASE("limits that were set past their names are checked as well")
{
  CHECK_FALSE(check_limits({.columns = 0}).has_value());
  CHECK_FALSE(check_limits({.row_bytes = 67'108'865}).has_value());
  CHECK(check_limits({.file_bytes = UINT64_MAX}).has_value());
}
