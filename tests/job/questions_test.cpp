// How often a host is asked, and how much is kept, where one row asks for much.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "formats/catalogue.hpp"
#include "job/running.hpp"
#include "rollcall/schema_json.hpp"
#include "support/memory.hpp"

namespace rollcall::tests {
namespace {

constexpr std::size_t mib = std::size_t{1024} * 1024;

std::size_t calls_of(const Running& job, std::string_view what)
{
  const auto& calls = job.directory.calls;
  return static_cast<std::size_t>(std::count_if(
      calls.begin(), calls.end(), [&](const std::string& call) { return call.starts_with(what); }));
}

Running generator()
{
  Running job{formats::extension_generator(), R"({"extension": [{"extension": "0099"}]})"};
  job.context.role = "admin";
  return job;
}

// "10000000-10000999" and so on, a row each.
std::string ranges(int count)
{
  std::string file = "Extension,First Name\n";
  for (int i = 0; i != count; ++i) {
    const std::string begin = std::to_string(10'000 + i);
    file += begin + "000-" + begin + "999,A\n";
  }
  return file;
}

} // namespace

TEST_CASE("numbers with an extension that are not listed whole are asked about all at once")
{
  std::string users;
  std::string numbers;
  std::string file = "UPN,Phone Number\n";
  for (int i = 10; i != 60; ++i) {
    const std::string id = std::to_string(i);
    users += (i == 10 ? "" : ",") + (R"({"upn": "u)" + id + R"(@x.de", "enterprise_voice": true})");
    numbers += (i == 10 ? "" : ",") + (R"({"e164": "+493000000)" + id + R"("})");
    file += "u" + id + "@x.de,+493000000" + id + ";ext=7\n";
  }
  Running job{formats::call_manager(),
              R"({"user": [)" + users + R"(], "number": [)" + numbers + "]}"};
  CHECK(job.validated(file).updated == 50);
  CHECK(calls_of(job, "find number.") == 2);
}

TEST_CASE("whose keys the host does not give is not asked for the next one")
{
  Running job{formats::call_manager(), R"({"user": [{"upn": "a@x.de"}]})"};
  job.validated("UPN\na@x.de\na@x.de\na@x.de\n");
  CHECK(calls_of(job, "next_id") == 0);
}

TEST_CASE("what hangs on the numbers of a range is looked up for all of them at once")
{
  const schema::Schema schema = must(schema::read_schema(R"json({"id": "halls", "title": "Halls",
    "roles": [{"name": "admin", "may": ["validate"]}],
    "kinds": [{"name": "extension", "key": {"name": "extension", "type": "extension"}}],
    "columns": [{"field": "extension", "header": "extension",
                 "type": {"extension": {"range_max": 1000}}, "on_create": "required",
                 "mandatory": "true"}],
    "claims": [{"name": "extension", "held_in": [{"field": "extension.extension"}]}],
    "objects": [{"kind": "extension", "key": "extension",
                 "create": "not exists(extension, extension)"}]
})json"));
  ;
  Running job{schema, R"({"extension": [{"extension": "99"}, {"extension": "301"}]})"};
  job.context.role = "admin";
  job.validated("extension\n100-299\n300-309\n");
  CHECK(job.report.text.find(R"("key": "299")") != std::string::npos);
  CHECK(job.lines()[1].find("300-309 is already in use: 301 by extension 301") !=
        std::string::npos);
  CHECK(calls_of(job, "find extension.extension") < 12);
}

TEST_CASE("ranges of more numbers than there may be rows are refused before they are expanded")
{
  Running job = generator();
  CountingMemory memory;
  job.memory = &memory;
  const JobSummary done = job.validated(ranges(5'001));
  CHECK(findings_of(done) == "file.too_many_rows");
  check_refused(done, job);
  CHECK(calls_of(job, "find") == 0);
  CHECK(memory.bytes_most() < 8 * mib);
}

TEST_CASE("ranges take 16 MiB and 32 bytes a claim value at most")
{
  constexpr int count = 100;
  Running job = generator();
  CountingMemory memory;
  job.memory = &memory;
  CHECK(job.validated(ranges(count)).created == count);
  CHECK(memory.bytes_most() <= 16 * mib + std::size_t{count} * 1'000 * 5 * 32);
}

TEST_CASE("a number that very many hold is remembered with few of them")
{
  std::string users;
  std::string file = "UPN,Phone Number\n";
  for (int i = 0; i != 1'000; ++i) {
    const std::string name = "u" + std::to_string(i) + "@x.de";
    users +=
        (i == 0 ? "" : ",") + (R"({"upn": ")" + name +
                               R"(", "enterprise_voice": true, "primary_number": "+4930000001"})");
    if (i < 200) file += name + ",+4930000001\n";
  }
  Running job{formats::call_manager(), R"({"user": [)" + users + "]}"};
  CountingMemory memory;
  job.memory = &memory;
  CHECK(job.validated(file).unchanged == 200);
  CHECK(memory.bytes_most() < 3 * mib);
}

} // namespace rollcall::tests
