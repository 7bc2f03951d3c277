// rooms.cpp: counts objects, and what groups make of them.
#include "apply/rooms.hpp"

#include <algorithm>
#include <string>

#include "plan/holder_frame.hpp"

namespace rollcall::apply {

Result<void> Rooms::ask(expr::Evaluator& evaluator, bool goes_on)
{
  if (!is_known_) {
    const plan::HolderFrame facts{schema_, schema_.own_kind(), facts_};
    for (const schema::CompiledLimit& limit : schema_.limits) {
      const expr::Value most = evaluator.value(limit.most, facts, 0);
      if (most.what != expr::What::integer) continue;
      rooms_.push_back(
          {.kind = limit.kind,
           .most = static_cast<std::uint64_t>(std::max<std::int64_t>(most.integer, 0))});
    }
    is_known_ = true;
  }
  for (Room& room : rooms_) {
    ROLLCALL_TRY(room.there, directory_.count(room.kind));
    if (!goes_on) room.granted = 0;
  }
  return success();
}

std::optional<Finding> Rooms::check(const PlannedGroup& group)
{
  for (Room& room : rooms_) {
    std::uint64_t made = 0, gone = 0;
    group.each_change([&](const Change& change) {
      if (change.kind != room.kind) return;
      made += change.op == Op::create ? 1U : 0U;
      gone += change.op == Op::delete_ ? 1U : 0U;
    });
    if (made <= gone) continue;
    const std::uint64_t now = room.there + room.granted;
    if (now + made - gone > room.most) {
      Finding found = finding(Code::object_stale);
      found.facts = {fact("key", "the number of objects " + schema_.kinds[room.kind].name),
                     fact("planned", "within the limit of " + std::to_string(room.most)),
                     fact("now", std::to_string(now))};
      return found;
    }
    room.granted += made - gone;
  }
  return {};
}

} // namespace rollcall::apply
