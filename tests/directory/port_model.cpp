// Any directory beside a model: objects in a map, and every question a walk over all of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/unicode.hpp"
#include "directory/people.hpp"
#include "directory/port_suite.hpp"

namespace rollcall::tests {
namespace {

std::string folded(std::string_view text)
{
  std::string scratch;
  return std::string{fold_for_comparing(text, scratch)};
}

class Model {
 public:
  [[nodiscard]] Lines find(KindId kind, FieldId by,
                           const std::vector<std::string_view>& values) const
  {
    Lines lines;
    for (std::size_t asked = 0; asked != values.size(); ++asked)
      for (const auto& [key, person] : objects_[kind]) {
        const std::optional<std::string> value =
            by == key_field ? std::optional{person.key} : person.fields[by];
        if (value && folded(*value) == folded(values[asked]))
          lines.push_back(std::to_string(asked) + ": " + in_words(person));
      }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  [[nodiscard]] Lines scan(KindId kind) const
  {
    Lines lines;
    for (const auto& [key, person] : objects_[kind]) lines.push_back("0: " + in_words(person));
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  [[nodiscard]] std::size_t count(KindId kind) const { return objects_[kind].size(); }

  [[nodiscard]] std::uint64_t next_id() const
  {
    std::uint64_t next = 1;
    for (const auto& [key, person] : objects_[user])
      if (key.find_first_not_of("0123456789") == std::string::npos)
        next = std::max<std::uint64_t>(next, std::stoull(key) + 1);
    return next;
  }

  // So many users that are there before anything is done, as a directory.json.
  std::string begin_with(unsigned count)
  {
    std::string json = R"({"team": [], "user": [)";
    for (unsigned i = 0; i != count; ++i) {
      Person person{.key = std::to_string(2 * i)};
      person.fields.resize(fields_of_user);
      person.fields[email] = "b@c";
      person.fields[extension] = std::to_string(i);
      json += (i == 0 ? "" : ", ") + (R"({"id": ")" + person.key + R"(", "email": "b@c", )") +
              R"("extension": ")" + std::to_string(i) + R"("})";
      objects_[user][person.key] = person;
    }
    return json + "]}";
  }

  Lines apply(const Groups& groups)
  {
    Lines lines;
    for (const std::vector<Change>& changes : groups.changes()) lines.push_back(apply(changes));
    return lines;
  }

 private:
  using Objects = std::map<std::string, Person>;

  std::string apply(const std::vector<Change>& changes)
  {
    const std::vector<Objects> before = objects_;
    std::vector<std::string> keys(changes.size());
    std::uint64_t next = next_id();
    for (std::size_t i = 0; i != changes.size(); ++i) {
      keys[i] = changes[i].key ? std::string{*changes[i].key} : "";
      if (keys[i].empty()) keys[i] = std::to_string(next++);
    }
    const auto refused = [&](std::size_t i, const char* why) {
      objects_ = before;
      return std::string{"refused "} + (changes[i].kind == user ? "user " : "team ") + keys[i] +
             why;
    };
    std::vector<std::string> spelled(changes.size());
    for (const Op op : {Op::delete_, Op::create, Op::update})
      for (std::size_t i = 0; i != changes.size(); ++i) {
        if (changes[i].op != op) continue;
        Objects& objects = objects_[changes[i].kind];
        const auto at = objects.find(folded(keys[i]));
        if (op != Op::create && at == objects.end()) return refused(i, " is not there");
        if (op == Op::create && at != objects.end()) return refused(i, " is there already");
        if (op == Op::delete_) {
          spelled[i] = at->second.key;
          objects.erase(at);
        } else if (op == Op::create) {
          const std::size_t fields = field_count(changes[i].kind);
          objects[folded(keys[i])] = {.key = keys[i],
                                      .fields = std::vector<std::optional<std::string>>(fields)};
        }
      }
    for (const bool sets : {false, true})
      for (const Op op : {Op::create, Op::update})
        for (std::size_t i = 0; i != changes.size(); ++i)
          if (changes[i].op == op) put_fields(changes[i], keys[i], sets);
    std::string line = "applied";
    for (std::size_t i = 0; i != changes.size(); ++i) {
      const auto at = objects_[changes[i].kind].find(folded(keys[i]));
      line += " " + (at != objects_[changes[i].kind].end() ? at->second.key : spelled[i]);
    }
    return line;
  }

  // Those that get a value, or those that lose theirs.
  void put_fields(const Change& change, const std::string& key, bool sets)
  {
    Person& person = objects_[change.kind].at(folded(key));
    for (const FieldChange& field : change.fields)
      if (field.after.has_value() == sets)
        person.fields[field.field] =
            field.after ? std::optional{std::string{*field.after}} : std::nullopt;
  }

  std::vector<Objects> objects_ = std::vector<Objects>(2);
};

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_{seed} {}
  unsigned below(unsigned end) { return static_cast<unsigned>(engine_() % end); }
  bool one_in(unsigned of) { return below(of) == 0; }

  std::string key()
  {
    static const std::vector<std::string> odd = {"Ann",
                                                 "ann",
                                                 "STRASSE",
                                                 "stra\xC3\x9F"
                                                 "e",
                                                 "007",
                                                 "x y"};
    return one_in(4) ? odd[below(static_cast<unsigned>(odd.size()))] : std::to_string(below(40));
  }
  std::optional<std::string> value(KindId kind, FieldId field)
  {
    if (one_in(4)) return {};
    if (kind == user && (field == active)) return one_in(2) ? "true" : "false";
    if (kind == user && field == pin) return "true";
    if (kind == team && field == open) return one_in(2) ? "true" : "false";
    static const std::vector<std::string> texts = {"A", "a", "\xC3\x84", "\xC3\xA4", "b@C", "B@c"};
    if (one_in(20)) return std::string(300, 'l');
    return one_in(2) ? texts[below(static_cast<unsigned>(texts.size()))]
                     : std::to_string(below(30));
  }

 private:
  std::mt19937 engine_;
};

Groups random_groups(Chance& chance)
{
  Groups groups;
  const unsigned group_count = 1 + chance.below(4);
  for (unsigned group = 0; group != group_count; ++group) {
    groups.begin();
    const unsigned change_count = chance.one_in(30) ? 40 : 1 + chance.below(3);
    for (unsigned i = 0; i != change_count; ++i) {
      const KindId kind = chance.one_in(3) ? team : user;
      const Op op = chance.one_in(4) ? Op::delete_ : chance.one_in(2) ? Op::create : Op::update;
      const bool is_given = op == Op::create && kind == user && chance.one_in(2);
      Groups::Values values;
      const unsigned fields = field_count(kind);
      for (unsigned count = op == Op::delete_ ? 0 : chance.below(4); count != 0; --count) {
        const auto field = static_cast<FieldId>(chance.below(fields));
        const bool is_said = std::any_of(values.begin(), values.end(),
                                         [&](const auto& value) { return value.first == field; });
        if (!is_said) values.emplace_back(field, chance.value(kind, field));
      }
      groups.change(op, kind, is_given ? std::nullopt : std::optional{chance.key()}, values);
    }
  }
  return groups;
}

} // namespace

void check_port_against_model(const MakeDirectory& make)
{
  for (unsigned seed = 0; seed != 30; ++seed) {
    CAPTURE(seed);
    Chance chance{seed};
    Model model;
    const auto directory = make(model.begin_with(seed));
    for (int step = 0; step != 150; ++step) {
      CAPTURE(step);
      const Groups groups = random_groups(chance);
      REQUIRE(groups.apply_to(*directory) == model.apply(groups));
      const KindId kind = chance.one_in(2) ? user : team;
      const unsigned fields = field_count(kind);
      // Some fields are not asked for until late, some never.
      const auto drawn = static_cast<FieldId>(chance.below(fields + 1));
      const FieldId by = drawn == fields || (step < 50 && drawn % 2 == 0) ? key_field : drawn;
      std::vector<std::string> texts;
      for (unsigned i = chance.below(80); i != 0; --i)
        texts.push_back(by == key_field ? chance.key() : chance.value(kind, by).value_or("none"));
      const std::vector<std::string_view> values{texts.begin(), texts.end()};
      const Lines seen = found(*directory, kind, by, values);
      const Lines wanted = model.find(kind, by, values);
      CAPTURE(by);
      if (seen != wanted) {
        for (const auto& line : seen) MESSAGE("seen   " << line);
        for (const auto& line : wanted) MESSAGE("wanted " << line);
      }
      REQUIRE(seen == wanted);
      REQUIRE(must(directory->count(kind)) == model.count(kind));
      REQUIRE(must(directory->next_id(user)) == model.next_id());
      if (step % 10 == 0) REQUIRE(scanned(*directory, kind) == model.scan(kind));
    }
  }
}

} // namespace rollcall::tests
