// Rows that hang on rows before them are looked at as the others are: who wants a stale plan
// refused gets it refused, and what a row does itself makes no later one stale.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "apply/office.hpp"
#include "formats/catalogue.hpp"
#include "support/chance.hpp"
#include "support/planning.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct User {
  std::string name = {}, number = {}, private_number = {};
  bool has_voice = true;
  std::string team = {};
};

std::string cell(const char* name, const std::string& value)
{
  return value.empty() ? "" : std::string{", \""}.append(name).append("\": \"") + value + '"';
}

// Users and their numbers, as one vendor and another keeps them.
struct Vendor {
  std::string_view header;
  std::string (*host)(const std::vector<User>& users, const std::vector<std::string>& numbers);
  std::string (*row)(const User& user);
  std::string (*number)(std::size_t index);
  bool takes; // a number that somebody else has
};

constexpr std::size_t numbers_there = 10;

std::string phones_of(const std::vector<User>& users, const std::vector<std::string>& numbers)
{
  std::string json = R"({"user": [)";
  for (const User& each : users)
    json += std::string{&each == users.data() ? "" : ","} + R"({"upn": ")" + each.name +
            R"(@c.de", "enterprise_voice": )" + (each.has_voice ? "true" : "false") +
            cell("primary_number", each.number) + cell("private_number", each.private_number) + "}";
  json += R"(], "number": [)";
  for (const std::string& each : numbers)
    json += std::string{&each == numbers.data() ? "" : ","} + R"({"e164": ")" + each + "\"}";
  return json + "]}";
}

std::string mail_of(const User& user)
{
  return user.private_number.empty() ? "" : "a" + user.private_number + "@b.de";
}

std::string office_of(const std::vector<User>& users, const std::vector<std::string>& /*numbers*/)
{
  std::string json = R"({"tenant": {"floor": "1"}, "user": [)";
  for (const User& each : users)
    json += std::string{&each == users.data() ? "" : ","} + R"({"id": ")" + each.name.substr(1) +
            R"(", "name": "Ada")" + cell("extension", each.number) + cell("email", mail_of(each)) +
            cell("team", each.team) + "}";
  return json + R"(], "team": [{"name": "Sales", "open": true}, {"name": "Lab", "open": true}]})";
}

const Vendor in_turn{.header = "User Principal Name,Primary Phone Number\n",
                     .host = phones_of,
                     .row = [](const User& user) { return user.name + "@c.de," + user.number; },
                     .number = [](std::size_t i) { return "+4930000010" + std::to_string(i); },
                     .takes = true};
const Vendor at_once{.header = "ID,Name,Extension,Email\n",
                     .host = office_of,
                     .row =
                         [](const User& user) {
                           return user.name.substr(1) + (user.has_voice ? ",Ada," : ",Eve,") +
                                  user.number + "," + mail_of(user);
                         },
                     .number = [](std::size_t i) { return "20" + std::to_string(i); },
                     .takes = false};

class Meddler {
 public:
  Meddler(const Vendor& vendor, std::uint32_t seed) : vendor_{vendor}, chance_{seed}
  {
    for (std::size_t i = 0; i != numbers_there; ++i) numbers_.push_back(vendor.number(i));
    for (std::size_t i = 0; i != 7; ++i) {
      User user{.name = "u" + std::to_string(i + 1)};
      if (chance_.one_in(2)) user.number = free();
      users_.push_back(user);
      if (chance_.one_in(4)) users_.back().private_number = free();
    }
  }

  [[nodiscard]] std::string host() const { return vendor_.host(users_, numbers_); }

  std::string file()
  {
    std::string text{vendor_.header};
    for (const User& each : users_) {
      if (chance_.one_in(4)) continue;
      User wanted = each;
      if (!chance_.one_in(4)) wanted.number = chance_.of(numbers_);
      if (!vendor_.takes && chance_.one_in(3)) wanted.private_number = free();
      wanted.has_voice = vendor_.takes || chance_.one_in(2);
      text += vendor_.row(wanted) + "\n";
      if (vendor_.takes && chance_.one_in(6)) text += vendor_.row({.name = each.name}) + "\n";
    }
    return text;
  }

  // What somebody else does meanwhile.
  void meddle()
  {
    User& user = users_[chance_.below(users_.size())];
    switch (chance_.below(7)) {
      case 0:
        user.number = free();
        break;
      case 1:
        user.number.clear();
        break;
      case 2:
        user.has_voice = false;
        break;
      case 3:
        user.team = "Lab";
        break;
      case 4:
        user.private_number = free();
        break;
      case 5:
        user.private_number.clear();
        break;
      default:
        users_.erase(users_.begin() + (&user - users_.data()));
        break;
    }
  }

 private:
  std::string free()
  {
    for (;;) {
      const std::string& number = chance_.of(numbers_);
      bool is_held = false;
      for (const User& each : users_)
        is_held = is_held || each.number == number || each.private_number == number;
      if (!is_held) return number;
      if (chance_.one_in(40)) return {};
    }
  }

  const Vendor& vendor_;
  Chance chance_;
  std::vector<User> users_;
  std::vector<std::string> numbers_;
};

} // namespace

TEST_CASE("a row that takes from one before it is looked at for what nobody has changed")
{
  constexpr std::string_view host = R"({
    "user": [{"upn": "ada@c.de", "enterprise_voice": true},
             {"upn": "ben@c.de", "enterprise_voice": true}],
    "number": [{"e164": "+493000001"}, {"e164": "+493000002"}]})";
  Planning planning{formats::call_manager(), host};
  const std::string plan = planning.plan_of(
      "User Principal Name,Phone Number\n"
      "ada@c.de,+493000001\n"
      "ben@c.de,+493000001\n");
  CHECK(planning.outcomes() == "updated, updated");
  std::string now{host};
  const std::string_view ben = R"("ben@c.de", "enterprise_voice": true)";
  now.insert(now.find(ben) + ben.size(), R"(, "primary_number": "+493000002")");
  planning.directory.hold(now);
  const std::string before = planning.directory.json();
  planning.apply(plan);
  CHECK(planning.refusal() ==
        "plan.stale: the plan no longer fits (stale groups: 1); in line 3 primary_number of user "
        "ben@c.de was nothing when planned and is +493000002");
  CHECK(planning.directory.json() == before);
}

TEST_CASE("a plan is refused where a row of it would be stale, and nowhere else")
{
  for (const Vendor* const vendor : {&in_turn, &at_once}) {
    std::size_t refused = 0, fitting = 0;
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
      CAPTURE(vendor->header);
      CAPTURE(seed);
      Meddler meddler{*vendor, seed};
      Planning planning{vendor->takes ? formats::call_manager() : office(), meddler.host()};
      const std::string plan = planning.plan_of(meddler.file());
      REQUIRE(planning.job.refusal == Refusal::none);
      if (seed % 5 != 0) meddler.meddle();
      if (seed % 3 == 0) meddler.meddle();
      const std::string now = meddler.host();
      planning.directory.hold(now);
      const std::string before = planning.directory.json();
      planning.apply(plan);
      const bool is_refused = planning.job.refusal == Refusal::stale;
      if (is_refused) CHECK(planning.directory.json() == before);
      (is_refused ? refused : fitting)++;

      planning.directory.hold(now);
      planning.how.stale = Stale::row;
      planning.apply(plan);
      CAPTURE(planning.outcomes());
      CHECK((planning.job.stale != 0) == is_refused);
    }
    CHECK(refused > 100);
    CHECK(fitting > 100);
  }
}
