// Schemas made ready: what is numbered, what rules read, and how headers are found.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "schema/compiled.hpp"
#include "support/must.hpp"
#include "support/staff_schema.hpp"

using namespace rollcall;
using namespace rollcall::schema;
using rollcall::tests::must;
using rollcall::tests::staff;

namespace {

using Columns = std::vector<ColumnId>;

template <class Change>
CompiledSchema compiled_after(Change change)
{
  Schema changed = staff();
  change(changed);
  return must(CompiledSchema::compile(std::move(changed)));
}

std::uint16_t column(const CompiledSchema& schema, std::string_view header)
{
  return schema.find_column(header).value();
}

Columns sorted(Columns columns)
{
  std::sort(columns.begin(), columns.end());
  return columns;
}

} // namespace

TEST_CASE("headers are folded: without case, space, underscore and dash")
{
  CHECK(folded_header("Mac Address") == "macaddress");
  CHECK(folded_header("MAC_ADDRESS") == "macaddress");
  CHECK(folded_header(" m-a-c--address_ ") == "macaddress");
  CHECK(folded_header("STRASSE") == folded_header("Stra\xC3\x9F"
                                                  "e"));
  CHECK(folded_header("E\xCC\x81tage") == folded_header("\xC3\xA9"
                                                        "TAGE"));
  CHECK(folded_header("E-Mail") != folded_header("E.Mail"));
  CHECK(folded_header(" - _ ").empty());
}

TEST_CASE("columns are found by header and alias, and by nothing else")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  CHECK(compiled.find_column("full_name") == 1);
  CHECK(compiled.find_column("NAME") == 1);
  CHECK(compiled.find_column("id") == 0);
  CHECK_FALSE(compiled.find_column("Names").has_value());
  CHECK_FALSE(compiled.find_column("extensions").has_value());
  CHECK_FALSE(compiled.find_column("").has_value());
  CHECK_FALSE(compiled.find_column("--").has_value());
}

TEST_CASE("the nearest header is told as the schema writes it")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  CHECK(compiled.nearest_header("Extention") == "Extension");
  CHECK(compiled.nearest_header("nam") == "Full Name");
  CHECK(compiled.nearest_header("Favourite Colour").empty());
  CHECK(compiled.nearest_header("").empty());
}

TEST_CASE("the headers of results are known in every format, with its own")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  for (const char* const header :
       {"Change OK", "CHANGEOK", "Notes", "Errors", "Row", "Line", "Status", "Messages", "outcome"})
    CHECK(compiled.is_result_header(header));
  CHECK_FALSE(compiled.is_result_header("Name"));
  CHECK_FALSE(compiled.is_result_header(""));
}

TEST_CASE("the fields of the own kind are its columns but the key, in their order")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  const CompiledKind& own = compiled.kinds[compiled.own_kind()];
  CHECK(own.name == "user");
  CHECK(own.key.column == 0);
  CHECK(compiled.key_column == 0);
  CHECK(compiled.columns[0].own_field == expr::key_field);
  CHECK_FALSE(compiled.columns[0].is_applied);
  REQUIRE(own.fields.size() == compiled.columns.size() - 1);
  for (std::size_t i = 0; i != own.fields.size(); ++i) {
    CHECK(own.fields[i].column == i + 1);
    CHECK(compiled.columns[i + 1].own_field == i);
    CHECK(own.fields[i].type == compiled.columns[i + 1].column->type);
  }
  CHECK_FALSE(compiled.columns[column(compiled, "IP")].is_applied);
  CHECK(compiled.kinds[1].fields.size() == 2);
}

TEST_CASE("an object without sets has every column that is applied")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  const CompiledObject& own = compiled.objects.front();
  CHECK(own.has_own_columns);
  CHECK(own.key_column == 0);
  CHECK(own.sets.size() ==
        compiled.columns.size() - 2); // neither the key nor what is informational
  for (const CompiledSet& set : own.sets)
    CHECK(compiled.columns[set.column].own_field == set.field);
}

TEST_CASE("the column of the key may stand anywhere")
{
  const auto compiled = compiled_after([](Schema& s) {
    std::rotate(s.columns.begin(), s.columns.begin() + 1, s.columns.begin() + 4);
  });
  CHECK(compiled.key_column == 3);
  CHECK(compiled.kinds[0].fields[3].column == 4);
}

TEST_CASE("a field of the own kind that is no column is old, also where it is called new")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.kinds[0].fields = {{"standard", Boolean{}, "true"}};
    s.objects[0].eligible = "old.standard and new.standard";
  });
  const auto& own = compiled.kinds[0];
  REQUIRE(own.fields.back().name == "standard");
  CHECK(own.fields.back().column == none);
  CHECK(own.fields.back().null_text == "true");
  const auto& reads = compiled.book().program(compiled.objects[0].eligible.value()).reads;
  REQUIRE_FALSE(reads.empty());
  for (const expr::Slot& slot : reads) {
    CHECK(slot.space == expr::Space::old);
    CHECK(slot.field == own.fields.size() - 1);
  }
}

