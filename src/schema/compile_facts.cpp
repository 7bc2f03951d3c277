// compile_facts.cpp: what is known before the file is opened: settings, the actor, options, and the
// names that lets give.
#include <algorithm>

#include "schema/compiling.hpp"
#include "schema/names_at.hpp"

namespace rollcall::schema {

void Compiling::compile_lets()
{
  const auto& all = schema().lets;
  for (std::size_t i = 0; i != all.size(); ++i) {
    const std::string path = at("lets", i);
    const std::string& name = all[i].name;
    if (!is_name(path + ".name", name)) continue;
    if (columns.contains(name)) {
      faults.add(path + ".name", "'" + name + "' is a column");
      continue;
    }
    if (!is_new(lets, path + ".name", name, i)) continue;
    const NamesAt names{*this, places::anywhere};
    const auto fault = book().let(name, all[i].is, names);
    if (!fault) continue;
    faults.add(path + ".is", in_words(all[i].is, *fault));
    // So that it is found here once, and not wherever the name is read.
    static_cast<void>(book().let(name, "null", names));
  }
}

void Compiling::compile_facts()
{
  for (std::size_t i = 0; i != made.facts.size(); ++i) {
    CompiledFact& fact = made.facts[i];
    if (fact.fact == nullptr) continue;
    const std::string_view list = fact.of == FactOf::tenant  ? "settings"
                                  : fact.of == FactOf::actor ? "actor"
                                                             : "options";
    const auto& all = fact.of == FactOf::tenant  ? schema().settings
                      : fact.of == FactOf::actor ? schema().actor
                                                 : schema().options;
    compile_fact(at(list, static_cast<std::size_t>(fact.fact - all.data())), fact, i);
  }
}

namespace {

expr::Type otherwise_type(Is is)
{
  switch (is) {
    case Is::text:
    case Is::pool:
      return expr::Type::text;
    case Is::key:
      return expr::Type::folded;
    case Is::boolean:
      return expr::Type::boolean;
    case Is::integer:
      return expr::Type::integer;
    case Is::texts:
      return expr::Type::texts;
    case Is::interval:
      return expr::Type::integers;
  }
  return expr::Type::text;
}

// What the members of a fact are about that only some facts have.
void check_members(FaultList& faults, const std::string& path, const Fact& fact)
{
  const auto only = [&](bool is_said, bool is_right, std::string_view member,
                        std::string_view whose) {
    if (is_said && !is_right)
      faults.add(path + "." + std::string{member}, "only " + std::string{whose} + " has this");
  };
  const bool is_text = fact.is == Is::text;
  only(!fact.one_of.empty(), is_text || fact.is == Is::key, "one_of", "a text");
  only(!fact.chars.empty(), is_text, "chars", "a text");
  only(fact.min != 0, fact.is == Is::integer || fact.is == Is::texts, "min",
       "an integer or a list of texts");
  only(!fact.otherwise.empty(), fact.is != Is::pool, "otherwise", "what is no pool");
  if (fact.is == Is::texts && fact.min < 0)
    faults.add(path + ".min", "no list has less than nothing in it");
  for (std::size_t i = 0; i != fact.one_of.size(); ++i)
    if (std::find(fact.one_of.begin(), fact.one_of.begin() + static_cast<std::ptrdiff_t>(i),
                  fact.one_of[i]) != fact.one_of.begin() + static_cast<std::ptrdiff_t>(i))
      faults.add(path + "." + at("one_of", i), "'" + fact.one_of[i] + "' stands there twice");
}

} // namespace

void Compiling::compile_fact(const std::string& path, CompiledFact& into, std::size_t number)
{
  const Fact& fact = *into.fact;
  check_members(faults, path, fact);
  check_code(path + ".code", fact.code);
  if (!fact.otherwise.empty()) {
    into.otherwise =
        value(path + ".otherwise", fact.otherwise, places::settings, otherwise_type(fact.is));
    for (const expr::Slot& slot : book().program(*into.otherwise).reads)
      if (slot.space == expr::Space::fact && slot.index >= number)
        faults.add(path + ".otherwise",
                   "reads " + name_of(slot, places::settings) + ", which does not stand before it");
  }
  into.needed = condition_if_any(path + ".needed", fact.needed, places::before_file);
  if (fact.chars.empty()) return;
  expr::Fault fault;
  if (auto chars = expr::CharClass::parse(fact.chars, fault))
    into.chars = std::move(*chars);
  else
    faults.add(path + ".chars", in_words(fact.chars, fault));
}

} // namespace rollcall::schema
