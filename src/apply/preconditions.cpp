// preconditions.cpp: gathers questions, asks each once, compares. (Values that only one may hold
// are in preconditions_claims.cpp.)
#include "apply/preconditions.hpp"

#include <algorithm>

namespace rollcall::apply {
namespace {

constexpr std::string_view not_there = "not there";
constexpr std::string_view is_there = "there";
constexpr std::string_view nothing = "nothing";

// All that is said of a secret.
std::optional<std::string_view> set(const std::optional<std::string_view>& secret)
{
  return secret ? std::optional<std::string_view>{"set"} : std::nullopt;
}

} // namespace

// Takes what the directory shows, and holds it to what was asked.
class Preconditions::Taking final : public ObjectSink {
 public:
  Taking(Preconditions& into, Question& question) : into_{into}, question_{question} {}

  void object(std::size_t asked, const ObjectView& object) override
  {
    const schema::CompiledKind& kind = into_.schema_.kinds[question_.by.kind];
    is_answer_ =
        is_answer_ && asked < question_.values.size() && object.fields.size() == kind.fields.size();
    if (!is_answer_) return;
    std::pmr::polymorphic_allocator<std::optional<std::string_view>> allocator{&into_.texts_};
    auto* const fields = allocator.allocate(object.fields.size());
    for (std::size_t i = 0; i != object.fields.size(); ++i)
      new (fields + i) std::optional<std::string_view>{
          object.fields[i] ? std::optional{keep(*object.fields[i])} : std::nullopt};
    into_.shown_.push_back({.key = keep(object.key),
                            .fields = {fields, object.fields.size()},
                            .next = question_.first[asked]});
    question_.first[asked] = static_cast<std::uint32_t>(into_.shown_.size());
  }
  [[nodiscard]] bool is_answer() const noexcept { return is_answer_; }

 private:
  [[nodiscard]] std::string_view keep(std::string_view text)
  {
    if (text.empty()) return "";
    auto* const at = static_cast<char*>(into_.texts_.allocate(text.size(), 1));
    std::copy(text.begin(), text.end(), at);
    return {at, text.size()};
  }

