// What directories do when there is no memory: each allocation of a piece of work fails once, those
// of the memory resource and those of new, and nothing is half done.
#include <doctest/doctest.h>

#include <functional>
#include <memory_resource>
#include <string>

#include "directory/overlay.hpp"
#include "directory/people.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/failing_new.hpp"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr std::string_view some_people = R"({
  "tenant": {"name": "acme", "list": [1, "two", {"three": [null]}]},
  "user": [{"id": "1", "name": "Ada", "extension": "100", "email": "ada@example.com", "x": [1.5]},
           {"id": "2", "name": "Stra\u00dfe und noch ein sehr langer Name", "active": true},
           {"id": "3", "name": "Eve", "extension": "101", "level": 7, "pin": "secret"}],
  "log": [{"a": {"b": ["a text that no small string optimisation has room for"]}}]})";

// Has memory until it is told how often more.
class Memory final : public std::pmr::memory_resource {
 public:
  std::size_t left = unlimited_allocations;

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override
  {
    if (left == 0) throw std::bad_alloc{};
    if (left != unlimited_allocations) --left;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override
  {
    std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
  }
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override
  {
    return this == &other;
  }
};

struct Machine {
  Memory memory;
  SystemFiles files;
  SystemClock clock;
  SystemRandom random;
  [[nodiscard]] Seams seams()
  {
    return {.memory = &memory, .files = &files, .clock = &clock, .random = &random};
  }
};

MemoryDirectory read(Machine& machine)
{
  MemorySource source{some_people};
  return must(MemoryDirectory::read(source, people(), machine.seams()));
}

std::string written(const MemoryDirectory& directory)
{
  std::pmr::string text;
  TextSink sink{text};
  must(directory.write(sink));
  return std::string{text};
}

// All that can be asked about users.
Lines all_of(Directory& directory)
{
  Lines all = scanned(directory, user);
  for (FieldId by = 0; by != fields_of_user; ++by)
    for (const std::string& line : found(directory, user, by,
                                         {"Ada", "100", "101", "7", "true", "ada@example.com",
                                          "new@example.com", "a name that is new and long enough"}))
      all.push_back(std::to_string(by) + " " + line);
  all.push_back(std::to_string(must(directory.count(user))));
  all.push_back(std::to_string(must(directory.next_id(user)).value_or(0)));
  return all;
}

// Lets the work fail at each allocation, made anew each time; returns how many failed. After a
// failure `check` looks at what is left.
template <class Work>
std::size_t fail_at_each(Work work)
{
  std::size_t failures = 0;
  for (const bool of_resource : {true, false}) {
    for (std::size_t allocations = 0;; ++allocations) {
      CAPTURE(of_resource);
      CAPTURE(allocations);
      REQUIRE(allocations < 5000);
      if (work(of_resource, allocations)) break;
      ++failures;
    }
  }
  return failures;
}

// Runs a call with so many allocations, and says whether it succeeded.
template <class Call>
bool succeeds(Machine& machine, bool of_resource, std::size_t allocations, Call call)
{
  const auto result = [&] {
    if (of_resource) {
      machine.memory.left = allocations;
      return call();
    }
    const AllocationsLeft left{allocations};
    return call();
  }();
  machine.memory.left = unlimited_allocations;
  if (!result.has_value()) CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
  return result.has_value();
}

// Answers without an allocation of its own.
class Applied final : public AnswerSink {
 public:
  std::size_t groups = 0;
  void answer(std::size_t, Answer answer, std::span<const std::string_view>,
              std::string_view) override
  {
    if (answer == Answer::applied) ++groups;
  }
};

class Count final : public ObjectSink {
 public:
  std::size_t objects = 0;
  void object(std::size_t, const ObjectView&) override { ++objects; }
};

Groups one_group()
{
  Groups groups;
  groups.update(user, "1", {{extension, "101"}, {name, "a name that is new and long enough"}})
      .update(user, "3", {{extension, "100"}, {level, {}}})
      .create(user, {}, {{email, "new@example.com"}, {extension, "100"}})
      .create(team, "Sales", {{lead, "1"}})
      .remove(user, "2");
  for (int i = 0; i != 20; ++i)
    groups.create(user, "x" + std::to_string(i), {{email, "new@example.com"}});
  return groups;
}

} // namespace

