// conflicts.cpp: whose it is goes without saying where it is the object that was named first.
#include "apply/conflicts.hpp"

#include <string_view>

#include "base/facts.hpp"
#include "base/message_template.hpp"
#include "base/utf8.hpp"

namespace rollcall::apply {
namespace {

constexpr std::size_t shown_of_value_max = 40; // characters: there may be many values
// Of all that are named, so that a message shows how many more there are.
constexpr std::size_t characters_max = shown_characters_of_list_max - 30;

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
  const bool is_undo = conflict.code == Code::undo_conflict;
  std::string other{count_ == 0 ? "" : ", "};
  other.append(field);
  if (field.empty() || key != fact_of(*first_, "key"))
    append_shown(other.append(field.empty() ? "" : " of "), key, shown_of_value_max);
  append_shown(other.append(" ("), fact_of(conflict, is_undo ? "written" : "planned"),
               shown_of_value_max);
  append_shown(other.append(", now "), fact_of(conflict, "now"), shown_of_value_max);
  name(other.append(")"));
}

// Behind one that has no room any more none is named.
void Conflicts::name(std::string_view other)
{
  const std::size_t characters = count_code_points(other);
  const bool has_room = characters_ + characters <= characters_max && count_ != others_max;
  if (unnamed_ != 0 || !has_room) {
    ++unnamed_;
    return;
  }
  others_.append(other);
  characters_ += characters;
  ++count_;
}

std::optional<Finding> Conflicts::take()
{
  if (unnamed_ != 0)
    others_.append(others_.empty() ? "" : " and ").append(std::to_string(unnamed_)).append(" more");
  if (!others_.empty()) first_->facts.push_back(fact("others", others_));
  return std::move(first_);
}

} // namespace rollcall::apply
