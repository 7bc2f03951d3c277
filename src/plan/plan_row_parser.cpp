// plan_row_parser.cpp: names become the numbers of the schema, and what it does not know is
// refused.
#include "plan/plan_row_parser.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <variant>

#include "base/errors_among.hpp"
#include "plan/change_json.hpp"
#include "plan/finding_json.hpp"

namespace rollcall::plan {

bool PlanRowParser::refuse(std::string_view what)
{
  if (fault_.empty()) fault_ = what;
  return false;
}

std::string_view PlanRowParser::keep(std::string_view text)
{
  if (text.empty()) return "";
  auto* const at = static_cast<char*>(keep_.allocate(text.size(), 1));
  std::memcpy(at, text.data(), text.size());
  return {at, text.size()};
}

// Of a keeper that gives nothing back: what is made is never destroyed.
template <class T>
std::span<T> PlanRowParser::make(std::size_t count)
{
  if (count == 0) return {};
  T* const at = std::pmr::polymorphic_allocator<T>{&keep_}.allocate(count);
  std::uninitialized_value_construct_n(at, count);
  return {at, count};
}

// As the directory would have it. Nothing for null, and for what no value of the type is written
// as.
std::optional<std::string_view> PlanRowParser::text_of(const json::Value& value,
                                                       const schema::Type& type)
{
  switch (value.kind()) {
    case json::Kind::boolean:
      if (!std::holds_alternative<schema::Boolean>(type)) return {};
      return value.boolean().value_or(false) ? std::string_view{"true"} : std::string_view{"false"};
    case json::Kind::integer:
      if (!std::holds_alternative<schema::Integer>(type)) return {};
      if (const auto number = value.integer()) return keep(std::to_string(*number));
      return {};
    case json::Kind::text:
      return keep(value.text().value_or(""));
    default:
      return {};
  }
}

bool PlanRowParser::is_known_after(const json::Value& value) noexcept
{
  return value.size() == 1 && value.find("known_after").text() == "key";
}

bool PlanRowParser::read(const json::Value& line, PlanRow& row)
{
  if (!line.is(json::Kind::object)) return refuse("this is no row");
  RowResult& result = row.result;
  const auto number = line.find("row").natural();
  const auto line_number = line.find("line").natural();
  if (!number || *number == 0 || !line_number) return refuse("a row has a number and a line");
  result.number = *number;
  result.line = *line_number;
  row.undoes = line.find("undoes").natural().value_or(0);
  result.retries = line.find("retries").natural().value_or(0);
  if (!read_outcome(line, result)) return false;
  const json::Value key = line.find("key");
  const bool is_given = is_known_after(key);
  if (key && !is_given && !key.is(json::Kind::text)) return refuse("a key is a text");
  if (key && !is_given) result.key = keep(key.text().value_or(""));

  if (!read_changes(line.find("changes"), result) || !read_effects(line.find("effects"), result) ||
      !read_reads(line.find("reads"), row) || !read_cells(line.find("cells"), row))
    return false;
  if (const json::Value withdraws = line.find("withdraws")) {
    const std::span<std::string_view> effects = make<std::string_view>(withdraws.size());
    auto into = effects.begin();
    for (const json::Value effect : withdraws) *into++ = keep(effect.text().value_or(""));
    result.withdraws = effects;
  }
  const bool does = acts(result);
  if (does != (result.outcome == Outcome::created || result.outcome == Outcome::updated))
    return refuse("a row has changes if it is created or updated, and else none");
  if (is_given != (!result.changes.empty() && result.changes.front().gives_key))
    return refuse("the key of a row is that of its first change");
  if (!is_held_to_itself(line, row)) return false;
  if (const json::Value group = line.find("group")) {
    const auto first = group.natural();
    if (!does || !first || *first == 0 || *first > 0x7FFFFFFF)
      return refuse("only rows with changes are in groups");
    row.group = static_cast<RowNumber>(*first);
    row.is_last = line.find("last").boolean().value_or(false);
  }
  if (row.group == 0 && line.find("last")) return refuse("the last row of a group is in one");
  std::vector<Finding> findings;
  if (!read_findings(line.find("findings"), {.row = result.shown_number()}, findings)) return false;
  if (has_error(findings) != (result.outcome == Outcome::rejected))
    return refuse("a row is rejected if it has an error, and else not");
  if (!findings.empty()) {
    // They own memory, so who keeps the row keeps them as well.
    row.kept = std::make_shared<const std::vector<Finding>>(std::move(findings));
    row.readings = *row.kept;
  }
  return true;
}

bool PlanRowParser::read_outcome(const json::Value& line, RowResult& result)
{
  const auto word = line.find("outcome").text();
  for (std::size_t i = 0; word && i != outcome_count; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (slug(outcome) != *word || outcome > Outcome::withheld) continue;
    result.outcome = outcome;
    return true;
  }
  return refuse("a row is created, updated, unchanged, rejected or withheld");
}

std::optional<KindId> PlanRowParser::kind_of(const json::Value& value)
{
  const auto name = value.text();
  for (std::size_t kind = 0; name && kind != schema_.kinds.size(); ++kind)
    if (schema_.kinds[kind].name == *name) return static_cast<KindId>(kind);
  refuse("names a kind that the format does not have");
  return {};
}

// Fields come in their order, so the next one is mostly where the last one was found, plus one.
std::optional<FieldId> PlanRowParser::field_of(const schema::CompiledKind& kind,
                                               std::string_view name, std::size_t hint) const
{
  const std::size_t count = kind.fields.size();
  for (std::size_t i = 0; i != count; ++i) {
    const std::size_t at = hint + i < count ? hint + i : hint + i - count;
    if (kind.fields[at].name == name) return static_cast<FieldId>(at);
  }
  if (kind.key.name == name) return key_field;
  return {};
}

bool PlanRowParser::read_changes(const json::Value& list, RowResult& result)
{
  if (!list) return true;
  if (!list.is(json::Kind::list)) return refuse("changes are a list");
  const std::span<Change> changes = make<Change>(list.size());
  std::size_t at = 0;
  for (const json::Value value : list) {
    if (!read_change(value, changes[at])) return false;
    if (changes[at].gives_key && at != 0) return refuse("only the first object is given a key");
    ++at;
  }
  result.changes = changes;
  const bool gives_key = !changes.empty() && changes.front().gives_key;
  for (const Change& change : changes)
    for (const FieldChange& field : change.fields)
      if (field.is_given_key && !gives_key) return refuse("there is no key that the host gives");
  return true;
}

bool PlanRowParser::read_change(const json::Value& value, Change& change)
{
  const auto op = value.find("op").text();
  if (op == "create")
    change.op = Op::create;
  else if (op == "update")
    change.op = Op::update;
  else if (op == "delete")
    change.op = Op::delete_;
  else
    return refuse("a change creates, updates or deletes");
  const auto kind = kind_of(value.find("kind"));
  if (!kind) return false;
  change.kind = *kind;
  const schema::CompiledKind& of = schema_.kinds[*kind];
  const json::Value key = value.find("key");
  change.gives_key = is_known_after(key);
  if (change.gives_key) {
    if (change.op != Op::create || of.keys != schema::Keys::from_host)
      return refuse("the host gives no such key");
  } else {
    const auto text = key.text();
    if (!text || text->empty()) return refuse("a change has a key");
    change.key = keep(*text);
  }
  const json::Value members = value.find("fields");
  if (!members.is(json::Kind::object)) return refuse("a change has fields");
  const std::span<FieldChange> fields = make<FieldChange>(members.size());
  std::size_t hint = 0;
  std::size_t at = 0;
  for (const json::Value member : members) {
    const auto field = field_of(of, member.name(), hint);
    if (!field || *field == key_field) return refuse("names a field that its kind does not have");
    hint = *field + std::size_t{1};
    fields[at].field = *field;
    if (!read_field(member, of, change, fields[at])) return false;
    ++at;
  }
  change.fields = fields;
  return true;
}

bool PlanRowParser::read_field(const json::Value& value, const schema::CompiledKind& kind,
                               const Change& change, FieldChange& field)
{
  if (!value.is(json::Kind::list) || value.size() != 2)
    return refuse("a field says what it was and what it gets");
  auto pair = value.begin();
  const json::Value before = *pair;
  ++pair;
  const schema::CompiledField& of = kind.fields[field.field];
  if (of.is_secret) {
    if (!before.is(json::Kind::null) && before.boolean() != true)
      return refuse("of a secret only is said that there was one");
    if (!before.is(json::Kind::null)) field.before = "true";
  } else {
    field.before = text_of(before, of.type);
    if (!field.before && !before.is(json::Kind::null)) return refuse("is no value of a field");
  }
  if (change.op == Op::create && field.before)
    return refuse("what is created has no fields before");
  return read_after(*pair, of, field);
}

bool PlanRowParser::read_after(const json::Value& value, const schema::CompiledField& of,
                               FieldChange& field)
{
  if (value.is(json::Kind::null)) return true;
  if (of.is_secret) {
    const auto from = value.find("secret").text();
    if (from == "column")
      field.secret = SecretFrom::column;
    else if (from == "generated")
      field.secret = SecretFrom::generated;
    else
      return refuse("a secret comes from the column, or is generated");
    return true;
  }
  field.is_given_key = is_known_after(value);
  if (field.is_given_key) return true;
  field.after = text_of(value, of.type);
  return field.after ? true : refuse("is no value of a field");
}

bool PlanRowParser::read_effects(const json::Value& list, RowResult& result)
{
  if (!list) return true;
  if (!list.is(json::Kind::list)) return refuse("effects are a list");
  const std::span<EffectView> effects = make<EffectView>(list.size());
  std::size_t at = 0;
  for (const json::Value value : list) {
    const auto name = value.find("effect").text();
    const auto known =
        std::find_if(schema_.effects.begin(), schema_.effects.end(),
                     [&](const schema::CompiledEffect& each) { return each.effect->name == name; });
    if (!name || known == schema_.effects.end())
      return refuse("names an effect that the format does not have");
    effects[at].effect = &*known;
    const std::span<EffectPart> parts = make<EffectPart>(value.size() - 1);
    std::size_t next = 0;
    for (const json::Value member : value) {
      if (member.name() == "effect") continue;
      const auto part = std::find_if(known->fields.begin(), known->fields.end(),
                                     [&](const auto& each) { return each.name == member.name(); });
      if (part == known->fields.end()) return refuse("an effect has a part that is none of its");
      parts[next].name = part->name;
      parts[next].is_given_key = is_known_after(member);
      if (!parts[next].is_given_key) {
        if (!member.is(json::Kind::text)) return refuse("the parts of an effect are texts");
        parts[next].value = keep(member.text().value_or(""));
      } else if (result.changes.empty() || !result.changes.front().gives_key) {
        return refuse("there is no key that the host gives");
      }
      ++next;
    }
    effects[at++].parts = parts.first(next);
  }
  result.effects = effects;
  return true;
}

bool PlanRowParser::read_reads(const json::Value& list, PlanRow& row)
{
  if (!list) return true;
  if (!list.is(json::Kind::list)) return refuse("reads are a list");
  const std::span<Read> reads = make<Read>(list.size());
  std::size_t at = 0;
  for (const json::Value value : list)
    if (!read_read(value, reads[at++])) return false;
  row.reads = reads;
  return true;
}

bool PlanRowParser::read_read(const json::Value& value, Read& read)
{
  const auto kind = kind_of(value.find("kind"));
  if (!kind) return false;
  read.kind = *kind;
  const schema::CompiledKind& of = schema_.kinds[*kind];
  const json::Value key = value.find("key");
  if (!key.is(json::Kind::text) && !key.is(json::Kind::null)) return refuse("a read has a key");
  if (key.is(json::Kind::text)) read.key = keep(key.text().value_or(""));
  if (const json::Value by = value.find("by")) {
    const auto field = field_of(of, by.text().value_or(""), 0);
    if (!field) return refuse("names a field that its kind does not have");
    read.by = *field;
  }
  if (const json::Value asked = value.find("value")) {
    if (!asked.is(json::Kind::text)) return refuse("what was asked by is a text");
    read.value = keep(asked.text().value_or(""));
  } else if (read.by == key_field && read.key) {
    read.value = *read.key;
  } else {
    return refuse("a read says what was asked by");
  }
  const json::Value members = value.find("fields");
  if (!members) return true;
  if (!members.is(json::Kind::object) || !read.key) return refuse("the fields of a read are named");
  const std::span<ReadField> fields = make<ReadField>(members.size());
  std::size_t at = 0;
  for (const json::Value member : members) {
    const auto field = field_of(of, member.name(), 0);
    if (!field || *field == key_field) return refuse("names a field that its kind does not have");
    fields[at].field = *field;
    fields[at].was = text_of(member, of.fields[*field].type);
    if (!fields[at].was && !member.is(json::Kind::null)) return refuse("is no value of a field");
    ++at;
  }
  read.fields = fields;
  return true;
}

expr::Value PlanRowParser::result_value(const json::Value& value)
{
  switch (value.kind()) {
    case json::Kind::boolean:
      return {.what = expr::What::truth, .truth = value.boolean().value_or(false)};
    case json::Kind::integer:
      return {.what = expr::What::integer, .integer = value.integer().value_or(0)};
    case json::Kind::text:
      return {.what = expr::What::text, .text = keep(value.text().value_or(""))};
    case json::Kind::list: {
      const std::span<std::string_view> texts = make<std::string_view>(value.size());
      std::size_t at = 0;
      for (const json::Value text : value) texts[at++] = keep(text.text().value_or(""));
      return {.what = expr::What::texts, .texts = texts};
    }
    default:
      return {};
  }
}

bool PlanRowParser::read_cells(const json::Value& list, PlanRow& row)
{
  if (!list) return true;
  if (!list.is(json::Kind::list) || list.size() != slots_.size())
    return refuse("there is a cell for each value that a result reads");
  const std::span<ResultCell> cells = make<ResultCell>(list.size());
  std::size_t at = 0;
  for (const json::Value value : list) {
    const json::Value range = value.find("range");
    cells[at++] = {.value = result_value(range ? range : value), .is_range = bool{range}};
  }
  row.cells = cells;
  return true;
}

bool PlanRowParser::read_findings(const json::Value& list, const Place& place,
                                  std::vector<Finding>& into)
{
  if (!list) return true;
  if (!list.is(json::Kind::list)) return refuse("findings are a list");
  for (const json::Value value : list) {
    Finding finding;
    finding.place = place;
    if (!read_finding(value, finding, fault_)) return false;
    into.push_back(std::move(finding));
  }
  return true;
}

} // namespace rollcall::plan
