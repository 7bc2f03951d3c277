// tables.cpp: a table a kind.
#include "directory/tables.hpp"

#include <utility>

#include "directory/group_work.hpp"

namespace rollcall::directory {

Tables::Tables(std::vector<Shape> shapes, const SipKey& key, std::pmr::memory_resource& memory)
    : memory_{&memory}, questions_{shapes}
{
  tables_.reserve(shapes.size());
  for (Shape& shape : shapes) tables_.emplace_back(std::move(shape), key, memory);
}

void Tables::apply(std::span<const Group> groups, AnswerSink& sink)
{
  GroupWork work{tables_, *memory_};
  for (std::size_t number = 0; number != groups.size(); ++number)
    work.apply(number, groups[number], sink);
  for (Table& table : tables_) table.tidy();
}

} // namespace rollcall::directory