TEST_CASE("a rule is judged if what it reads is good, known, and changed")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.rules = {{.code = "a.cell", .when = "present(mac)", .require = "blank(email)", .says = "x"},
               {.code = "a.fresh", .when = "present(new.mac)", .about = {"ip"}, .says = "x"},
               {.code = "a.old", .when = "present(old.mac) and present(name)", .says = "x"},
               {.code = "a.fact", .when = "actor.role == 'writer'", .about = {"ip"}, .says = "x"}};
  });
  const auto mac = column(compiled, "Mac Address");
  const auto ip = column(compiled, "IP");
  REQUIRE(compiled.rules.size() == 4);
  const auto& cell = compiled.rules[0];
  CHECK(sorted(cell.reads_cells) == sorted({mac, column(compiled, "Email")}));
  CHECK(cell.reads_new.empty());
  CHECK_FALSE(cell.reads_object);
  const auto& fresh = compiled.rules[1];
  CHECK(sorted(fresh.reads_cells) == sorted({mac, ip}));
  CHECK(sorted(fresh.reads_new) == sorted({mac, ip}));
  CHECK(fresh.reads_object);
  const auto& old = compiled.rules[2];
  CHECK(old.reads_cells == Columns{column(compiled, "Full Name")});
  CHECK(old.reads_new.empty());
  CHECK(old.reads_object);
  const auto& fact = compiled.rules[3];
  CHECK(fact.reads_cells == Columns{ip});
  CHECK(fact.reads_new.empty());
  CHECK_FALSE(fact.reads_object);
}

TEST_CASE("a rule with each stands there for each of its columns, which is it")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.rules = {{.code = "a.b",
                .blame = "it",
                .each = {"mac", "ip"},
                .when = "present(new.it)",
                .require = "present(it) or present(old.it)",
                .says = "{it} is there"}};
  });
  REQUIRE(compiled.rules.size() == 2);
  for (const auto& [rule, header] : {std::pair{0, "Mac Address"}, {1, "IP"}}) {
    const auto& each = compiled.rules[static_cast<std::size_t>(rule)];
    CHECK(each.it == column(compiled, header));
    CHECK(each.blame == each.it);
    CHECK(each.reads_new == Columns{each.it});
    CHECK(each.rule == &compiled.schema().rules[0]);
  }
}

TEST_CASE("rules stand in the order of their stages, and in that order as written")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.rules = {{.code = "a.1", .stage = Stage::authority, .says = "x"},
               {.code = "a.2", .says = "x"},
               {.code = "a.3", .stage = Stage::reference, .says = "x"},
               {.code = "value.mac", .blame = "mac"}};
  });
  std::string order;
  for (const CompiledRule& rule : compiled.rules) order += rule.rule->code + " ";
  CHECK(order == "a.2 value.mac a.3 a.1 ");
  CHECK(compiled.rules[1].code == Code::value_mac);
  CHECK_FALSE(compiled.rules[0].code.has_value());
}

TEST_CASE("a let may be read wherever what it reads may")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.lets = {{"boss", "actor.role == 'writer'"},
              {"desk", "present(new.mac)"},
              {"both", "boss and desk"}};
    s.roles[0].is = "boss";
    s.rules = {{.code = "a.b", .when = "both", .says = "x"}};
  });
  CHECK(compiled.rules[0].reads_new == Columns{column(compiled, "Mac Address")});
  CHECK(compiled.roles[0].is.has_value());
  CHECK_FALSE(compiled.roles[1].is.has_value());
}

TEST_CASE("what every schema knows of a job stands behind its own facts")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.settings = {{.name = "limits.devices", .is = Is::integer, .otherwise = "1", .min = 1}};
    s.actor = {{.name = "role", .is = Is::key}};
    s.options = {{.name = "force", .is = Is::boolean}};
  });
  std::string all;
  for (const CompiledFact& fact : compiled.facts)
    all +=
        std::to_string(static_cast<int>(fact.of)) + fact.name + (fact.fact == nullptr ? "* " : " ");
  CHECK(all == "0limits.devices 1role 2force 0name* 1name* ");
}

TEST_CASE("parts of intervals and pools are read by their names")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.settings = {{.name = "pin_length", .is = Is::interval, .otherwise = "[4, 10]"},
                  {.name = "numbers", .is = Is::pool}};
    s.columns[8].type = Secret{.digits = true,
                               .min = "tenant.pin_length.min",
                               .max = "tenant.pin_length.max",
                               .length = 6};
    s.columns[3].on_create = Blank::pool;
    s.columns[3].fill = "tenant.numbers";
    s.claims.push_back({.name = "extension", .held_in = {{"user.extension"}}});
  });
  CHECK(compiled.columns[3].pool == 1);
  CHECK_FALSE(compiled.columns[3].fill.has_value());
  const auto& max = compiled.book().program(compiled.columns[8].max.value()).reads;
  REQUIRE(max.size() == 1);
  CHECK(max[0] == expr::Slot{expr::Space::fact, 0, 1});
}

TEST_CASE("what always holds costs nothing")
{
  const auto compiled = compiled_after([](Schema& s) {
    s.claims[0].held_in[0].when = "1 == 1";
    s.effects = {{.name = "mail", .fields = {{"to", "email"}}}};
  });
  CHECK_FALSE(compiled.claims[0].held_in[0].when.has_value());
  CHECK_FALSE(compiled.claims[0].takes_from.has_value());
  CHECK_FALSE(compiled.effects[0].when.has_value());
  CHECK_FALSE(compiled.exports.value().filter.has_value());
  CHECK_FALSE(compiled.objects[0].eligible.has_value());
}

TEST_CASE("an export leaves secrets empty")
{
  const auto compiled = must(CompiledSchema::compile(staff()));
  const auto& cells = compiled.exports.value().cells;
  REQUIRE(cells.size() == compiled.columns.size());
  CHECK(compiled.book().program(cells[column(compiled, "Password")]).reads.empty());
  CHECK(compiled.book().program(cells[column(compiled, "Email")]).reads.front().space ==
        expr::Space::object);
}

TEST_CASE("a compiled schema may be moved: what points into it stays")
{
  auto first = must(CompiledSchema::compile(staff()));
  const Column* const column = first.columns[1].column;
  const CompiledSchema second = std::move(first);
  CHECK(second.columns[1].column == column);
  CHECK(&second.schema().columns[1] == column);
  CHECK(second.digest == must(digest_of(staff())));
}
