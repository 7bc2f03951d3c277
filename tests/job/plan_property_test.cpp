// What holds for plans of the vendors' formats, whatever the file.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <sstream>

#include "job/vendor_files.hpp"
#include "plan/plan_reader.hpp"
#include "plan/plan_writer.hpp"
#include "support/csv_reading.hpp"
#include "support/planning.hpp"

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
    for (int i = 0; i != count; ++i) {
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

} // namespace

TEST_CASE("a plan that is carried out leaves what executing leaves, and tells the same")
{
  std::size_t groups = 0;
  for_files(21, {}, 150, [&](const Vendor& vendor, const std::string& file, Planning& planning) {
    const std::string before = planning.directory.json();
    const std::string plan = planning.plan_of(file);
    CHECK(planning.directory.json() == before);
    if (plan.empty()) return;
    const std::string planned = rows_of(planning);
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
    planning.apply(plan);
    if (kept.created + kept.updated != 0 && planning.job.refusal == Refusal::none)
      CHECK(planning.job.created == 0);
    CHECK(planning.directory.json() == after);
    groups += kept.created + kept.updated;
  });
  CHECK(groups > 500);
}

TEST_CASE("plans of made-up files are read back as they were written, and made again the same")
{
  for_files(22, {}, 100, [](const Vendor& vendor, const std::string& file, Planning& planning) {
    const std::string plan = planning.plan_of(file);
    CHECK(planning.plan_of(file) == plan);
    if (!plan.empty()) CHECK(rewritten(plan, vendor.schema) == plan);
  });
}

TEST_CASE("rows that are not in each other's way lead to the same state in any order")
{
  std::size_t compared = 0;
  Chance order{23};
  for_files(24, {.tame = true}, 200,
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
              planning.apply(plan);
              const auto counts = planning.job.counts.by_slug();
              Planning other{vendor.schema, vendor.directory, vendor.context};
              other.execute(shuffled(file, order));
              if (is_in_order(other)) return;
              CHECK(other.directory.json() == planning.directory.json());
              CHECK(other.job.counts.by_slug() == counts);
              compared += planning.job.updated + planning.job.created != 0 ? 1U : 0U;
            });
  CHECK(compared > 30);
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
    for (int i = 0; secrets != 0 && i != 60; ++i) {
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
