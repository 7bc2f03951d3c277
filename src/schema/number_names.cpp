// number_names.cpp: the first step: which kinds, fields, columns and facts there are. All that
// comes after may name them, whatever else is wrong with them.
#include <algorithm>
#include <array>

#include "expr/syntax.hpp"
#include "schema/compiling.hpp"

namespace rollcall::schema {
namespace {

// What a name in an expression may begin with, so columns and lets are called something else.
constexpr std::array<std::string_view, 10> roots = {"it",     "new",    "old",    "tenant", "actor",
                                                    "option", "holder", "object", "row",    "job"};

// What stands in a directory beside its kinds (spec/files.md).
constexpr std::array<std::string_view, 2> not_kinds = {"tenant", "defaults"};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& words, std::string_view word)
{
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class List>
void check_size(FaultList& faults, std::string_view name, const List& list, std::size_t most)
{
  if (list.size() > most)
    faults.add(std::string{name}, "more than " + std::to_string(most) + " of them");
}

} // namespace

bool Compiling::number_names()
{
  const Schema& s = schema();
  check_size(faults, "kinds", s.kinds, kinds_max);
  check_size(faults, "columns", s.columns, columns_max);
  check_size(faults, "rules", s.rules, rules_max);
  check_size(faults, "settings", s.settings, others_max);
  check_size(faults, "actor", s.actor, others_max);
  check_size(faults, "options", s.options, others_max);
  check_size(faults, "roles", s.roles, others_max);
  check_size(faults, "lets", s.lets, others_max);
  check_size(faults, "claims", s.claims, others_max);
  check_size(faults, "limits", s.limits, others_max);
  check_size(faults, "objects", s.objects, others_max);
  check_size(faults, "effects", s.effects, others_max);
  check_size(faults, "result.columns", s.result.columns, columns_max);
  check_size(faults, "job_page", s.job_page, columns_max);
  for (std::size_t i = 0; i != std::min(s.kinds.size(), kinds_max); ++i)
    check_size(faults, at("kinds", i) + ".fields", s.kinds[i].fields, others_max);
  if (faults.count() != 0) return false; // numbers have 16 bits

  if (s.id.empty()) faults.add("id", "a schema has one");
  if (s.revision < 1) faults.add("revision", "revisions count from 1");
  if (s.title.empty()) faults.add("title", "people want one");
  if (s.kinds.empty()) faults.add("kinds", "a schema has at least one kind");
  if (s.columns.empty()) faults.add("columns", "a schema has at least one column");
  if (s.objects.empty()) faults.add("objects", "a row has at least one object");
  number_kinds();
  number_columns();
  number_facts();
  number_objects();
  return true;
}

void Compiling::number_kinds()
{
  const auto& all = schema().kinds;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const std::string path = at("kinds", i) + ".name";
    if (is_name(path, all[i].name)) is_new(kinds, path, all[i].name, i);
    if (is_among(not_kinds, all[i].name))
      faults.add(path, "a directory has something else under this name");
    number_kind(i);
  }
}

void Compiling::number_kind(std::size_t number)
{
  const Kind& kind = schema().kinds[number];
  const std::string path = at("kinds", number);
  CompiledKind into;
  into.name = kind.name;
  into.keys = kind.keys;
  into.key.name = kind.key.name;
  into.key.type = kind.key.type;
  into.key.in_rules = type_in_rules(kind.key.type, true);
  is_name(path + ".key.name", kind.key.name);
  if (is_secret(kind.key.type)) faults.add(path + ".key.type", "a key is no secret");
  if (!kind.key.null_is.empty()) faults.add(path + ".key.null_is", "a key is never null");

  Numbers names;
  for (std::size_t i = 0; i != kind.fields.size(); ++i) {
    const std::string here = path + "." + at("fields", i) + ".name";
    const std::string& name = kind.fields[i].name;
    if (is_name(here, name)) is_new(names, here, name, i);
    if (!name.empty() && name == kind.key.name) faults.add(here, "'" + name + "' is the key");
  }
  Numbers numbers;
  for (Field& field : fields_of(schema(), number)) {
    CompiledField made_field;
    made_field.name = field.name;
    made_field.is_secret = is_secret(field.type);
    made_field.in_rules = type_in_rules(field.type, false);
    made_field.type = std::move(field.type);
    numbers.emplace(field.name, static_cast<std::uint16_t>(into.fields.size()));
    into.fields.push_back(std::move(made_field));
  }
  fields.push_back(std::move(numbers));
  made.kinds.push_back(std::move(into));
}

