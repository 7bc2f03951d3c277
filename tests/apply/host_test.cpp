// Hosts that refuse, say nothing, lie, give other keys than expected, or break off; and people who
// stop a job.
#include <doctest/doctest.h>

#include <functional>
#include <map>

#include "apply/office.hpp"
#include "rollcall/job_watcher.hpp"
#include "support/forwarding_directory.hpp"
#include "support/memory.hpp"
#include "support/planning.hpp"

using namespace rollcall;
using rollcall::tests::FakeDirectory;
using rollcall::tests::ForwardingDirectory;
using rollcall::tests::Lie;
using rollcall::tests::many_people;
using rollcall::tests::must;
using rollcall::tests::office;
using rollcall::tests::office_people;
using rollcall::tests::Planning;

namespace {

// A host with a will of its own about the groups that it is given, which count from 0.
class Host final : public ForwardingDirectory {
 public:
  enum class Does : std::uint8_t { apply, refuse, say_nothing, say_unknown };

  explicit Host(Directory& objects) : ForwardingDirectory{&objects}, objects_{objects} {}

  std::map<std::size_t, Does> on = {};
  std::map<std::size_t, std::string> gives = {}; // the key of the first object of a group
  std::map<std::size_t, Answer> remembers = {};  // what it says when it is asked afterwards
  std::vector<std::string> operations = {};      // as they were given
  bool lies_when_asked = false;

  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    for (std::size_t i = 0; i != groups.size(); ++i) {
      const std::size_t number = operations.size();
      operations.emplace_back(groups[i].operation);
      Changed changed{i, gives.contains(number) ? &gives[number] : nullptr, sink};
      switch (on.contains(number) ? on[number] : Does::apply) {
        case Does::apply:
          ROLLCALL_CHECK(objects_.apply(groups.subspan(i, 1), changed));
          break;
        case Does::refuse:
          sink.answer(i, Answer::refused, {}, "there is no licence");
          break;
        case Does::say_unknown:
          sink.answer(i, Answer::unknown, {}, {});
          break;
        case Does::say_nothing:
          break;
      }
    }
    return success();
  }

  [[nodiscard]] Result<void> probe(std::span<const std::string_view> asked,
                                   AnswerSink& sink) override
  {
    for (std::size_t i = 0; i != asked.size(); ++i)
      for (const auto& [number, answer] : remembers)
        if (operations[number] == asked[i]) {
          const std::string_view key = "2";
          const bool has_key = answer == Answer::applied && !lies_when_asked;
          sink.answer(i, answer, has_key ? std::span{&key, 1} : std::span<const std::string_view>{},
                      "it was switched off");
        }
    return success();
  }

 private:
  class Changed final : public AnswerSink {
   public:
    Changed(std::size_t group, const std::string* gives, AnswerSink& sink)
        : group_{group}, gives_{gives}, sink_{sink}
    {
    }
    void answer(std::size_t, Answer answer, std::span<const std::string_view> keys,
                std::string_view why) override
    {
      std::vector<std::string_view> given{keys.begin(), keys.end()};
      if (gives_ != nullptr && !given.empty()) given.front() = *gives_;
      sink_.answer(group_, answer, given, why);
    }

   private:
    std::size_t group_;
    const std::string* gives_;
    AnswerSink& sink_;
  };

  Directory& objects_;
};

constexpr std::string_view file = "ID,Name,Email\n1,Ada,ada2@b.de\n2,Bo,bo2@b.de\n3,Cy,cy2@b.de\n";

struct Applying {
  Planning planning{office(), office_people};
  Host host{planning.directory};
  std::string plan = planning.plan_of(file);

  Applying() { planning.host = &host; }
};

class Watcher final : public JobWatcher {
 public:
  std::size_t stops_after = FakeDirectory::never;
  std::vector<JobProgress> seen = {};
  [[nodiscard]] bool goes_on(const JobProgress& progress) override
  {
    seen.push_back(progress);
    return seen.size() < stops_after;
  }
};

} // namespace

