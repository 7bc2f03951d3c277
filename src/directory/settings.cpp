// settings.cpp: finds a setting by its name and says what it is.
#include "directory/settings.hpp"

#include <memory_resource>
#include <utility>

#include "rollcall/sink.hpp"

namespace rollcall::directory {
namespace {

json::Value find_member(const json::Value& object, std::string_view name)
{
  if (const json::Value whole = object.find(name)) return whole;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {};
  const json::Value part = object.find(name.substr(0, dot));
  return part ? find_member(part, name.substr(dot + 1)) : part;
}

Setting setting_of(const json::Value& value)
{
  using Is = Setting::Is;
  switch (value.kind()) {
    case json::Kind::absent:
    case json::Kind::null:
      return {};
    case json::Kind::boolean:
      return {.is = Is::boolean, .boolean = value.boolean().value_or(false)};
    case json::Kind::integer:
      if (const auto number = value.integer()) return {.is = Is::integer, .integer = *number};
      return {.is = Is::other};
    case json::Kind::text:
      return {.is = Is::text, .text = std::string{value.text().value_or("")}};
    case json::Kind::list: {
      Setting list{.is = Is::list};
      for (const json::Value item : value) list.items.push_back(setting_of(item));
      return list;
    }
    case json::Kind::real:
    case json::Kind::object:
      break;
  }
  return {.is = Is::other};
}

} // namespace

Result<std::string> json_of(const json::Value& value)
{
  std::pmr::string text;
  TextSink sink{text};
  ROLLCALL_TRY(auto writer, json::Writer::open(sink, {.buffer_bytes = 256}));
  writer.value(value);
  ROLLCALL_CHECK(writer.finish());
  return std::string{text};
}

Result<void> Settings::read(const json::Value& object)
{
  ROLLCALL_TRY(const std::string text, json_of(object));
  // What was read once may be longer as it is written, but not without end.
  auto document = std::make_unique<json::Document>(json::ReadOptions{.bytes_max = text.size() + 1});
  ROLLCALL_CHECK(document->read(text));
  document_ = std::move(document);
  return success();
}

Setting Settings::find(std::string_view name) const
{
  return document_ ? setting_of(find_member(document_->root(), name)) : Setting{};
}

} // namespace rollcall::directory
