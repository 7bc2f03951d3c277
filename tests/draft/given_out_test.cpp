// Who is left out of what is given out in the order of the rows, and which rows have to do with
// something: both are kept up to date edit by edit, and must be what a look at all rows says.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "draft/drafting.hpp"
#include "draft/given_out.hpp"
#include "draft/touch_index.hpp"
#include "formats/catalogue.hpp"
#include "job/vendor_files.hpp"

using namespace rollcall;
using draft::GivenOut;
using draft::RowId;
using rollcall::tests::Chance;
using rollcall::tests::must;
using rollcall::tests::Running;
using rollcall::tests::saved;

namespace {

// Rows by the plainest code there is.
struct Plain {
  std::vector<RowId> order;
  std::map<RowId, GivenOut::Ask> asks;
  GivenOut::Amounts there = {};

  [[nodiscard]] std::map<RowId, GivenOut::LeftOut> left_out() const
  {
    std::map<RowId, GivenOut::LeftOut> left;
    GivenOut::Amounts given = {};
    for (const RowId row : order) {
      const GivenOut::Ask& ask = asks.at(row);
      std::size_t by = 0;
      while (by != given.size() &&
             ((ask.asks >> by & 1) == 0 || given[by] + ask.amounts[by] <= there[by]))
        ++by;
      if (by != given.size()) {
        left[row] = {static_cast<std::uint8_t>(by + 1), ask.amounts[by], given[by]};
        continue;
      }
      for (std::size_t kind = 0; kind != given.size(); ++kind)
        if ((ask.asks >> kind & 1) != 0) given[kind] += ask.amounts[kind];
    }
    return left;
  }
};

GivenOut::Ask made_ask(Chance& chance)
{
  GivenOut::Ask ask{.asks = static_cast<std::uint8_t>(chance.below(chance.one_in(2) ? 2 : 8))};
  for (std::uint64_t& amount : ask.amounts) amount = chance.one_in(9) ? chance.below(40) : 1;
  return ask;
}

std::string new_extensions(std::size_t rows)
{
  std::string file = "Extension,First Name,Email\n";
  for (std::size_t row = 0; row != rows; ++row) {
    const std::size_t first = 100'000 + 20 * row;
    file += std::to_string(first);
    if (row % 7 == 0) file += "-" + std::to_string(first + row % 19);
    file += row % 31 == 0 ? ",Ada,nowhere\n" : ",Ada,\n";
  }
  return file;
}

std::string drawing_users(std::size_t rows)
{
  std::string file = "Type,FirstName,LastName,Email,Extension\n";
  for (std::size_t row = 0; row != rows; ++row)
    file += "User,Ada,Ek," + std::string{row % 31 == 0 ? "nowhere," : ","} +
            (row % 3 == 0 ? std::to_string(5'000 + row) : "") + "\n";
  return file;
}

// Edits by chance, and after some of them what a job says of the file as it is saved.
void check_edits(const schema::Schema& schema, std::string_view directory, Context context,
                 const std::string& file, const std::vector<std::string_view>& values)
{
  Running running{schema, directory};
  running.context = std::move(context);
  MemorySource source{file};
  Draft draft = must(
      Draft::open(running.schema, source, running.directory, running.context, {}, running.seams()));
  REQUIRE_FALSE(draft.is_refused());
  std::size_t column = 0;
  while (draft.columns()[column].header != "Extension") ++column;
  Chance chance{29};
  std::uint64_t left_out = 0;
  for (int i = 0; i != 60; ++i) {
    const std::size_t row = chance.below(draft.rows());
    switch (chance.below(5)) {
      case 0:
        must(draft.remove(row, std::min<std::size_t>(draft.rows() - row, chance.below(9))));
        break;
      case 1: {
        std::vector<DraftCells> more(chance.below(9), DraftCells(draft.columns().size()));
        for (DraftCells& cells : more) cells[column] = chance.of(values);
        must(draft.insert(row, more));
        break;
      }
      case 2:
        must(draft.undo());
        break;
      default:
        must(draft.set(row, column, chance.of(values)));
    }
    const DraftCounts counts = must(draft.counts());
    if (i % 6 != 0) continue;
    JobSummary job;
    Running again{schema, directory};
    again.context = running.context;
    CHECK(tests::told_by_draft(draft) == tests::told_by_job(again, saved(draft), job));
    CHECK(counts.rejected == job.rejected);
    CHECK(counts.created == job.created);
    left_out += job.counts.of("extension.limit") + job.counts.of(Code::extension_pool_empty);
  }
  CHECK(left_out > 100);
}

} // namespace

TEST_CASE("who comes too late is left out, whatever rows ask for, come, go and change")
{
  Chance chance{17};
  draft::RowOrder order{*std::pmr::new_delete_resource()};
  Plain plain;
  GivenOut given{order, [&](RowId row) { return plain.asks.at(row); },
                 *std::pmr::new_delete_resource()};
  RowId next = 0;
  const auto insert = [&](std::size_t position) {
    plain.asks[next] = made_ask(chance);
    order.insert(position, next, {.rows = 1});
    plain.order.insert(plain.order.begin() + static_cast<std::ptrdiff_t>(position), next++);
  };
  while (plain.order.size() != 3'000) insert(chance.below(plain.order.size() + 1));
  std::size_t some = 0;
  for (int round = 0; round != 400; ++round) {
    for (std::size_t edits = chance.below(4); edits != 0; --edits) {
      const std::size_t at = chance.below(plain.order.size());
      switch (chance.below(4)) {
        case 0:
          insert(at);
          break;
        case 1:
          order.erase(at);
          plain.order.erase(plain.order.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 2:
          plain.asks[next] = made_ask(chance);
          order.expect(next);
          order.replace(at, next, {.rows = 1});
          plain.order[at] = next++;
          break;
        default:
          plain.asks[plain.order[at]] = made_ask(chance);
          given.changed(plain.order[at]);
      }
    }
    for (std::uint64_t& amount : plain.there)
      if (chance.one_in(5)) amount = chance.below(5'000);
    given.settle(plain.there);
    const auto left = plain.left_out();
    CHECK(given.left_out() == left.size());
    some += left.empty() ? 0U : 1U;
    for (int asked = 0; asked != 20; ++asked) {
      const RowId row = plain.order[chance.below(plain.order.size())];
      const GivenOut::LeftOut found = given.find(row);
      const auto known = left.find(row);
      REQUIRE((found.by != 0) == (known != left.end()));
      if (found.by == 0) continue;
      CHECK(found.by == known->second.by);
      CHECK(found.asked == known->second.asked);
      CHECK(found.before == known->second.before);
    }
    if (round % 50 != 0) continue;
    std::vector<RowId> told;
    given.for_each([&](RowId row, bool is_left_out) {
      told.push_back(row);
      CHECK(is_left_out == left.contains(row));
    });
    CHECK(told == plain.order);
  }
  CHECK(some > 200);
}

TEST_CASE("a draft of many rows says of a limit what a job says")
{
  check_edits(formats::extension_generator(), R"({"tenant": {"max_extensions": 1500}})",
              {.name = "ops", .role = "admin"}, new_extensions(1'500),
              {"20", "21-39", "22", "5000-5999", "", "none"});
}

TEST_CASE("a draft of many rows says of a pool what a job says")
{
  check_edits(formats::subscriber_import(),
              R"({"user": [], "tenant": {"extension_pool": {"first": "5000", "last": "5999"}}})",
              {.name = "ops", .role = "company_admin"}, drawing_users(1'500),
              {"", "", "5001", "5002", "5400", "5999", "70", "none"});
}

TEST_CASE("who has to do with a thing is found, however many things there were")
{
  Chance chance{5};
  draft::TouchIndex index{*std::pmr::new_delete_resource()};
  std::map<RowId, std::set<std::uint64_t>> plain;
  constexpr RowId rows = 2'000;
  index.expect(rows);
  for (int round = 0; round != 30'000; ++round) {
    const auto row = static_cast<RowId>(chance.below(rows));
    if (chance.one_in(9)) {
      index.forget(row);
      plain.erase(row);
      continue;
    }
    const std::uint64_t thing = chance.below(6'000) * 0x1'0000'0001;
    index.add(row, thing);
    plain[row].insert(thing);
  }
  for (std::uint64_t number = 0; number != 6'000; ++number) {
    const std::uint64_t thing = number * 0x1'0000'0001;
    std::set<RowId> found;
    index.for_each_row(thing, [&](RowId row) {
      found.insert(row);
      return true;
    });
    std::set<RowId> wanted;
    for (const auto& [row, things] : plain)
      if (things.contains(thing)) wanted.insert(row);
    CHECK(found == wanted);
  }
}
