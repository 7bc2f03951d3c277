// facts_said.cpp: what is said of settings that are no good, and of an actor who may not.
#include <algorithm>
#include <set>

#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "check/facts.hpp"

namespace rollcall::check {
namespace {

using schema::CompiledFact;
using schema::FactOf;
using schema::Is;

// What somebody may not, behind "may".
std::string_view in_words(schema::Action action) noexcept
{
  switch (action) {
    case schema::Action::template_:
      return "fetch the template";
    case schema::Action::export_:
      return "export";
    case schema::Action::validate:
      return "validate";
    case schema::Action::execute:
      return "execute";
    case schema::Action::undo:
      return "undo";
    case schema::Action::jobs:
      break;
  }
  return "see jobs";
}

constexpr std::size_t alphabet_min = 10; // different characters that secrets are made of

std::string joined(const std::vector<std::string>& words)
{
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

// What a setting that is no good should have been.
std::string wanted_of(const schema::Fact& fact)
{
  switch (fact.is) {
    case Is::text:
      if (!fact.one_of.empty()) return "expected one of " + joined(fact.one_of);
      return fact.chars.empty() ? "expected a text" : "expected a text of " + fact.chars;
    case Is::key:
      return "expected a text or a whole number";
    case Is::boolean:
      return "expected true or false";
    case Is::integer:
      return "expected a whole number, " + std::to_string(fact.min) + " or more";
    case Is::texts:
      return fact.min < 1 ? "expected a list of texts"
                          : "expected a list of texts, " + std::to_string(fact.min) + " or more";
    case Is::interval:
      return "expected [min, max] with 1 <= min <= max";
    case Is::pool:
      break;
  }
  return "expected first and last, digits of one width, the lower one first";
}

std::string name_of(const CompiledFact& fact, std::string_view name)
{
  const std::string_view space = fact.of == FactOf::actor ? "actor." : "option.";
  return std::string{fact.of == FactOf::tenant ? std::string_view{} : space}.append(name);
}

// Is a setting told already?
bool is_named(const std::vector<Finding>& findings, std::string_view name)
{
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& made) {
    return !made.facts.empty() && made.facts.front().value == name;
  });
}

} // namespace

// What the condition of a role asks of the actor and has not found, as far as one thing can be
// named: a fact that he has not, or that names no object.
void Facts::add_why_not_meant(const schema::CompiledRole& role, Finding& made) const
{
  const auto& book = schema_.book();
  const auto& program = book.program(*role.is);
  for (const expr::Slot& slot : program.reads) {
    if (slot.space != expr::Space::fact) continue;
    const CompiledFact& about = schema_.facts[slot.index];
    if (about.of != FactOf::actor || values_[slot.index].first.what != expr::What::null) continue;
    made.facts.push_back(fact("lacks", about.name));
    made.says.append(", and no ").append(name_of(about, about.name)).append(" is given");
    return;
  }
  for (const std::uint16_t which : program.lookups) {
    const expr::Lookup& lookup = book.lookups()[which];
    const auto& key = book.program(lookup.key).slot;
    if (lookups_.object(which, 0) != nullptr || !key || key->space != expr::Space::fact) continue;
    const expr::Value& value = values_[key->index].first;
    if (value.what != expr::What::text) continue;
    made.says.append(", and there is no ").append(schema_.schema().kinds[lookup.kind].name);
    made.says.append(" ").append(value.text);
    return;
  }
}

Finding Facts::not_allowed(schema::Action action) const
{
  Finding made = finding(Code::actor_not_allowed);
  std::string known;
  std::string allowed;
  bool has_names = false;
  const schema::CompiledRole* only = nullptr; // that may, if there is one
  std::vector<std::string> names;
  const auto add = [](std::string& list, const std::string& name) {
    list += (list.empty() ? "" : ", ") + name;
  };
  for (const schema::CompiledRole& role : schema_.roles) {
    add(known, role.role->name);
    has_names = has_names || !role.is;
    if (!role.is) names.push_back(role.role->name);
    const auto& may = role.role->may;
    if (std::find(may.begin(), may.end(), action) == may.end()) continue;
    only = allowed.empty() ? &role : nullptr;
    add(allowed, role.role->name);
  }
  if (!has_names) {
    made.facts.push_back(fact("action", in_words(action)));
    made.facts.push_back(fact("allowed", allowed));
    made.says = allowed.empty() ? "nobody" : "only a " + allowed;
    made.says.append(" may ").append(in_words(action));
    if (only != nullptr) add_why_not_meant(*only, made);
    return made;
  }
  if (context_->role.empty()) {
    made.facts.push_back(fact("known", known)); // spec M13
    return made;
  }
  made.facts.push_back(fact("role", context_->role));
  made.facts.push_back(fact("action", in_words(action)));
  if (!allowed.empty()) made.facts.push_back(fact("allowed", allowed));
  const bool is_known = std::find(names.begin(), names.end(), context_->role) != names.end();
  const NameList list{names};
  const std::string_view near = is_known ? std::string_view{} : list.nearest(context_->role);
  if (!near.empty()) made.facts.push_back(fact("near", near));
  return made;
}

