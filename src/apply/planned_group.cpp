// planned_group.cpp: copies a row with all that it points to.
#include "apply/planned_group.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

namespace rollcall::apply {
namespace {

class Keeper {
 public:
  explicit Keeper(std::pmr::memory_resource& memory) : memory_{memory} {}

  [[nodiscard]] std::string_view keep(std::string_view text)
  {
    if (text.empty()) return "";
    auto* const at = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }
  [[nodiscard]] std::optional<std::string_view> keep(std::optional<std::string_view> text)
  {
    return text ? std::optional{keep(*text)} : std::nullopt;
  }
  template <class T>
  [[nodiscard]] std::span<T> keep(std::span<const T> from)
  {
    if (from.empty()) return {};
    T* const at = std::pmr::polymorphic_allocator<T>{&memory_}.allocate(from.size());
    std::uninitialized_copy(from.begin(), from.end(), at);
    return {at, from.size()};
  }

 private:
  std::pmr::memory_resource& memory_;
};

} // namespace

plan::PlanRow keep_row(const plan::PlanRow& row, std::pmr::memory_resource& memory)
{
  Keeper keeper{memory};
  plan::PlanRow made{
      .result = row.result, .group = row.group, .is_last = row.is_last, .undoes = row.undoes};
  made.result.findings = {};
  made.result.key = keeper.keep(row.result.key);
  const std::span<Change> changes = keeper.keep(row.result.changes);
  for (Change& change : changes) {
    change.key = keeper.keep(change.key);
    const std::span<FieldChange> fields = keeper.keep(change.fields);
    for (FieldChange& field : fields) {
      field.before = keeper.keep(field.before);
      field.after = keeper.keep(field.after);
    }
    change.fields = fields;
  }
  made.result.changes = changes;
  const std::span<plan::EffectView> effects = keeper.keep(row.result.effects);
  for (plan::EffectView& effect : effects) {
    const std::span<plan::EffectPart> parts = keeper.keep(effect.parts);
    for (plan::EffectPart& part : parts) part.value = keeper.keep(part.value);
    effect.parts = parts;
  }
  made.result.effects = effects;
  const std::span<std::string_view> withdraws = keeper.keep(row.result.withdraws);
  for (std::string_view& effect : withdraws) effect = keeper.keep(effect);
  made.result.withdraws = withdraws;
  const std::span<plan::Read> reads = keeper.keep(row.reads);
  for (plan::Read& read : reads) {
    read.value = keeper.keep(read.value);
    read.key = keeper.keep(read.key);
    const std::span<plan::ReadField> fields = keeper.keep(read.fields);
    for (plan::ReadField& field : fields) field.was = keeper.keep(field.was);
    read.fields = fields;
  }
  made.reads = reads;
  return made;
}

void fill_key(plan::PlanRow& row, std::string_view key, std::pmr::memory_resource& memory)
{
  Keeper keeper{memory};
  row.result.key = keeper.keep(key);
  const std::span<Change> changes = keeper.keep(row.result.changes);
  for (Change& change : changes) {
    if (change.gives_key) change.key = row.result.key;
    const bool hangs = std::any_of(change.fields.begin(), change.fields.end(),
                                   [](const FieldChange& field) { return field.is_given_key; });
    if (!hangs) continue;
    const std::span<FieldChange> fields = keeper.keep(change.fields);
    for (FieldChange& field : fields)
      if (field.is_given_key) field.after = row.result.key;
    change.fields = fields;
  }
  row.result.changes = changes;
  const std::span<plan::EffectView> effects = keeper.keep(row.result.effects);
  for (plan::EffectView& effect : effects) {
    const std::span<plan::EffectPart> parts = keeper.keep(effect.parts);
    for (plan::EffectPart& part : parts)
      if (part.is_given_key) part.value = *row.result.key;
    effect.parts = parts;
  }
  row.result.effects = effects;
}

} // namespace rollcall::apply
