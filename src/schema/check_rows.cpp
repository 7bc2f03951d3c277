// check_rows.cpp: what rows that stand for several numbers, draw from pools or are counted cannot
// be at the same time.
#include <algorithm>
#include <string>
#include <variant>

#include "schema/compiling.hpp"

namespace rollcall::schema {
namespace {

bool reads_column(const expr::Book& book, expr::ProgramId program, std::uint16_t column)
{
  const auto& reads = book.program(program).reads;
  return std::any_of(reads.begin(), reads.end(), [&](const expr::Slot& slot) {
    return slot.index == column &&
           (slot.space == expr::Space::cell || slot.space == expr::Space::fresh);
  });
}

} // namespace

// A row of a range makes objects for each of its numbers, so they must be new and have names.
void Compiling::check_ranges()
{
  for (std::size_t i = 0; i != made.columns.size(); ++i) {
    const auto* const extension = std::get_if<Extension>(&made.columns[i].column->type);
    if (extension == nullptr || extension->range_max <= 1) continue;
    const std::string path = at("columns", i) + ".type.range_max";
    if (made.range_column != none) {
      faults.add(path, "only one column may have ranges");
      continue;
    }
    made.range_column = static_cast<std::uint16_t>(i);
    if (schema().rows == Rows::in_turn) faults.add(path, "rows that act in turn have no ranges");
    if (made.objects.empty() || made.own_kind() == none) continue;
    if (made.objects.front().update)
      faults.add(path, "a range is for what is new, and rows of this format update, too");
    if (made.kinds[made.own_kind()].keys == Keys::from_host)
      faults.add(path, "objects of a range need keys that the row says");
  }
  if (made.range_column == none) return;
  for (std::size_t i = 0; i != book().lookups().size(); ++i) {
    const auto number = static_cast<std::uint16_t>(i);
    const expr::ProgramId key = book().lookups()[i].key;
    const auto& inner = book().program(key).lookups;
    const bool hangs_on_it =
        reads_column(book(), key, made.range_column) ||
        std::any_of(inner.begin(), inner.end(), [&](std::uint16_t each) {
          return std::find(made.range_lookups.begin(), made.range_lookups.end(), each) !=
                 made.range_lookups.end();
        });
    if (hangs_on_it) made.range_lookups.push_back(number);
  }
}

void Compiling::check_allotments()
{
  std::size_t count = made.limits.size();
  for (const CompiledColumn& column : made.columns) count += column.pool != none ? 1U : 0U;
  if (count > allotments_max)
    faults.add("limits", "pools and limits are " + std::to_string(count) + ", and there may be " +
                             std::to_string(allotments_max));
  if (count != 0 && schema().rows == Rows::in_turn)
    faults.add("rows", "rows that act in turn draw from no pool and are under no limit");
}

} // namespace rollcall::schema
