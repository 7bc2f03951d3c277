// Free numbers of pools and room under limits, given out in the order of the file (spec S5, X3).
#include "plan/allotment.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "plan/claims.hpp"
#include "plan/line_book.hpp"
#include "support/checking.hpp"

namespace rollcall::tests {
namespace {

using plan::Allotment;
using plan::RowNumber;

// Blank extensions come from a pool, and there are only so many users.
schema::Schema pooled()
{
  using namespace schema;
  return {
      .id = "pooled",
      .title = "Pooled",
      .settings = {{.name = "pool", .is = Is::pool}, {.name = "most", .is = Is::integer}},
      .roles = {{.name = "writer", .may = {Action::validate}}},
      .kinds = {{.name = "user", .key = {"id", Id{}}, .keys = Keys::from_host}},
      .columns = {{.field = "id", .header = "ID", .type = Id{}},
                  {.field = "extension",
                   .header = "Extension",
                   .type = Extension{.min = 2, .max = 5},
                   .on_create = Blank::pool,
                   .on_update = Blank::keep,
                   .fill = "tenant.pool"},
                  {.field = "name", .header = "Name"}},
      .codes = {{.code = "user.too_many", .means = "There are too many users."}},
      .claims = {{.name = "extension", .held_in = {{"user.extension"}}}},
      .limits =
          {{.kind = "user", .most = "tenant.most", .code = "user.too_many", .blame = "extension"}},
      .objects = {{.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"}},
  };
}

// A row may be a range of extensions, of which there may be only so many.
schema::Schema ranged()
{
  using namespace schema;
  schema::Schema made = pooled();
  made.kinds = {{.name = "extension", .key = {"extension", Extension{.min = 2, .max = 5}}}};
  made.columns = {{.field = "extension",
                   .header = "Extension",
                   .type = Extension{.min = 2, .max = 5, .range_max = 50},
                   .mandatory = always},
                  {.field = "name", .header = "Name"}};
  made.claims = {{.name = "extension", .held_in = {{"extension.extension"}}}};
  made.limits.front().kind = "extension";
  made.objects = {{.kind = "extension", .key = "extension", .create = "true"}};
  return made;
}

std::string host(const std::string& settings, const std::string& users = {})
{
  return R"({"tenant": {)" + settings + R"(}, "user": [)" + users + "]}";
}

constexpr const char* from_20_to_24 = R"("pool": {"first": "20", "last": "24"})";

// Rows with a name at their ends, since rows without anything are none.
std::string named(std::string_view rows)
{
  std::string text;
  for (const char sign : rows) {
    if (sign == '\n') text += text.find('\n') == std::string::npos ? ",Name" : ",Ada";
    text += sign;
  }
  return text;
}

std::string facts_of(const Finding& found)
{
  std::string text;
  for (const Fact& fact : found.facts) text += std::string{fact.name} + "=" + fact.value + " ";
  return text;
}

class Allotting {
 public:
  Allotting(const std::string& text, const std::string& json,
            const schema::Schema& schema = pooled(), std::optional<std::uint64_t> next_id = {})
      : rows{text, {.dialect = {.delimiter = ','}}, schema}
  {
    rows.context = {.name = "ada", .role = "writer"};
    rows.directory.hold(json);
    rows.check();
    lines.take(rows.batch());
    claims.emplace(rows.schema(), rows.known(), lines, SipKey{1, 2}, memory);
    allotment.emplace(rows.schema(), rows.known(), memory);
    must(claims->take(rows.checker(), 1));
    must(allotment->start(rows.facts(), next_id));
    must(allotment->take(rows.checker(), 1));
    claims->settle();
  }

  void give(bool fills = true)
  {
    const auto stands = [this](RowNumber row) {
      return !fallen.contains(row) && !rows.is_rejected(row - 1) && !claims->has_fallen(row);
    };
    const auto is_wanted = [&](std::uint16_t claim, std::string_view value) {
      const auto row = claims->wanting(claim, value);
      return row && stands(*row);
    };
    const auto end = static_cast<RowNumber>(rows.rows()) + 1;
    must(allotment->give(rows.checker(), 1, end, stands, is_wanted, fills));
  }

  // "22, 21, left out, -": what each row has in its cell, or that it is left out.
  [[nodiscard]] std::string given(bool fills = true)
  {
    give(fills);
    std::string all;
    for (std::size_t row = 0; row != rows.rows(); ++row) {
      const bool is_out = allotment->is_left_out(static_cast<RowNumber>(row) + 1);
      all += (row == 0 ? "" : ", ") + (is_out ? "left out" : rows.cell("extension", row));
    }
    return all;
  }

  [[nodiscard]] Finding said_of(std::size_t row)
  {
    allotment->say(rows.checker(), 1);
    const auto found = rows.all_findings(row);
    REQUIRE(found.size() == 1);
    return found.front();
  }

  std::pmr::memory_resource& memory = *std::pmr::new_delete_resource();
  Checking rows;
  plan::LineBook lines{memory};
  std::optional<plan::Claims> claims;
  std::optional<Allotment> allotment;
  std::set<RowNumber> fallen;
};

} // namespace

TEST_CASE("free numbers go out in the order of the file, but those that somebody has or asks for")
{
  Allotting all{named("ID,Extension\n,x1\n,\n,21\n,\n"),
                host(from_20_to_24, R"({"id": "1", "extension": "20"})")};
  CHECK(all.allotment->draws());
  CHECK(all.given() == "(bad), 22, 21, 23");
}

TEST_CASE("a number that only a row asks for that falls is free")
{
  Allotting all{named("ID,Extension\n,\n,20\n,\n"), host(from_20_to_24)};
  all.fallen = {2};
  CHECK(all.given() == "20, 20, 21");
}

TEST_CASE("a row that falls draws no number")
{
  Allotting all{named("ID,Extension\n,\n,\n"), host(from_20_to_24)};
  all.fallen = {1};
  CHECK(all.given() == "(blank), 20");
}

TEST_CASE("rows that give their number, or change somebody, draw none")
{
  Allotting all{named("ID,Extension\n,30\n1,\n"), host(from_20_to_24, R"({"id": "1"})")};
  CHECK_FALSE(all.allotment->draws());
  CHECK(all.given() == "30, (blank)");
}

TEST_CASE("a pool gives its first and its last number, and then it is empty")
{
  Allotting all{named("ID,Extension\n,\n,\n,\n"),
                host(R"("pool": {"first": "0098", "last": "0099"})")};
  CHECK(all.given() == "0098, 0099, left out");
  const Finding found = all.said_of(2);
  CHECK(slug(found) == "extension.pool_empty");
  CHECK(render_message(found).find("0098-0099") != std::string::npos);
  CHECK(all.rows.is_rejected(2));
  CHECK_FALSE(all.rows.is_rejected(1));
}

TEST_CASE("a pool is asked for as far as it is needed, however many numbers are held")
{
  std::string users;
  for (int i = 1000; i != 1400; ++i)
    users += (users.empty() ? "" : ", ") + (R"({"id": ")" + std::to_string(i)) +
             R"(", "extension": ")" + std::to_string(i) + R"("})";
  Allotting all{named("ID,Extension\n,\n,\n"),
                host(R"("pool": {"first": "1000", "last": "9999"})", users)};
  all.rows.directory.calls.clear();
  CHECK(all.given() == "1400, 1401");
  CHECK(all.rows.asked().size() == 2); // of 256 each
}

TEST_CASE("without a pool a blank stays one")
{
  Allotting all{named("ID,Extension\n,\n"), host("")};
  CHECK_FALSE(all.allotment->draws());
  CHECK(all.given() == "(blank)");
}

TEST_CASE("there is room for as many as the limit says beside those who are there")
{
  Allotting all{named("ID,Extension\n,30\n1,31\n,32\n,33\n"),
                host(R"("most": 3)", R"({"id": "1", "extension": "40"})")};
  CHECK(all.given() == "30, 31, 32, left out");
  const Finding found = all.said_of(3);
  CHECK(slug(found) == "user.too_many");
  CHECK(found.column == "Extension");
  CHECK(facts_of(found) == "most=3 now=3 ");
}

TEST_CASE("where more are there than may be, nobody new fits")
{
  Allotting all{named("ID,Extension\n,30\n1,31\n"),
                host(R"("most": 1)", R"({"id": "1"}, {"id": "2"}, {"id": "3"})")};
  CHECK(all.given() == "left out, 31");
}

TEST_CASE("a limit of none at all, and none that is said")
{
  CHECK(Allotting{named("ID,Extension\n,30\n"), host(R"("most": 0)")}.given() == "left out");
  CHECK(Allotting{named("ID,Extension\n,30\n"), host("")}.given() == "30");
}

TEST_CASE("who is left out takes neither number nor room")
{
  const std::string one_number = R"("pool": {"first": "20", "last": "20"}, "most": 2)";
  Allotting all{named("ID,Extension\n,\n,\n,30\n,31\n"), host(one_number)};
  CHECK(all.given() == "20, left out, 30, left out");
  all.allotment->say(all.rows.checker(), 1);
  CHECK(all.rows.findings(1) == "extension.pool_empty in Extension");
  CHECK(all.rows.findings(3) == "user.too_many in Extension");
}

TEST_CASE("who finds no room draws no number either")
{
  Allotting all{named("ID,Extension\n,\n,\n"),
                host(std::string{from_20_to_24} + R"(, "most": 1)", R"({"id": "1"})")};
  CHECK(all.given() == "left out, left out");
  all.allotment->take_back();
  all.fallen = {};
  CHECK(all.given() == "left out, left out");
}

TEST_CASE("what is taken back is given again in the same way")
{
  Allotting all{named("ID,Extension\n,\n,30\n,\n"),
                host(std::string{from_20_to_24} + R"(, "most": 2)")};
  all.give(false);
  CHECK_FALSE(all.allotment->is_left_out(1));
  CHECK(all.allotment->is_left_out(3));
  CHECK(all.rows.cell("extension", 0) == "(blank)");
  all.allotment->take_back();
  CHECK(all.given() == "20, 30, left out");
}

TEST_CASE("a range fits as a whole or not at all, and a smaller one after it may")
{
  Allotting all{"Extension,Name\n200-204,A\n210-211,B\n220,C\n221,D\n",
                R"({"tenant": {"most": 7}, "extension": [{"extension": "99"}]})", ranged()};
  CHECK(all.given() == "200-204, left out, 220, left out");
  const Finding found = all.said_of(1);
  CHECK(slug(found) == "user.too_many");
  CHECK(facts_of(found) == "most=7 now=6 asked=2 ");
}

TEST_CASE("a range that fits exactly is made")
{
  Allotting all{"Extension,Name\n200-204,A\n", R"({"tenant": {"most": 5}, "extension": []})",
                ranged()};
  CHECK(all.given() == "200-204");
}

TEST_CASE("ids are given out as long as there are any, and a row without one draws no number")
{
  const std::string rows = named("ID,Extension\n,\n,30\n,\n,\n");
  Allotting none{rows, host(from_20_to_24), pooled(), no_id_left};
  CHECK(none.given() == "left out, left out, left out, left out");
  Allotting two{rows, host(from_20_to_24), pooled(), no_id_left - 2};
  CHECK(two.given() == "20, 30, left out, left out");
  const Finding said = two.said_of(3);
  CHECK(said.code == Code::host_refused);
  CHECK(facts_of(said) == "reason=no id is left for another user ");
  Allotting many{rows, host(from_20_to_24), pooled(), 7};
  CHECK(many.given() == "20, 30, 21, 22");
}

} // namespace rollcall::tests
