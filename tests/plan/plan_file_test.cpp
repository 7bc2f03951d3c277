// Plan files: what is written is what is read, and nothing else is.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory_resource>

#include "plan/plan_reader.hpp"
#include "plan/plan_writer.hpp"
#include "support/planning.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using rollcall::tests::lines_of;
using rollcall::tests::must;
using rollcall::tests::Planning;
using rollcall::tests::signed_plan;
using rollcall::tests::staff;
using rollcall::tests::with;

namespace {

constexpr std::string_view two_users = R"({"user": [
  {"id": "1", "name": "Ada", "email": "ada@b.de", "extension": "201", "active": true,
   "password": true},
  {"id": "2", "name": "Bo", "email": "bo@b.de", "extension": "202", "active": true}]})";

// An update with a secret, a swap, one that is made, one that is rejected, one that is unchanged.
constexpr std::string_view small_file =
    "ID,Name,Email,Extension,Phone,Active,Password\n"
    "1,Ada,bo@b.de,201,123,no,canary-7731\n"
    "2,Bo,ada@b.de,202,,,\n"
    ",Cy,cy@b.de,203,,,canary-7732\n"
    ",Di,nobody,204,,,canary-7733-too-long\n"
    ",Eve,cy@b.de,205,,,\n";

std::string small_plan()
{
  Planning planning{staff(), two_users};
  std::string plan = planning.plan_of(small_file);
  CHECK(planning.job.refusal == Refusal::none);
  CHECK(planning.job.created == 1);
  CHECK(planning.job.updated == 2);
  CHECK(planning.job.rejected == 2);
  return plan;
}

// Reads a plan to its end and writes it again.
Result<std::string> rewritten(std::string_view text, const schema::CompiledSchema& schema)
{
  auto* const memory = std::pmr::new_delete_resource();
  MemorySource source{text};
  ROLLCALL_TRY(auto reader, plan::PlanReader::open(source, memory));
  ROLLCALL_CHECK(reader.bind(schema));
  std::pmr::string made;
  TextSink sink{made};
  ROLLCALL_TRY(auto writer, plan::PlanWriter::open(sink, schema, memory));
  writer.put_header(reader.header());
  std::pmr::monotonic_buffer_resource keep;
  for (plan::PlanRow row;;) {
    ROLLCALL_TRY(const bool is_row, reader.next(row, keep));
    if (!is_row) break;
    writer.put_row(row);
  }
  plan::PlanEnd end = reader.end();
  ROLLCALL_CHECK(writer.finish(end));
  return std::string{made};
}

// What the reader has to say about a plan of the format for tests; empty if it takes it.
std::string fault_of(std::string_view text)
{
  static const auto schema = must(schema::CompiledSchema::compile(staff()));
  const auto read = rewritten(text, schema);
  if (read.has_value()) return {};
  CHECK(plan::is_about_plan(read.assume_error().code()));
  return std::string{read.assume_error().detail()};
}

} // namespace

TEST_CASE("the same inputs and the same chance make the same plan, and other chance another id")
{
  Planning planning{staff(), two_users};
  const std::string plan = planning.plan_of(small_file);
  CHECK(planning.plan_of(small_file) == plan);
  planning.seed = 2;
  auto other = lines_of(planning.plan_of(small_file));
  auto lines = lines_of(plan);
  REQUIRE(other.size() == lines.size());
  CHECK(other.front() != lines.front());
  const std::size_t id = lines.front().find("\"id\":\"") + 6;
  other.front().replace(id, 32, lines.front(), id, 32);
  CHECK(signed_plan(other) == plan);
}

TEST_CASE("no secret of the file is in a plan, whatever becomes of its row")
{
  CHECK(small_plan().find("canary") == std::string::npos);
}

TEST_CASE("a plan of which any byte is another one is refused")
{
  constexpr std::string_view signs{
      "\n \"\\\0"
      "0}[\xFF",
      9};
  const std::string plan = small_plan();
  for (std::size_t at = 0; at != plan.size(); ++at) {
    const char other = signs[at % signs.size()];
    for (const char now : {static_cast<char>(plan[at] ^ (1 << at % 8)), other}) {
      if (now == plan[at]) continue;
      std::string changed = plan;
      changed[at] = now;
      CAPTURE(at);
      CAPTURE(now);
      CHECK_FALSE(fault_of(changed).empty());
    }
  }
}

