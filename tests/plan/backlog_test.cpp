// What waits to be done is done as it was said.
#include "plan/backlog.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "directory/people.hpp"
#include "rollcall/memory_directory.hpp"

namespace rollcall::tests {
namespace {

class Told final : public AnswerSink {
 public:
  void answer(std::size_t group, Answer answer, std::span<const std::string_view> keys,
              std::string_view why) override
  {
    said += (said.empty() ? "" : ", ") + std::to_string(group) + " ";
    said += answer == Answer::applied ? std::string{keys[0]} : std::string{why};
  }
  std::string said;
};

MemoryDirectory two_users()
{
  SystemSeams system;
  MemorySource source{std::string_view{
      R"({"user": [{"id": "1", "name": "Ada", "email": "a@b"}, {"id": "2", "name": "Eve"}]})"}};
  return must(MemoryDirectory::read(source, people(), system.seams()));
}

} // namespace

TEST_CASE("changes are done in their order, with all that they say")
{
  plan::Backlog backlog{*std::pmr::new_delete_resource()};
  CHECK(backlog.is_empty());
  {
    // None of this is there any more when they are done.
    const std::string long_name(1000, 'x');
    std::string key = "1";
    const std::vector<FieldChange> cleared = {{.field = email, .before = "a@b"}};
    const std::vector<FieldChange> named = {{.field = name, .before = "Ada", .after = long_name}};
    const std::vector<FieldChange> fresh = {{.field = email, .after = "c@d"},
                                            {.field = pin, .secret = SecretFrom::column}};
    const std::vector<Change> first = {
        {.op = Op::update, .kind = user, .key = key, .fields = named}};
    const std::vector<Change> second = {
        {.op = Op::update, .kind = user, .key = key, .fields = cleared},
        {.op = Op::delete_, .kind = user, .key = "2"}};
    const std::vector<Change> third = {{.op = Op::create, .kind = user, .fields = fresh}};
    backlog.add(first);
    backlog.add(second);
    backlog.add(third);
    key = "9";
  }
  CHECK_FALSE(backlog.is_empty());
  MemoryDirectory directory = two_users();
  Told told;
  must(backlog.give_to(directory, told));
  CHECK(told.said == "0 1, 1 1, 2 2");
  CHECK(backlog.is_empty());
  CHECK(found(directory, user, name, {std::string(1000, 'x')}).size() == 1);
  CHECK(found(directory, user, email, {"a@b"}).empty());
  CHECK(found(directory, user, email, {"c@d"}).size() == 1);
  CHECK(found(directory, user, pin, {"true"}).size() == 1);
  CHECK(found(directory, user, key_field, {"2"}).size() == 1); // the new one
  CHECK(must(directory.count(user)) == 2);
}

TEST_CASE("what is refused is said, and what was forgotten is not done")
{
  plan::Backlog backlog{*std::pmr::new_delete_resource()};
  const std::vector<Change> changes = {{.op = Op::delete_, .kind = user, .key = "7"}};
  backlog.add(changes);
  MemoryDirectory directory = two_users();
  Told told;
  must(backlog.give_to(directory, told));
  CHECK(told.said == "0 user 7 is not there");
  backlog.add(changes);
  backlog.clear();
  CHECK(backlog.is_empty());
  must(backlog.give_to(directory, told));
  CHECK(told.said == "0 user 7 is not there");
}

TEST_CASE("there may be many of them")
{
  plan::Backlog backlog{*std::pmr::new_delete_resource()};
  MemoryDirectory directory = two_users();
  for (int i = 0; i != 5000; ++i) {
    const std::string id = std::to_string(100 + i);
    const std::vector<FieldChange> fields = {{.field = name, .after = id}};
    const std::vector<Change> changes = {
        {.op = Op::create, .kind = user, .key = id, .fields = fields}};
    backlog.add(changes);
  }
  Told told;
  must(backlog.give_to(directory, told));
  CHECK(must(directory.count(user)) == 5002);
  CHECK(found(directory, user, name, {"5099"}).size() == 1);
}

} // namespace rollcall::tests
