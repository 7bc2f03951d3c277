// changes_taken.cpp: what becomes of objects from which a row takes what they hold.
#include <algorithm>
#include <vector>

#include "check/typed.hpp"
#include "plan/changes.hpp"

namespace rollcall::plan {

// An object that something was taken from, as `needs` of its columns see it.
class Changes::Remains final : public expr::SingleRow {
 public:
  Remains(const schema::CompiledSchema& schema, const check::BatchFrame& rows, const Taking& taking)
      : schema_{schema}, rows_{rows}, kind_{taking.kind}, object_{*taking.holder}
  {
  }

  [[nodiscard]] bool has(std::uint16_t field) const
  {
    return object_.fields[field] && !is_cleared(field);
  }
  void clear(std::uint16_t field) { cleared_.push_back(field); }
  [[nodiscard]] bool is_cleared(std::uint16_t field) const
  {
    return std::find(cleared_.begin(), cleared_.end(), field) != cleared_.end();
  }
  // In the order in which they are written.
  [[nodiscard]] std::span<const std::uint16_t> cleared()
  {
    std::sort(cleared_.begin(), cleared_.end());
    return cleared_;
  }

  [[nodiscard]] expr::Value value(const expr::Slot& slot, std::size_t /*row*/) const override
  {
    if (slot.space == expr::Space::old)
      return check::value_of(schema_, kind_, &object_, slot.field);
    if (slot.space != expr::Space::fresh) return rows_.value(slot, 0); // a fact of the job
    const std::uint16_t field = schema_.columns[slot.index].own_field;
    if (field == schema::none || is_cleared(field)) return {};
    return check::value_of(schema_, kind_, &object_, field);
  }

 private:
  const schema::CompiledSchema& schema_;
  const check::BatchFrame& rows_;
  std::uint16_t kind_;
  const check::Known& object_;
  std::vector<std::uint16_t> cleared_;
};

// What is taken from one object is one change, and what hung on it goes with it.
void Changes::add_taken(std::span<const Taking> takings)
{
  const auto is_same = [](const Taking& a, const Taking& b) {
    return a.kind == b.kind && a.holder->key == b.holder->key;
  };
  for (auto taking = takings.begin(); taking != takings.end(); ++taking) {
    const auto is_this = [&](const Taking& other) { return is_same(other, *taking); };
    if (std::any_of(takings.begin(), taking, is_this)) continue;
    Remains remains{schema_, checker_.frame(), *taking};
    for (auto each = taking; each != takings.end(); ++each)
      if (is_this(*each) && remains.has(each->field)) remains.clear(each->field);
    for (bool goes_on = taking->kind == schema_.own_kind(); goes_on;) {
      goes_on = false;
      for (const schema::CompiledColumn& column : schema_.columns) {
        if (!column.needs || !remains.has(column.own_field)) continue;
        const auto& reads = schema_.book().program(*column.needs).reads;
        const bool is_about = std::any_of(reads.begin(), reads.end(), [&](const expr::Slot& slot) {
          return slot.space == expr::Space::fresh &&
                 remains.is_cleared(schema_.columns[slot.index].own_field);
        });
        if (!is_about || checker_.evaluator().condition(*column.needs, remains, 0)) continue;
        remains.clear(column.own_field);
        goes_on = true;
      }
    }
    const std::size_t first = fields_.size();
    for (const std::uint16_t field : remains.cleared())
      add_field(schema_.kinds[taking->kind].fields[field], field, taking->holder->before(field),
                {});
    close({.op = Op::update, .kind = taking->kind, .key = taking->holder->key}, first);
  }
}

} // namespace rollcall::plan
