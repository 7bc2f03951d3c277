// conflicts.cpp: whose it is goes without saying where it is the object that was named first.
#include "apply/conflicts.hpp"

#include <string_view>

#include "base/facts.hpp"
#include "base/message_template.hpp"

namespace rollcall::apply {
namespace {

constexpr std::size_t shown_of_value_max = 40; // characters: there may be many values

} // namespace

void Conflicts::add(Finding&& conflict)
{
  const std::string_view field = fact_of(conflict, "field");
  const std::string_view key = fact_of(conflict, "key");
  if (!named_.emplace(field, key).second) return;
  if (!first_) {
    first_ = std::move(conflict);
    return;
  }
  if (++count_ > others_max) return;
  others_.append(others_.empty() ? "" : ", ").append(field);
  if (field.empty() || key != fact_of(*first_, "key"))
    append_shown(others_.append(field.empty() ? "" : " of "), key, shown_of_value_max);
  const bool is_undo = conflict.code == Code::undo_conflict;
  append_shown(others_.append(" ("), fact_of(conflict, is_undo ? "written" : "planned"),
               shown_of_value_max);
  append_shown(others_.append(", now "), fact_of(conflict, "now"), shown_of_value_max);
  others_.append(")");
}

std::optional<Finding> Conflicts::take()
{
  if (count_ > others_max)
    others_.append(" and ").append(std::to_string(count_ - others_max)).append(" more");
  if (!others_.empty()) first_->facts.push_back(fact("others", others_));
  return std::move(first_);
}

} // namespace rollcall::apply
