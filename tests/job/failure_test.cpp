// What validating does when something else fails: the host, the report, the disk, and memory at
// every single point.
#include <doctest/doctest.h>

#include <array>
#include <cerrno>

#include "job/validating.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/failing_new.hpp"
#include "support/memory.hpp"

using namespace rollcall;
using rollcall::tests::AllocationsLeft;
using rollcall::tests::CountingMemory;
using rollcall::tests::FailingMemory;
using rollcall::tests::FakeDirectory;
using rollcall::tests::Validating;

namespace {

// A row for everything that takes memory: new, changed, quoted, composed, rejected, repaired.
const std::string file =
    "ID,Full Name,Email,Extension,Phone,Active,Mac Address,IP,Password,Unknown Column\n"
    ",\"B\"\"b\",rene\xCC\x81@example.com,301,+441234,yes,A0-B1-C2-D3-E4-F5,10.0.0.1,s3cret!,x\n"
    "1,Ada,ada.byron.king@example.com,\"201\",,no,,,,\n"
    "User-3,'=Ada,,a very long extension that is none,x,maybe,y,z,w,\"a\"b\n"
    "1,a name that is longer than any,,201,,,,,,\n"
    "77,Ada,,201\n";

// Lets each allocation of a piece of work fail once, until none does; all is given back.
template <class Work>
void fail_at_each_allocation(Work work)
{
  for (std::size_t allocations = 0;; ++allocations) {
    const auto alive = tests::allocations_alive;
    std::optional<ErrorCode> code;
    {
      const AllocationsLeft left{allocations};
      code = work();
    }
    const auto alive_after = tests::allocations_alive;
    CHECK(alive_after == alive);
    if (!code) {
      CHECK(allocations > 5);
      return;
    }
    CHECK(*code == ErrorCode::out_of_memory);
    REQUIRE(allocations < 100'000);
  }
}

template <class T>
std::optional<ErrorCode> code_of(const Result<T>& result)
{
  if (result.has_value()) return {};
  return result.assume_error().code();
}

} // namespace

TEST_CASE("a host that fails at any call is an error of the host, and nothing is reported")
{
  for (std::size_t call = 0; call != 2; ++call) {
    Validating job;
    job.directory.fail_at = call;
    const auto result = job.try_to_run(file);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::host_failed);
    CHECK(result.assume_error().detail() == "the host has hung up");
    CHECK(job.report.text.empty());
  }
}

TEST_CASE("a host that throws is an error, not the end of the process")
{
  class Throwing final : public Directory {
   public:
    bool lists(KindId) const override { return true; }
    Result<void> find(KindId, std::span<const std::string_view>, ObjectSink&) override
    {
      throw std::runtime_error{"a bug of the host"};
    }
    Result<std::optional<std::uint64_t>> next_id(KindId) override { return std::nullopt; }
  };
  Throwing directory;
  Validating job;
  MemorySource source{file};
  SystemSeams seams;
  const auto result =
      validate(job.schema, source, directory, job.actor, job.options, job.report, seams.seams());
  CHECK(result.assume_error().code() == ErrorCode::internal);
}

TEST_CASE("a report that has no room left is an error that says so")
{
  Validating whole;
  whole.run(file);
  Validating job;
  std::size_t writes = 0;
  for (;; ++writes) {
    job.report.writes_max = writes;
    const auto result = job.try_to_run(file);
    if (result.has_value()) break;
    CHECK(result.assume_error().code() == ErrorCode::disk_full);
    REQUIRE(writes < 100);
  }
  CHECK(writes >= 2);
  CHECK(job.report.text == whole.report.text);
}

TEST_CASE("a refused file whose report has no room left is an error, too")
{
  Validating job;
  job.report.writes_max = 0;
  CHECK(job.try_to_run("foo\n").assume_error().code() == ErrorCode::disk_full);
  job.actor.role = "";
  CHECK(job.try_to_run(file).assume_error().code() == ErrorCode::disk_full);
}

