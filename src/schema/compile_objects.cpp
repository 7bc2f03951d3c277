// compile_objects.cpp: what a row makes: objects, how many of them there may be, effects.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/compiling.hpp"

namespace rollcall::schema {
namespace {

std::string_view trimmed(std::string_view text)
{
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

} // namespace

void Compiling::compile_objects()
{
  for (std::size_t i = 0; i != made.objects.size(); ++i) compile_object(i);
  compile_limits();
  compile_effects();
}

void Compiling::compile_object(std::size_t number)
{
  CompiledObject& into = made.objects[number];
  const Object& object = *into.object;
  const std::string path = at("objects", number);
  Place place = places::in_row;
  place.may_read |= spaces(expr::Space::key);
  place.objects_made = number;

  if (!object.key.empty()) {
    const auto type = into.kind == none ? expr::Type::folded : made.kinds[into.kind].key.in_rules;
    into.key = value(path + ".key", object.key, place, type);
    const auto& reads = book().program(*into.key).reads;
    if (number != 0 && std::any_of(reads.begin(), reads.end(), [this](const expr::Slot& slot) {
          return slot.space == expr::Space::key && slot.index < made.kinds.size() &&
                 made.kinds[slot.index].keys == Keys::from_host;
        }))
      faults.add(path + ".key", "a key that the host gives cannot be that of another object");
    const auto cell = std::find_if(reads.begin(), reads.end(), [](const expr::Slot& slot) {
      return slot.space == expr::Space::cell || slot.space == expr::Space::fresh;
    });
    if (cell != reads.end()) into.key_column = cell->index;
  } else if (into.kind != none && made.kinds[into.kind].keys == Keys::from_file) {
    faults.add(path + ".key", "the host gives no keys of this kind, so the row says it");
  } else if (!object.update.empty()) {
    faults.add(path + ".key", "what is updated has a key");
  }
  if (object.create.empty() && object.update.empty())
    faults.add(path, "neither created nor updated");
  into.create = condition_if_any(path + ".create", object.create, place);
  into.update = condition_if_any(path + ".update", object.update, place);
  into.eligible = condition_unless_always(path + ".eligible", object.eligible, place);
  if (into.eligible && (number != 0 || object.update.empty()))
    faults.add(path + ".eligible", "asked of the row's own object, when it is updated");
  if (!object.sets.empty())
    into.sets = compile_sets(path + ".sets", object.sets, into.kind, places::made);
  else if (number == 0)
    compile_own_sets(into);
  else
    faults.add(path + ".sets", "only the first object has the columns for its fields");
}

// Every column that is applied, in the order of the fields.
void Compiling::compile_own_sets(CompiledObject& into)
{
  into.has_own_columns = true;
  if (into.kind == none) return;
  const CompiledKind& kind = made.kinds[into.kind];
  for (std::size_t i = 0; i != kind.fields.size(); ++i) {
    const std::uint16_t column = kind.fields[i].column;
    if (column == none || !made.columns[column].is_applied) continue;
    if (!columns.contains(schema().columns[column].field)) continue; // no name: that was said
    const auto program =
        value(at("columns", column) + ".field", "new." + schema().columns[column].field,
              places::made, made.columns[column].in_rules);
    into.sets.push_back({static_cast<std::uint16_t>(i), program, column});
  }
}

std::vector<CompiledSet> Compiling::compile_sets(const std::string& path,
                                                 const std::vector<Set>& sets, std::uint16_t kind,
                                                 const Place& place)
{
  std::vector<CompiledSet> compiled;
  std::set<std::uint16_t> seen;
  for (std::size_t i = 0; i != sets.size(); ++i) {
    const Set& set = sets[i];
    const std::string here = at(path, i);
    const std::uint16_t number = field_named(here + ".field", kind, set.field);
    if (number == expr::key_field) faults.add(here + ".field", "the key is set by `key`");
    if (number != none && !seen.insert(number).second)
      faults.add(here + ".field", "'" + set.field + "' is set already");
    CompiledSet into;
    into.field = number;
    const std::string_view value_text = trimmed(set.value);
    const std::string_view name = value_text.empty()
                                      ? std::string_view{set.field}
                                      : value_text.substr(value_text.starts_with("new.") ? 4 : 0);
    if (const auto column = columns.find(name); column != columns.end())
      into.column = column->second;
    if (value_text.empty() && into.column == none) {
      faults.add(here + ".value", "there is no column '" + set.field + "' to take the value from");
      continue;
    }
    const auto type = number == none ? std::optional<expr::Type>{} : field({kind, number}).in_rules;
    into.value =
        value(here + ".value", value_text.empty() ? "new." + set.field : set.value, place, type);
    compiled.push_back(into);
  }
  return compiled;
}

void Compiling::compile_limits()
{
  const auto& all = schema().limits;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const std::string path = at("limits", i);
    CompiledLimit into;
    into.limit = &all[i];
    into.kind = kind_named(path + ".kind", all[i].kind);
    const bool is_made =
        std::any_of(made.objects.begin(), made.objects.end(), [&](const CompiledObject& object) {
          return object.kind == into.kind && !object.object->create.empty();
        });
    if (into.kind != none && !is_made) faults.add(path + ".kind", "no row creates any of these");
    into.most = value(path + ".most", all[i].most, places::before_file, expr::Type::integer);
    into.blame = column_named(path + ".blame", all[i].blame);
    check_code(path + ".code", all[i].code);
    into.code = code_of(all[i].code);
    made.limits.push_back(into);
  }
}

void Compiling::compile_effects()
{
  const auto& all = schema().effects;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const Effect& effect = all[i];
    const std::string path = at("effects", i);
    CompiledEffect into;
    into.effect = &effect;
    if (effect.name.empty()) faults.add(path + ".name", "a name is needed");
    into.when = condition_unless_always(path + ".when", effect.when, places::made);
    std::set<std::string_view> names = {"effect"}; // what a report calls its name
    for (std::size_t f = 0; f != effect.fields.size(); ++f) {
      const Set& set = effect.fields[f];
      const std::string here = path + "." + at("fields", f);
      if (set.field.empty())
        faults.add(here + ".field", "a name is needed");
      else if (!names.insert(set.field).second)
        faults.add(here + ".field", "'" + set.field + "' is there already");
      const std::string text = set.value.empty() ? "new." + set.field : set.value;
      into.fields.push_back({set.field, scalar(here + ".value", text, places::made)});
    }
    for (std::size_t s = 0; s != effect.secrets.size(); ++s) {
      const std::string here = path + "." + at("secrets", s);
      const FieldRef of = field_ref(here, effect.secrets[s]);
      if (!of.is_any()) continue;
      if (!field(of).is_secret) faults.add(here, "'" + effect.secrets[s] + "' is no secret");
      into.secrets.push_back(of);
    }
    made.effects.push_back(std::move(into));
  }
}

} // namespace rollcall::schema
