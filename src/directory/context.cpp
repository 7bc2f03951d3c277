// context.cpp: who imports and with which options, as a context.json says it.
#include <array>
#include <span>
#include <string>

#include "directory/context_json.hpp"
#include "json/faults.hpp"
#include "rollcall/context.hpp"

namespace rollcall {
namespace {

constexpr std::size_t context_bytes_max = 1024 * 1024;

Setting setting_of(const json::Value& value)
{
  Setting made;
  switch (value.kind()) {
    case json::Kind::absent:
    case json::Kind::null:
      break;
    case json::Kind::boolean:
      made.is = Setting::Is::boolean;
      made.boolean = value.boolean().value_or(false);
      break;
    case json::Kind::integer:
      made.is = value.integer() ? Setting::Is::integer : Setting::Is::other;
      made.integer = value.integer().value_or(0);
      break;
    case json::Kind::text:
      made.is = Setting::Is::text;
      made.text = value.text().value_or("");
      break;
    case json::Kind::list:
      made.is = Setting::Is::list;
      for (const json::Value item : value) made.items.push_back(setting_of(item));
      break;
    case json::Kind::real:
    case json::Kind::object:
      made.is = Setting::Is::other;
      break;
  }
  return made;
}

void put_setting(json::Writer& writer, const Setting& setting)
{
  switch (setting.is) {
    case Setting::Is::boolean:
      return writer.boolean(setting.boolean);
    case Setting::Is::integer:
      return writer.integer(setting.integer);
    case Setting::Is::text:
      return writer.text(setting.text);
    case Setting::Is::list:
      writer.begin_list();
      for (const Setting& item : setting.items) put_setting(writer, item);
      return writer.end_list();
    case Setting::Is::null:
    case Setting::Is::other:
      return writer.null();
  }
}

} // namespace

namespace directory {

Context context_of(const json::Value& value, json::Faults& faults)
{
  const json::Value root = faults.object(value);
  // Null says as much as nothing.
  const auto text_of = [&](const json::Value& text) {
    return text.is(json::Kind::null) ? std::string{} : std::string{faults.text(text)};
  };
  Context made;
  for (const json::Value fact : faults.object(root.find("actor"))) {
    if (fact.name() == "name")
      made.name = text_of(fact);
    else if (fact.name() == "role")
      made.role = text_of(fact);
    else
      made.facts.insert_or_assign(std::string{fact.name()}, setting_of(fact));
  }
  for (const json::Value option : faults.object(root.find("options")))
    made.options.insert_or_assign(std::string{option.name()}, setting_of(option));
  return made;
}

void put_context(json::Writer& writer, const Context& context)
{
  writer.name("actor").begin_object();
  if (!context.name.empty()) writer.name("name").text(context.name);
  if (!context.role.empty()) writer.name("role").text(context.role);
  for (const auto& [name, fact] : context.facts) put_setting(writer.name(name), fact);
  writer.end_object();
  writer.name("options").begin_object();
  for (const auto& [name, option] : context.options) put_setting(writer.name(name), option);
  writer.end_object();
}

} // namespace directory

Result<Context> read_context(Source& source)
{
  return guarded([&]() -> Result<Context> {
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
      ROLLCALL_TRY(const std::size_t size, source.read(std::as_writable_bytes(std::span{piece})));
      if (size == 0) break;
      text.append(piece.data(), size);
      if (text.size() > context_bytes_max)
        return Error{ErrorCode::limit_exceeded, "a context has at most 1 MiB"};
    }
    json::Document document{{}};
    ROLLCALL_CHECK(document.read(text));
    json::Faults faults;
    Context made = directory::context_of(document.root(), faults);
    ROLLCALL_CHECK(faults.check());
    return made;
  });
}

} // namespace rollcall
