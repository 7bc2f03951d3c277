// settled_texts.hpp: what a journal is told of a batch, as texts that live as long as the batch.
#ifndef ROLLCALL_APPLY_SETTLED_TEXTS_HPP
#define ROLLCALL_APPLY_SETTLED_TEXTS_HPP

#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "apply/fates.hpp"
#include "apply/planned_group.hpp"
#include "rollcall/job_store.hpp"
#include "schema/compiled.hpp"

namespace rollcall::apply {

class SettledTexts {
 public:
  // Both outlive it.
  SettledTexts(const schema::CompiledSchema& schema, std::pmr::memory_resource& memory)
      : schema_{schema}, texts_{&memory}, line_{&memory}
  {
  }

  // `keys` are those of the objects of all changes, where they were applied.
  [[nodiscard]] Result<Settled> make(const PlannedGroup& group, std::span<const std::string> keys,
                                     Fate is, const RowFate& fate, std::string_view operation);

 private:
  template <class Write>
  [[nodiscard]] Result<std::string_view> text(Write write);

  const schema::CompiledSchema& schema_;
  std::pmr::monotonic_buffer_resource texts_;
  std::pmr::string line_;
};

// A finding as a line of JSON, and back.
[[nodiscard]] Result<std::string> text_of(const Finding& finding);
[[nodiscard]] Result<Finding> finding_of(std::string_view text);

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_SETTLED_TEXTS_HPP
