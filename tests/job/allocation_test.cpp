// What jobs do when memory gives out at every single point: an error, and nothing is left behind.
#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>

#include "job/failing.hpp"
#include "schema/compiled.hpp"
#include "support/failing_new.hpp"
#include "support/memory.hpp"

using namespace rollcall;
using rollcall::tests::AllocationsLeft;
using rollcall::tests::code_of;
using rollcall::tests::CountingMemory;
using rollcall::tests::exchange;
using rollcall::tests::FailingMemory;
using rollcall::tests::phone_system;
using rollcall::tests::Running;
using rollcall::tests::varied_file;

namespace {

// How many allocations a piece of work makes.
template <class Work>
std::size_t count_allocations(Work work)
{
  constexpr std::size_t plenty = 1'000'000;
  const AllocationsLeft left{plenty};
  work();
  return plenty - tests::allocations_left;
}

// What is made of a schema fails in the tests of schemas.
std::size_t allocations_of_schema(const schema::Schema& schema)
{
  return count_allocations([&] { (void)schema::CompiledSchema::compile(schema); });
}

// Lets each allocation of a piece of work fail once, from that one on, until none does; all is
// given back.
template <class Work>
void fail_at_each_allocation(Work work, std::size_t first = 0)
{
  for (std::size_t allocations = first;; ++allocations) {
    const auto alive = tests::allocations_alive;
    const std::optional<ErrorCode> code = work(allocations);
    const auto alive_after = tests::allocations_alive;
    CAPTURE(allocations);
    CHECK(alive_after == alive);
    if (!code) {
      CHECK(allocations > first + 5);
      return;
    }
    CHECK(*code == ErrorCode::out_of_memory);
    REQUIRE(allocations < 100'000);
  }
}

} // namespace

TEST_CASE("each allocation of the memory seam fails once, and all of it is given back")
{
  Running whole = phone_system();
  whole.wants_result = true;
  whole.executed(exchange);
  std::size_t allocations = 0;
  for (;; ++allocations) {
    Running job = phone_system();
    job.wants_result = true;
    const std::string before = job.directory.json();
    FailingMemory memory{allocations};
    job.memory = &memory;
    const auto result = job.try_to_execute(exchange);
    if (result.has_value()) {
      CHECK(job.report.text == whole.report.text);
      CHECK(job.result.text == whole.result.text);
      CHECK(job.directory.json() == whole.directory.json());
      break;
    }
    CHECK(memory.has_failed());
    CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
    CHECK(job.directory.json() == before);
    REQUIRE(allocations < 10'000);
  }
  CHECK(allocations > 5);

  CountingMemory counting;
  Running job = phone_system();
  job.memory = &counting;
  job.executed(exchange);
  CHECK(counting.allocations() > 5);
  CHECK(counting.bytes_now() == 0);
}

TEST_CASE("each allocation of operator new of a validation fails once, and all is given back")
{
  for (const std::string& text :
       {varied_file, std::string{"foo\n"}, std::string{"ID,Full Name,id\n"}, std::string{}}) {
    const std::size_t first = allocations_of_schema(tests::staff());
    fail_at_each_allocation(
        [&](std::size_t allocations) -> std::optional<ErrorCode> {
          Running job;
          const auto outputs = job.outputs();
          MemorySource source{text};
          const AllocationsLeft left{allocations};
          return code_of(validate(job.schema, source, job.directory, job.context, job.options,
                                  outputs, job.seams()));
        },
        first);
  }
}

TEST_CASE("each allocation of operator new of an execution fails once, and no group is half done")
{
  std::set<std::string> states;
  const std::size_t first = allocations_of_schema(phone_system().schema);
  fail_at_each_allocation(
      [&](std::size_t allocations) -> std::optional<ErrorCode> {
        std::optional<ErrorCode> code;
        std::string after;
        {
          Running job = phone_system();
          const auto outputs = job.outputs();
          MemorySource source{exchange};
          {
            const AllocationsLeft left{allocations};
            code = code_of(execute(job.schema, source, job.directory, job.context, job.options,
                                   outputs, job.seams()));
          }
          after = job.directory.json();
        }
        const auto alive = tests::allocations_alive;
        if (states.insert(after).second) tests::allocations_alive = alive; // it stays
        return code;
      },
      first);
  // Two groups: the rows that exchange their extensions, and the new user.
  Running whole = phone_system();
  const std::string before = whole.directory.json();
  whole.executed(exchange);
  CHECK(states.count(before) == 1);
  CHECK(states.count(whole.directory.json()) == 1);
  CHECK(states.size() <= 3);
}

TEST_CASE("reading a context fails at each allocation once, and gives all back")
{
  fail_at_each_allocation([&](std::size_t allocations) -> std::optional<ErrorCode> {
    MemorySource source{
        R"({"actor": {"name": "somebody with a name", "role": "a role as long", "x": ["a"]},
            "options": {"a very long name of an option": "and a very long value"}})"};
    const AllocationsLeft left{allocations};
    return code_of(read_context(source));
  });
}
