// The JSON Schema of formats that is published, docs/reference/format.schema.json: made from the
// description of every struct and from what the reference page says of each member, so that neither
// can say anything else. ROLLCALL_UPDATE=1 writes it anew. That formats are held to it, and
// what is no format is refused by it, tests/docs/json_schemas.py asks.
#include <doctest/doctest.h>

#include <concepts>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "json/writer.hpp"
#include "rollcall/sink.hpp"
#include "schema/describe.hpp"
#include "schema/reference_page.hpp"
#include "schema/struct_names.hpp"
#include "support/must.hpp"
#include "support/source_folder.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::must;
using rollcall::tests::name_of;
using rollcall::tests::reference_page;

namespace {

// The structs beside Schema, in the order of the page.
using Structs = std::tuple<FileChecks, Fact, Role, Kind, Field, Column, Word, Let, Rule, CodePage,
                           Claim, Holder, Limit, Object, Set, Effect, ResultFile, Cell, Export>;

class JsonSchema {
 public:
  explicit JsonSchema(json::Writer& out) : out_{out} {}

  void write()
  {
    out_.begin_object();
    put("$schema", "http://json-schema.org/draft-07/schema#");
    put("title", "A format of rollcall");
    put("description",
        "What `rollcall schema show` prints and `--format FILE.json` takes; `rollcall schema "
        "check` says more than a schema can.");
    out_.name("allOf").begin_list();
    put_ref("Schema");
    out_.end_list();
    out_.name("definitions").begin_object();
    put_struct<Schema>();
    put_structs(Structs{});
    put_types();
    out_.end_object();
    out_.end_object();
    out_.end_line();
  }

 private:
  void put(std::string_view name, std::string_view text) { out_.name(name).text(text); }

  void put_ref(std::string_view name)
  {
    out_.begin_object();
    put("$ref", "#/definitions/" + std::string{name});
    out_.end_object();
  }

  // What the page says of a member.
  static std::string meaning_of(std::string_view of, std::string_view member)
  {
    for (const auto& row : reference_page().find(of)->second)
      if (row.name == "`" + std::string{member} + "`") return row.means;
    return {};
  }

  // `as` is what it is called in JSON, if that is another name than its own.
  template <class Struct>
  void put_struct(std::string_view as = {})
  {
    constexpr std::string_view name = name_of<Struct>;
    out_.name(as.empty() ? name : as).begin_object();
    put("type", "object");
    out_.name("additionalProperties").boolean(false);
    // A member for which null is a value of its own cannot be left out.
    std::vector<std::string_view> required;
    out_.name("properties").begin_object();
    describe(Of<Struct>{}, [&]<class Member>(std::string_view member, Member Struct::*) {
      if (std::is_same_v<Member, std::optional<std::string>>) required.push_back(member);
      out_.name(member).begin_object();
      put("description", meaning_of(name, member));
      put_type(static_cast<Member*>(nullptr));
      out_.end_object();
    });
    out_.end_object();
    if (!required.empty()) {
      out_.name("required").begin_list();
      for (const std::string_view member : required) out_.text(member);
      out_.end_list();
    }
    out_.end_object();
  }

  // By its name, or as an object of its name and parameters.
  void put_types()
  {
    out_.name("Type").begin_object();
    out_.name("oneOf").begin_list();
    out_.begin_object();
    put_words(type_names);
    out_.end_object();
    out_.begin_object();
    put("type", "object");
    out_.name("additionalProperties").boolean(false);
    out_.name("minProperties").natural(1);
    out_.name("maxProperties").natural(1);
    out_.name("properties").begin_object();
    put_parameters(std::make_index_sequence<std::variant_size_v<Type>>{});
    out_.end_object();
    out_.end_object();
    out_.end_list();
    out_.end_object();
  }

  template <std::size_t... index>
  void put_parameters(std::index_sequence<index...> /*all*/)
  {
    (put_struct<std::variant_alternative_t<index, Type>>(type_names[index]), ...);
  }

  template <class... Struct>
  void put_structs(std::tuple<Struct...> /*all*/)
  {
    (put_struct<Struct>(), ...);
  }

  template <class Words>
  void put_words(const Words& words)
  {
    out_.name("enum").begin_list();
    for (const std::string_view word : words) out_.text(word);
    out_.end_list();
  }

  void put_either(std::string_view one, std::string_view other)
  {
    out_.name("type").begin_list();
    out_.text(one);
    out_.text(other);
    out_.end_list();
  }

  void put_type(std::string* /*of*/) { put("type", "string"); }
  void put_type(bool* /*of*/) { put("type", "boolean"); }
  template <std::integral Number>
  void put_type(Number* /*of*/)
  {
    put("type", "integer");
    if (std::is_unsigned_v<Number>) out_.name("minimum").natural(0);
  }
  void put_type(Amount* /*of*/) { put_either("integer", "string"); }
  void put_type(std::optional<std::string>* /*of*/) { put_either("string", "null"); }
  void put_type(Type* /*of*/) { put("$ref", "#/definitions/Type"); }
  void put_type(std::optional<Export>* /*of*/)
  {
    out_.name("anyOf").begin_list();
    put_ref("Export");
    out_.begin_object();
    put("type", "null");
    out_.end_object();
    out_.end_list();
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void put_type(Enum* /*of*/) { put_words(words_of<Enum>); }
  template <class Element>
  void put_type(std::vector<Element>* /*of*/)
  {
    put("type", "array");
    out_.name("items").begin_object();
    put_type(static_cast<Element*>(nullptr));
    out_.end_object();
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void put_type(Struct* /*of*/) { put("$ref", "#/definitions/" + std::string{name_of<Struct>}); }

  json::Writer& out_;
};

std::string format_schema()
{
  std::pmr::string text;
  TextSink sink{text};
  auto writer = must(json::Writer::open(sink, {.broken_levels = 5}));
  JsonSchema{writer}.write();
  must(writer.finish());
  return std::string{text};
}

} // namespace

TEST_CASE("the published JSON Schema of formats has every member as the code has it")
{
  const std::string path = rollcall::tests::source_folder() / "docs/reference/format.schema.json";
  const std::string made = format_schema();
  const char* const update = std::getenv("ROLLCALL_UPDATE");
  if (update != nullptr && std::string_view{update} == "1") {
    std::ofstream{path, std::ios::binary} << made;
    return;
  }
  std::ifstream file{path, std::ios::binary};
  const std::string published{std::istreambuf_iterator<char>{file}, {}};
  CHECK(published == made);
}
