// publishing.hpp: outputs that belong together come into their places together.
#ifndef ROLLCALL_BASE_PUBLISHING_HPP
#define ROLLCALL_BASE_PUBLISHING_HPP

#include <initializer_list>

#include "rollcall/sink.hpp"

namespace rollcall {

// Null is none. What has no place of its own (a pipe, a device) may fail yet, so it comes first:
// then nothing else is in its place.
[[nodiscard]] inline Result<void> publish_together(std::initializer_list<Sink*> sinks)
{
  for (const bool has_place : {false, true})
    for (Sink* const sink : sinks)
      if (sink != nullptr && sink->can_restart() == has_place) ROLLCALL_CHECK(sink->publish());
  return success();
}

} // namespace rollcall

#endif // ROLLCALL_BASE_PUBLISHING_HPP
