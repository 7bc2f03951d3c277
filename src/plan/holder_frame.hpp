// holder_frame.hpp: an object that holds a value, as expressions about holders see it.
#ifndef ROLLCALL_PLAN_HOLDER_FRAME_HPP
#define ROLLCALL_PLAN_HOLDER_FRAME_HPP

#include <cstddef>
#include <cstdint>

#include "check/typed.hpp"
#include "expr/evaluator.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

class HolderFrame final : public expr::SingleRow {
 public:
  // Both outlive it; `facts` is asked for facts of the job.
  HolderFrame(const schema::CompiledSchema& schema, std::uint16_t kind, const expr::Frame& facts)
      : schema_{schema}, kind_{kind}, facts_{facts}
  {
  }
  void show(const check::Known& object) noexcept { object_ = &object; }

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    if (slot.space == expr::Space::holder)
      return check::value_of(schema_, kind_, object_, slot.field);
    return facts_.value(slot, 0);
  }

 private:
  const schema::CompiledSchema& schema_;
  std::uint16_t kind_;
  const expr::Frame& facts_;
  const check::Known* object_ = nullptr;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_HOLDER_FRAME_HPP