TEST_CASE("a plan that was changed is not carried out, not even in part")
{
  Planning planning{staff(), two_users};
  const std::string plan = planning.plan_of(small_file);
  const std::string before = planning.directory.json();
  for (std::size_t at = 0; at < plan.size(); at += 11) {
    std::string changed = plan;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CAPTURE(at);
    planning.how.stale = at % 2 == 0 ? Stale::refuse : Stale::row;
    planning.apply(changed);
    CHECK(planning.job.refusal == Refusal::file);
    CHECK(planning.refusal().starts_with("plan.invalid: "));
  }
  CHECK(planning.directory.json() == before);
  planning.how.stale = Stale::refuse;
  planning.apply(plan);
  CHECK(planning.job.refusal == Refusal::none);
  CHECK(planning.directory.json() != before);
}

TEST_CASE("a plan that is cut off anywhere is refused")
{
  const std::string plan = small_plan();
  for (std::size_t size = 0; size != plan.size(); ++size) {
    const bool is_at_line = size == 0 || plan[size] == '\n' || plan[size - 1] == '\n';
    if (!is_at_line && size % 7 != 0) continue;
    CAPTURE(size);
    CHECK_FALSE(fault_of(plan.substr(0, size)).empty());
  }
  CHECK(fault_of(plan).empty());
  CHECK_FALSE(fault_of(plan + plan).empty());
  CHECK_FALSE(fault_of(plan + "{}\n").empty());
  CHECK(fault_of(plan + "\n").empty()); // blank lines say nothing
}

TEST_CASE("lines that are missing, doubled or in another order are refused, also with a digest")
{
  const auto lines = lines_of(small_plan());
  REQUIRE(lines.size() == 7);
  CHECK(fault_of(signed_plan(lines)).empty());
  for (std::size_t at = 0; at != lines.size(); ++at) {
    CAPTURE(at);
    auto changed = lines;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at));
    CHECK_FALSE(fault_of(signed_plan(changed)).empty());
    changed = lines;
    changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(at), lines[at]);
    CHECK_FALSE(fault_of(signed_plan(changed)).empty());
    for (std::size_t other = 0; other != at; ++other) {
      changed = lines;
      std::swap(changed[at], changed[other]);
      CHECK_FALSE(fault_of(signed_plan(changed)).empty());
    }
  }
}

