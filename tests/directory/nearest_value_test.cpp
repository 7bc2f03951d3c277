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

TEST_CASE("the nearest is taken, of equals the first without case, whatever came first")
{
  CHECK(nearest_team({"Anonymous", "Autonomous"}, "Anonimous") == "Anonymous");
  CHECK(nearest_team({"Autonomous", "ANONYMOUS"}, "anonimous") == "ANONYMOUS");
  CHECK(nearest_team({"Cable", "Bable", "Table"}, "able") == "Bable");
  CHECK(nearest_team({"Table", "Bable", "Cable"}, "able") == "Bable");
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
  CHECK(must(directory.nearest(team, key_field, "team number 10000x")) == "Team number 100000");
}