TEST_CASE("each call of the disk for the spool fails once, and each is told")
{
  std::string large = "Full Name,Extension\n";
  while (large.size() < 8'000) large += "Ada,201\n"; // several times the buffer of the report
  Validating whole;
  whole.run(large);
  const std::size_t calls = whole.files.calls.size();
  CHECK(calls > 10);
  for (std::size_t call = 0; call != calls; ++call) {
    CAPTURE(whole.files.calls[call]);
    Validating job;
    job.files.fail_at = call;
    job.files.os_error = ENOSPC;
    const auto result = job.try_to_run(large);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.assume_error().code() == ErrorCode::disk_full);
    CHECK_FALSE(describe(result.assume_error()).empty());
  }
}

TEST_CASE("a disk that takes and gives bytes one at a time changes nothing")
{
  Validating whole;
  whole.run(file);
  Validating job;
  job.files.piece_bytes_max = 1;
  job.run(file);
  CHECK(job.report.text == whole.report.text);
}

TEST_CASE("a spool that is refused its folder is an error that names it")
{
  Validating job;
  job.files.fail_at = 0;
  job.files.os_error = EACCES;
  CHECK(job.try_to_run(file).assume_error().code() == ErrorCode::not_permitted);
}

TEST_CASE("each allocation of the memory seam fails once, and all of it is given back")
{
  Validating whole;
  whole.run(file);
  std::size_t allocations = 0;
  for (;; ++allocations) {
    Validating job;
    FailingMemory memory{allocations};
    job.memory = &memory;
    const auto result = job.try_to_run(file);
    if (result.has_value()) {
      CHECK(job.report.text == whole.report.text);
      break;
    }
    CHECK(memory.has_failed());
    CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
    REQUIRE(allocations < 10'000);
  }
  CHECK(allocations > 5);

  CountingMemory counting;
  Validating job;
  job.memory = &counting;
  job.run(file);
  CHECK(counting.allocations() > 5);
  CHECK(counting.bytes_now() == 0);
}

TEST_CASE("each allocation of operator new fails once, and all of it is given back")
{
  for (const std::string& text :
       {file, std::string{"foo\n"}, std::string{"ID,Full Name,id\n"}, std::string{}}) {
    // What the host and the disk keep of being called is not the job's.
    const Validating fresh;
    class Silent final : public Sink {
     public:
      Result<void> write(std::string_view) override { return success(); }
    } nowhere;
    class Nobody final : public Directory {
     public:
      bool lists(KindId) const override { return true; }
      Result<void> find(KindId, std::span<const std::string_view> keys, ObjectSink& sink) override
      {
        constexpr std::array<std::optional<std::string_view>, 8> fields = {"a name beyond others"};
        for (std::size_t i = 0; i < keys.size(); i += 2)
          sink.object(i, {.key = keys[i], .fields = fields});
        return success();
      }
      Result<std::optional<std::uint64_t>> next_id(KindId) override { return std::optional{9UL}; }
    } nobody;
    SystemSeams seams;
    fail_at_each_allocation([&] {
      MemorySource again{text};
      return code_of(validate(fresh.schema, again, nobody, fresh.actor, fresh.options, nowhere,
                              seams.seams()));
    });
  }
}

TEST_CASE("reading a context and a directory fails at each allocation once, and gives all back")
{
  const schema::Schema schema = tests::staff();
  fail_at_each_allocation([&] {
    MemorySource source{R"({"actor": {"name": "somebody with a name", "role": "a role as long"}})"};
    return code_of(read_context(source));
  });
  fail_at_each_allocation([&] {
    MemorySource source{
        R"({"tenant": {"x": 1}, "log": [1, "two"], "user": [{"id": 1, "name": "Ada", "y": [2]}]})"};
    return code_of(MemoryDirectory::read(source, schema));
  });
}
