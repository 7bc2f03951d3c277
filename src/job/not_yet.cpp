// not_yet.cpp: a list that is to become shorter.
#include "job/not_yet.hpp"

#include <variant>

namespace rollcall::job {

std::string_view not_yet_done(const schema::Schema& schema)
{
  if (!schema.limits.empty()) return "limits of how many objects there may be";
  for (const schema::Column& column : schema.columns) {
    if (column.on_create == schema::Blank::pool) return "pools of extensions";
    const auto* const extension = std::get_if<schema::Extension>(&column.type);
    if (extension != nullptr && extension->range_max > 1) return "ranges of extensions";
  }
  return {};
}

} // namespace rollcall::job