void Compiling::number_columns()
{
  const auto& all = schema().columns;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const Column& column = all[i];
    const std::string path = at("columns", i);
    if (is_name(path + ".field", column.field)) is_new(columns, path + ".field", column.field, i);
    if (is_among(roots, column.field))
      faults.add(path + ".field", "'" + column.field + "' is a word of the rule language");
    add_header(path + ".header", column.header, i);
    for (std::size_t a = 0; a != column.aliases.size(); ++a)
      add_header(path + "." + at("aliases", a), column.aliases[a], i);
    CompiledColumn into;
    into.column = &column;
    into.is_secret = is_secret(column.type);
    into.in_rules = type_in_rules(column.type, !column.refers.empty());
    made.columns.push_back(std::move(into));
  }
}

// Of two columns with one header the second one is told. An alias that is read as the header is
// anyway says nothing new, but a vendor's page may.
void Compiling::add_header(const std::string& path, std::string_view header, std::size_t column)
{
  std::string folded = folded_header(header);
  if (folded.empty())
    return faults.add(path, "a header is more than blanks, dashes and underscores");
  const auto number = static_cast<ColumnId>(column);
  const auto [known, is_new] = made.column_of_header_.emplace(std::move(folded), number);
  if (is_new || known->second == number) return;
  faults.add(path, "'" + std::string{header} + "' is a header that " +
                       at("columns", known->second) + " has, too");
}

void Compiling::number_facts()
{
  number_facts_of(FactOf::tenant, "settings", schema().settings);
  number_facts_of(FactOf::actor, "actor", schema().actor);
  number_facts_of(FactOf::option, "options", schema().options);
  add_built_in_fact(FactOf::tenant, "name");
  add_built_in_fact(FactOf::actor, "name");
  add_built_in_fact(FactOf::actor, "role");
}

// The row's own kind is known from here on, and key(kind).
void Compiling::number_objects()
{
  const auto& all = schema().objects;
  for (std::size_t i = 0; i != all.size(); ++i) {
    CompiledObject into;
    into.object = &all[i];
    into.kind = kind_named(at("objects", i) + ".kind", all[i].kind);
    made.objects.push_back(std::move(into));
  }
}

namespace {

std::string_view root_of(FactOf of)
{
  return of == FactOf::tenant ? "tenant." : of == FactOf::actor ? "actor." : "option.";
}

// "name", or "password.length": a name inside an object.
bool is_dotted_name(std::string_view name)
{
  for (;;) {
    const std::size_t dot = name.find('.');
    if (!expr::is_plain_name(name.substr(0, dot))) return false;
    if (dot == name.npos) return true;
    name.remove_prefix(dot + 1);
  }
}

} // namespace

void Compiling::number_facts_of(FactOf of, std::string_view list, const std::vector<Fact>& all)
{
  for (std::size_t i = 0; i != all.size(); ++i) {
    const std::string path = at(list, i) + ".name";
    if (all[i].name.empty())
      faults.add(path, "a name is needed");
    else if (!is_dotted_name(all[i].name))
      faults.add(path, "'" + all[i].name + "' is no name, nor names with points between");
    is_new(facts, path, std::string{root_of(of)} + all[i].name, made.facts.size());
    CompiledFact into;
    into.fact = &all[i];
    into.of = of;
    into.name = all[i].name;
    into.is = all[i].is;
    made.facts.push_back(std::move(into));
  }
}

void Compiling::add_built_in_fact(FactOf of, std::string_view name)
{
  const auto number = static_cast<std::uint16_t>(made.facts.size());
  if (!facts.emplace(std::string{root_of(of)} + std::string{name}, number).second) return;
  CompiledFact into;
  into.of = of;
  into.name = name;
  made.facts.push_back(std::move(into));
}

} // namespace rollcall::schema
