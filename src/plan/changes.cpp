// changes.cpp: fields before and after, of the row's own object first, then of the others in the
// order of the schema's kinds, then by key (spec F2).
#include "plan/changes.hpp"

#include <algorithm>
#include <memory>
#include <tuple>

#include "plan/key_frame.hpp"

namespace rollcall::plan {

using check::Fresh;
using check::RowMask;

namespace {

// A text that expressions come to: neither null nor an empty one says anything (spec 3: a blank).
std::optional<std::string_view> text_of(const expr::Value& value)
{
  const bool says = value.what == expr::What::text && !value.text.empty();
  return says ? std::optional{value.text} : std::nullopt;
}

} // namespace

Changes::Changes(const schema::CompiledSchema& schema, check::Checker& checker,
                 std::pmr::memory_resource& memory)
    : schema_{schema},
      checker_{checker},
      texts_{&memory},
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

bool Changes::has_any(std::size_t row)
{
  const check::Known* const object = checker_.judged().object(row);
  if (object == nullptr) return true;
  return std::ranges::any_of(schema_.objects.front().sets, [&](const schema::CompiledSet& set) {
    return !leaves(set, row) && is_changed(set, row, *object, value_of(set, row, object->key));
  });
}

// Is it another value than the object has, as it reads (spec E24)? A secret that a cell gives
// always is one.
bool Changes::is_changed(const schema::CompiledSet& set, std::size_t row,
                         const check::Known& object, const Fresh& now) const
{
  const schema::CompiledField& field = schema_.kinds[schema_.own_kind()].fields[set.field];
  std::optional<std::string_view> before = object.fields[set.field];
  const bool is_column = set.column != schema::none;
  if (field.is_secret) {
    if (now.is == Fresh::Is::null) return before.has_value();
    return now.is == Fresh::Is::generated || !is_column ||
           checker_.judged().cell(set.column, row).is_good();
  }
  if (now.is != Fresh::Is::text) return before.has_value();
  if (!before && field.null_text) before = *field.null_text;
  if (!before) return true;
  return is_column ? !check::is_same_value(schema_.columns[set.column], now.text, *before)
                   : now.text != *before;
}

// What the row's own object gets by expressions may have to be looked up.
Result<void> Changes::start_own(const RowMask& rows)
{
  for (const schema::CompiledSet& set : schema_.objects.front().sets)
    if (set.column == schema::none) ROLLCALL_CHECK(checker_.look_up(set.value, rows));
  return success();
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
  ROLLCALL_CHECK(start_own(rows));
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
      const auto key = object.key ? key_of(*object.key, row) : std::nullopt;
      if (!key) {
        other.creates.clear(row);
        other.updates.clear(row);
        return;
      }
      other.keys[row] = checker_.judged().keep(*key);
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
  if (set.column != schema::none) {
    Fresh now = checker_.frame().fresh(set.column, row);
    if (now.is == Fresh::Is::text && now.text.empty()) return {};
    if (now.is_made || is_in_range_) now.text = keep(now.text);
    return now;
  }
  const KeyFrame frame{schema_, checker_.frame(), own_key};
  const expr::Value value = checker_.evaluator().value(set.value, frame, row);
  switch (value.what) {
    case expr::What::truth:
      return {.is = Fresh::Is::text, .text = value.truth ? "true" : "false"};
    case expr::What::integer:
      return {.is = Fresh::Is::text, .text = keep(std::to_string(value.integer))};
    case expr::What::text:
      if (value.text.empty()) break;
      return {.is = Fresh::Is::text, .text = keep(value.text)};
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
                        std::optional<std::string_view> before, const Fresh& after,
                        bool is_given_key)
{
  FieldChange change{.field = number, .before = before, .is_given_key = is_given_key};
  if (field.is_secret) {
    if (after.is == Fresh::Is::null && !before) return;
    if (before) change.before = "true";
    if (after.is == Fresh::Is::text) change.secret = SecretFrom::column;
    if (after.is == Fresh::Is::generated) change.secret = SecretFrom::generated;
  } else {
    if (after.is == Fresh::Is::text) change.after = after.text;
    if (!change.after && !before && !is_given_key) return;
  }
  fields_.push_back(change);
}

void Changes::close(Change change, std::size_t first_field)
{
  if (change.op == Op::update && fields_.size() == first_field) return;
  first_fields_.push_back(first_field);
  changes_.push_back(change);
}

// Is a value the key that the host gives, and nothing else? (Anything else that is made of it
// cannot be planned: the schema is not compiled.)
bool Changes::is_given_key(expr::ProgramId value, const OwnKey& own_key) const
{
  const auto& slot = schema_.book().program(value).slot;
  return own_key.is_given && slot && slot->space == expr::Space::key &&
         slot->index == schema_.own_kind();
}

void Changes::add_own(std::size_t row, const OwnKey& key)
{
  const schema::CompiledObject& own = schema_.objects.front();
  const schema::CompiledKind& kind = schema_.kinds[own.kind];
  const check::Known* const object = checker_.judged().object(row);
  const std::size_t first = fields_.size();
  for (const schema::CompiledSet& set : own.sets) {
    if (leaves(set, row)) continue;
    const Fresh now = value_of(set, row, key.text);
    if (object != nullptr && !is_changed(set, row, *object, now)) continue;
    add_field(kind.fields[set.field], set.field,
              object == nullptr ? std::optional<std::string_view>{} : object->before(set.field),
              now, set.column == schema::none && is_given_key(set.value, key));
  }
  close({.op = object == nullptr ? Op::create : Op::update,
         .kind = own.kind,
         .key = key.text,
         .gives_key = key.is_given},
        first);
}

std::optional<std::string_view> Changes::own_key(std::size_t row) const
{
  const schema::CompiledObject& own = schema_.objects.front();
  if (const check::Known* const object = checker_.judged().object(row)) return object->key;
  if (schema_.kinds[own.kind].keys == schema::Keys::from_host || !own.key) return {};
  const bool is_bad =
      own.key_column != schema::none && checker_.judged().bad(own.key_column).has(row);
  if (is_bad) return {};
  const auto key = key_of(*own.key, row);
  return key ? std::optional{keep(*key)} : std::nullopt;
}

// What names no object makes none.
std::optional<std::string_view> Changes::key_of(expr::ProgramId key, std::size_t row) const
{
  return text_of(checker_.evaluator().value(key, checker_.frame(), row));
}

Changes::Deed Changes::deed_of(std::size_t index, std::size_t row) const
{
  const Other& other = others_[index];
  return {.creates = other.creates.has(row),
          .key = other.keys[row],
          .found = other.updates.has(row) ? other.found[row] : nullptr};
}

// Of one number of a range: what hangs on the number was not asked for the batch.
Result<Changes::Deed> Changes::ask_deed(std::size_t index, std::size_t row)
{
  const schema::CompiledObject& object = schema_.objects[index + 1];
  expr::Evaluator& evaluator = checker_.evaluator();
  const auto holds = [&](const std::optional<expr::ProgramId>& when) {
    return when && evaluator.condition(*when, checker_.frame(), row);
  };
  Deed deed{.creates = holds(object.create)};
  const bool updates = holds(object.update);
  if (!object.key || (!deed.creates && !updates)) return Deed{};
  const auto key = key_of(*object.key, row);
  if (!key) return Deed{};
  deed.key = keep(*key);
  if (updates)
    ROLLCALL_CHECK(
        checker_.known().find({object.kind, expr::key_field}, {&deed.key, 1}, {&deed.found, 1}));
  return deed;
}

void Changes::add_other(std::size_t index, std::size_t row, const Deed& deed, const OwnKey& own_key)
{
  if (!deed.creates && deed.found == nullptr) return;
  const schema::CompiledObject& object = schema_.objects[index + 1];
  const schema::CompiledKind& kind = schema_.kinds[object.kind];
  const std::size_t first = fields_.size();
  for (const schema::CompiledSet& set : object.sets) {
    const Fresh now = value_of(set, row, own_key.text);
    const auto before =
        deed.creates ? std::optional<std::string_view>{} : deed.found->fields[set.field];
    if (before && now.is == Fresh::Is::text && now.text == *before) continue;
    add_field(kind.fields[set.field], set.field,
              deed.creates ? before : deed.found->before(set.field), now,
              set.column == schema::none && is_given_key(set.value, own_key));
  }
  close({.op = deed.creates ? Op::create : Op::update,
         .kind = object.kind,
         .key = deed.creates ? deed.key : deed.found->key},
        first);
}

// Those of a range live only until the next row: they may be many more than the file has bytes.
std::string_view Changes::keep(std::string_view text) const
{
  return is_in_range_ ? check::KnownObjects::keep(text, texts_) : checker_.judged().keep(text);
}

Result<void> Changes::add_range(std::size_t row)
{
  const std::uint64_t count = checker_.numbers(row);
  for (std::uint64_t number = 0; number != count; ++number) {
    ROLLCALL_CHECK(checker_.stand_for(row, number));
    const OwnKey key{own_key(row)};
    add_own(row, key);
    for (std::size_t i = 0; i != others_.size(); ++i) {
      ROLLCALL_TRY(const Deed deed, ask_deed(i, row));
      add_other(i, row, deed, key);
    }
    if (!effective_.empty()) add_effects(row, key);
  }
  checker_.stand_for_cells();
  return success();
}

void Changes::add_effects(std::size_t row, const OwnKey& own_key)
{
  const KeyFrame frame{schema_, checker_.frame(), own_key.text};
  for (std::size_t i = 0; i != effective_.size(); ++i) {
    if (!effective_[i].has(row)) continue;
    const schema::CompiledEffect& effect = schema_.effects[i];
    first_parts_.push_back(parts_.size());
    for (const auto& part : effect.fields) {
      const expr::Value value = checker_.evaluator().value(part.value, frame, row);
      const bool is_key = is_given_key(part.value, own_key);
      if (text_of(value) || is_key) parts_.push_back({part.name, keep(value.text), is_key});
    }
    effects_.push_back({.effect = &effect});
  }
}

Result<Work> Changes::make(std::size_t row, std::optional<std::string_view> given,
                           std::span<const Taking> takings)
{
  fields_.clear();
  changes_.clear();
  first_fields_.clear();
  parts_.clear();
  first_parts_.clear();
  effects_.clear();
  const bool is_range = checker_.is_range(row);
  texts_.release();
  if (is_range) {
    is_in_range_ = true;
    auto added = add_range(row);
    is_in_range_ = false;
    ROLLCALL_CHECK(std::move(added));
  } else {
    const auto own = own_key(row);
    const bool is_new = checker_.judged().object(row) == nullptr;
    const OwnKey key{.text = own ? own : given, .is_given = !own && is_new};
    add_own(row, key);
    for (std::size_t i = 0; i != others_.size(); ++i) add_other(i, row, deed_of(i, row), key);
    if (!takings.empty()) add_taken(takings);
    if (!effective_.empty()) add_effects(row, key);
  }
  // Vectors have grown; now their parts stay where they are.
  for (std::size_t i = 0; i != changes_.size(); ++i) {
    const std::size_t end = i + 1 == changes_.size() ? fields_.size() : first_fields_[i + 1];
    changes_[i].fields = {fields_.data() + first_fields_[i], fields_.data() + end};
  }
  for (std::size_t i = 0; i != effects_.size(); ++i) {
    const std::size_t end = i + 1 == effects_.size() ? parts_.size() : first_parts_[i + 1];
    effects_[i].parts = {parts_.data() + first_parts_[i], parts_.data() + end};
  }
  // The row's own object comes first, of a range with the others (spec F2).
  const auto first = changes_.begin() + (is_range || changes_.empty() ? 0 : 1);
  std::stable_sort(first, changes_.end(), [](const Change& a, const Change& b) {
    return std::tuple{a.kind, a.key} < std::tuple{b.kind, b.key};
  });
  checker_.evaluator().forget();
  checker_.frame().forget();
  return Work{.changes = changes_, .effects = effects_};
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
