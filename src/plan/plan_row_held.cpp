// plan_row_held.cpp: holds a row of a plan to itself.
#include <set>
#include <utility>
#include <vector>

#include "plan/plan_row_parser.hpp"
#include "plan/undoing.hpp"

namespace rollcall::plan {

// What would be lost follows from what it changes, and each object stands in it once.
bool PlanRowParser::is_held_to_itself(const json::Value& line, const PlanRow& row)
{
  const RowResult& result = row.result;
  const std::span<const Change> changes = result.changes;
  if (changes.size() > 1) {
    std::set<std::pair<KindId, std::string_view>> objects;
    for (const Change& change : changes)
      if (change.key && !objects.emplace(change.kind, *change.key).second)
        return refuse("a row changes an object twice");
  }
  const std::vector<Lost> lost = lost_by(schema_, result);
  const json::Value said = line.find("lost");
  if (said.size() != lost.size()) return refuse("it does not say what is lost");
  auto each = lost.begin();
  for (const json::Value one : said) {
    if (one.find(slug(each->why)).text() != each->what ||
        one.find("of").text().value_or("") != each->of)
      return refuse("it does not say what is lost");
    ++each;
  }
  return true;
}

} // namespace rollcall::plan
