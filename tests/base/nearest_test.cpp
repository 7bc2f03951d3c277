// "Did you mean": near names, and names that are not near enough to be taken for another.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/nearest.hpp"

using namespace rollcall;

namespace {

const std::vector<std::string> policies = {"Anonymous",
                                           "Sales",
                                           "Support",
                                           "Sale",
                                           "Stra\xC3\x9F"
                                           "e",
                                           "Berlin HQ",
                                           "en",
                                           "de"};

void near(std::string_view wanted, std::string_view found)
{
  CAPTURE(wanted);
  CHECK(NameList{policies}.nearest(wanted) == found);
}

void far(std::string_view wanted)
{
  near(wanted, "");
}

} // namespace

TEST_CASE("a name is near that is a slip of the fingers away")
{
  near("Anonimous", "Anonymous");  // exchanged
  near("Anonymus", "Anonymous");   // left out
  near("Anonnymous", "Anonymous"); // put in
  near("Anonymosu", "Anonymous");  // swapped
  near("anonimus", "Anonymous");
  near("ANONIMOUS", "Anonymous");
  near("Suport", "Support");
  near("Suppotr", "Support");
  near("upport", "Support");
  near("Supportt", "Support");
  near("Berlin_HQ", "Berlin HQ");
  near("Berlin", "");
  near("BerlinHQ", "Berlin HQ");
  near("strasse",
       "Stra\xC3\x9F"
       "e");
  near("starsse",
       "Stra\xC3\x9F"
       "e");
}

TEST_CASE("short names are near only if next to nothing differs")
{
  far("e");
  far("es");
  far("x");
  near("En", "en"); // the same but for case
  far("fr");
  near("Saels", "Sales");
  far("Saelx");
  far("Shop");
}

TEST_CASE("what is another name is not taken for a slip of the fingers")
{
  struct Pair {
    std::string_view wanted, name;
  };
  for (const Pair& pair : {Pair{"ann@contoso.com", "bob@contoso.com"},
                           {"ann@contoso.com", "eva@contoso.com"},
                           {"ann.lee@contoso.com", "bob.lee@contoso.com"},
                           {"jo@contoso.com", "al@contoso.com"},
                           {"ann@contoso.de", "ann@contoso.es"},
                           {"Sales South", "Sales North"},
                           {"Sales UK", "Sales US"},
                           {"Support West", "Support East"},
                           {"Plan B", "Plan A"},
                           {"Building I", "Building V"},
                           {"Sales", "Sales Team"},
                           {"Sales Team", "Sales"},
                           {"Customer Care", "Customer Core Unit"},
                           {"Frankfurt", "Frankfurt am Main"},
                           {"Supervision", "Supervisors"},
                           {"snom_d78", "snom_d785"}}) {
    CAPTURE(pair.wanted);
    CHECK(NameList{std::vector<std::string>{std::string{pair.name}}}.nearest(pair.wanted) == "");
    CHECK_FALSE(is_one_step(pair.wanted, pair.name));
  }
  for (const Pair& pair : {Pair{"debra.burger@contoso.com", "debra.berger@contoso.com"},
                           {"ann@contso.com", "ann@contoso.com"},
                           {"an@contoso.con", "an@contoso.com"},
                           {"Sales Suoth", "Sales South"},
                           {"sales_south", "Sales South"},
                           {"snm_d785", "snom_d785"},
                           {"Kundendienst Noord", "Kundendienst Nord"}}) {
    CAPTURE(pair.wanted);
    CHECK(NameList{std::vector<std::string>{std::string{pair.name}}}.nearest(pair.wanted) ==
          pair.name);
    CHECK(is_one_step(pair.wanted, pair.name));
  }
  CHECK(NameList{std::vector<std::string>{"Sales South"}}.nearest("Slaes Suoth") == "Sales South");
  CHECK_FALSE(is_one_step("Slaes Suoth", "Sales South"));
  CHECK(is_one_step("SALES", "Sales"));
}

TEST_CASE("a name with another digit is another one, not a slip of the fingers")
{
  const std::vector<std::string> rooms = {"Room 112", "+49300000009", "T46S", "Floor 1 East"};
  const NameList names{rooms};
  for (const std::string_view other :
       {"Room 113", "Room 121", "+49300000008", "+4930000009", "+493000000009", "T48S",
        "Floor 2 East", "Room 11", "Room 1112", "Room 1 12", "Room"})
    CHECK(names.nearest(other) == "");
  CHECK(names.nearest("Rom 112") == "Room 112");
  CHECK(names.nearest("Room112") == "Room 112");
  CHECK(names.nearest("Room 1l2") == "Room 112");
  CHECK(names.nearest("Flor 1 East") == "Floor 1 East");
  CHECK(NameList{std::vector<std::string>{"201"}}.nearest("2O1") == "201");
}

TEST_CASE("of names that are equally near none is meant, however they are offered")
{
  far("Salee"); // one step from Sale and from Sales
  const std::vector<std::string> one_way = {"bat", "cat", "rat", "hat"};
  const std::vector<std::string> other_way = {"rat", "hat", "cat", "bat"};
  CHECK(NameList{one_way}.nearest("xat") == "");
  CHECK(NameList{other_way}.nearest("xat") == "");
  CHECK(NameList{std::vector<std::string>{"Agenta", "Agentb", "Agents"}}.nearest("Agents") ==
        "Agents");
}

