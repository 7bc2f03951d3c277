// The page about schemas says of every member what the code says: its name, what it is, its
// default; and what it means, which only people can say.
#include <doctest/doctest.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "schema/describe.hpp"
#include "schema/reference_page.hpp"
#include "schema/struct_names.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::name_of;
using rollcall::tests::reference_page;
using rollcall::tests::ReferenceRow;

namespace {

// ---- What a member is, in words ----------------------------------------------------------------

std::string link_to(std::string_view name)
{
  std::string anchor{name};
  for (char& letter : anchor)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return "[" + std::string{name} + "](#" + anchor + ")";
}

template <class Enum>
std::string one_of()
{
  std::string words;
  const auto& all = words_of<Enum>;
  for (std::size_t i = 0; i != all.size(); ++i) {
    if (i != 0) words += i + 1 == all.size() ? " or " : ", ";
    words += "`" + std::string{all[i]} + "`";
  }
  return words;
}

// Expressions are texts in C++, so either word will do for one.
template <class Member>
struct In {
  static std::string words() { return link_to(name_of<Member>); }
  static std::string value(const Member& /*fresh*/) { return ""; }
};
template <>
struct In<std::string> {
  static std::string words() { return "text"; }
  static std::string value(const std::string& fresh)
  {
    return fresh.empty() ? "" : "`" + fresh + "`";
  }
};
template <>
struct In<std::optional<std::string>> {
  static std::string words() { return "text or null"; }
  static std::string value(const std::optional<std::string>& /*fresh*/) { return ""; }
};
template <>
struct In<bool> {
  static std::string words() { return "true or false"; }
  static std::string value(bool fresh) { return fresh ? "`true`" : "`false`"; }
};
template <std::integral Number>
struct In<Number> {
  static std::string words() { return "integer"; }
  static std::string value(Number fresh) { return "`" + std::to_string(fresh) + "`"; }
};
template <>
struct In<Amount> {
  static std::string words() { return "integer or expression"; }
  static std::string value(const Amount& fresh)
  {
    return "`" + std::to_string(*fresh.number()) + "`";
  }
};
template <>
struct In<Type> {
  static std::string words() { return "[type](#types)"; }
  static std::string value(const Type& fresh)
  {
    return "`" + std::string{type_names[fresh.index()]} + "`";
  }
};
template <class Enum>
requires std::is_enum_v<Enum>
struct In<Enum> {
  static std::string words() { return one_of<Enum>(); }
  static std::string value(Enum fresh) { return "`" + std::string{word_of(fresh)} + "`"; }
};
template <class Element>
struct In<std::vector<Element>> {
  static std::string words()
  {
    return "list of " + (std::is_same_v<Element, std::string> ? "texts" : In<Element>::words());
  }
  static std::string value(const std::vector<Element>& fresh)
  {
    std::string all;
    if constexpr (std::is_same_v<Element, std::string>)
      for (const std::string& each : fresh) all += (all.empty() ? "" : ", ") + each;
    return all.empty() ? "" : "`" + all + "`";
  }
};
template <class Struct>
requires std::is_same_v<Struct, Export>
struct In<std::optional<Struct>> {
  static std::string words() { return link_to("Export"); }
  static std::string value(const std::optional<Struct>& /*fresh*/) { return ""; }
};

// ---- The page ----------------------------------------------------------------------------------

template <class Struct>
void check_page(std::string_view name)
{
  CAPTURE(name);
  const auto found = reference_page().find(name);
  REQUIRE(found != reference_page().end());
  const std::vector<ReferenceRow>& rows = found->second;
  const Struct fresh = {};
  std::size_t at = 0;
  describe(Of<Struct>{}, [&]<class Member>(std::string_view member_name, Member Struct::*member) {
    CAPTURE(member_name);
    REQUIRE(at < rows.size());
    const ReferenceRow& row = rows[at++];
    CHECK(row.name == "`" + std::string{member_name} + "`");
    const bool is_expression = std::is_same_v<Member, std::string> && row.is == "expression";
    CHECK((is_expression ? "text" : row.is) == In<Member>::words());
    CHECK(row.otherwise == In<Member>::value(fresh.*member));
    CHECK_FALSE(row.means.empty());
  });
  CHECK(at == rows.size());
}

} // namespace

TEST_CASE("the page about schemas has every member of every struct, as it is and in its order")
{
  check_page<Schema>("Schema");
  check_page<FileChecks>("FileChecks");
  check_page<Fact>("Fact");
  check_page<Role>("Role");
  check_page<Kind>("Kind");
  check_page<Field>("Field");
  check_page<Column>("Column");
  check_page<Word>("Word");
  check_page<Let>("Let");
  check_page<Rule>("Rule");
  check_page<CodePage>("CodePage");
  check_page<Claim>("Claim");
  check_page<Holder>("Holder");
  check_page<Limit>("Limit");
  check_page<Object>("Object");
  check_page<Set>("Set");
  check_page<Effect>("Effect");
  check_page<ResultFile>("ResultFile");
  check_page<Cell>("Cell");
  check_page<Export>("Export");
}

TEST_CASE("the page about schemas has every type and its parameters")
{
  check_page<Text>("Text");
  check_page<Digits>("Digits");
  check_page<Integer>("Integer");
  check_page<Boolean>("Boolean");
  check_page<Choice>("Choice");
  check_page<Email>("Email");
  check_page<Phone>("Phone");
  check_page<Extension>("Extension");
  check_page<Mac>("Mac");
  check_page<Ip>("Ip");
  check_page<Id>("Id");
  check_page<Secret>("Secret");
}
