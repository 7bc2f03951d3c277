// compile_columns.cpp: what cells are, what their blanks stand for, and what they name.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/unicode.hpp"
#include "rollcall/canonical.hpp"
#include "schema/compiling.hpp"
#include "schema/did_you_mean.hpp"

namespace rollcall::schema {
namespace {

// Their names, for who misspells one.
std::vector<std::string_view> canonical_names()
{
  std::vector<std::string_view> names;
  for (const CanonicalField& field : canonical_fields()) names.push_back(field.name);
  return names;
}

template <class... Types>
bool is_any_of(const Type& type)
{
  return (std::holds_alternative<Types>(type) || ...);
}

} // namespace

void Compiling::compile_columns()
{
  for (std::size_t i = 0; i != made.columns.size(); ++i) compile_column(i);
  check_circles();
}

void Compiling::compile_column(std::size_t number)
{
  CompiledColumn& into = made.columns[number];
  const Column& column = *into.column;
  const std::string path = at("columns", number);
  compile_type(path + ".type", column.type, into);
  place_in_own_kind(path, into, static_cast<std::uint16_t>(number));
  compile_blanks(path, into);
  compile_references(path, into);
  check_words(path, column);
  check_carries(path, column);
  into.mandatory = condition_if_any(path + ".mandatory", column.mandatory, places::before_file);
  into.offered = condition(path + ".offered", column.offered, places::before_file);
  if (!column.needs.empty()) {
    if (into.own_field == none || into.own_field == expr::key_field)
      faults.add(path + ".needs", "this column is no field of the row's object that could go");
    into.needs = condition(path + ".needs", column.needs, places::in_object);
  }
  if (!column.informational) return;
  const auto is_any = [&](Blank blank) {
    return column.on_create == blank || column.on_update == blank;
  };
  if (is_any(Blank::generate) || is_any(Blank::pool) || is_any(Blank::fill) || into.needs)
    faults.add(path + ".informational", "what is never applied is neither filled in nor made");
}

// The key of the row's own object, one of its fields, or neither where the object says what it
// sets.
void Compiling::place_in_own_kind(const std::string& path, CompiledColumn& into,
                                  std::uint16_t number)
{
  if (made.objects.empty() || made.own_kind() == none) return;
  if (!schema().objects.front().sets.empty()) return;
  const std::uint16_t own = made.own_kind();
  if (into.column->field == made.kinds[own].key.name) {
    into.own_field = expr::key_field;
    made.kinds[own].key.column = number;
    if (into.is_secret) faults.add(path + ".type", "a key is no secret");
    return;
  }
  const auto found = fields[own].find(into.column->field);
  if (found == fields[own].end()) return;
  into.own_field = found->second;
  into.is_applied = !into.column->informational;
  CompiledField& field = made.kinds[own].fields[found->second];
  if (field.column != none) return; // two columns of one name: that was said
  field.column = number;
  if (!into.column->words.empty()) field.words = &into.column->words;
  if (field.type != into.column->type)
    faults.add(at("kinds", own) + ".fields",
               "'" + field.name + "' is a column, which has another type");
  static_cast<CompiledType&>(field) = static_cast<const CompiledType&>(into);
}

void Compiling::compile_blanks(const std::string& path, CompiledColumn& into)
{
  const Column& column = *into.column;
  const auto is_any = [&](Blank blank) {
    return column.on_create == blank || column.on_update == blank;
  };
  if (column.on_create == Blank::keep)
    faults.add(path + ".on_create", "a new object has nothing to keep");
  if (is_any(Blank::generate) && !into.is_secret) faults.add(path, "only secrets are generated");
  if (is_any(Blank::pool)) return compile_pool(path, into);
  if (column.fill.empty()) {
    if (is_any(Blank::fill)) faults.add(path + ".fill", "nothing to fill in");
    return;
  }
  if (!is_any(Blank::fill))
    faults.add(path + ".fill", "neither on_create nor on_update asks for it");
  into.fill = value(path + ".fill", column.fill, places::in_row, into.in_rules);
}

void Compiling::compile_pool(const std::string& path, CompiledColumn& into)
{
  const Column& column = *into.column;
  if (column.on_update == Blank::pool || column.on_update == Blank::fill)
    faults.add(path + ".on_update", "a number of a pool is for what is new");
  if (!is_any_of<Extension, Digits>(column.type))
    faults.add(path + ".type", "a pool has extensions or digits in it");
  const auto found = facts.find(column.fill);
  if (found == facts.end() || made.facts[found->second].is != Is::pool)
    return faults.add(path + ".fill", "expected the name of a pool: 'tenant.extension_pool'");
  into.pool = found->second;
}

void Compiling::compile_references(const std::string& path, CompiledColumn& into)
{
  const Column& column = *into.column;
  if (!column.refers.empty()) {
    into.refers = field_ref(path + ".refers", column.refers, true);
    if (is_any_of<Boolean, Integer, Choice, Ip, Secret>(column.type))
      faults.add(path + ".refers", "no cell of this type names an object");
    if (into.refers.is_any() && field(into.refers).is_secret)
      faults.add(path + ".refers", "nothing is found by a secret");
  } else if (column.refers_when != always) {
    faults.add(path + ".refers_when", "the column refers to nothing");
  }
  into.refers_when = condition(path + ".refers_when", column.refers_when, places::in_row);
  const auto* const phone = std::get_if<Phone>(&column.type);
  if (phone != nullptr && phone->restores_plus && column.refers.empty())
    faults.add(path + ".type.restores_plus", "the column refers to nothing that lists numbers");

  if (column.zeros_lost_from.empty()) return;
  into.zeros_lost_from = field_ref(path + ".zeros_lost_from", column.zeros_lost_from);
  if (!is_any_of<Extension, Digits>(column.type))
    faults.add(path + ".zeros_lost_from", "only extensions and digits lose zeros");
}

void Compiling::check_words(const std::string& path, const Column& column)
{
  if (!column.words.empty() && is_secret(column.type))
    faults.add(path + ".words", "a secret is taken as it is typed");
  std::string scratch;
  std::set<std::string> folded;
  for (std::size_t i = 0; i != column.words.size(); ++i) {
    const std::string& word = column.words[i].word;
    const std::string here = path + "." + at("words", i) + ".word";
    if (word.empty())
      faults.add(here, "a blank cell is no word");
    else if (!folded.emplace(fold_for_comparing(word, scratch)).second)
      faults.add(here, "the word '" + word + "' is there already");
  }
}

void Compiling::check_carries(const std::string& path, const Column& column)
{
  for (std::size_t i = 0; i != column.carries.size(); ++i) {
    const std::string here = path + "." + at("carries", i);
    std::string_view name = column.carries[i];
    if (name.starts_with("not ")) {
      name.remove_prefix(4);
      if (!std::holds_alternative<Boolean>(column.type))
        faults.add(here, "only a yes or no has an opposite");
    }
    const CanonicalField* const field = canonical_field(name);
    if (field == nullptr) {
      faults.add(here, "there is no canonical field '" + std::string{name} + "'" +
                           did_you_mean(name, canonical_names()));
      continue;
    }
    if ((field->is == CanonicalIs::secret) != is_secret(column.type))
      faults.add(here, is_secret(column.type) ? "a secret is carried as a secret alone"
                                              : "only a secret carries a secret");
    const auto [first, is_new] = carried_.emplace(name, path);
    if (!is_new) faults.add(here, first->second + " carries '" + std::string{name} + "', too");
  }
  if (!column.carried_default.empty() && column.carries.empty())
    faults.add(path + ".carried_default", "the column carries nothing");
}

// What a blank comes to may hang on what another column comes to, but not in a circle.
void Compiling::check_circles()
{
  std::vector<std::vector<std::uint16_t>> reads(made.columns.size());
  for (std::size_t i = 0; i != reads.size(); ++i)
    for (const auto& program : {made.columns[i].fill, made.columns[i].needs})
      if (program)
        for (const expr::Slot& slot : book().program(*program).reads)
          if (slot.space == expr::Space::fresh) reads[i].push_back(slot.index);
  // A column is done when all that it reads is: what is left at the end goes in circles, or leads
  // there.
  std::vector<bool> is_done(reads.size());
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (std::size_t i = 0; i != is_done.size(); ++i) {
      if (is_done[i]) continue;
      is_done[i] = std::all_of(reads[i].begin(), reads[i].end(),
                               [&](std::uint16_t each) { return is_done[each]; });
      has_changed = has_changed || is_done[i];
    }
  }
  for (std::size_t i = 0; i != is_done.size(); ++i)
    if (!is_done[i])
      faults.add(at("columns", i), "what it comes to hangs on itself: look at fill and needs");
}

} // namespace rollcall::schema
