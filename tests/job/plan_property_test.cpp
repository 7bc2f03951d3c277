// What holds for plans of the vendors' formats, whatever the file.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "formats/catalogue.hpp"
#include "job/vendor_files.hpp"
#include "plan/plan_reader.hpp"
#include "plan/plan_writer.hpp"
#include "support/csv_reading.hpp"
#include "support/planning.hpp"
#include "support/rounds.hpp"
#include "support/source_folder.hpp"

namespace fs = std::filesystem;
using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::made_file;
using rollcall::tests::MadeHow;
using rollcall::tests::must;
using rollcall::tests::Planning;
using rollcall::tests::Vendor;

namespace {

using Show = std::function<void(const Vendor&, const std::string&, Planning&)>;
void for_files(std::uint32_t seed, const MadeHow& how, int count, const Show& show)
{
  for (const Vendor& vendor : tests::all_vendors()) {
    Chance chance{seed};
    for (int i = 0; i != tests::rounds(count); ++i) {
      const std::string file = made_file(vendor, chance, how);
      CAPTURE(vendor.schema.id);
      CAPTURE(tests::shown(file));
      Planning planning{vendor.schema, vendor.directory, vendor.context};
      show(vendor, file, planning);
    }
  }
}

// The lines of the rows, without that of the job.
std::string rows_of(const Planning& planning)
{
  const std::string report{planning.report};
  const std::size_t job = report.rfind("{\"job\": ");
  return report.substr(0, job);
}

bool has_any(const Planning& planning, std::initializer_list<std::string_view> codes)
{
  return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
    return planning.report.find("\"code\": \"" + std::string{code}) != std::string::npos;
  });
}

std::string rewritten(std::string_view text, const schema::Schema& of)
{
  auto* const memory = std::pmr::new_delete_resource();
  const auto schema = must(schema::CompiledSchema::compile(of));
  MemorySource source{text};
  auto reader = must(plan::PlanReader::open(source, memory));
  must(reader.bind(schema));
  std::pmr::string made;
  TextSink sink{made};
  auto writer = must(plan::PlanWriter::open(sink, schema, memory));
  writer.put_header(reader.header());
  std::pmr::monotonic_buffer_resource keep;
  for (plan::PlanRow row; must(reader.next(row, keep));) writer.put_row(row);
  plan::PlanEnd end = reader.end();
  must(writer.finish(end));
  return std::string{made};
}

// The rows in another order, the header where it is. Of files without line ends in their cells.
std::string shuffled(const std::string& file, Chance& chance)
{
  std::vector<std::string> lines = tests::lines_of(file);
  for (std::size_t i = lines.size(); i > 2; --i)
    std::swap(lines[i - 1], lines[1 + chance.below(i - 1)]);
  std::string made;
  for (const std::string& line : lines) made.append(line).append("\n");
  return made;
}

std::string text_of(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("a plan that is read and written again has the same bytes, for every conformance case")
{
  std::size_t plans = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator{rollcall::tests::source_folder() / "tests/conformance"}) {
    if (entry.path().filename() != "case.json") continue;
    const fs::path folder = entry.path().parent_path();
    json::Document about{{}};
    must(about.read(text_of(entry.path())));
    const auto action = about.root().find("action").text();
    if (action != "execute" && action != "validate") continue;
    CAPTURE(folder);
    const std::string who = text_of(folder / "context.json");
    MemorySource context{std::string_view{who}};
    Planning planning{formats::find(*about.root().find("format").text())->make(),
                      text_of(folder / "directory.json"), must(read_context(context))};
    const std::string file = text_of(folder / "input.csv");
    const std::string plan = planning.plan_of(file);
    CHECK(planning.plan_of(file) == plan);
    CHECK(plan.empty() == (planning.job.refusal != Refusal::none));
    if (plan.empty()) continue;
    ++plans;
    CHECK(rewritten(plan, planning.schema) == plan);
  }
  CHECK(plans > std::size_t{tests::rounds(60)});
}

TEST_CASE("a plan that is carried out leaves what executing leaves, and tells the same")
{
  std::size_t groups = 0;
  for_files(21, {}, 80, [&](const Vendor& vendor, const std::string& file, Planning& planning) {
    const std::string before = planning.directory.json();
    const std::string plan = planning.plan_of(file);
    CHECK(planning.directory.json() == before);
    if (plan.empty()) return;
    const std::string planned = rows_of(planning);
    MemorySource source{file};
    planning.how.source = &source;
    const JobSummary& applied = planning.apply(plan);
    CHECK(applied.refusal == Refusal::none);
    CHECK(rows_of(planning) == planned);
    const JobSummary kept = applied;
    const std::string after = planning.directory.json();

    Planning at_once{vendor.schema, vendor.directory, vendor.context};
    at_once.execute(file);
    CHECK(rows_of(at_once) == planned);
    CHECK(at_once.directory.json() == after);
    CHECK(at_once.job.state == kept.state);
    CHECK(at_once.job.counts.by_slug() == kept.counts.by_slug());

    // Again, it is refused; if all that it does is to set secrets, nobody sees a difference.
    must(source.rewind());
    planning.apply(plan);
    if (kept.created + kept.updated != 0 && planning.job.refusal == Refusal::none)
      CHECK(planning.job.created == 0);
    CHECK(planning.directory.json() == after);
    groups += kept.created + kept.updated;
  });
  CHECK(groups > std::size_t{tests::rounds(300)});
}

