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
