// describe.hpp: the members of every struct of a schema by name, said once. JSON reader, JSON
// writer, digest and the tests' "everything is set" all walk along here.
//
//   describe(Of<Fact>{}, [&](std::string_view name, auto member) { ... fact.*member ... });
//
// The order is the canonical one. A member that is forgotten here is lost in JSON without a word,
// so a test counts them.
#ifndef ROLLCALL_SCHEMA_DESCRIBE_HPP
#define ROLLCALL_SCHEMA_DESCRIBE_HPP

#include <array>
#include <cstddef>
#include <string_view>
#include <variant>

#include "rollcall/schema.hpp"

namespace rollcall::schema {

template <class Struct>
struct Of {
};

// ---- Types -------------------------------------------------------------------------------------

// In the order of the variant.
inline constexpr std::array<std::string_view, std::variant_size_v<Type>> type_names = {
    "text",  "digits",    "integer", "boolean", "choice", "email",
    "phone", "extension", "mac",     "ip",      "id",     "secret"};

template <class Visit>
void describe(Of<Text>, Visit&& member)
{
  member("min", &Text::min);
  member("max", &Text::max);
  member("chars", &Text::chars);
}

template <class Visit>
void describe(Of<Digits>, Visit&& member)
{
  member("min", &Digits::min);
  member("max", &Digits::max);
  member("plus", &Digits::plus);
}

template <class Visit>
void describe(Of<Integer>, Visit&& member)
{
  member("min", &Integer::min);
  member("max", &Integer::max);
}

template <class Visit>
void describe(Of<Boolean>, Visit&& member)
{
  member("yes", &Boolean::yes);
  member("no", &Boolean::no);
}

template <class Visit>
void describe(Of<Choice>, Visit&& member)
{
  member("of", &Choice::of);
  member("from", &Choice::from);
}

template <class Visit>
void describe(Of<Email>, Visit&& /*member*/)
{
}

template <class Visit>
void describe(Of<Phone>, Visit&& member)
{
  member("ext", &Phone::ext);
  member("restores_plus", &Phone::restores_plus);
}

template <class Visit>
void describe(Of<Extension>, Visit&& member)
{
  member("min", &Extension::min);
  member("max", &Extension::max);
  member("range_max", &Extension::range_max);
}

template <class Visit>
void describe(Of<Mac>, Visit&& /*member*/)
{
}

template <class Visit>
void describe(Of<Ip>, Visit&& /*member*/)
{
}

template <class Visit>
void describe(Of<Id>, Visit&& /*member*/)
{
}

template <class Visit>
void describe(Of<Secret>, Visit&& member)
{
  member("digits", &Secret::digits);
  member("min", &Secret::min);
  member("max", &Secret::max);
  member("length", &Secret::length);
  member("alphabet", &Secret::alphabet);
  member("shown", &Secret::shown);
}

// ---- Facts, kinds, columns ---------------------------------------------------------------------

template <class Visit>
void describe(Of<Fact>, Visit&& member)
{
  member("name", &Fact::name);
  member("is", &Fact::is);
  member("otherwise", &Fact::otherwise);
  member("one_of", &Fact::one_of);
  member("chars", &Fact::chars);
  member("min", &Fact::min);
  member("needed", &Fact::needed);
  member("code", &Fact::code);
}

template <class Visit>
void describe(Of<Let>, Visit&& member)
{
  member("name", &Let::name);
  member("is", &Let::is);
}

template <class Visit>
void describe(Of<Field>, Visit&& member)
{
  member("name", &Field::name);
  member("type", &Field::type);
  member("null_is", &Field::null_is);
}

template <class Visit>
void describe(Of<Set>, Visit&& member)
{
  member("field", &Set::field);
  member("value", &Set::value);
}

template <class Visit>
void describe(Of<Kind>, Visit&& member)
{
  member("name", &Kind::name);
  member("key", &Kind::key);
  member("keys", &Kind::keys);
  member("fields", &Kind::fields);
  member("undo", &Kind::undo);
}

template <class Visit>
void describe(Of<Word>, Visit&& member)
{
  member("word", &Word::word);
  member("means", &Word::means);
}

template <class Visit>
void describe(Of<Column>, Visit&& member)
{
  member("field", &Column::field);
  member("header", &Column::header);
  member("aliases", &Column::aliases);
  member("type", &Column::type);
  member("on_create", &Column::on_create);
  member("on_update", &Column::on_update);
  member("fill", &Column::fill);
  member("words", &Column::words);
  member("refers", &Column::refers);
  member("refers_when", &Column::refers_when);
  member("needs", &Column::needs);
  member("zeros_lost_from", &Column::zeros_lost_from);
  member("mandatory", &Column::mandatory);
  member("offered", &Column::offered);
  member("informational", &Column::informational);
  member("carries", &Column::carries);
  member("carried_default", &Column::carried_default);
}

// ---- Rules, claims, objects, effects -----------------------------------------------------------

template <class Visit>
void describe(Of<Rule>, Visit&& member)
{
  member("code", &Rule::code);
  member("severity", &Rule::severity);
  member("stage", &Rule::stage);
  member("blame", &Rule::blame);
  member("each", &Rule::each);
  member("when", &Rule::when);
  member("require", &Rule::require);
  member("drops", &Rule::drops);
  member("about", &Rule::about);
  member("even_unchanged", &Rule::even_unchanged);
  member("says", &Rule::says);
}

template <class Visit>
void describe(Of<CodePage>, Visit&& member)
{
  member("code", &CodePage::code);
  member("means", &CodePage::means);
  member("bad", &CodePage::bad);
  member("good", &CodePage::good);
  member("mend", &CodePage::mend);
}

template <class Visit>
void describe(Of<Holder>, Visit&& member)
{
  member("field", &Holder::field);
  member("when", &Holder::when);
  member("owner", &Holder::owner);
}

template <class Visit>
void describe(Of<Claim>, Visit&& member)
{
  member("name", &Claim::name);
  member("held_in", &Claim::held_in);
  member("blame", &Claim::blame);
  member("duplicates", &Claim::duplicates);
  member("takes_from", &Claim::takes_from);
  member("names_holder", &Claim::names_holder);
}

template <class Visit>
void describe(Of<Limit>, Visit&& member)
{
  member("kind", &Limit::kind);
  member("most", &Limit::most);
  member("code", &Limit::code);
  member("blame", &Limit::blame);
}

template <class Visit>
void describe(Of<Object>, Visit&& member)
{
  member("kind", &Object::kind);
  member("key", &Object::key);
  member("create", &Object::create);
  member("update", &Object::update);
  member("eligible", &Object::eligible);
  member("sets", &Object::sets);
}

template <class Visit>
void describe(Of<Effect>, Visit&& member)
{
  member("name", &Effect::name);
  member("when", &Effect::when);
  member("fields", &Effect::fields);
  member("secrets", &Effect::secrets);
}

// ---- Files and people --------------------------------------------------------------------------

template <class Visit>
void describe(Of<FileChecks>, Visit&& member)
{
  member("suffixes", &FileChecks::suffixes);
  member("bytes_max", &FileChecks::bytes_max);
  member("needs_entries", &FileChecks::needs_entries);
}

template <class Visit>
void describe(Of<Cell>, Visit&& member)
{
  member("header", &Cell::header);
  member("value", &Cell::value);
}

template <class Visit>
void describe(Of<ResultFile>, Visit&& member)
{
  member("source_columns", &ResultFile::source_columns);
  member("columns", &ResultFile::columns);
  member("error_rows", &ResultFile::error_rows);
  member("error_log", &ResultFile::error_log);
}

template <class Visit>
void describe(Of<Export>, Visit&& member)
{
  member("kind", &Export::kind);
  member("filter", &Export::filter);
  member("order", &Export::order);
  member("file_name", &Export::file_name);
  member("cells", &Export::cells);
}

template <class Visit>
void describe(Of<Role>, Visit&& member)
{
  member("name", &Role::name);
  member("is", &Role::is);
  member("may", &Role::may);
}

template <class Visit>
void describe(Of<Schema>, Visit&& member)
{
  member("id", &Schema::id);
  member("revision", &Schema::revision);
  member("title", &Schema::title);
  member("file", &Schema::file);
  member("settings", &Schema::settings);
  member("actor", &Schema::actor);
  member("options", &Schema::options);
  member("system_defaults", &Schema::system_defaults);
  member("roles", &Schema::roles);
  member("kinds", &Schema::kinds);
  member("columns", &Schema::columns);
  member("lets", &Schema::lets);
  member("rules", &Schema::rules);
  member("codes", &Schema::codes);
  member("key", &Schema::key);
  member("rows", &Schema::rows);
  member("claims", &Schema::claims);
  member("limits", &Schema::limits);
  member("objects", &Schema::objects);
  member("effects", &Schema::effects);
  member("result", &Schema::result);
  member("exports", &Schema::exports);
  member("job_page", &Schema::job_page);
}

// ---- Enumerations: their words in the order of their numbers -----------------------------------

// Words are never taken away and never change places: they are the C++ names, without the `_` that
// C++ needs behind some.
template <class Enum>
inline constexpr std::array<std::string_view, 0> words_of = {};
template <>
inline constexpr std::array<std::string_view, 3> words_of<Plus> = {"none", "optional",
                                                                   "means_phone"};
template <>
inline constexpr std::array<std::string_view, 7> words_of<Is> = {
    "text", "key", "boolean", "integer", "texts", "interval", "pool"};
template <>
inline constexpr std::array<std::string_view, 2> words_of<Keys> = {"from_file", "from_host"};
template <>
inline constexpr std::array<std::string_view, 6> words_of<Blank> = {"clear",    "keep", "required",
                                                                    "generate", "fill", "pool"};
template <>
inline constexpr std::array<std::string_view, 2> words_of<Severity> = {"error", "warning"};
template <>
inline constexpr std::array<std::string_view, 3> words_of<Stage> = {"row", "reference",
                                                                    "authority"};
template <>
inline constexpr std::array<std::string_view, 2> words_of<Duplicates> = {"later", "every"};
template <>
inline constexpr std::array<std::string_view, 2> words_of<Rows> = {"together", "in_turn"};
template <>
inline constexpr std::array<std::string_view, 6> words_of<Action> = {
    "template", "export", "validate", "execute", "undo", "jobs"};

template <class Enum>
[[nodiscard]] std::string_view word_of(Enum value) noexcept
{
  return words_of<Enum>.at(static_cast<std::size_t>(value));
}

} // namespace rollcall::schema

#endif // ROLLCALL_SCHEMA_DESCRIBE_HPP