TEST_CASE("what no writer would write is refused and named, though the digest fits")
{
  const std::string plan = small_plan();
  struct Row {
    std::string_view from, to, says;
  };
  for (const Row& row : {
           Row{R"("kind":"user")", R"("kind":"usher")", "kind"},
           Row{R"("kind":"user")", R"("kind":7)", "kind"},
           Row{R"("op":"update")", R"("op":"upset")", "creates, updates or deletes"},
           Row{R"("op":"update")", R"("op":"create")", "no fields before"},
           Row{R"("phone":[null,"123"])", R"("fax":[null,"123"])", "field"},
           Row{R"("phone":[null,"123"])", R"("id":[null,"123"])", "field"},
           Row{R"("phone":[null,"123"])", R"("phone":[null])", "what it was and what it gets"},
           Row{R"("phone":[null,"123"])", R"("phone":[null,"1","2"])", "what it was"},
           Row{R"("phone":[null,"123"])", R"("phone":[null,{"known_after":"key"}])", "gives"},
           Row{R"("phone":[null,"123"])", R"("phone":[null,1.5])", "no value"},
           Row{R"("phone":[null,"123"])", R"("phone":[null,true])", "no value"},
           Row{R"("phone":[null,"123"])", R"("phone":[null,123])", "no value"},
           Row{R"("phone":[null,"123"])", R"("phone":"123")", "what it was"},
           Row{R"({"secret":"column"})", R"({"secret":"me"})", "secret comes from"},
           Row{R"({"secret":"column"})", R"("canary")", "secret comes from"},
           Row{R"("password":[true,)", R"("password":["canary",)", "that there was one"},
           Row{R"("outcome":"updated")", R"("outcome":"applied")", "created, updated"},
           Row{R"("outcome":"updated")", R"("outcome":"stale")", "created, updated"},
           Row{R"("outcome":"updated")", R"("outcome":"unchanged")", "and else none"},
           Row{R"("row":1,)", R"("row":0,)", "number"},
           Row{R"("row":1,)", R"("row":-1,)", "number"},
           Row{R"("row":1,)", R"("row":1.0,)", "number"},
           Row{R"("row":1,)", R"("row":99999999999999999999,)", "number"},
           Row{R"("row":1,)", R"("row":18446744073709551615,)", "another order"},
           Row{R"("row":1,)", R"("row":2,)", "another order"},
           Row{R"("group":1)", R"("group":0)", "groups"},
           Row{R"("group":1)", R"("group":2147483648)", "groups"},
           Row{R"("last":true)", R"("last":false)", "its end counts"},
           Row{R"("cell":2)", R"("cell":70000)", "cell"},
           Row{R"("severity":"error")", R"("severity":"fatal")", "severity"},
           Row{R"("rows":5)", R"("rows":6)", "its end counts"},
           Row{R"("rows":5)", R"("rows":-5)", "0 or more"},
           Row{R"("created":1)", R"("created":2)", "its end counts"},
           Row{R"("groups":2)", R"("groups":1)", "its end counts"},
           Row{R"("warnings":0)", R"("warnings":1)", "its end counts"},
           Row{R"("format":"staff")", R"("format":"stuff")", "for the format stuff"},
           Row{R"("schema":")", R"("schema":"0)", "was changed since"},
           Row{R"("version":[1,1])", R"("version":[2,0])", "another version"},
           Row{R"("version":[1,1])", R"("version":[])", "another version"},
           Row{R"("version":[1,1])", R"("version":1)", "version"},
           Row{R"("encoding":"utf-8")", R"("encoding":"utf-9")", "encoding"},
           Row{R"("applyable":true)", R"("applyable":false)", "its end counts"},
           Row{R"("complete":false)", R"("complete":true)", "its end counts"},
           Row{R"("group":1,"last":true)", R"("group":2,"last":true)", "called by"},
           Row{R"("group":1,"last":true)", R"("last":true)", "in one"},
           Row{R"("line":3)", R"("line":2)", "begin behind"},
           Row{R"("severity":"error")", R"("severity":"warning")", "its end counts"},
           Row{R"("lost":[{"secret":"password","of":"1"}])", R"("lost":[])", "what is lost"},
           Row{R"("lost":[{"secret":"password","of":"1"}])",
               R"("lost":[{"secret":"password","of":"2"}])", "what is lost"},
           Row{R"("delimiter":",")", R"("delimiter":"")", "delimiter"},
           Row{R"("delimiter":",")", R"("delimiter":"\n")", "no line end"},
           Row{R"("delimiter":",")", R"("delimiter":"\"")", "neither quote"},
           Row{R"("id":")", R"("id":"../)", "id of a plan"},
       }) {
    CAPTURE(row.from);
    CAPTURE(row.to);
    const std::string fault = fault_of(with(plan, row.from, row.to));
    CAPTURE(fault);
    CHECK(fault.find(row.says) != std::string::npos);
  }
}

TEST_CASE("a plan of a later minor version is read, and what is new in it is passed over")
{
  std::string plan = with(small_plan(), R"("version":[1,1])", R"("version":[1,7])");
  plan = with(plan, R"({"row":1,)", R"({"weather":{"rain":[1,2]},"row":1,)");
  plan = with(plan, R"({"op":"update",)", R"({"op":"update","why":"new",)");
  plan = with(plan, R"({"end":{)", R"({"end":{"took_ms":12,)");
  CHECK(fault_of(plan).empty());
  std::string touched = plan;
  touched[touched.find("rain")] = 'b';
  CHECK_FALSE(fault_of(touched).empty()); // the digest is of it as well
}

TEST_CASE("a line that is too long, or too deep, is refused and not read to its end")
{
  auto lines = lines_of(small_plan());
  std::string deep;
  for (int i = 0; i != 5000; ++i) deep += '[';
  lines[1].insert(1, "\"x\":" + deep + std::string(5000, ']') + ",");
  CHECK_FALSE(fault_of(signed_plan(lines)).empty());
}
