// Nearest values: which one is taken, among few and among many.
#include "directory/nearest_value.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "directory/people.hpp"
#include "rollcall/memory_directory.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

MemoryDirectory teams(const std::vector<std::string>& names)
{
  SystemSeams system;
  auto directory = must(MemoryDirectory::make(people(), system.seams()));
  Groups groups;
  for (const std::string& called : names) groups.begin().create(team, called, {{lead, called}});
  (void)groups.apply_to(directory);
  return directory;
}

std::string nearest_team(const std::vector<std::string>& names, std::string_view text)
{
  MemoryDirectory directory = teams(names);
  return must(directory.nearest(team, key_field, text)).value_or("-");
}

} // namespace

TEST_CASE("the nearest is taken, without case, and of equals none")
{
  CHECK(nearest_team({"Anonymous", "Autonomous"}, "Anonimous") == "Anonymous");
  CHECK(nearest_team({"Autonomous", "ANONYMOUS"}, "anonimous") == "ANONYMOUS");
  CHECK(nearest_team({"Cable", "Bable", "Table"}, "able") == "-");
  CHECK(nearest_team({"Cable", "Bable", "Table"}, "tabel") == "Table");
  CHECK(nearest_team({"Sales"}, "SALES") == "Sales");
  CHECK(nearest_team({"Sales"}, "Slaes") == "Sales");
  CHECK(nearest_team({"Sales"}, "Sals") == "Sales");
  CHECK(nearest_team({}, "Sales") == "-");
  CHECK(nearest_team({"Sales"}, std::string(100'000, 'S')) == "-");
  CHECK(nearest_team({"Stra\xC3\x9F"
                      "e"},
                     "STRASE") != "-");
}

TEST_CASE("among very many, what is one letter away is found")
{
  std::vector<std::string> names;
  for (int i = 0; i != 10'001; ++i) names.push_back("Team number " + std::to_string(100'000 + i));
  names.push_back("Sales & Support");
  MemoryDirectory directory = teams(names);
  for (const char* const text : {"sales & suport", "sales & supportt", "slaes & support",
                                 "sales & supp0rt", "ales & support", "SALES & SUPPOR"}) {
    CHECK(must(directory.nearest(team, key_field, text)) == "Sales & Support");
    CHECK(must(directory.nearest(team, lead, text)) == "Sales & Support");
  }
  CHECK_FALSE(must(directory.nearest(team, key_field, "sles & suport")));
  CHECK(must(directory.nearest(team, key_field, "team number 99999")) == std::nullopt);
  CHECK_FALSE(must(directory.nearest(team, key_field, "team number 10000x")));
  CHECK(must(directory.nearest(team, key_field, "team numbr 100007")) == "Team number 100007");
  CHECK(must(directory.nearest(team, key_field, "team number 1ooo07")) == std::nullopt);
  CHECK(must(directory.nearest(team, key_field, "team number 10o007")) == "Team number 100007");
  CHECK(must(directory.nearest(team, key_field, "teamnumber 100007")) == "Team number 100007");
}

TEST_CASE("among very many, what is equally near is not taken")
{
  std::vector<std::string> names;
  for (int i = 0; i != 10'001; ++i) names.push_back("Team number " + std::to_string(100'000 + i));
  names.insert(names.end(), {"Agenta", "Agentb"});
  MemoryDirectory directory = teams(names);
  CHECK_FALSE(must(directory.nearest(team, key_field, "agentc")));
  CHECK(must(directory.nearest(team, key_field, "agemta")) == "Agenta");
}

TEST_CASE("what was added, renamed or taken away since the last search is seen")
{
  MemoryDirectory directory = teams({"Sales", "Support"});
  const auto nearest = [&](std::string_view text) {
    return must(directory.nearest(team, lead, text)).value_or("-");
  };
  CHECK(nearest("Saels") == "Sales");
  CHECK(nearest("Markting") == "-");
  Groups groups;
  groups.begin().create(team, "Marketing", {{lead, "Marketing"}});
  groups.begin().update(team, "Sales", {{lead, "Trade"}});
  groups.begin().remove(team, "Support");
  (void)groups.apply_to(directory);
  CHECK(nearest("Markting") == "Marketing");
  CHECK(nearest("Saels") == "-");
  CHECK(nearest("Trad") == "Trade");
  CHECK(nearest("Suport") == "-");
}
