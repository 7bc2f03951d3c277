// json_reader.cpp: reads every struct along its description.
//
// A list is read up to a number of elements that no schema has, so that a text of a few MiB cannot
// ask for a thousand times as much memory.
#include "schema/json_reader.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "rollcall/schema_json.hpp"
#include "schema/describe.hpp"
#include "schema/did_you_mean.hpp"

namespace rollcall::schema {
namespace {

constexpr std::size_t elements_max = 10'000;
constexpr std::size_t faults_max = 100;

// "expected one of clear, keep, required"
std::string one_of(std::span<const std::string_view> words, std::string_view found)
{
  std::string text = "expected one of ";
  for (const std::string_view word : words)
    text.append(word == words.front() ? "" : ", ").append(word);
  if (!found.empty()) text += ", found '" + std::string{found} + "'" + did_you_mean(found, words);
  return text;
}

class Reader {
 public:
  explicit Reader(json::Faults& faults) noexcept : faults_{faults} {}

  template <class Struct>
  void read(const json::Value& value, Struct& into)
  {
    const json::Value object = faults_.object(value);
    if (!object) return;
    std::vector<std::string_view> known;
    describe(Of<Struct>{}, [&](std::string_view name, auto member) {
      known.push_back(name);
      read_member(object, name, into.*member);
    });
    refuse_others(object, known);
  }

 private:
  template <class Member>
  void read_member(const json::Value& object, std::string_view name, Member& into)
  {
    if (const json::Value value = object.find(name)) return read(value, into);
    // Null is one of its values, so leaving it out would be a second way to say it.
    if constexpr (std::is_same_v<Member, std::optional<std::string>>)
      static_cast<void>(faults_.member(object, name));
  }

  void read(const json::Value& value, std::string& into) { into = faults_.text(value); }
  void read(const json::Value& value, bool& into) { into = faults_.boolean(value); }
  void read(const json::Value& value, std::int64_t& into) { into = faults_.integer(value); }
  void read(const json::Value& value, std::uint64_t& into) { into = faults_.natural(value); }

  void read(const json::Value& value, int& into)
  {
    const std::int64_t number = faults_.integer(value);
    if (std::in_range<int>(number))
      into = static_cast<int>(number);
    else
      faults_.add(value, "an integer that is too large");
  }

  void read(const json::Value& value, std::optional<std::string>& into)
  {
    if (value.is(json::Kind::null))
      into.reset();
    else if (const auto text = value.text())
      into = *text;
    else
      faults_.add_expected(value, "a text or null");
  }

  void read(const json::Value& value, Amount& into)
  {
    if (const auto text = value.text())
      into = std::string{*text};
    else if (value.is(json::Kind::integer))
      into = faults_.integer(value);
    else
      faults_.add_expected(value, "an integer, or an expression as a text");
  }

  void read(const json::Value& value, std::optional<Export>& into)
  {
    if (value.is(json::Kind::null)) return;
    read(value, into.emplace());
  }

  template <class Enum>
  requires std::is_enum_v<Enum>
  void read(const json::Value& value, Enum& into)
  {
    constexpr const auto& words = words_of<Enum>;
    const auto text = value.text();
    if (!text) return faults_.add_expected(value, "a text");
    for (std::size_t i = 0; i != words.size(); ++i)
      if (words[i] == *text) return static_cast<void>(into = static_cast<Enum>(i));
    add(value, [&] { return one_of(words, *text); }); // NOLINT: `words` is a constant
  }

  template <class Element>
  void read(const json::Value& value, std::vector<Element>& into)
  {
    const json::Value list = faults_.list(value);
    if (list.size() > elements_max)
      return faults_.add(list, "more than " + std::to_string(elements_max) + " elements");
    into.clear();
    into.reserve(list.size());
    for (const json::Value element : list) read(element, into.emplace_back());
  }

  void read(const json::Value& value, Type& into)
  {
    if (const auto name = value.text()) return static_cast<void>(choose_type(value, *name, into));
    if (!value.is(json::Kind::object))
      return faults_.add_expected(value, "the name of a type, or an object of one");
    if (value.size() != 1) return faults_.add(value, "expected one type and its parameters");
    const json::Value parameters = *value.begin();
    if (!choose_type(parameters, parameters.name(), into)) return;
    std::visit([&](auto& type) { read(parameters, type); }, into);
  }

  bool choose_type(const json::Value& value, std::string_view name, Type& into)
  {
    if (set_type<0>(name, into)) return true;
    add(value, [&] { return one_of(type_names, name); });
    return false;
  }

  template <std::size_t index>
  static bool set_type(std::string_view name, Type& into)
  {
    if constexpr (index == std::variant_size_v<Type>) {
      return false;
    } else {
      if (name != type_names[index]) return set_type<index + 1>(name, into);
      into.emplace<index>();
      return true;
    }
  }

  void refuse_others(const json::Value& object, std::span<const std::string_view> known)
  {
    for (const json::Value member : object) {
      if (std::ranges::find(known, member.name()) != known.end()) continue;
      add(member,
          [&] { return "a name that is not known here" + did_you_mean(member.name(), known); });
    }
  }

  // The words are made only if the fault is kept.
  template <class What>
  void add(const json::Value& at, What what)
  {
    faults_.add(at, faults_.count() < faults_max ? what() : std::string{});
  }

  json::Faults& faults_;
};

} // namespace

Schema schema_of(const json::Value& value, json::Faults& faults)
{
  Schema schema;
  Reader{faults}.read(value, schema);
  return schema;
}

Result<Schema> read_schema(std::string_view json)
{
  return guarded([&]() -> Result<Schema> {
    json::Document document{{.bytes_max = schema_bytes_max}};
    ROLLCALL_CHECK(document.read(json));
    json::Faults faults{faults_max};
    Schema schema = schema_of(document.root(), faults);
    ROLLCALL_CHECK(faults.check());
    return schema;
  });
}

} // namespace rollcall::schema
