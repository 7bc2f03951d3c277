// key_frame.hpp: the rows of a batch for who also asks for the key of their own objects.
#ifndef ROLLCALL_PLAN_KEY_FRAME_HPP
#define ROLLCALL_PLAN_KEY_FRAME_HPP

#include <cstddef>
#include <optional>
#include <string_view>

#include "check/batch_frame.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

// The rows of a batch, of which the key of the row's own object is known by now.
class KeyFrame final : public expr::Frame {
 public:
  KeyFrame(const schema::CompiledSchema& schema, const check::BatchFrame& rows,
           std::optional<std::string_view> own_key)
      : schema_{schema}, rows_{rows}, own_key_{own_key}
  {
  }
  [[nodiscard]] std::size_t rows() const noexcept override { return rows_.rows(); }
  void presences(const expr::Slot& slot, expr::Mask into) const override
  {
    rows_.presences(slot, into);
  }
  void truths(const expr::Slot& slot, expr::Mask into) const override { rows_.truths(slot, into); }
  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t row) const override
  {
    if (slot.space != expr::Space::key) return rows_.value(slot, row);
    if (slot.index != schema_.own_kind() || !own_key_) return {};
    return {.what = expr::What::text, .text = *own_key_};
  }
  [[nodiscard]] bool is_range(const expr::Slot& slot, std::size_t row) const override
  {
    return rows_.is_range(slot, row);
  }

 private:
  const schema::CompiledSchema& schema_;
  const check::BatchFrame& rows_;
  std::optional<std::string_view> own_key_;
};

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_KEY_FRAME_HPP
