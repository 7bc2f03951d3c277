// What a row comes to: each meaning of a blank for new and known objects, and what counts as a
// change (spec section 3, E24, F2).
#include "plan/diff.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unicode.hpp"
#include "csv/cell.hpp"
#include "csv/guard.hpp"
#include "support/must.hpp"

using namespace rollcall;
using namespace rollcall::plan;
using check::CellState;
using rollcall::tests::must;
using schema::Blank;

namespace {

using Text = std::optional<std::string_view>;

// A schema of one column beside the key.
schema::CompiledSchema of_column(schema::Column column)
{
  column.field = "x";
  column.header = "X";
  return must(schema::CompiledSchema::compile(
      {.id = "one",
       .kinds = {{.name = "thing", .key = {"id", schema::Id{}}, .keys = schema::Keys::from_host}},
       .columns = {{.field = "id", .header = "ID", .type = schema::Id{}}, column}}));
}

std::string in_words(Text text)
{
  return text ? "'" + std::string{*text} + "'" : "null";
}

std::string in_words(const RowChange& change)
{
  std::string words{slug(change.outcome)};
  for (const FieldChange& field : change.fields) {
    words += ": " + in_words(field.before) + " -> ";
    if (field.secret == SecretFrom::column)
      words += "the column's secret";
    else if (field.secret == SecretFrom::generated)
      words += "a secret";
    else
      words += in_words(field.after);
  }
  return words;
}

struct Given {
  CellState state = CellState::good;
  std::string_view text = {};
};

constexpr Given blank = {CellState::blank};
constexpr Given absent = {CellState::absent};

std::string created(const schema::Column& column, Given given)
{
  const auto schema = of_column(column);
  check::JudgedBatch batch{std::pmr::new_delete_resource()};
  batch.start(1, 2);
  batch.row(0).is_new = true;
  batch.cell(0, 0).state = CellState::blank;
  batch.cell(1, 0) = {given.state, given.text};
  return in_words(diff(schema, batch, 0));
}

std::string updated(const schema::Column& column, Given given, Text old)
{
  const auto schema = of_column(column);
  check::JudgedBatch batch{std::pmr::new_delete_resource()};
  batch.start(1, 2);
  batch.row(0).key = "17";
  batch.row(0).old = {&old, 1};
  batch.cell(0, 0) = {CellState::good, "17"};
  batch.cell(1, 0) = {given.state, given.text};
  return in_words(diff(schema, batch, 0));
}

bool is_unchanged(const schema::Type& type, std::string_view cell, std::string_view old)
{
  return updated({.type = type}, {CellState::good, cell}, old) == "unchanged";
}

} // namespace

TEST_CASE("a blank that clears takes away what was there, and nothing else")
{
  const schema::Column column{.on_create = Blank::clear, .on_update = Blank::clear};
  CHECK(created(column, blank) == "created");
  CHECK(created(column, absent) == "created");
  CHECK(updated(column, blank, "a") == "updated: 'a' -> null");
  CHECK(updated(column, blank, {}) == "unchanged");
  CHECK(updated(column, absent, "a") == "unchanged");
}

TEST_CASE("a blank that keeps leaves everything as it is")
{
  const schema::Column column{.on_create = Blank::keep, .on_update = Blank::keep};
  CHECK(created(column, blank) == "created");
  CHECK(created(column, absent) == "created");
  CHECK(updated(column, blank, "a") == "unchanged");
  CHECK(updated(column, blank, {}) == "unchanged");
  CHECK(updated(column, absent, "a") == "unchanged");
}

TEST_CASE("a blank that fills puts in its value, for new objects also without the column")
{
  const schema::Column column{.on_create = Blank::fill, .on_update = Blank::fill, .fill = "b"};
  CHECK(created(column, blank) == "created: null -> 'b'");
  CHECK(created(column, absent) == "created: null -> 'b'");
  CHECK(updated(column, blank, "a") == "updated: 'a' -> 'b'");
  CHECK(updated(column, blank, {}) == "updated: null -> 'b'");
  CHECK(updated(column, blank, " b ") == "unchanged");
  CHECK(updated(column, absent, "a") == "unchanged");
}

TEST_CASE("a blank that generates makes a secret, whether or not there was one")
{
  const schema::Column column{
      .type = schema::Secret{}, .on_create = Blank::generate, .on_update = Blank::generate};
  CHECK(created(column, blank) == "created: null -> a secret");
  CHECK(created(column, absent) == "created: null -> a secret");
  CHECK(updated(column, blank, "true") == "updated: 'true' -> a secret");
  CHECK(updated(column, blank, {}) == "updated: null -> a secret");
  CHECK(updated(column, absent, {}) == "unchanged");
}

TEST_CASE("blanks mean one thing for new objects and another for known ones")
{
  const schema::Column column{
      .type = schema::Secret{}, .on_create = Blank::generate, .on_update = Blank::keep};
  CHECK(created(column, blank) == "created: null -> a secret");
  CHECK(updated(column, blank, "true") == "unchanged");
  const schema::Column switched{.type = schema::Boolean{},
                                .on_create = Blank::fill,
                                .on_update = Blank::clear,
                                .fill = "true"};
  CHECK(created(switched, blank) == "created: null -> 'true'");
  CHECK(updated(switched, blank, "true") == "updated: 'true' -> null");
}

TEST_CASE("a filled secret always is a change, and its text is in none")
{
  const schema::Column column{.type = schema::Secret{}};
  const Given given{CellState::good, "hunter2"};
  CHECK(created(column, given) == "created: null -> the column's secret");
  CHECK(updated(column, given, "true") == "updated: 'true' -> the column's secret");
  CHECK(updated(column, given, {}) == "updated: null -> the column's secret");
  CHECK(updated(column, given, "hunter2") == "updated: 'hunter2' -> the column's secret");
}

