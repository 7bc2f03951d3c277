// plan_words.cpp: every shape that a value may have, and one for those that it may not.
#include "report/plan_words.hpp"

#include "base/message_template.hpp"

namespace rollcall::report {
namespace {

bool is_known_after(const json::Value& value)
{
  return bool{value.find("known_after")};
}

json::Value side_of(const json::Value& field, bool is_after)
{
  if (!field.is(json::Kind::list)) return {};
  auto side = field.begin();
  for (std::size_t i = is_after ? 1 : 0; i != 0 && side != field.end(); --i) ++side;
  return side != field.end() ? *side : json::Value{};
}

std::string secret_in_words(const json::Value& from)
{
  if (from.text() == "generated") return "a secret that is made";
  return "the secret of the file";
}

} // namespace

std::string in_words(std::string_view text)
{
  if (text.empty()) return "\"\"";
  std::string made;
  append_shown(made, text);
  return made;
}

std::string in_words(const json::Value& value)
{
  switch (value.kind()) {
    case json::Kind::absent:
    case json::Kind::null:
      return "nothing";
    case json::Kind::boolean:
      return value.boolean().value_or(false) ? "true" : "false";
    case json::Kind::integer:
      if (const auto number = value.integer()) return std::to_string(*number);
      break;
    case json::Kind::text:
      return in_words(value.text().value_or(""));
    case json::Kind::object:
      if (const json::Value from = value.find("secret")) return secret_in_words(from);
      if (is_known_after(value)) return "the key that the host gives";
      break;
    case json::Kind::list: {
      std::string made;
      for (const json::Value each : value)
        made.append(made.empty() ? "" : ", ").append(in_words(each));
      return made;
    }
    case json::Kind::real:
      break;
  }
  return "?";
}

std::string object_in_words(const json::Value& change)
{
  std::string made;
  append_kind(made, change.find("kind").text().value_or("?"));
  const json::Value key = change.find("key");
  if (is_known_after(key)) return made.append(" with a key that the host gives");
  return made.append(" ").append(in_words(key));
}

json::Value before_of(const json::Value& field)
{
  return side_of(field, false);
}

json::Value after_of(const json::Value& field)
{
  return side_of(field, true);
}

FieldInWords field_in_words(const json::Value& field, Mark mark)
{
  const json::Value before = before_of(field);
  const json::Value after = after_of(field);
  const json::Value from = after.find("secret");
  if (mark != Mark::secret && !from) return {in_words(before), in_words(after)};
  const auto is_null = [](const json::Value& value) {
    return !value || value.is(json::Kind::null);
  };
  FieldInWords made{.before = is_null(before) ? "nothing" : "a secret"};
  made.after = from ? secret_in_words(from) : is_null(after) ? "nothing" : "a secret";
  return made;
}

bool is_cleared(const json::Value& field)
{
  return after_of(field).is(json::Kind::null) && !before_of(field).is(json::Kind::null);
}

bool takes_from(const json::Value& row, const json::Value& change)
{
  if (change.find("op").text() != "update" || change.find("key").text() == row.find("key").text())
    return false;
  for (const json::Value field : change.find("fields"))
    if (is_cleared(field)) return true;
  return false;
}

bool switches_off(const json::Value& field, Mark mark)
{
  if (mark != Mark::active && mark != Mark::not_active) return false;
  const bool off = mark == Mark::not_active;
  return after_of(field).boolean() == off && before_of(field).boolean() != off;
}

} // namespace rollcall::report