// What a column draws from a pool is never read as a cell, so the pool is held against its type.
Result<std::string> Facts::why_pool_is_no_good(std::size_t pool)
{
  const expr::Value& first = values_[pool].first;
  if (first.what != expr::What::text) return std::string{};
  const auto bound = [&](const schema::Amount& amount,
                         const std::optional<expr::ProgramId>& program) -> Result<std::int64_t> {
    if (amount.number() != nullptr) return *amount.number();
    if (!program) return 0;
    ROLLCALL_TRY(const expr::Value value, evaluate(*program));
    return value.what == expr::What::integer ? value.integer : 0;
  };
  const auto digits = static_cast<std::int64_t>(first.text.size());
  for (const schema::CompiledColumn& column : schema_.columns) {
    const auto* const type = std::get_if<schema::Extension>(&column.column->type);
    if (column.pool != pool || type == nullptr) continue;
    ROLLCALL_TRY(const std::int64_t min, bound(type->min, column.min));
    ROLLCALL_TRY(const std::int64_t max, bound(type->max, column.max));
    if (digits < min || (max != 0 && digits > max))
      return "its numbers have " + std::to_string(digits) +
             (digits == 1 ? " digit, and " : " digits, and ") + column.column->header + " takes " +
             std::to_string(min) + " to " + std::to_string(max);
  }
  return std::string{};
}

// Likewise what secrets are made of: of a few characters each is soon guessed.
std::string Facts::why_alphabet_is_no_good(std::size_t alphabet) const
{
  const expr::Value& text = values_[alphabet].first;
  const auto is_made_of_it = [&](const schema::CompiledType& type) {
    const auto slot = type.alphabet ? schema_.book().program(*type.alphabet).slot : std::nullopt;
    return slot && slot->space == expr::Space::fact && slot->index == alphabet;
  };
  const bool makes_secrets =
      std::any_of(schema_.columns.begin(), schema_.columns.end(), is_made_of_it) ||
      std::any_of(schema_.kinds.begin(), schema_.kinds.end(), [&](const auto& kind) {
        return std::any_of(kind.fields.begin(), kind.fields.end(), is_made_of_it);
      });
  if (text.what != expr::What::text || !makes_secrets) return {};
  std::set<std::string_view> characters;
  for (std::string_view rest = text.text; !rest.empty();) {
    const std::size_t size = decode_next(rest).bytes;
    characters.insert(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  if (characters.size() >= alphabet_min) return {};
  return "expected " + std::to_string(alphabet_min) + " different characters or more";
}

Result<std::vector<Finding>> Facts::check()
{
  ROLLCALL_CHECK(read_settings());
  std::vector<Finding> findings;
  for (std::size_t i = 0; i != values_.size(); ++i) {
    const CompiledFact& about = schema_.facts[i];
    if (about.fact == nullptr) continue;
    bool is_good = values_[i].is_good;
    if (is_good && about.needed && values_[i].first.what == expr::What::null) {
      ROLLCALL_TRY(const bool is_needed, holds(*about.needed));
      is_good = !is_needed;
    }
    std::string reason;
    if (is_good && about.is == Is::pool) {
      ROLLCALL_TRY(reason, why_pool_is_no_good(i));
      is_good = reason.empty();
    }
    if (is_good) {
      reason = why_alphabet_is_no_good(i);
      is_good = reason.empty();
    }
    if (is_good) continue;
    std::string_view name = about.name;
    if (values_[i].is_of_none) {
      name.remove_suffix(name.size() - name.rfind('.'));
      if (is_named(findings, name)) continue;
      reason = "expected an object";
    }
    const auto code = code_of(about.fact->code);
    Finding made = finding(code.value_or(Code::rule));
    if (!code) made.rule = about.fact->code;
    ROLLCALL_TRY(const Setting setting, find(about, name));
    const bool is_missing = setting.is == Setting::Is::null && about.is != Is::pool;
    if (setting.is == Setting::Is::text) made.value = setting.text;
    made.facts.push_back(fact("setting", name_of(about, name)));
    if (reason.empty()) reason = is_missing ? "it is missing" : wanted_of(*about.fact);
    made.facts.push_back(fact("reason", reason));
    findings.push_back(std::move(made));
  }
  return findings;
}

} // namespace rollcall::check