TEST_CASE("a column that informs changes nothing")
{
  schema::Column column{.type = schema::Ip{}, .informational = true};
  CHECK(created(column, {CellState::good, "::1"}) == "created");
  CHECK(updated(column, {CellState::good, "::1"}, "::2") == "unchanged");
  CHECK(updated(column, blank, "::2") == "unchanged");
}

TEST_CASE("a filled cell is what the object gets, if it has something else")
{
  const schema::Column column;
  CHECK(created(column, {CellState::good, "a"}) == "created: null -> 'a'");
  CHECK(updated(column, {CellState::good, "a"}, "b") == "updated: 'b' -> 'a'");
  CHECK(updated(column, {CellState::good, "a"}, {}) == "updated: null -> 'a'");
  CHECK(updated(column, {CellState::good, "a"}, "a") == "unchanged");
  CHECK(updated(column, {CellState::good, "a"}, "A") == "updated: 'A' -> 'a'");
}

TEST_CASE("a rejected row changes nothing, and keeps the key that was found")
{
  const auto schema = of_column({});
  check::JudgedBatch batch{std::pmr::new_delete_resource()};
  batch.start(1, 2);
  batch.row(0).is_rejected = true;
  batch.row(0).key = "17";
  batch.cell(1, 0) = {CellState::good, "a"};
  const RowChange change = diff(schema, batch, 0);
  CHECK(in_words(change) == "rejected");
  CHECK(change.key == "17");
}

TEST_CASE("fields are numbered without the key, wherever its column stands")
{
  const auto schema = must(schema::CompiledSchema::compile(
      {.id = "three",
       .kinds = {{.name = "thing", .key = {"id", schema::Id{}}}},
       .columns = {{.field = "a", .header = "A"},
                   {.field = "id", .header = "ID", .type = schema::Id{}},
                   {.field = "b", .header = "B"}}}));
  check::JudgedBatch batch{std::pmr::new_delete_resource()};
  batch.start(1, 3);
  const Text old[] = {"1", "2"};
  batch.row(0).key = "17";
  batch.row(0).old = old;
  batch.cell(0, 0) = {CellState::good, "1"};
  batch.cell(2, 0) = {CellState::good, "3"};
  const RowChange change = diff(schema, batch, 0);
  REQUIRE(change.fields.size() == 1);
  CHECK(change.fields[0].field == 1);
  CHECK(change.fields[0].before == "2");
  CHECK(change.fields[0].after == "3");
}

TEST_CASE("what the directory has is compared as a cell of an export would be read")
{
  CHECK(is_unchanged(schema::Text{}, "Ada", " Ada\t"));
  CHECK(is_unchanged(schema::Text{}, "Ren\xC3\xA9", "Rene\xCC\x81"));
  CHECK(is_unchanged(schema::Text{.max = 3}, "Rene", "Rene"));
  CHECK(is_unchanged(schema::Mac{}, "a0:b1:c2:d3:e4:f5", "A0-B1-C2-D3-E4-F5"));
  CHECK(is_unchanged(schema::Email{}, "ren\xC3\xA9@b.de", "rene\xCC\x81@b.de"));
  CHECK(is_unchanged(schema::Boolean{.yes = {"1"}, .no = {"0"}}, "true", "true"));
  CHECK_FALSE(is_unchanged(schema::Boolean{.yes = {"1"}, .no = {"0"}}, "true", "false"));
  CHECK_FALSE(is_unchanged(schema::Email{}, "ada@b.de", "Ada@b.de"));
  CHECK_FALSE(is_unchanged(schema::Extension{}, "201", "0201"));
  CHECK_FALSE(is_unchanged(schema::Digits{.plus = true}, "+49", "49"));
}

TEST_CASE("the guard that an export would put there is taken off again, and no other")
{
  CHECK(is_unchanged(schema::Text{}, "=1", "=1"));
  CHECK(is_unchanged(schema::Text{}, "'=1", "'=1"));
  CHECK(is_unchanged(schema::Text{}, " =1", " =1")); // not trimmed: the guard stands in front
  CHECK_FALSE(is_unchanged(schema::Text{}, "=1", "'=1"));
  CHECK_FALSE(is_unchanged(schema::Text{}, "=1", " =1"));
  CHECK(is_unchanged(schema::Digits{.plus = true}, "+4420", "+4420"));
}

TEST_CASE("a blank leaves alone what an export would show as blank")
{
  const schema::Column column{.on_update = Blank::clear};
  CHECK(updated(column, blank, "") == "unchanged");
  CHECK(updated(column, blank, " \xC2\xA0") == "unchanged");
  CHECK(updated(column, blank, "'") == "updated: ''' -> null");
}

TEST_CASE("whatever text an object has, its export changes nothing")
{
  const std::vector<std::string> pieces = {
      "=",  "+",        "-", "@",         "'",        "'", " ", "\t",
      "\r", "\xC2\xA0", "a", "e\xCC\x81", "\xC3\xA9", "1", ".", "\xEF\xBC\x9D",
      "\n"};
  std::mt19937 chance{7};
  for (int i = 0; i != 20'000; ++i) {
    std::string old;
    for (auto count = chance() % 6; count != 0; --count) old += pieces[chance() % pieces.size()];
    std::string guarded;
    std::string composed;
    const std::string_view cell =
        to_nfc(csv::without_guard(csv::trimmed(csv::with_guard(old, csv::Guard::text, guarded))),
               composed);
    const Given given{cell.empty() ? CellState::blank : CellState::good, cell};
    REQUIRE_MESSAGE(updated({.on_update = Blank::clear}, given, old) == "unchanged", old);
  }
}
