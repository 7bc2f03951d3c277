// changes.cpp: fields before and after, of the row's own object first, then of the others in the
// order of the schema's kinds, then by key (spec F2).
#include "plan/changes.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

#include "check/typed.hpp"

namespace rollcall::plan {

using check::Fresh;
using check::RowMask;

// The rows of a batch, of which the key of the row's own object is known by now.
class Changes::KeyFrame final : public expr::Frame {
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

Changes::Changes(const schema::CompiledSchema& schema, check::Checker& checker,
                 std::pmr::memory_resource& memory)
    : schema_{schema},
      checker_{checker},
      fields_{&memory},
      changes_{&memory},
      parts_{&memory},
      effects_{&memory}
{
  for (std::size_t i = 1; i < schema.objects.size(); ++i)
    others_.push_back(
        {.creates = RowMask{&memory}, .updates = RowMask{&memory}, .keys = {}, .found = {}});
  for (std::size_t i = 0; i != schema.effects.size(); ++i) effective_.emplace_back(&memory);
}

bool Changes::has_any(std::size_t row) const
{
  const schema::CompiledObject& own = schema_.objects.front();
  const check::Known* const object = checker_.judged().object(row);
  if (object == nullptr) return true;
  for (const schema::CompiledSet& set : own.sets) {
    if (set.column == schema::none) continue;
    const check::Cell& cell = checker_.judged().cell(set.column, row);
    const schema::CompiledColumn& column = schema_.columns[set.column];
    const Fresh now = checker_.frame().fresh(set.column, row);
    const auto& before = object->fields[set.field];
    if (column.is_secret) {
      if (cell.is_good() || now.is == Fresh::Is::generated) return true;
      if (now.is == Fresh::Is::null && before) return true;
      continue;
    }
    if (now.is == Fresh::Is::null && !before) continue;
    if (now.is != Fresh::Is::text || !before) return true;
    if (!check::is_same_value(column, now.text, *before)) return true;
  }
  return false;
}

Result<void> Changes::start(const RowMask& rows)
{
  const auto ask = [&](const std::optional<expr::ProgramId>& when, RowMask& into) -> Result<void> {
    into = rows;
    if (!when) {
      into -= rows;
      return success();
    }
    ROLLCALL_CHECK(checker_.look_up(*when, rows));
    checker_.evaluator().condition(*when, checker_.frame(), into.bits(), into.bits());
    return success();
  };
  for (std::size_t i = 0; i != others_.size(); ++i) {
    Other& other = others_[i];
    const schema::CompiledObject& object = schema_.objects[i + 1];
    ROLLCALL_CHECK(ask(object.create, other.creates));
    ROLLCALL_CHECK(ask(object.update, other.updates));
    for (const schema::CompiledSet& set : object.sets)
      ROLLCALL_CHECK(checker_.look_up(set.value, rows));
    other.keys.assign(rows_of(), {});
    other.found.assign(rows_of(), nullptr);
    if (object.key) ROLLCALL_CHECK(checker_.look_up(*object.key, rows));
    std::vector<std::string_view> asked;
    std::vector<std::size_t> places;
    RowMask making{other.creates};
    making |= other.updates;
    making.for_each([&](std::size_t row) {
      const expr::Value key = object.key
                                  ? checker_.evaluator().value(*object.key, checker_.frame(), row)
                                  : expr::Value{};
      if (key.what != expr::What::text) {
        other.creates.clear(row);
        other.updates.clear(row);
        return;
      }
      other.keys[row] = checker_.judged().keep(key.text);
      if (!other.updates.has(row)) return;
      asked.push_back(other.keys[row]);
      places.push_back(row);
    });
    if (asked.empty()) continue;
    std::vector<const check::Known*> found(asked.size(), nullptr);
    ROLLCALL_CHECK(checker_.known().find({object.kind, expr::key_field}, asked, found));
    for (std::size_t k = 0; k != asked.size(); ++k) other.found[places[k]] = found[k];
  }
  for (std::size_t i = 0; i != effective_.size(); ++i) {
    effective_[i] = rows;
    const schema::CompiledEffect& effect = schema_.effects[i];
    if (effect.when) ROLLCALL_CHECK(ask(effect.when, effective_[i]));
    for (const auto& part : effect.fields) ROLLCALL_CHECK(checker_.look_up(part.value, rows));
  }
  return success();
}

std::size_t Changes::rows_of() const
{
  return checker_.judged().rows();
}

Fresh Changes::value_of(const schema::CompiledSet& set, std::size_t row,
                        std::optional<std::string_view> own_key)
{
  if (set.column != schema::none) return checker_.frame().fresh(set.column, row);
  const KeyFrame frame{schema_, checker_.frame(), own_key};
  const expr::Value value = checker_.evaluator().value(set.value, frame, row);
  switch (value.what) {
    case expr::What::truth:
      return {.is = Fresh::Is::text, .text = value.truth ? "true" : "false"};
    case expr::What::integer:
      return {.is = Fresh::Is::text, .text = checker_.judged().keep(std::to_string(value.integer))};
    case expr::What::text:
      return {.is = Fresh::Is::text, .text = checker_.judged().keep(value.text)};
    case expr::What::generated:
      return {.is = Fresh::Is::generated};
    case expr::What::null:
    case expr::What::texts:
      break;
  }
  return {};
}

// A field that stays as it is, or is null in a new object, is no change.
void Changes::add_field(const schema::CompiledField& field, std::uint16_t number,
                        std::optional<std::string_view> before, const Fresh& after)
{
  FieldChange change{.field = number, .before = before};
  if (field.is_secret) {
    if (after.is == Fresh::Is::null && !before) return;
    if (before) change.before = "true";
    if (after.is == Fresh::Is::text) change.secret = SecretFrom::column;
    if (after.is == Fresh::Is::generated) change.secret = SecretFrom::generated;
  } else {
    if (after.is == Fresh::Is::text) change.after = after.text;
    if (!change.after && !before) return;
  }
  fields_.push_back(change);
}

void Changes::close(Change change, std::size_t first_field)
{
  if (change.op == Op::update && fields_.size() == first_field) return;
  first_fields_.push_back(first_field);
  changes_.push_back(change);
}

void Changes::add_own(std::size_t row, std::optional<std::string_view> key)
{
  const schema::CompiledObject& own = schema_.objects.front();
  const schema::CompiledKind& kind = schema_.kinds[own.kind];
  const check::Known* const object = checker_.judged().object(row);
  const std::size_t first = fields_.size();
  for (const schema::CompiledSet& set : own.sets) {
    const Fresh now = value_of(set, row, key);
    const auto before =
        object == nullptr ? std::optional<std::string_view>{} : object->fields[set.field];
    if (object != nullptr) {
      const bool is_column = set.column != schema::none;
      if (kind.fields[set.field].is_secret) {
        // Kept: neither a cell nor anything generated gives it another.
        if (is_column && now.is == Fresh::Is::text &&
            !checker_.judged().cell(set.column, row).is_good())
          continue;
      } else if (now.is == Fresh::Is::text && before &&
                 (is_column ? check::is_same_value(schema_.columns[set.column], now.text, *before)
                            : now.text == *before)) {
        continue;
      }
    }
    add_field(kind.fields[set.field], set.field, before, now);
  }
  close({.op = object == nullptr ? Op::create : Op::update, .kind = own.kind, .key = key}, first);
}

void Changes::add_other(std::size_t index, std::size_t row, std::string_view own_key)
{
  const Other& other = others_[index];
  const schema::CompiledObject& object = schema_.objects[index + 1];
  const schema::CompiledKind& kind = schema_.kinds[object.kind];
  const bool creates = other.creates.has(row);
  if (!creates && (!other.updates.has(row) || other.found[row] == nullptr)) return;
  const std::size_t first = fields_.size();
  for (const schema::CompiledSet& set : object.sets) {
    const Fresh now = value_of(set, row, own_key);
    const auto before =
        creates ? std::optional<std::string_view>{} : other.found[row]->fields[set.field];
    if (before && now.is == Fresh::Is::text && now.text == *before) continue;
    add_field(kind.fields[set.field], set.field, before, now);
  }
  close({.op = creates ? Op::create : Op::update,
         .kind = object.kind,
         .key = creates ? other.keys[row] : other.found[row]->key},
        first);
}

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
      add_field(schema_.kinds[taking->kind].fields[field], field, taking->holder->fields[field],
                {});
    close({.op = Op::update, .kind = taking->kind, .key = taking->holder->key}, first);
  }
}

