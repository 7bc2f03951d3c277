// facts.cpp: settings as the directory has them, held against what the schema asks of them.
#include "check/facts.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "check/typed.hpp"
#include "check/values.hpp"

namespace rollcall::check {
namespace {

using schema::CompiledFact;
using schema::FactOf;
using schema::Is;

bool is_integer_from(const Setting& setting, std::int64_t least) noexcept
{
  return setting.is == Setting::Is::integer && setting.integer >= least;
}

bool is_good_text(const CompiledFact& fact, std::string_view text)
{
  if (fact.fact == nullptr) return true;
  const auto& one_of = fact.fact->one_of;
  if (!one_of.empty() && std::find(one_of.begin(), one_of.end(), text) == one_of.end())
    return false;
  return fact.fact->chars.empty() || (!text.empty() && fact.chars.has_all(text));
}

bool is_list_of_texts(const Setting& setting, std::int64_t least)
{
  return setting.is == Setting::Is::list &&
         static_cast<std::int64_t>(setting.items.size()) >= least &&
         std::all_of(setting.items.begin(), setting.items.end(),
                     [](const Setting& item) { return item.is == Setting::Is::text; });
}

bool is_interval(const Setting& setting)
{
  return setting.is == Setting::Is::list && setting.items.size() == 2 &&
         is_integer_from(setting.items[0], 1) &&
         is_integer_from(setting.items[1], setting.items[0].integer);
}

bool is_pool(const Setting& first, const Setting& last)
{
  return first.is == Setting::Is::text && last.is == Setting::Is::text &&
         is_all_digits(first.text) && is_all_digits(last.text) &&
         first.text.size() == last.text.size() && first.text <= last.text;
}

expr::Value integer(std::int64_t number) noexcept
{
  return {.what = expr::What::integer, .integer = number};
}

} // namespace

Facts::Facts(const schema::CompiledSchema& schema, KnownObjects& known,
             std::pmr::memory_resource& memory)
    : schema_{schema},
      known_{known},
      lookups_{schema, known, memory},
      evaluator_{schema.book(), memory},
      texts_{&memory}
{
  lookups_.start(1);
}

Result<void> Facts::read(const Context& context)
{
  for (const auto& option : context.options) {
    const std::string& name = option.first;
    const auto& known = schema_.schema().options;
    if (std::none_of(known.begin(), known.end(),
                     [&](const schema::Fact& f) { return f.name == name; }))
      return Error{ErrorCode::wrong_use, "the format has no option '" + name + "'"};
  }
  context_ = &context;
  values_.assign(schema_.facts.size(), FactValue{});
  has_settings_ = false;
  for (std::size_t i = 0; i != values_.size(); ++i) {
    if (schema_.facts[i].of == FactOf::tenant) continue;
    ROLLCALL_TRY(values_[i], take(schema_.facts[i]));
  }
  return success();
}

// Once, and not for an actor who may not ask anything.
Result<void> Facts::read_settings()
{
  if (has_settings_) return success();
  has_settings_ = true;
  for (std::size_t i = 0; i != values_.size(); ++i) {
    if (schema_.facts[i].of != FactOf::tenant) continue;
    ROLLCALL_TRY(values_[i], take(schema_.facts[i]));
  }
  return success();
}

Result<Setting> Facts::find(const CompiledFact& fact, std::string_view name) const
{
  // One that is left empty is not there.
  const auto said = [](Setting setting) {
    const bool is_empty = setting.is == Setting::Is::text && setting.text.empty();
    return is_empty ? Setting{} : std::move(setting);
  };
  const auto of = [&](const auto& facts) {
    const auto at = facts.find(name);
    return at == facts.end() ? Setting{} : said(at->second);
  };
  const auto text = [&](const std::string& value) {
    return said({.is = Setting::Is::text, .text = value});
  };
  if (fact.of == FactOf::option) return of(context_->options);
  if (fact.of == FactOf::actor) {
    if (name == "name") return text(context_->name);
    if (name == "role") return text(context_->role);
    return of(context_->facts);
  }
  ROLLCALL_TRY(Setting given, known_.directory().setting(name));
  Setting setting = said(std::move(given));
  if (setting.is != Setting::Is::null || !schema_.schema().system_defaults) return setting;
  ROLLCALL_TRY(Setting otherwise, known_.directory().default_setting(name));
  return said(std::move(otherwise));
}

expr::Value Facts::text_of(std::string_view text)
{
  if (text.empty()) return {.what = expr::What::text};
  auto* const at = static_cast<char*>(texts_.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), at);
  return {.what = expr::What::text, .text = {at, text.size()}};
}

expr::Value Facts::keep(expr::Value value)
{
  if (value.what == expr::What::text) return text_of(value.text);
  if (value.what != expr::What::texts) return value;
  std::pmr::polymorphic_allocator<> allocator{&texts_};
  auto* const texts = allocator.allocate_object<std::string_view>(value.texts.size());
  for (std::size_t i = 0; i != value.texts.size(); ++i)
    new (texts + i) std::string_view{text_of(value.texts[i]).text};
  value.texts = {texts, value.texts.size()};
  return value;
}

