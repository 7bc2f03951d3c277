// The examples of docs/reference/rules.md, as they stand there: what is said of a text in a block
// that is marked `rules`, `values` or `faults` is so.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "expr/evaluator.hpp"
#include "expr/phrase_book.hpp"
#include "expr/table.hpp"
#include "support/source_folder.hpp"

using namespace rollcall::expr;
using namespace rollcall::expr::tests;

namespace {

using Lines = std::vector<std::string>;

// The lines of all blocks that are marked with this word.
Lines blocks(std::string_view mark)
{
  std::ifstream page{rollcall::tests::source_folder() / "docs/reference/rules.md"};
  const std::string fence = "```" + std::string{mark};
  Lines lines;
  bool is_inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```"))
      is_inside = !is_inside && line == fence;
    else if (is_inside)
      lines.push_back(line);
  }
  REQUIRE_FALSE(lines.empty());
  return lines;
}

// The names that the examples use.
struct Example {
  Naming names;
  Book book;

  Example()
  {
    names.columns({{"login", Type::text},
                   {"password", Type::secret},
                   {"extension", Type::text},
                   {"devices", Type::integer},
                   {"phone_model_id", Type::folded},
                   {"provisioning_template_id", Type::folded}});
    names.facts({{"tenant.name", Type::text}, {"tenant.multi_tenant", Type::boolean}});
  }
};

std::string shown(const Value& value)
{
  switch (value.what) {
    case What::null:
      return "null";
    case What::truth:
      return value.truth ? "true" : "false";
    case What::integer:
      return std::to_string(value.integer);
    case What::text:
      return "'" + std::string{value.text} + "'";
    case What::texts:
    case What::generated:
      break;
  }
  return "something else";
}

} // namespace

TEST_CASE("the rules that the reference shows are rules")
{
  for (const std::string& line : blocks("rules")) {
    CAPTURE(line);
    Example example;
    CHECK(example.book.compile(line, Wanted::value, example.names, {}).faults.empty());
  }
}

TEST_CASE("what the reference says that a text comes to is what it comes to")
{
  for (const std::string& line : blocks("values")) {
    CAPTURE(line);
    const std::size_t gap = line.rfind("  ");
    REQUIRE(gap != std::string::npos);
    const std::string wanted = line.substr(gap + 2);
    const std::string expression = line.substr(0, line.find_last_not_of(' ', gap) + 1);
    Example example;
    const auto compiled = example.book.compile(expression, Wanted::value, example.names, {});
    REQUIRE_MESSAGE(compiled.faults.empty(), compiled.faults[0].what);
    Table row{1};
    row.set(example.names.find("login")->slot, 0, text("ada"));
    row.set(example.names.find("password")->slot, 0, text("7777"));
    Evaluator evaluator{example.book, *std::pmr::new_delete_resource()};
    CHECK(shown(evaluator.value(compiled.program, row, 0)) == wanted);
  }
}

TEST_CASE("the faults that the reference shows stand where it shows them")
{
  const Lines lines = blocks("faults");
  REQUIRE(lines.size() % 2 == 0);
  for (std::size_t i = 0; i != lines.size(); i += 2) {
    CAPTURE(lines[i]);
    Example example;
    const auto compiled = example.book.compile(lines[i], Wanted::value, example.names, {});
    REQUIRE(compiled.faults.size() == 1);
    CHECK(std::string(compiled.faults[0].offset, ' ') + "^ " + compiled.faults[0].what ==
          lines[i + 1]);
  }
}