void Changes::add_effects(std::size_t row, std::optional<std::string_view> own_key)
{
  const KeyFrame frame{schema_, checker_.frame(), own_key};
  std::vector<std::pair<std::size_t, std::size_t>> places; // of the parts of each effect
  for (std::size_t i = 0; i != effective_.size(); ++i) {
    if (!effective_[i].has(row)) continue;
    const schema::CompiledEffect& effect = schema_.effects[i];
    const std::size_t first = parts_.size();
    for (const auto& part : effect.fields) {
      const expr::Value value = checker_.evaluator().value(part.value, frame, row);
      if (value.what == expr::What::text)
        parts_.push_back({part.name, checker_.judged().keep(value.text)});
    }
    effects_.push_back({.effect = &effect});
    places.emplace_back(first, parts_.size());
  }
  for (std::size_t i = 0; i != effects_.size(); ++i)
    effects_[i].parts = {parts_.data() + places[i].first, parts_.data() + places[i].second};
}

Work Changes::make(std::size_t row, std::optional<std::string_view> key,
                   std::span<const Taking> takings)
{
  fields_.clear();
  changes_.clear();
  first_fields_.clear();
  parts_.clear();
  effects_.clear();
  add_own(row, key);
  for (std::size_t i = 0; i != others_.size(); ++i) add_other(i, row, key.value_or(""));
  if (!takings.empty()) add_taken(takings);
  for (std::size_t i = 0; i != changes_.size(); ++i) {
    const std::size_t end = i + 1 == changes_.size() ? fields_.size() : first_fields_[i + 1];
    changes_[i].fields = {fields_.data() + first_fields_[i], fields_.data() + end};
  }
  if (changes_.size() > 2) {
    std::stable_sort(changes_.begin() + 1, changes_.end(), [](const Change& a, const Change& b) {
      return std::tuple{a.kind, a.key} < std::tuple{b.kind, b.key};
    });
  }
  if (!effective_.empty()) add_effects(row, key);
  checker_.evaluator().forget();
  checker_.frame().forget();
  return {.changes = changes_, .effects = effects_};
}

Work Changes::keep(const Work& work, std::pmr::memory_resource& memory)
{
  const auto copy = [&]<class T>(std::span<const T> from) -> std::span<T> {
    if (from.empty()) return {};
    T* const at = std::pmr::polymorphic_allocator<T>{&memory}.allocate(from.size());
    std::uninitialized_copy(from.begin(), from.end(), at);
    return {at, from.size()};
  };
  const std::span<Change> changes = copy(work.changes);
  for (Change& change : changes) change.fields = copy(change.fields);
  const std::span<EffectView> effects = copy(work.effects);
  for (EffectView& effect : effects) effect.parts = copy(effect.parts);
  return {.changes = changes, .effects = effects};
}

} // namespace rollcall::plan
