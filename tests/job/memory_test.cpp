// How much memory a whole job takes: large files that are on no disk, made as they are read,
// against 16 MiB and 32 bytes a value that only one may hold.
//
// Counted is what the memory resource gives, and what operator new does beside it.
#include <doctest/doctest.h>

#include "formats/catalogue.hpp"
#include "job/made_source.hpp"
#include "rollcall/job.hpp"
#include "rollcall/memory_directory.hpp"
#include "support/allocations.hpp"
#include "support/forwarding_directory.hpp"
#include "support/memory.hpp"
#include "support/must.hpp"

using namespace rollcall;
using rollcall::tests::CountingMemory;
using rollcall::tests::MadeSource;
using rollcall::tests::must;
using rollcall::tests::Nowhere;

namespace {

constexpr std::size_t mib = std::size_t{1024} * 1024;
constexpr std::size_t rows = 60'000;

struct Taken {
  JobSummary job;
  std::size_t bytes = 0;
  std::size_t written = 0;
};

// With every output, on a host of no users.
Taken taken_by(const std::string& header, const std::string& row, bool is_sized)
{
  constexpr std::string_view host = R"({"user": [], "phone_model": [{"id": "1"}],
    "provisioning_template": [{"id": "10", "phone_model_id": "1"}], "user_profile": []})";
  const schema::Schema schema = formats::clusterpbx();
  SystemSeams system;
  MemorySource objects{host};
  auto directory = must(MemoryDirectory::read(objects, schema, system.seams()));
  CountingMemory memory;
  Seams seams = system.seams();
  seams.memory = &memory;
  Nowhere out;
  const Outputs outputs{
      .report = &out, .result = &out, .error_rows = &out, .error_log = &out, .findings = &out};
  MadeSource source{header, row, rows, is_sized};
  // What libraries allocate once and keep is not the job's.
  must(validate(schema, source, directory, {.role = "nobody"}, {}, {}, seams));
  const std::ptrdiff_t before = tests::bytes_alive;
  tests::bytes_alive_most = before;
  out.bytes = 0;
  Taken taken;
  taken.job = must(validate(schema, source, directory, {.role = "client"},
                            {.file_name = "users.csv"}, outputs, seams));
  taken.bytes = memory.bytes_most() + static_cast<std::size_t>(tests::bytes_alive_most - before);
  taken.written = out.bytes;
  return taken;
}

const std::string header =
    "ID,First Name,Last Name,Email,Web Passwords,Extension,Phone Model ID,Provisioning Template "
    "ID,Mac Address,User Profile ID,Forward Number,DND On\n";

} // namespace

TEST_CASE("a job of many new users takes 16 MiB and 32 bytes a claim value at most")
{
  for (const bool is_sized : {true, false}) {
    CAPTURE(is_sized);
    const Taken taken =
        taken_by(header, ",Ada,Ek,user#@acme.example,secret,#,1,10,0004#0,,+4930#,1\n", is_sized);
    CHECK(taken.job.created == rows);
    CHECK(taken.written > rows * 500);
    CHECK(taken.bytes <= 16 * mib + rows * 3 * 32);
  }
}

// Of a file whose size is known there is room for its claim values before they are read.
TEST_CASE("a job of which every cell of every row is wrong takes no more than that")
{
  for (const bool is_sized : {true, false}) {
    CAPTURE(is_sized);
    const Taken taken =
        taken_by(header, "no #,,,user#@acme,,1O#,9#,9#,zz#,Agent #,x#,maybe\n", is_sized);
    CHECK(taken.job.rejected == rows);
    CHECK(taken.job.counts.total() == rows * 11);
    CHECK(taken.written > rows * 1'000);
    CHECK(taken.bytes <= 16 * mib + (is_sized ? rows * 3 * 32 : 0));
  }
}

namespace {

// Says of everything that it was done, and keeps nothing.
class Forgetting final : public tests::ForwardingDirectory {
 public:
  explicit Forgetting(Directory& to) : ForwardingDirectory{&to} {}
  [[nodiscard]] Result<void> apply(std::span<const Group> groups, AnswerSink& sink) override
  {
    for (std::size_t i = 0; i != groups.size(); ++i) {
      std::vector<std::string_view> keys;
      for (const Change& change : groups[i].changes) keys.push_back(change.key.value_or("1"));
      sink.answer(i, Answer::applied, keys, {});
    }
    return success();
  }
};

// Rows that stand for a thousand numbers each, of five objects a number.
std::size_t taken_by_ranges(int count)
{
  constexpr std::string_view host = R"({"tenant": {"name": "acme", "multi_tenant": true},
    "extension": [], "mailbox": [], "contact": [], "user": [], "inbound_route": [], "number": [],
    "provisioning_file": [], "endpoint": [], "phone_model": []})";
  const schema::Schema schema = formats::extension_generator();
  SystemSeams system;
  MemorySource objects{host};
  auto empty = must(MemoryDirectory::read(objects, schema, system.seams()));
  Forgetting directory{empty};
  std::string file = "Extension\n";
  for (int i = 0; i != count; ++i)
    file += std::to_string(100 + i) + "000-" + std::to_string(100 + i) + "999\n";
  MemorySource source{std::string_view{file}};
  Nowhere out;
  const std::ptrdiff_t before = tests::bytes_alive;
  tests::bytes_alive_most = before;
  const JobSummary job = must(execute(schema, source, directory, {.role = "admin"}, {},
                                      {.report = &out, .secrets = &out}, system.seams()));
  CHECK(job.created == static_cast<std::uint64_t>(count));
  return static_cast<std::size_t>(tests::bytes_alive_most - before);
}

} // namespace

TEST_CASE("rows of ranges are carried out as they come, and not gathered")
{
  static_cast<void>(taken_by_ranges(1)); // what libraries keep
  const std::size_t of_few = taken_by_ranges(3);
  const std::size_t of_many = taken_by_ranges(9);
  CAPTURE(of_few);
  CAPTURE(of_many);
  CHECK(of_many < of_few + 6 * mib);
}
