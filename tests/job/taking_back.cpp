// taking_back.cpp: reads reports and directories, and knows nothing of plans and journals.
#include "job/taking_back.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/must.hpp"
#include "support/planning.hpp"

namespace rollcall::tests {
namespace {

constexpr std::string_view a_secret = "true";

// Of a secret only that there is one.
std::string text_of(const json::Value& value)
{
  if (const auto text = value.text()) return std::string{*text};
  if (const auto truth = value.boolean()) return *truth ? "true" : "false";
  if (const auto number = value.integer()) return std::to_string(*number);
  return value.find("secret") ? std::string{a_secret} : std::string{};
}

void set(Fields& fields, const std::string& name, const std::string& value)
{
  if (value.empty())
    fields.erase(name);
  else
    fields[name] = value;
}

std::string text_in(const json::Value& object, std::string_view name)
{
  return text_of(object.find(name));
}

ToldRow::Change change_of(const json::Value& told)
{
  ToldRow::Change change{text_in(told, "op"), text_in(told, "kind"), text_in(told, "key")};
  for (const json::Value field : told.find("fields")) {
    auto at = field.begin();
    const std::string name{field.name()};
    const std::string before = text_of(*at);
    ++at;
    change.fields[name] = {before, text_of(*at)};
    if ((*at).find("secret")) change.secrets.insert(name);
  }
  return change;
}

} // namespace

Objects objects_of(const schema::Schema& schema, std::string_view directory)
{
  json::Document document{{}};
  must(document.read(directory));
  Objects objects;
  for (const schema::Kind& kind : schema.kinds)
    for (const json::Value object : document.root().find(kind.name)) {
      Fields fields;
      for (const json::Value field : object) set(fields, std::string{field.name()}, text_of(field));
      const std::string key = fields.at(kind.key.name);
      fields.erase(kind.key.name);
      objects[{kind.name, key}] = std::move(fields);
    }
  return objects;
}

std::vector<ToldRow> rows_of_report(std::string_view report)
{
  std::vector<ToldRow> rows;
  for (const std::string& text : lines_of(report)) {
    json::Document document{{}};
    must(document.read(text));
    const json::Value line = document.root();
    if (!line.find("outcome")) continue;
    ToldRow row{.line = line.find("line").natural().value_or(0),
                .outcome = text_in(line, "outcome")};
    for (const json::Value change : line.find("changes")) row.changes.push_back(change_of(change));
    for (const json::Value each : line.find("findings"))
      if (text_in(each, "code") == "undo.conflict")
        row.conflicts.push_back(
            {text_in(each, "key"), text_in(each, "field"), text_in(each, "now")});
    rows.push_back(std::move(row));
  }
  return rows;
}

TakingBack::TakingBack(const schema::Schema& schema, Objects before,
                       const std::vector<ToldRow>& job, const std::vector<ToldRow>& since)
    : schema_{schema}, objects_{std::move(before)}
{
  for (const ToldRow& row : job) rows_[row.line] = row;
  for (const ToldRow& row : since)
    for (const ToldRow::Change& change : row.changes)
      for (const std::string& secret : change.secrets)
        secrets_since_.insert({change.kind, change.key, secret});
}

const std::vector<schema::Set>& TakingBack::undo_of(const std::string& kind) const
{
  const auto at = std::find_if(schema_.kinds.begin(), schema_.kinds.end(),
                               [&](const schema::Kind& each) { return each.name == kind; });
  REQUIRE(at != schema_.kinds.end());
  return at->undo;
}

void TakingBack::take(const std::vector<ToldRow>& undo)
{
  for (const ToldRow& row : undo) {
    CAPTURE(row.line);
    REQUIRE(rows_.count(row.line) == 1);
    const bool is_done = row.outcome == "updated" || row.outcome == "created";
    if (!is_done && row.outcome != "unchanged") {
      CHECK(row.outcome == "stale");
      check_kept(row);
      continue;
    }
    const Objects as_it_is = objects_;
    for (const ToldRow::Change& change : rows_.at(row.line).changes) {
      CAPTURE(change.key);
      if (is_done) check_unedited(change);
      take_back(change);
    }
    if (!is_done) CHECK(objects_ == as_it_is); // there was nothing to take back
  }
}

// Nobody has put anything into it that would be overwritten.
void TakingBack::check_unedited(const ToldRow::Change& change) const
{
  const auto at = objects_.find({change.kind, change.key});
  REQUIRE(at != objects_.end());
  const Fields& fields = at->second;
  for (const auto& changed : change.fields) {
    const std::string& name = changed.first;
    CAPTURE(name);
    const auto field = fields.find(name);
    CHECK((field == fields.end() ? std::string{} : field->second) == changed.second.second);
  }
  for (const std::string& secret : change.secrets)
    CHECK(secrets_since_.count({change.kind, change.key, secret}) == 0);
  if (change.op != "create") return;
  for (const auto& field : fields) CHECK(change.fields.count(field.first) == 1);
}

void TakingBack::take_back(const ToldRow::Change& change)
{
  const std::pair of{change.kind, change.key};
  REQUIRE(objects_.count(of) == 1);
  Fields& fields = objects_.at(of);
  if (change.op == "update") {
    for (const auto& [name, told] : change.fields) set(fields, name, told.first);
    return;
  }
  REQUIRE(change.op == "create");
  const auto& retires = undo_of(change.kind);
  if (retires.empty()) objects_.erase(of);
  for (const schema::Set& each : retires) set(fields, each.field, each.value);
}

// What it names is not as the job left it, or is somebody else's by now.
void TakingBack::check_kept(const ToldRow& undo)
{
  REQUIRE(undo.conflicts.size() == 1);
  const ToldRow::Conflict& conflict = undo.conflicts.front();
  CAPTURE(conflict.object);
  CAPTURE(conflict.field);
  CAPTURE(conflict.now);
  CHECK(is_edited(conflict));
  ++kept_;
}

// There is an object that has the value, and is his, or he himself.
bool TakingBack::is_held(const std::string& value, const std::string& by) const
{
  return std::any_of(objects_.begin(), objects_.end(), [&](const auto& object) {
    const auto has = [&](const std::string& text) {
      return object.first.second == text ||
             std::any_of(object.second.begin(), object.second.end(),
                         [&](const auto& field) { return field.second == text; });
    };
    return has(value) && has(by);
  });
}

bool TakingBack::is_edited(const ToldRow::Conflict& conflict) const
{
  if (conflict.now.starts_with("held by "))
    return is_held(conflict.object, conflict.now.substr(std::string_view{"held by "}.size()));
  if (conflict.now.starts_with("set by job "))
    return std::any_of(secrets_since_.begin(), secrets_since_.end(), [&](const auto& secret) {
      const std::string object = secret[0] + " " + secret[1];
      return object == conflict.object && secret[2] == conflict.field;
    });
  for (const auto& [line, row] : rows_)
    for (const ToldRow::Change& change : row.changes) {
      if (change.kind + " " + change.key != conflict.object) continue;
      const auto object = objects_.find({change.kind, change.key});
      if (object == objects_.end()) return true;
      const auto wrote = change.fields.find(conflict.field);
      const std::string left = wrote == change.fields.end() ? std::string{} : wrote->second.second;
      const auto now = object->second.find(conflict.field);
      if ((now == object->second.end() ? std::string{} : now->second) != left) return true;
    }
  return false;
}

} // namespace rollcall::tests