TEST_CASE("plans of made-up files are read back as they were written, and made again the same")
{
  for_files(22, {}, 50, [](const Vendor& vendor, const std::string& file, Planning& planning) {
    const std::string plan = planning.plan_of(file);
    CHECK(planning.plan_of(file) == plan);
    if (!plan.empty()) CHECK(rewritten(plan, vendor.schema) == plan);
  });
}

TEST_CASE("rows that are not in each other's way lead to the same state in any order")
{
  std::size_t compared = 0;
  Chance order{23};
  for_files(24, {.tame = true}, 120,
            [&](const Vendor& vendor, const std::string& file, Planning& planning) {
              const std::string plan = planning.plan_of(file);
              // What is in each other's way: values that two want, two rows for one object, and
              // what is given out in the order of the file.
              const auto is_in_order = [](const Planning& seen) {
                return has_any(seen, {"claim.", "row.repeats_key", "extension."});
              };
              if (plan.empty() || is_in_order(planning)) return;
              const auto& kind = vendor.schema.kinds.front();
              if (kind.keys == schema::Keys::from_host && planning.job.created != 0) return;
              MemorySource source{file};
              planning.how.source = &source;
              planning.apply(plan);
              const auto counts = planning.job.counts.by_slug();
              Planning other{vendor.schema, vendor.directory, vendor.context};
              other.execute(shuffled(file, order));
              if (is_in_order(other)) return;
              CHECK(other.directory.json() == planning.directory.json());
              CHECK(other.job.counts.by_slug() == counts);
              compared += planning.job.updated + planning.job.created != 0 ? 1U : 0U;
            });
  CHECK(compared > std::size_t{tests::rounds(15)});
}

TEST_CASE("no secret of a file is in its plan, in what is told of it, or in what is shown of it")
{
  constexpr std::string_view good = "Canary-7316x";
  constexpr std::string_view digits = "73169427";
  constexpr std::string_view bad = "Canary-7316x\x01";
  for (Vendor vendor : tests::all_vendors()) {
    std::size_t secrets = 0;
    for (tests::MadeColumn& column : vendor.columns) {
      if (!column.is_secret) continue;
      ++secrets;
      column.good = {good, digits};
      column.bad = {bad};
    }
    Chance chance{25};
    for (int i = 0; secrets != 0 && i != 40; ++i) {
      Planning planning{vendor.schema, vendor.directory, vendor.context};
      const std::string plan = planning.plan_of(made_file(vendor, chance));
      std::pmr::string page;
      TextSink sink{page};
      MemorySource source{std::string_view{plan}};
      static_cast<void>(must(show_plan(source, {}, sink, planning.seams())));
      for (const std::string_view secret : {std::string_view{"Canary"}, digits}) {
        CHECK(plan.find(secret) == std::string::npos);
        CHECK(planning.report.find(secret) == std::string::npos);
        CHECK(page.find(secret) == std::string::npos);
      }
    }
  }
}

TEST_CASE("where rows act in turn, what hangs on a stale row is stale as well")
{
  constexpr std::string_view host = R"({
    "user": [{"upn": "ada@c.de", "enterprise_voice": true, "primary_number": "+493000001"},
             {"upn": "ben@c.de", "enterprise_voice": true},
             {"upn": "cem@c.de", "enterprise_voice": true},
             {"upn": "dee@c.de", "enterprise_voice": true}],
    "number": [{"e164": "+493000001"}, {"e164": "+493000002"}]})";
  Planning planning{formats::call_manager(), host};
  const std::string plan = planning.plan_of(
      "User Principal Name,Phone Number\n"
      "ben@c.de,+493000001\n"
      "cem@c.de,+493000001\n"
      "dee@c.de,+493000002\n");
  CHECK(planning.outcomes() == "updated, updated, updated");
  std::string now{host};
  now.replace(now.find("+493000001"), 10, "+493000009");
  planning.directory.hold(now);
  planning.how.stale = Stale::row;
  planning.apply(plan);
  CHECK(planning.outcomes() ==
        "stale [primary_number of user ada@c.de was +493000001 when planned and is +493000009], "
        "stale [primary_number of user ben@c.de was +493000001 when planned and is nothing], "
        "updated");
}

TEST_CASE("a limit that somebody else has used up meanwhile makes rows stale")
{
  const auto host = [](std::string_view more) {
    return R"({"tenant": {"name": "acme", "max_extensions": 4}, "user": [], "mailbox": [],
               "endpoint": [], "contact": [], "extension": [)" +
           std::string{more} + "]}";
  };
  Planning planning{formats::extension_generator(), host(""), {.name = "ada", .role = "admin"}};
  const std::string plan = planning.plan_of("Extension,First Name\n200,Ann\n201-202,Desk\n");
  CHECK(planning.outcomes() == "created, created");
  planning.directory.hold(host(R"({"extension": "300"}, {"extension": "301"})"));
  planning.apply(plan);
  CHECK(planning.job.refusal == Refusal::stale);
  planning.how.stale = Stale::row;
  planning.apply(plan);
  CHECK(planning.outcomes() ==
        "created, stale [the number of objects extension was within the limit of 4 when planned "
        "and is 3]");
}