Result<Facts::FactValue> Facts::take(const CompiledFact& fact)
{
  if (fact.is == Is::pool) return take_pool(fact);
  if (const auto dot = fact.name.rfind('.'); dot != std::string::npos) {
    ROLLCALL_TRY(const Setting whole, find(fact, std::string_view{fact.name}.substr(0, dot)));
    const bool is_object = whole.is == Setting::Is::other || whole.is == Setting::Is::null;
    if (!is_object) return FactValue{.is_good = false, .is_of_none = true};
  }
  ROLLCALL_TRY(const Setting setting, find(fact, fact.name));
  if (setting.is == Setting::Is::null) return take_otherwise(fact);
  switch (fact.is) {
    case Is::text:
      return take_text(fact, setting);
    case Is::key:
      return take_key(setting);
    case Is::boolean:
      return take_boolean(setting);
    case Is::integer:
      return take_integer(fact, setting);
    case Is::texts:
      return take_texts(fact, setting);
    case Is::interval:
      return take_interval(setting);
    case Is::pool:
      break;
  }
  return FactValue{};
}

// What is missing altogether.
Result<Facts::FactValue> Facts::take_otherwise(const CompiledFact& fact)
{
  FactValue made;
  if (!fact.otherwise) return made;
  ROLLCALL_TRY(made.first, evaluate(*fact.otherwise));
  made.first = keep(made.first);
  if (fact.is != Is::interval) return made;
  // An interval that is written as a list of two numbers comes as two texts.
  const auto texts = made.first.texts;
  made.is_good = texts.size() == 2;
  if (made.is_good) made = {.first = integer_value(texts[0]), .second = integer_value(texts[1])};
  return made;
}

Result<Facts::FactValue> Facts::take_pool(const CompiledFact& fact)
{
  ROLLCALL_TRY(const Setting first, find(fact, fact.name + ".first"));
  ROLLCALL_TRY(const Setting last, find(fact, fact.name + ".last"));
  ROLLCALL_TRY(const Setting whole, find(fact, fact.name));
  const bool is_there = whole.is != Setting::Is::null || first.is != Setting::Is::null ||
                        last.is != Setting::Is::null;
  FactValue made;
  made.is_good = !is_there || is_pool(first, last);
  if (is_there && made.is_good) {
    made.first = text_of(first.text);
    made.second = text_of(last.text);
  }
  return made;
}

Facts::FactValue Facts::take_text(const CompiledFact& fact, const Setting& setting)
{
  if (setting.is != Setting::Is::text || !is_good_text(fact, setting.text)) return not_good();
  return {.first = text_of(setting.text)};
}

Facts::FactValue Facts::take_key(const Setting& setting)
{
  if (setting.is == Setting::Is::text) return {.first = text_of(setting.text)};
  if (setting.is == Setting::Is::integer)
    return {.first = text_of(std::to_string(setting.integer))};
  return not_good();
}

Facts::FactValue Facts::take_boolean(const Setting& setting)
{
  if (setting.is != Setting::Is::boolean) return not_good();
  return {.first = {.what = expr::What::truth, .truth = setting.boolean}};
}

Facts::FactValue Facts::take_integer(const CompiledFact& fact, const Setting& setting)
{
  if (!is_integer_from(setting, fact.fact == nullptr ? 0 : fact.fact->min)) return not_good();
  return {.first = integer(setting.integer)};
}

Facts::FactValue Facts::take_texts(const CompiledFact& fact, const Setting& setting)
{
  if (!is_list_of_texts(setting, fact.fact == nullptr ? 0 : fact.fact->min)) return not_good();
  std::vector<std::string_view> texts;
  for (const Setting& item : setting.items) texts.emplace_back(item.text);
  return {.first = keep({.what = expr::What::texts, .texts = texts})};
}

Facts::FactValue Facts::take_interval(const Setting& setting)
{
  if (!is_interval(setting)) return not_good();
  return {.first = integer(setting.items[0].integer), .second = integer(setting.items[1].integer)};
}

Result<bool> Facts::allows(schema::Action action)
{
  for (const schema::CompiledRole& role : schema_.roles) {
    const auto& may = role.role->may;
    if (std::find(may.begin(), may.end(), action) == may.end()) continue;
    if (!role.is) {
      if (!context_->role.empty() && context_->role == role.role->name) return true;
      continue;
    }
    ROLLCALL_CHECK(read_settings());
    ROLLCALL_TRY(const bool is_meant, holds(*role.is));
    if (is_meant) return true;
  }
  return false;
}

Result<bool> Facts::holds(expr::ProgramId condition)
{
  RowMask rows{texts_.upstream_resource()};
  rows.assign(1, true);
  const auto& program = schema_.book().program(condition);
  ROLLCALL_CHECK(lookups_.run(program.lookups, *this, evaluator_, rows));
  return evaluator_.condition(condition, *this, 0);
}

Result<expr::Value> Facts::evaluate(expr::ProgramId value)
{
  RowMask rows{texts_.upstream_resource()};
  rows.assign(1, true);
  const auto& program = schema_.book().program(value);
  ROLLCALL_CHECK(lookups_.run(program.lookups, *this, evaluator_, rows));
  const expr::Value made = keep(evaluator_.value(value, *this, 0));
  evaluator_.forget();
  return made;
}

expr::Value Facts::value(const expr::Slot& slot, std::size_t row) const
{
  switch (slot.space) {
    case expr::Space::fact: {
      const FactValue& fact = values_[slot.index];
      return slot.field == 0 ? fact.first : fact.second;
    }
    case expr::Space::listed:
      return {.what = expr::What::truth, .truth = known_.lists(slot.index)};
    case expr::Space::lookup: {
      const expr::Lookup& lookup = schema_.book().lookups()[slot.index];
      return value_of(schema_, lookup.kind, lookups_.object(slot.index, row), slot.field);
    }
    default:
      return {};
  }
}

} // namespace rollcall::check
