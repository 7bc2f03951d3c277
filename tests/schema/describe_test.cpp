// The descriptions of the structs: that nothing is missing, and nothing named twice.
#include "schema/describe.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include "schema/everything_set.hpp"

using namespace rollcall::schema;
using rollcall::tests::everything_set;

namespace {

// Whatever a member may be made of; only ever asked about.
struct Anything {
  template <class Member>
  operator Member() const
  {
    return {};
  }
};

template <std::size_t>
using AnythingAt = Anything;

template <class Struct, std::size_t... index>
constexpr bool takes(std::index_sequence<index...> /*members*/)
{
  return requires
  {
    Struct{AnythingAt<index>{}...};
  };
}

// How many members the struct really has: as many as it can be made of.
template <class Struct, std::size_t most = 32>
constexpr std::size_t member_count()
{
  if constexpr (most == 0 || takes<Struct>(std::make_index_sequence<most>{}))
    return most;
  else
    return member_count<Struct, most - 1>();
}

template <class Struct>
void check_description(std::string_view name)
{
  CAPTURE(name);
  std::set<std::string_view> names;
  const Struct fresh = {};
  const Struct set = everything_set<Struct>();
  describe(Of<Struct>{}, [&](std::string_view member_name, auto member) {
    CAPTURE(member_name);
    CHECK(names.insert(member_name).second);
    CHECK(set.*member != fresh.*member);
  });
  CHECK(names.size() == member_count<Struct>());
}

} // namespace

TEST_CASE("every member of every struct is described, once")
{
  check_description<Text>("Text");
  check_description<Digits>("Digits");
  check_description<Integer>("Integer");
  check_description<Boolean>("Boolean");
  check_description<Choice>("Choice");
  check_description<Email>("Email");
  check_description<Phone>("Phone");
  check_description<Extension>("Extension");
  check_description<Mac>("Mac");
  check_description<Ip>("Ip");
  check_description<Id>("Id");
  check_description<Secret>("Secret");
  check_description<Fact>("Fact");
  check_description<Let>("Let");
  check_description<Field>("Field");
  check_description<Set>("Set");
  check_description<Kind>("Kind");
  check_description<Word>("Word");
  check_description<Column>("Column");
  check_description<Rule>("Rule");
  check_description<Holder>("Holder");
  check_description<Claim>("Claim");
  check_description<Limit>("Limit");
  check_description<Object>("Object");
  check_description<Effect>("Effect");
  check_description<FileChecks>("FileChecks");
  check_description<Cell>("Cell");
  check_description<ResultFile>("ResultFile");
  check_description<Export>("Export");
  check_description<Role>("Role");
  check_description<Schema>("Schema");
}

TEST_CASE("every enumerator has its word")
{
  CHECK(word_of(Plus::means_phone) == "means_phone");
  CHECK(word_of(Is::pool) == "pool");
  CHECK(word_of(Keys::from_host) == "from_host");
  CHECK(word_of(Blank::clear) == "clear");
  CHECK(word_of(Blank::pool) == "pool");
  CHECK(word_of(rollcall::Severity::warning) == "warning");
  CHECK(word_of(Stage::authority) == "authority");
  CHECK(word_of(Duplicates::every) == "every");
  CHECK(word_of(Rows::in_turn) == "in_turn");
  CHECK(word_of(Action::template_) == "template");
  CHECK(word_of(Action::export_) == "export");
  CHECK(word_of(Action::jobs) == "jobs");
}