TEST_CASE("the same name twice, and names of one thing, are no rivals")
{
  Nearest twice{"Salse"};
  twice.offer("Sales");
  twice.offer("Sales");
  CHECK(twice.best() == "Sales");
  Nearest nearest{"bet"};
  nearest.offer("bat", "Animal");
  nearest.offer("bit", "Animal");
  CHECK(nearest.best() == "Animal");
  nearest.offer("but", "Word");
  CHECK(nearest.best() == "");
  nearest.offer("beet", "Animal"); // as near as the others
  CHECK(nearest.best() == "");
  nearest.offer("BET", "Animal");
  CHECK(nearest.best() == "Animal");
}

TEST_CASE("what looks as if it could not be near is not")
{
  std::string room;
  for (const std::string_view name : {"Sales", "Support", "Sale 1", "Room 112",
                                      "Stra\xC3\x9F"
                                      "e"}) {
    const Nearest::Look look = Nearest::look_at(name, room);
    for (const std::string_view wanted : {"Salse", "Suport", "strase", "Sale 1", "Rom 112", "x"}) {
      Nearest nearest{wanted};
      nearest.offer(name);
      CAPTURE(wanted);
      CAPTURE(name);
      CHECK((nearest.best().empty() || nearest.may_be(look)));
    }
  }
  CHECK_FALSE(Nearest{"Room 112"}.may_be(Nearest::look_at("Room 113", room)));
  CHECK_FALSE(Nearest{"Sales"}.may_be(Nearest::look_at("Sales Team", room)));
  CHECK_FALSE(Nearest{"Sales"}.may_be(Nearest::look_at(std::string(100'000, 's'), room)));
}

TEST_CASE("the nearer name wins over the first")
{
  CHECK(NameList{std::vector<std::string>{"vacation", "location"}}.nearest("locationn") ==
        "location");
}

TEST_CASE("nothing is near in an empty list, nor to an empty or endless name")
{
  CHECK(NameList{}.nearest("Sales") == "");
  far("");
  far(std::string(65, 'a'));
  far(std::string(100'000, 'a'));
  const std::vector<std::string> longest = {std::string(64, 'a'), std::string(65, 'a')};
  CHECK(NameList{longest}.nearest(std::string(63, 'a')) == longest[0]);
}

TEST_CASE("of too many names none is the nearest")
{
  Nearest nearest{"Salse"};
  nearest.offer("Sales");
  CHECK(nearest.best() == "Sales");
  for (std::size_t i = 1; i != Nearest::offers_max; ++i) nearest.offer("x");
  CHECK(nearest.best() == "Sales");
  nearest.offer("x");
  CHECK(nearest.best() == "");
}

namespace {

// The same distance by its definition, without a table and without a limit.
std::size_t steps(std::string_view a, std::string_view b)
{
  if (a.empty() || b.empty()) return a.size() + b.size();
  const std::size_t replaced = steps(a.substr(1), b.substr(1)) + (a.front() == b.front() ? 0U : 1U);
  std::size_t least = std::min({replaced, steps(a.substr(1), b) + 1, steps(a, b.substr(1)) + 1});
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0])
    least = std::min(least, steps(a.substr(2), b.substr(2)) + 1);
  return least;
}

} // namespace

TEST_CASE("what is near is what the definition of the distance says")
{
  std::uint32_t state = 1;
  const auto random = [&state](std::uint32_t below) {
    state = state * 1'664'525 + 1'013'904'223;
    return (state >> 16U) % below;
  };
  const auto word = [&] {
    std::string made;
    for (std::uint32_t size = 3 + random(5); size != 0; --size)
      made += static_cast<char>('a' + random(3));
    return made;
  };
  for (int i = 0; i != 1'000; ++i) {
    const std::string wanted = word();
    const std::vector<std::string> name = {word()};
    const std::size_t allowed = wanted.size() < 6 ? 1 : 2;
    CAPTURE(wanted);
    CAPTURE(name[0]);
    CHECK(!NameList{name}.nearest(wanted).empty() == (steps(wanted, name[0]) <= allowed));
  }
}

TEST_CASE("a list of names says them all")
{
  CHECK(NameList{}.text() == "");
  CHECK(NameList{policies}.text().starts_with("Anonymous, Sales, Support"));
}

TEST_CASE("what an address ends with may lack a letter, if only one address is that near")
{
  const auto nearest = [](std::string_view wanted, std::vector<std::string> names) {
    return std::string{NameList{names}.nearest(wanted)};
  };
  CHECK(nearest("x@contoso.co", {"x@contoso.com", "y@contoso.com"}) == "x@contoso.com");
  CHECK(nearest("x@contoso.cm", {"x@contoso.com"}) == "x@contoso.com");
  CHECK(nearest("x@mail.contoso.co", {"x@mail.contoso.com"}) == "x@mail.contoso.com");
  CHECK(nearest("x@contoso.co", {"x@contoso.com", "x@contoso.cof"}).empty());
  CHECK(nearest("x@contoso.co", {"x@contoso.com", "x@contosa.co"}).empty());
  CHECK(nearest("x@contoso.de", {"x@contoso.dk"}).empty());
  CHECK(nearest("x@contoso.c", {"x@contoso.com", "x@contoso.ch"}).empty());
  CHECK(nearest("Sales UK", {"Sales UKE"}).empty());
  CHECK(nearest("contoso.co", {"contoso.com"}).empty());
  CHECK(nearest("x.co@contoso", {"x.com@contoso"}).empty());
  CHECK(is_one_step("x@contoso.co", "x@contoso.com"));
}

TEST_CASE("who is as near as another is named with it, and none of them is the nearest")
{
  Nearest nearest{"Emal"};
  for (const std::string_view name : {"Email", "Phone", "Emall", "Email"}) nearest.offer(name);
  CHECK(nearest.best().empty());
  CHECK(std::vector(nearest.bests().begin(), nearest.bests().end()) ==
        std::vector<std::string>{"Email", "Emall"});
}