  Preconditions& into_;
  Question& question_;
  bool is_answer_ = true;
};

Preconditions::Preconditions(const schema::CompiledSchema& schema, const check::Facts& facts,
                             Directory& directory, const SipKey& key,
                             std::pmr::memory_resource& memory)
    : schema_{schema},
      facts_{facts},
      directory_{directory},
      key_{key},
      memory_{&memory},
      evaluator_{schema.book(), memory},
      texts_{&memory},
      shown_{&memory},
      of_group_{&memory},
      changed_{&memory},
      foreseen_{&memory},
      rooms_{schema, facts, directory}
{
  for (const schema::CompiledKind& kind : schema.kinds) {
    claims_of_.emplace_back(kind.fields.size());
    sought_.emplace_back(kind.fields.size(), false);
  }
  const auto seek = [&](schema::FieldRef field) {
    if (field.is_any() && field.field != key_field) sought_[field.kind][field.field] = true;
  };
  for (std::size_t claim = 0; claim != schema.claims.size(); ++claim)
    for (const schema::CompiledHolder& holder : schema.claims[claim].held_in) {
      seek(holder.field);
      if (holder.field.field != key_field)
        claims_of_[holder.field.kind][holder.field.field].push_back(
            static_cast<std::uint16_t>(claim));
    }
  for (const schema::CompiledColumn& column : schema.columns) seek(column.refers);
  for (const expr::Lookup& lookup : schema.book().lookups()) seek({lookup.kind, lookup.field});
}

std::uint64_t Preconditions::print(KindId kind, FieldId field, std::string_view value) const
{
  const std::uint64_t mixed = (std::uint64_t{kind} << 16 | field) * 0x9E3779B97F4A7C15U;
  const schema::CompiledKind& of = schema_.kinds[kind];
  const schema::Type& type = field == key_field ? of.key.type : of.fields[field].type;
  return siphash_1_3(SipKey{key_.low ^ mixed, key_.high},
                     compared_.form(value, directory::form_of(type)));
}

bool Preconditions::is_sought(KindId kind, FieldId field) const noexcept
{
  return field != key_field && sought_[kind][field];
}

bool Preconditions::hangs_on_others(const PlannedGroup& group) const
{
  if (changed_.empty()) return false;
  const auto is_changed = [&](KindId kind, FieldId field, std::string_view value) {
    return changed_.find(print(kind, field, value)) != changed_.end();
  };
  bool hangs = false;
  group.each_change([&](const Change& change) {
    if (change.key && !change.gives_key)
      hangs = hangs || is_changed(change.kind, key_field, *change.key);
    each_wanted(change, [&](std::string_view value, const schema::CompiledClaim& claim) {
      for (const schema::CompiledHolder& holder : claim.held_in)
        hangs = hangs || is_changed(holder.field.kind, holder.field.field, value);
    });
  });
  for (const plan::PlanRow& row : group.rows)
    for (const plan::Read& read : row.reads) {
      hangs = hangs || is_changed(read.kind, read.by, read.value);
      if (read.key) hangs = hangs || is_changed(read.kind, key_field, *read.key);
    }
  return hangs;
}

void Preconditions::add(const PlannedGroup& group)
{
  group_ = group.number;
  group.each_change([&](const Change& change) {
    if (change.key && !change.gives_key) add_question({change.kind, key_field}, *change.key);
    each_wanted(change, [&](std::string_view value, const schema::CompiledClaim& claim) {
      for (const schema::CompiledHolder& holder : claim.held_in) add_question(holder.field, value);
    });
  });
  for (const plan::PlanRow& row : group.rows)
    for (const plan::Read& read : row.reads) {
      add_question({read.kind, read.by}, read.value);
      if (read.key && is_moved({read.kind, read.by}, read.value))
        add_question({read.kind, key_field}, *read.key);
    }
  if (undoes_) add_left(group);
  if (foresees_)
    note_foreseen(group);
  else
    note_changes(group);
}

void Preconditions::note_changes(const PlannedGroup& group)
{
  group.each_change([&](const Change& change) {
    if (change.key) changed_.insert(print(change.kind, key_field, *change.key));
    for (const FieldChange& field : change.fields) {
      if (!is_sought(change.kind, field.field)) continue;
      if (field.before) changed_.insert(print(change.kind, field.field, *field.before));
      if (field.after) changed_.insert(print(change.kind, field.field, *field.after));
    }
  });
}

Preconditions::Question& Preconditions::question(schema::FieldRef by)
{
  const auto at = std::find_if(questions_.begin(), questions_.end(),
                               [&](const Question& each) { return each.by == by; });
  if (at != questions_.end()) return *at;
  questions_.push_back({.by = by,
                        .number_of = Texts{0, KeyedHash{key_}, {}, memory_},
                        .values = std::pmr::vector<std::string_view>{memory_},
                        .first = std::pmr::vector<std::uint32_t>{memory_}});
  return questions_.back();
}

void Preconditions::add_question(schema::FieldRef by, std::string_view value)
{
  Question& asked = question(by);
  const auto number = static_cast<std::uint32_t>(asked.values.size());
  if (asked.number_of.try_emplace(value, number).second) asked.values.push_back(value);
}

Result<void> Preconditions::ask()
{
  for (Question& each : questions_) {
    each.first.assign(each.values.size(), 0);
    if (each.values.empty()) continue;
    Taking taking{*this, each};
    ROLLCALL_CHECK(directory_.find(each.by.kind, each.by.field, each.values, taking));
    if (!taking.is_answer())
      return Error{ErrorCode::host_failed,
                   "the directory showed an object that was not asked for, or not all of its "
                   "fields"};
  }
  ROLLCALL_CHECK(ask_left());
  return rooms_.ask(evaluator_, foresees_);
}

void Preconditions::clear()
{
  for (Question& each : questions_) {
    each.number_of.clear();
    each.values.clear();
    each.first.clear();
  }
  shown_.clear();
  set_anew_.clear();
  texts_.release();
  changed_.clear();
}

const Preconditions::Shown* Preconditions::find(schema::FieldRef by, std::string_view value)
{
  const Question& asked = question(by);
  const auto at = asked.number_of.find(value);
  if (at == asked.number_of.end() || asked.first[at->second] == 0) return nullptr;
  return &shown_[asked.first[at->second] - 1];
}

std::optional<Finding> Preconditions::check(const PlannedGroup& group)
{
  index(group);
  group_ = group.number;
  Conflicts found;
  for (const plan::PlanRow& row : group.rows) {
    for (const Change& change : row.result.changes) {
      check(change, found);
      check_claims(group, change, found);
    }
    for (const plan::Read& read : row.reads) check(read, found);
  }
  if (auto conflict = found.take()) return conflict;
  return rooms_.check(group);
}

// The object is there as it was; or is not there.
void Preconditions::check(const Change& change, Conflicts& found)
{
  if (change.gives_key && next_id_ != planned_id_) {
    bool is_told_apart = false;
    each_wanted(change, [&](std::string_view, const auto&) { is_told_apart = true; });
    if (!is_told_apart)
      found.add(stale({}, "the next " + schema_.kinds[change.kind].name, planned_id_, next_id_));
    return;
  }
  if (!change.key || change.gives_key) return;
  if (is_made_or_gone(change.kind, *change.key)) return;
  const Shown* const shown = find({change.kind, key_field}, *change.key);
  if (change.op == Op::create) {
    if (shown != nullptr)
      found.add(stale(change.kind, key_field, *change.key, not_there, is_there));
    return;
  }
  if (shown == nullptr)
    return found.add(stale(change.kind, key_field, *change.key, is_there, not_there));
  for (const FieldChange& field : change.fields)
    check(change, field.field, field.before, *shown, found);
  if (change.op == Op::delete_) check_others(change, *shown, found);
}

void Preconditions::check(const Change& change, FieldId field,
                          std::optional<std::string_view> before, const Shown& shown,
                          Conflicts& found) const
{
  if (is_changed(change.kind, field, *change.key)) return;
  const auto& now = shown.fields[field];
  if (!schema_.kinds[change.kind].fields[field].is_secret) {
    if (before != now) found.add(stale(change.kind, field, *change.key, before, now));
    return;
  }
  if (before.has_value() != now.has_value())
    return found.add(stale(change.kind, field, *change.key, set(before), set(now)));
  check_left({change.kind, field, *change.key}, found);
}

// What is deleted has no other fields than those that were planned with.
void Preconditions::check_others(const Change& change, const Shown& shown, Conflicts& found) const
{
  for (std::size_t i = 0; i != shown.fields.size(); ++i) {
    const auto field = static_cast<FieldId>(i);
    const auto is_it = [&](const FieldChange& each) { return each.field == field; };
    if (!shown.fields[i] || std::any_of(change.fields.begin(), change.fields.end(), is_it))
      continue;
    check(change, field, std::nullopt, shown, found);
  }
}

void Preconditions::check(const plan::Read& read, Conflicts& found)
{
  if (is_moved({read.kind, read.by}, read.value)) {
    if (!read.key || is_made_or_gone(read.kind, *read.key)) return;
    const Shown* const it = find({read.kind, key_field}, *read.key);
    if (it == nullptr)
      return found.add(stale(read.kind, key_field, *read.key, is_there, not_there));
    const auto& now = it->fields[read.by];
    const bool is_found =
        now && print(read.kind, read.by, *now) == print(read.kind, read.by, read.value);
    if (!is_found && !is_changed(read.kind, read.by, *read.key))
      return found.add(stale(read.kind, read.by, *read.key, read.value, now));
    return check_fields(read, *it, found);
  }
  const Shown* const shown = find({read.kind, read.by}, read.value);
  if (!read.key) {
    if (shown != nullptr) found.add(stale(read.kind, key_field, shown->key, not_there, is_there));
    return;
  }
  if (is_made_or_gone(read.kind, *read.key)) return;
  if (shown == nullptr)
    return found.add(stale(read.kind, key_field, *read.key, is_there, not_there));
  // Several may share the value of a field: the one that was read is still among them.
  const Shown* same = shown;
  while (same->key != *read.key && same->next != 0) same = &shown_[same->next - 1];
  if (same->key != *read.key)
    return found.add(stale(read.kind, read.by, *read.key, read.value, std::string_view{"another"}));
  check_fields(read, *same, found);
}

void Preconditions::check_fields(const plan::Read& read, const Shown& shown, Conflicts& found) const
{
  for (const plan::ReadField& field : read.fields) {
    if (is_changed(read.kind, field.field, *read.key)) continue;
    const auto& now = shown.fields[field.field];
    if (!schema_.kinds[read.kind].fields[field.field].is_secret) {
      if (field.was != now) found.add(stale(read.kind, field.field, *read.key, field.was, now));
    } else if (field.was.has_value() != now.has_value()) {
      found.add(stale(read.kind, field.field, *read.key, set(field.was), set(now)));
    } else {
      check_left({read.kind, field.field, *read.key}, found);
    }
  }
}

Finding Preconditions::stale(KindId kind, FieldId field, std::string_view key,
                             std::optional<std::string_view> planned,
                             std::optional<std::string_view> now) const
{
  const std::string of = std::string{schema_.kinds[kind].name} + " " + std::string{key};
  const std::string_view name =
      field != key_field ? std::string_view{schema_.kinds[kind].fields[field].name} : "";
  return stale(name, of, planned.value_or(nothing), now.value_or(nothing));
}

Finding Preconditions::stale(std::string_view field, std::string_view key, std::string_view planned,
                             std::string_view now) const
{
  Finding made = finding(undoes_ ? Code::undo_conflict : Code::object_stale);
  if (!field.empty()) made.facts.push_back(fact("field", field));
  made.facts.push_back(fact("key", key));
  made.facts.push_back(fact(undoes_ ? "written" : "planned", planned));
  made.facts.push_back(fact("now", now));
  return made;
}

} // namespace rollcall::apply
