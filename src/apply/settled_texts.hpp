// settled_texts.hpp: what a journal is told of a batch, as texts that live as long as the batch.
#ifndef ROLLCALL_APPLY_SETTLED_TEXTS_HPP
#define ROLLCALL_APPLY_SETTLED_TEXTS_HPP

#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "apply/fates.hpp"
#include "apply/planned_group.hpp"
#include "json/writer.hpp"
#include "rollcall/job_store.hpp"
#include "rollcall/sink.hpp"
#include "schema/compiled.hpp"

namespace rollcall::apply {

class SettledTexts {
 public:
  // Both outlive it.
  SettledTexts(const schema::CompiledSchema& schema, std::pmr::memory_resource& memory,
               bool keeps_secrets)
      : schema_{schema},
        keeps_secrets_{keeps_secrets},
        texts_{&memory},
        line_{&memory},
        sink_{line_}
  {
  }

  // With `keeps_secrets`, those that were made are a part of it, and live as long as the group.
  // `keys` are those of the objects of all changes, where they were applied.
  [[nodiscard]] Result<Settled> make(const PlannedGroup& group, std::span<const std::string> keys,
                                     Fate is, const RowFate& fate, std::string_view operation);

 private:
  template <class Write>
  [[nodiscard]] Result<std::string_view> text(Write write);
  void put_handles(json::Writer& writer, const PlannedGroup& group, std::uint64_t row,
                   const schema::CompiledEffect& effect, std::string_view operation) const;

  const schema::CompiledSchema& schema_;
  bool keeps_secrets_;
  std::pmr::monotonic_buffer_resource texts_;
  std::pmr::string line_;
  TextSink sink_;
  std::optional<json::Writer> writer_; // of all of them
};

// The secrets that were made for a group and that somebody may fetch, or needs. `keys` are those of
// the objects of its changes, as the host says; none: nobody knows yet.
void append_made(const schema::CompiledSchema& schema, const PlannedGroup& group,
                 std::span<const std::string> keys, std::string_view operation,
                 std::vector<MadeSecret>& into);

// A finding as a line of JSON, and back.
[[nodiscard]] Result<std::string> text_of(const Finding& finding);
[[nodiscard]] Result<Finding> finding_of(std::string_view text);

} // namespace rollcall::apply

#endif // ROLLCALL_APPLY_SETTLED_TEXTS_HPP
