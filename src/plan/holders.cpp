// holders.cpp: one question a batch, claim and field that the claim is held in.
#include "plan/holders.hpp"

#include <optional>
#include <vector>

#include "base/unicode.hpp"
#include "plan/holder_frame.hpp"

namespace rollcall::plan {
namespace {

class Holders final : public ObjectSink {
 public:
  Holders(const schema::CompiledSchema& schema, check::Checker& checker,
          const schema::CompiledHolder& holder, std::optional<expr::ProgramId> takes_from,
          std::span<const Want> wants, const OnHolder& on_holder)
      : schema_{schema},
        checker_{checker},
        holder_{holder},
        takes_from_{takes_from},
        wants_{wants},
        on_holder_{on_holder},
        frame_{schema, holder.field.kind, checker.frame()}
  {
  }

  void object(std::size_t asked, const ObjectView& object) override
  {
    const schema::CompiledKind& kind = schema_.kinds[holder_.field.kind];
    is_answer_ = is_answer_ && asked < wants_.size() && object.fields.size() == kind.fields.size();
    if (!is_answer_) return;
    const check::Known known{.key = object.key, .fields = object.fields};
    frame_.show(known);
    if (holder_.when && !checker_.evaluator().condition(*holder_.when, frame_, 0)) return;
    std::string_view key = object.key;
    std::uint16_t holder_kind = holder_.field.kind;
    if (holder_.owner != schema::none) {
      const auto& owner = object.fields[holder_.owner];
      if (!owner) return;
      key = *owner;
      holder_kind = schema_.own_kind();
    }
    const std::size_t row = wants_[asked].row;
    const check::Known* const own = row == no_row ? nullptr : checker_.judged().object(row);
    const bool is_own =
        own != nullptr && holder_kind == schema_.own_kind() && is_same_without_case(own->key, key);
    if (is_own) return;
    const bool may_be_taken =
        !takes_from_ || checker_.evaluator().condition(*takes_from_, frame_, 0);
    on_holder_({.want = asked,
                .kind = holder_kind,
                .key = key,
                .field = holder_.field,
                .may_be_taken = may_be_taken,
                .object = &object});
  }

  [[nodiscard]] Result<void> check() const
  {
    if (is_answer_) return success();
    return Error{ErrorCode::host_failed,
                 "the directory showed an object that was not asked for, or not all of its fields"};
  }

 private:
  const schema::CompiledSchema& schema_;
  check::Checker& checker_;
  const schema::CompiledHolder& holder_;
  std::optional<expr::ProgramId> takes_from_;
  std::span<const Want> wants_;
  const OnHolder& on_holder_;
  HolderFrame frame_;
  bool is_answer_ = true;
};

} // namespace

Result<void> find_holders(const schema::CompiledSchema& schema, check::KnownObjects& known,
                          check::Checker& checker, std::uint16_t claim, std::span<const Want> wants,
                          const OnHolder& on_holder, Directory* among)
{
  Directory& directory = among != nullptr ? *among : known.state();
  if (wants.empty()) return success();
  std::vector<std::string_view> values;
  for (const schema::CompiledHolder& holder : schema.claims[claim].held_in) {
    if (!known.has_objects(holder.field.kind)) continue;
    if (values.empty())
      for (const Want& want : wants) values.push_back(want.value);
    Holders holders{schema, checker, holder, schema.claims[claim].takes_from, wants, on_holder};
    ROLLCALL_CHECK(directory.find(holder.field.kind, holder.field.field, values, holders));
    ROLLCALL_CHECK(holders.check());
  }
  return success();
}

} // namespace rollcall::plan
