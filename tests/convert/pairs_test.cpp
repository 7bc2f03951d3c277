// All pairs of the five formats: what is not lost survives the way there and back, and what the
// target says of a converted file is what the conversion foretold.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "convert/arrivals.hpp"
#include "convert/converting.hpp"
#include "convert/sides.hpp"
#include "job/vendor_files.hpp"
#include "support/csv_reading.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::Converting;
using rollcall::tests::must;
using rollcall::tests::NamedCells;
using rollcall::tests::Running;
using rollcall::tests::Side;
using rollcall::tests::sides;
using rollcall::tests::Vendor;
using rollcall::tests::without_guard;

namespace {

using FoundIn = std::tuple<std::uint64_t, std::string, std::string>; // row, code, column

FoundIn found_in(std::uint64_t row, json::Value finding)
{
  return {row, std::string{*finding.find("code").text()},
          std::string{finding.find("column").text().value_or("")}};
}

// What hangs on the whole file, and on what rows before a row have done, is not foretold.
bool is_foretold(const FoundIn& found)
{
  const std::string& code = std::get<1>(found);
  return !code.starts_with("claim.") && code != "row.repeats_key" && code != "extension.limit" &&
         code != "extension.pool_empty";
}

} // namespace

TEST_CASE(
    "what two formats have in common survives the way there and back, and all the rest is counted")
{
  std::size_t compared = 0;
  std::size_t counted = 0;
  for (const Side& from : sides()) {
    for (const Side& to : sides()) {
      if (from.id == to.id) continue;
      Converting there{from.id, to.id};
      Converting back{to.id, from.id};
      there.options.with_secrets = back.options.with_secrets = true;
      const Vendor vendor = tests::vendor_of(to.id);
      Running host{vendor.schema, vendor.directory};
      Chance chance{7};
      for (int i = 0; i != 25; ++i) {
        there.options.host = i % 2 == 0 ? nullptr : &host.directory;
        const std::string file = file_of(from, chance);
        CAPTURE(from.id);
        CAPTURE(to.id);
        CAPTURE(file);
        const convert::Loss lost = there.converted(file);
        CHECK(lost.written + lost.left_out == lost.rows);
        CAPTURE(there.result.text);
        const std::vector<NamedCells> before = tests::cells_of(file);
        if (lost.left_out == 0) {
          tests::check_lost(from, to, lost, before, tests::cells_of(there.result.text));
          ++counted;
        }
        const convert::Loss lost_again = back.converted(there.result.text);
        const std::vector<NamedCells> after = tests::cells_of(back.result.text);
        CAPTURE(back.result.text);
        // Rows of which nothing was left there do not come back.
        if (lost.left_out + lost_again.left_out != 0) continue;
        REQUIRE(after.size() == before.size());
        for (std::size_t row = 0; row != before.size(); ++row) {
          for (const std::string_view header : tests::surviving(from, to, before[row])) {
            const std::string& was = before[row].at(std::string{header});
            std::string is = after[row].at(std::string{header});
            if (is.starts_with("'") && is.size() == was.size() + 1) is.erase(0, 1); // the guard
            CAPTURE(header);
            CHECK(is == was);
            ++compared;
          }
        }
      }
    }
  }
  CHECK(compared > 5'000);
  CHECK(counted > 300);
}

TEST_CASE("a one-to-one map is undone by the map that is its opposite, of whatever formats share")
{
  std::size_t mapped = 0;
  std::size_t pairs = 0;
  for (const Side& from : sides()) {
    for (const Side& to : sides()) {
      for (const std::string_view field : {"role", "department", "phone_model"}) {
        if (from.id == to.id || !from.column_of.contains(field) || !to.column_of.contains(field))
          continue;
        ++pairs;
        const std::string here{from.column_of.at(field)};
        const std::string far{to.column_of.at(field)};
        Converting there{from.id, to.id};
        Converting back{to.id, from.id};
        std::map<std::string, std::string> map;
        for (const std::string_view cell : from.cells.at(here)) {
          if (cell.empty()) continue;
          const std::string other = std::to_string(1 + map.size());
          there.options.map.push_back({std::string{field}, std::string{cell}, other});
          back.options.map.push_back({std::string{field}, other, std::string{cell}});
          map.emplace(cell, other);
        }
        Chance chance{3};
        for (int i = 0; i != 20; ++i) {
          const std::string file = file_of(from, chance);
          CAPTURE(from.id);
          CAPTURE(to.id);
          CAPTURE(file);
          const convert::Loss lost = there.converted(file);
          const auto before = tests::cells_of(file);
          const auto between = tests::cells_of(there.result.text);
          CHECK(there.report.text.find("convert.check\", \"column\": \"" + far) ==
                std::string::npos);
          const convert::Loss lost_again = back.converted(there.result.text);
          if (lost.left_out + lost_again.left_out != 0) continue;
          const auto after = tests::cells_of(back.result.text);
          REQUIRE(between.size() == before.size());
          REQUIRE(after.size() == before.size());
          for (std::size_t row = 0; row != before.size(); ++row) {
            const std::string& cell = before[row].at(here);
            CHECK(between[row].at(far) == (cell.empty() ? "" : map.at(cell)));
            CHECK(without_guard(after[row].at(here)) == cell);
            mapped += cell.empty() ? 0U : 1U;
          }
        }
      }
    }
  }
  CHECK(pairs == 10);
  CHECK(mapped > 300);
}

TEST_CASE("what the target says of a converted file is what the conversion foretold")
{
  std::size_t foretold = 0;
  std::size_t files = 0;
  for (const Vendor& from : tests::all_vendors()) {
    for (const Vendor& to : tests::all_vendors()) {
      if (from.schema.id == to.schema.id) continue;
      Chance chance{11};
      for (int i = 0; i != 60; ++i) {
        const std::string file = made_file(from, chance, {.tame = i % 2 == 0});
        CAPTURE(from.schema.id);
        CAPTURE(to.schema.id);
        CAPTURE(tests::shown(file));
        Running there{to.schema, to.directory};
        there.context = to.context;
        there.options.file_name.clear();
        Converting converting{from.schema, to.schema};
        converting.is_open_to_all = false;
        converting.context = to.context;
        converting.options.host = &there.directory;
        converting.options.with_secrets = i % 3 != 0;
        const convert::Loss loss = converting.converted(file);
        if (loss.refusal != Refusal::none) continue;
        CAPTURE(tests::shown(converting.result.text));
        const JobSummary job = there.validated(converting.result.text);
        if (loss.written == 0) continue;
        REQUIRE(job.refusal == Refusal::none);
        CHECK(job.findings.empty());
        CHECK(job.rows == loss.written);
        // Rows that act in turn are judged on what the rows before them have left.
        if (job.counts.of(Code::row_repeats_key) + job.counts.of(Code::claim_moved) != 0 &&
            to.schema.rows == schema::Rows::in_turn)
          continue;
        std::multiset<FoundIn> said;
        std::multiset<FoundIn> expected;
        converting.each_finding([&](std::uint64_t row, json::Value finding) {
          if (finding.find("side").text() != "target") return;
          if (finding.find("code").text()->starts_with("convert.")) return;
          expected.insert(found_in(row, finding));
        });
        for (const std::string& line : there.lines()) {
          json::Document document{{}};
          must(document.read(line));
          const auto row = document.root().find("row").natural();
          for (const json::Value finding : document.root().find("findings"))
            if (row && is_foretold(found_in(*row, finding))) said.insert(found_in(*row, finding));
        }
        CHECK(said == expected);
        foretold += expected.size();
        ++files;
      }
    }
  }
  CHECK(files > 300);
  CHECK(foretold > 1'000);
}
