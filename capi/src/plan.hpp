// A plan as a handle: its bytes in memory, or wherever it is kept.
#ifndef ROLLCALL_CAPI_SRC_PLAN_HPP
#define ROLLCALL_CAPI_SRC_PLAN_HPP

#include <atomic>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>

#include "engine.hpp"
#include "rollcall/plan.h"
#include "source.hpp"

namespace rollcall::capi {

// What was read of it once.
struct PlanSays {
  std::string digest = {}, format = {}, path = {};
};

struct PlanBody {
  explicit PlanBody(std::shared_ptr<Engine> of) : engine{std::move(of)}, text{engine->memory()} {}

  std::shared_ptr<Engine> engine;
  std::pmr::string text;                   // if nobody else has it
  std::shared_ptr<SourceBody> source = {}; // who has it
  std::unique_ptr<Source> reading = {};    // of the text
  std::optional<PlanSays> says = {};
  std::atomic<bool> in_use = false;

  // For a call that reads it: nobody else reads it meanwhile, nor where it is kept, which other
  // plans may have been opened of.
  struct Held {
    InUse plan = {}, source = {};
  };
  [[nodiscard]] Result<Held> hold();
  // From its first byte.
  [[nodiscard]] Result<Source*> begin();
};

[[nodiscard]] std::unique_ptr<rollcall_plan> handle_of(std::shared_ptr<PlanBody> body);

} // namespace rollcall::capi

struct rollcall_plan {
  std::shared_ptr<rollcall::capi::PlanBody> body;
};

#endif // ROLLCALL_CAPI_SRC_PLAN_HPP