TEST_CASE("what the host refuses has failed, with its own words, and the others are done")
{
  Applying applying;
  applying.host.on[1] = Host::Does::refuse;
  applying.planning.apply(applying.plan);
  CHECK(applying.planning.outcomes().starts_with("updated, failed ["));
  CHECK(applying.planning.outcomes().ends_with("], updated"));
  CHECK(applying.planning.outcomes().find("there is no licence") != std::string::npos);
  CHECK(applying.planning.report.find("\"host.refused\"") != std::string::npos);
  CHECK(applying.planning.job.state == JobState::partial);
  CHECK(applying.planning.directory.json().find("bo@b.de") != std::string::npos);
}

TEST_CASE("an operation has a name of its own, and the same one in every run of a plan")
{
  Applying applying;
  applying.planning.apply(applying.plan);
  auto names = applying.host.operations;
  REQUIRE(names.size() == 3);
  CHECK(names[0] != names[1]);
  CHECK(names[0].starts_with(applying.plan.substr(applying.plan.find("\"id\":\"") + 6, 32)));
  Applying again;
  again.planning.apply(applying.plan);
  CHECK(again.host.operations == names);
}

TEST_CASE("what the host says nothing about is asked about, and unknown if nobody can tell")
{
  for (const auto silence : {Host::Does::say_nothing, Host::Does::say_unknown}) {
    Applying applying;
    applying.host.on[1] = silence;
    applying.planning.apply(applying.plan);
    CHECK(applying.planning.outcomes().starts_with("updated, unknown ["));
    CHECK(applying.planning.job.unknown == 1);
    CHECK(applying.planning.job.state == JobState::partial);

    Applying found;
    found.host.on[1] = silence;
    found.host.remembers[1] = Answer::applied;
    found.planning.apply(found.plan);
    CHECK(found.planning.outcomes() == "updated, updated, updated");

    Applying lost;
    lost.host.on[1] = silence;
    lost.host.remembers[1] = Answer::refused;
    lost.planning.apply(lost.plan);
    CHECK(lost.planning.outcomes().starts_with("updated, failed ["));
    CHECK(lost.host.operations.size() == 3); // nothing was given twice
  }
}

TEST_CASE("a host that answers as none can is an error, and is believed nothing")
{
  for (const Lie lie : {Lie::answers_twice, Lie::answers_a_stranger, Lie::fields_missing,
                        Lie::fields_too_many, Lie::not_asked}) {
    Planning planning{office(), office_people};
    const std::string plan = planning.plan_of(file);
    planning.directory.lie = lie;
    const auto applied = planning.try_to_apply(plan);
    REQUIRE_FALSE(applied.has_value());
    CHECK(applied.assume_error().code() == ErrorCode::host_failed);
    CHECK(planning.report.empty());
  }
  Applying asked;
  asked.host.on[1] = Host::Does::say_nothing;
  asked.host.remembers[1] = Answer::applied;
  asked.host.lies_when_asked = true;
  const auto applied = asked.planning.try_to_apply(asked.plan);
  REQUIRE_FALSE(applied.has_value());
  CHECK(applied.assume_error().code() == ErrorCode::host_failed);
}

TEST_CASE("a host that breaks off anywhere is an error, never half a report")
{
  Planning counting{office(), office_people};
  const std::string plan = counting.plan_of(file);
  counting.directory.calls.clear();
  counting.apply(plan);
  const std::size_t calls = counting.directory.calls.size();
  CHECK(calls > 4);
  for (std::size_t call = 0; call != calls; ++call) {
    Planning planning{office(), office_people};
    planning.directory.fail_at = call;
    const auto applied = planning.try_to_apply(plan);
    CAPTURE(call);
    REQUIRE_FALSE(applied.has_value());
    CHECK(applied.assume_error().code() == ErrorCode::host_failed);
    CHECK(planning.report.empty());
  }
}

