// inverse.cpp: before and after change places. A secret is never given back: nobody has it.
#include "plan/inverse.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "plan/undoing.hpp"

namespace rollcall::plan {
namespace {

template <class T>
std::span<const T> keep(const std::vector<T>& from, std::pmr::memory_resource& memory)
{
  if (from.empty()) return {};
  T* const to = std::pmr::polymorphic_allocator<T>{&memory}.allocate(from.size());
  std::uninitialized_copy(from.begin(), from.end(), to);
  return {to, from.size()};
}

// An object that stays is said by the field that names it: its login stays taken.
std::string reason_of(const Lost& lost, std::string_view of, const schema::CompiledSchema& schema)
{
  const std::string what{lost.what};
  if (lost.why == Lost::Why::secret)
    return "the " + what + " of " + std::string{of} + " is gone, and nobody has it";
  std::string key = "key";
  for (const schema::CompiledKind& kind : schema.kinds)
    if (kind.name == lost.what) key = kind.key.name;
  return what + " " + std::string{of} + " stays, and its " + key + " stays taken";
}

bool is_one_of(std::string_view name, std::span<const std::string> names)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

std::optional<std::string_view> left_by(const FieldChange& field)
{
  if (field.secret != SecretFrom::none) return "true";
  return field.after;
}

Result<PlanRow> Inverse::of(const PlanRow& done, std::span<const std::string> waiting,
                            bool is_again)
{
  is_again_ = is_again;
  texts_.release();
  changes_.clear();
  reads_.clear();
  findings_.clear();
  withdraws_.clear();
  for (const Change& change : done.result.changes) ROLLCALL_CHECK(add(change));
  take_effects(done, waiting);
  say_lost(done);
  PlanRow made{.result = {.line = done.result.line, .key = done.result.key},
               .readings = findings_,
               .undoes = done.result.number,
               .reads = reads_};
  made.result.changes = changes_;
  made.result.withdraws = withdraws_;
  if (!changes_.empty())
    made.result.outcome = changes_.front().op == Op::create ? Outcome::created : Outcome::updated;
  else
    made.reads = {};
  return made;
}

Result<void> Inverse::add(const Change& done)
{
  switch (done.op) {
    case Op::update:
      give_back(done);
      return success();
    case Op::create:
      if (!schema_.kinds[done.kind].undo.empty()) return retire_created(done);
      delete_created(done);
      return success();
    case Op::delete_:
      create_deleted(done);
      break;
  }
  return success();
}

void Inverse::close(Change change, std::vector<FieldChange>&& fields)
{
  change.fields = keep(fields, texts_);
  changes_.push_back(change);
}

// An undo takes a secret away with its object, or where there was none before. (An object that is
// never deleted keeps its own.)
std::optional<std::string_view> Inverse::left(const Change& done, const FieldChange& field) const
{
  const schema::CompiledKind& kind = schema_.kinds[done.kind];
  const bool went = is_again_ && field.field != key_field && kind.fields[field.field].is_secret &&
                    !field.before && (done.op != Op::create || kind.undo.empty());
  return went ? std::nullopt : left_by(field);
}

void Inverse::give_back(const Change& done)
{
  std::vector<FieldChange> fields;
  for (const FieldChange& field : done.fields) {
    const bool is_secret = schema_.kinds[done.kind].fields[field.field].is_secret;
    if (is_secret && field.before) continue; // what it was nobody knows
    const auto now = left(done, field);
    if (now != field.before)
      fields.push_back({.field = field.field, .before = now, .after = field.before});
  }
  if (!fields.empty())
    close({.op = Op::update, .kind = done.kind, .key = done.key}, std::move(fields));
}

// Fields that are not named are to be null, as they were when it was made.
void Inverse::delete_created(const Change& done)
{
  std::vector<FieldChange> fields;
  for (const FieldChange& field : done.fields)
    if (const auto now = left(done, field)) fields.push_back({.field = field.field, .before = now});
  close({.op = Op::delete_, .kind = done.kind, .key = done.key}, std::move(fields));
}

// Objects of this kind are never deleted: fields are set instead, if nobody has touched any.
Result<void> Inverse::retire_created(const Change& done)
{
  const schema::CompiledKind& kind = schema_.kinds[done.kind];
  std::vector<std::optional<std::string_view>> left(kind.fields.size());
  for (const FieldChange& field : done.fields) left[field.field] = left_by(field);
  std::vector<FieldChange> fields;
  std::vector<ReadField> others;
  for (std::size_t i = 0; i != left.size(); ++i) {
    const auto number = static_cast<FieldId>(i);
    const auto set = std::find_if(kind.undo.begin(), kind.undo.end(),
                                  [&](const schema::CompiledSet& each) { return each.field == i; });
    if (set == kind.undo.end()) {
      others.push_back({.field = number, .was = left[i]});
      continue;
    }
    ROLLCALL_TRY(const auto value, value_of(*set));
    if (value != left[i]) fields.push_back({.field = number, .before = left[i], .after = value});
  }
  if (fields.empty()) return success();
  reads_.push_back(
      {.kind = done.kind, .value = *done.key, .key = done.key, .fields = keep(others, texts_)});
  close({.op = Op::update, .kind = done.kind, .key = done.key}, std::move(fields));
  return success();
}

Result<std::optional<std::string_view>> Inverse::value_of(const schema::CompiledSet& set)
{
  ROLLCALL_TRY(const expr::Value value, facts_.evaluate(set.value));
  const auto kept = [&](std::string_view text) {
    auto* const at = static_cast<char*>(texts_.allocate(text.size() + 1, 1));
    std::copy(text.begin(), text.end(), at);
    return std::optional{std::string_view{at, text.size()}};
  };
  switch (value.what) {
    case expr::What::truth:
      return std::optional<std::string_view>{value.truth ? "true" : "false"};
    case expr::What::integer:
      return kept(std::to_string(value.integer));
    case expr::What::text:
      return kept(value.text);
    case expr::What::generated:
    case expr::What::null:
    case expr::What::texts:
      break;
  }
  return std::optional<std::string_view>{};
}

// With the key that it had, which the host is not asked for anew.
void Inverse::create_deleted(const Change& done)
{
  const schema::CompiledKind& kind = schema_.kinds[done.kind];
  std::vector<FieldChange> fields;
  for (const FieldChange& field : done.fields)
    if (field.before && !kind.fields[field.field].is_secret)
      fields.push_back({.field = field.field, .after = field.before});
  close({.op = Op::create, .kind = done.kind, .key = done.key}, std::move(fields));
}

// One that nobody has done yet is withdrawn, but where it is about what stays: a row of which
// nothing can be taken back, a secret that replaced another one.
void Inverse::take_effects(const PlanRow& done, std::span<const std::string> waiting)
{
  const auto stays = [&](const schema::FieldRef& secret) {
    return std::any_of(
        done.result.changes.begin(), done.result.changes.end(), [&](const Change& change) {
          return change.op == Op::update && change.kind == secret.kind &&
                 std::any_of(change.fields.begin(), change.fields.end(), [&](const auto& field) {
                   return field.field == secret.field && field.before;
                 });
        });
  };
  const auto say = [&](std::string_view name, std::string_view became) {
    findings_.push_back(
        not_reversible({.why = Lost::Why::effect, .what = name}, std::string{name}.append(became)));
  };
  for (const EffectView& effect : done.result.effects) {
    const std::string_view name = effect.effect->effect->name;
    const auto& secrets = effect.effect->secrets;
    if (!is_one_of(name, waiting))
      say(name, " was done");
    else if (changes_.empty() || std::any_of(secrets.begin(), secrets.end(), stays))
      say(name, " is still to be done, for what it is about stays");
    else
      withdraws_.push_back(name);
  }
  for (const std::string_view name : done.result.withdraws) say(name, " was withdrawn");
}

void Inverse::say_lost(const PlanRow& done)
{
  RowResult row = done.result;
  row.effects = {};
  row.withdraws = {};
  std::vector<Change> changes{row.changes.begin(), row.changes.end()};
  for (Change& change : changes) change.gives_key = false; // it is known by now
  row.changes = changes;
  for (const Lost& lost : lost_by(schema_, row)) {
    std::string of{lost.of};
    for (const Change& change : changes)
      if (lost.why == Lost::Why::secret && change.key == lost.of)
        of = schema_.kinds[change.kind].name + " " + std::string{lost.of};
    findings_.push_back(not_reversible(lost, reason_of(lost, of, schema_)));
  }
}

} // namespace rollcall::plan