TEST_CASE("a directory is read as a whole or not at all, whichever allocation fails")
{
  const std::string whole = [] {
    Machine machine;
    return written(read(machine));
  }();
  CHECK(fail_at_each([&](bool of_resource, std::size_t allocations) {
          Machine machine;
          const schema::Schema schema = people();
          MemorySource source{some_people};
          return succeeds(machine, of_resource, allocations, [&]() -> Result<void> {
            ROLLCALL_TRY(const auto directory,
                         MemoryDirectory::read(source, schema, machine.seams()));
            return directory.lists(user) ? Result<void>{success()}
                                         : Result<void>{Error{ErrorCode::internal}};
          });
        }) > 20);
  CHECK_FALSE(whole.empty());
}

TEST_CASE("whichever allocation of writing fails, the next attempt writes all")
{
  Machine machine;
  const MemoryDirectory directory = read(machine);
  const std::string whole = written(directory);
  CHECK(fail_at_each([&](bool of_resource, std::size_t allocations) {
          std::pmr::string text;
          text.reserve(100'000);
          TextSink sink{text};
          const bool is_written =
              succeeds(machine, of_resource, allocations, [&] { return directory.write(sink); });
          if (is_written) CHECK(std::string_view{text} == whole);
          return is_written;
        }) > 2);
}

TEST_CASE("whichever allocation of a question fails, it is answered the next time")
{
  CHECK(fail_at_each([](bool of_resource, std::size_t allocations) {
          Machine machine;
          MemoryDirectory directory = read(machine);
          const std::string_view value = "A NAME THAT IS LONGER THAN A SMALL STRING";
          Count count;
          const bool is_answered = succeeds(machine, of_resource, allocations, [&] {
            return directory.find(user, name, {&value, 1}, count);
          });
          CHECK(found(directory, user, name, {"EVE", "ada"}).size() == 2);
          return is_answered;
        }) > 2);
}

TEST_CASE("a group is applied as a whole or not at all, whichever allocation fails")
{
  const Groups groups = one_group();
  const std::vector<Group> views = groups.views();
  CHECK(fail_at_each([&](bool of_resource, std::size_t allocations) {
          Machine machine;
          MemoryDirectory directory = read(machine);
          const Lines before = all_of(directory); // with all indexes
          Applied applied;
          const bool is_done = succeeds(machine, of_resource, allocations,
                                        [&] { return directory.apply(views, applied); });
          CHECK(applied.groups == (is_done ? 1 : 0));
          if (!is_done) CHECK(all_of(directory) == before);
          if (!is_done) CHECK(groups.apply_to(directory).front().starts_with("applied 1 3 4 "));
          CHECK(all_of(directory) != before);
          CHECK(found(directory, user, email, {"new@example.com"}).size() == 21);
          CHECK(must(directory.count(user)) == 23);
          return is_done;
        }) > 10);
}

TEST_CASE("so is one that an overlay takes, and the base is not touched")
{
  const Groups groups = one_group();
  const std::vector<Group> views = groups.views();
  CHECK(fail_at_each([&](bool of_resource, std::size_t allocations) {
          Machine machine;
          MemoryDirectory base = read(machine);
          const std::string base_before = written(base);
          auto overlay = must(directory::Overlay::make(base, people(), machine.seams()));
          const Lines before = all_of(overlay);
          Applied applied;
          const bool is_done = succeeds(machine, of_resource, allocations,
                                        [&] { return overlay.apply(views, applied); });
          if (!is_done) CHECK(all_of(overlay) == before);
          if (!is_done) CHECK(groups.apply_to(overlay).front().starts_with("applied 1 3 4 "));
          CHECK(found(overlay, user, email, {"new@example.com"}).size() == 21);
          CHECK(must(overlay.count(user)) == 23);
          CHECK(written(base) == base_before);
          return is_done;
        }) > 10);
}