TEST_CASE("the key that a host gives is the one that is reported, whatever was expected")
{
  Planning planning{office(schema::Keys::from_host), office_people};
  Host host{planning.directory};
  planning.host = &host;
  host.gives[0] = "900";
  const std::string plan = planning.plan_of("ID,Name\n,Di\n,Eve\n");
  CHECK(plan.find("\"key\":\"4\"") == std::string::npos); // it is known after
  planning.apply(plan);
  const std::string report{planning.report};
  CHECK(report.find(R"("row": 1, "line": 2, "key": "900", "outcome": "created")") !=
        std::string::npos);
  CHECK(report.find(R"("row": 2, "line": 3, "key": "5", "outcome": "created")") !=
        std::string::npos);
}

TEST_CASE("who stops a job stops it between two groups, and what was not come to is withheld")
{
  std::string rows = "ID,Extension\n";
  for (std::size_t i = 0; i != 600; ++i)
    rows.append(std::to_string(i + 1)).append(",").append(std::to_string(5000 + i)).append("\n");
  Planning planning{office(), many_people(600)};
  const std::string plan = planning.plan_of(rows);
  CHECK(planning.job.updated == 600);
  Watcher watcher;
  watcher.stops_after = 2;
  planning.how.watcher = &watcher;
  planning.apply(plan);
  CHECK(planning.job.state == JobState::cancelled);
  REQUIRE(watcher.seen.size() == 2);
  const auto done = watcher.seen.back().groups;
  CHECK(done < 600);
  CHECK(planning.job.updated == done);
  CHECK(planning.job.withheld == 600 - done);
  const std::string after = planning.directory.json();
  std::size_t changed = 0;
  for (std::size_t i = 0; i != 600; ++i)
    if (after.find("\"" + std::to_string(5000 + i) + "\"") != std::string::npos) ++changed;
  CHECK(changed == done);
}

TEST_CASE("atomic, a group that the host refuses stops all that follow")
{
  Planning planning{office(), office_people};
  planning.options.atomic = true;
  const std::string plan = planning.plan_of(file);
  Host host{planning.directory};
  host.on[0] = Host::Does::refuse;
  planning.host = &host;
  planning.apply(plan);
  CHECK(planning.job.failed == 1);
  CHECK(planning.job.rows == 3);
  CHECK(planning.job.state != JobState::succeeded);
}

TEST_CASE("who has the number by now that a new user was expected to get is not that user")
{
  Planning planning{office(schema::Keys::from_host), office_people};
  planning.directory.next_is = 4; // and says so for ever
  const std::string plan = planning.plan_of("ID,Name,Email\n,Di,di@b.de\n");
  std::string now{office_people};
  now.insert(now.find(R"({"id": "1")"), R"({"id": "4", "name": "Xi", "email": "di@b.de"}, )");
  planning.directory.hold(now);
  planning.how.stale = Stale::row;
  planning.apply(plan);
  CHECK(planning.outcomes() == "stale [di@b.de was free when planned and is held by 4]");
}

TEST_CASE("a plan takes no memory for rows that do nothing")
{
  constexpr std::size_t idle = 20'000;
  Planning planning{office(), office_people};
  std::vector<std::string> lines = tests::lines_of(planning.plan_of("ID,Name\n1,Ada Byron\n"));
  REQUIRE(lines.size() == 3);
  const std::string key(500, 'k');
  std::string end = lines.back();
  lines.pop_back();
  for (std::size_t row = 2; row != idle + 2; ++row) {
    const std::string number = std::to_string(row);
    lines.push_back(R"({"row":)" + number + R"(,"line":)" + std::to_string(row + 1) +
                    R"(,"key":")" + key + R"(","outcome":"unchanged"})");
  }
  end.replace(end.find("\"rows\":1"), 8, "\"rows\":" + std::to_string(idle + 1));
  lines.push_back(
      end.replace(end.find("\"warnings\""), 0, "\"unchanged\":" + std::to_string(idle) + ","));
  const std::string plan = tests::signed_plan(lines);
  tests::CountingMemory memory;
  planning.memory = &memory;
  planning.has_file = false;
  planning.apply(plan);
  CHECK(planning.job.updated == 1);
  CHECK(planning.job.unchanged == idle);
  CHECK(memory.bytes_most() < plan.size() / 3);
}
