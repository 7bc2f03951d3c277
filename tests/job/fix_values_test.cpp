// What mending writes: good files are damaged in ways of which it is known what the cell said, and
// then every cell that was mended must say that again. What is left damaged is no fault.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>

#include "check/values.hpp"
#include "csv/cell.hpp"
#include "csv/guard.hpp"
#include "job/cells.hpp"
#include "job/mended.hpp"
#include "job/vendor_files.hpp"
#include "support/rounds.hpp"

using namespace rollcall;
using rollcall::tests::Chance;
using rollcall::tests::mended;
using rollcall::tests::Mended;
using rollcall::tests::RowSeen;
using rollcall::tests::Running;

namespace {

bool is_number(std::string_view value)
{
  const std::string_view digits = value.substr(value.starts_with('+') ? 1 : 0);
  return !digits.empty() && check::is_all_digits(digits);
}
bool is_plain_number(std::string_view value)
{
  return value.size() > 1 && check::is_all_digits(value);
}
bool is_phone(std::string_view value)
{
  return value.starts_with('+') && is_number(value);
}
bool is_address(std::string_view value)
{
  return value.find('@') != value.npos;
}
bool is_any(std::string_view value)
{
  return !value.empty();
}
bool has_digit(std::string_view value)
{
  return value.find_first_of("0123456789") != value.npos;
}
bool has_zero(std::string_view value)
{
  return is_plain_number(value) && value.find('0') != value.npos;
}

std::string with_wide_digit(std::string value)
{
  const std::size_t at = value.find_first_of("0123456789");
  const char wide[] = {'\xEF', '\xBC', static_cast<char>('\x90' + (value[at] - '0')), '\0'};
  return value.replace(at, 1, wide);
}
std::string with_letter(std::string value)
{
  return value.replace(value.find('0'), 1, "O");
}
std::string with_nothing_seen(std::string value)
{
  return value.insert(value.size() / 2, "\u200B");
}
// As a spreadsheet shows it if there is room for all digits.
std::string as_power(std::string value)
{
  const std::string power = std::to_string(value.size() - 1);
  return value.insert(1, ".") + "E+" + power;
}

// A way in which a cell goes wrong. Some of them can be undone, of others nothing may be made but
// what they are.
struct Damage {
  std::string_view name;
  bool (*applies)(std::string_view value);
  std::string (*made)(std::string value); // the cell as it stands in the file
  bool can_be_undone = true;
};

constexpr std::array damages = {
    Damage{"a point and a zero", is_number, [](std::string v) { return v + ".0"; }},
    Damage{"a point and two zeros", is_number, [](std::string v) { return v + ".00"; }},
    Damage{"a comma and a zero", is_number, [](std::string v) { return '"' + v + ",0\""; }},
    Damage{"a fraction", is_number, [](std::string v) { return v + ".5"; }, false},
    Damage{"thousands", is_number, [](std::string v) { return v + ".250"; }, false},
    Damage{"a power of ten", is_plain_number, as_power},
    Damage{"an apostrophe", is_number, [](std::string v) { return "'" + v; }},
    Damage{"a digit too much", is_number, [](std::string v) { return v + "7"; }, false},
    Damage{"two numbers", is_number, [](std::string v) { return v + " / " + v; }, false},
    Damage{"a wide digit", has_digit, with_wide_digit},
    Damage{"a letter for a digit", has_zero, with_letter},
    Damage{"what is not seen", is_any, with_nothing_seen},
    Damage{"a link to a phone", is_phone, [](std::string v) { return "tel:" + v; }},
    Damage{"zeros for the plus", is_phone, [](std::string v) { return "00" + v.substr(1); }},
    Damage{"a link to an address", is_address, [](std::string v) { return "mailto:" + v; }},
    Damage{"a name", is_address, [](std::string v) { return "Ada Byron <" + v + ">"; }},
    Damage{"a full stop", is_address, [](std::string v) { return v + "."; }},
    Damage{"a blank before quotes", is_any, [](std::string v) { return " \"" + v + '"'; }},
    Damage{"a tab before quotes", is_any, [](std::string v) { return "\t\"" + v + '"'; }},
    Damage{"a blank behind quotes", is_any, [](std::string v) { return '"' + v + "\" "; }},
    Damage{"quotes in quotes", is_any, [](std::string v) { return "\"a \"" + v + "\" b\""; },
           false},
    Damage{"a cell that was split", is_any, [](std::string v) { return " \"" + v; }},
};

// What two cells must share to say the same: case and the signs between digits are no difference.
std::string said(std::string_view value)
{
  std::string text{csv::without_guard(csv::trimmed(value))};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  if (text.find('@') == text.npos)
    std::erase_if(text, [](char c) { return c == ' ' || c == '-' || c == ':'; });
  return text;
}

struct Damaged {
  const Damage* damage = nullptr;
  std::string value; // before
};
using Spot = std::pair<std::size_t, std::size_t>; // row and cell

// Puts damage into cells that are known to be good and are no secrets.
std::map<Spot, Damaged> damage(std::vector<RowSeen>& rows, const tests::Vendor& vendor,
                               Chance& chance)
{
  std::map<Spot, Damaged> made;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    for (std::size_t cell = 0; cell != rows[row].cells.size(); ++cell) {
      std::string& raw = rows[row].cells[cell];
      const auto column =
          std::find_if(vendor.columns.begin(), vendor.columns.end(),
                       [&](const auto& each) { return each.header == rows[0].cells[cell]; });
      if (column == vendor.columns.end() || column->is_secret || !chance.one_in(4)) continue;
      const bool is_good =
          std::find(column->good.begin(), column->good.end(), raw) != column->good.end();
      if (!is_good || raw.find_first_of("\", '\t") != raw.npos) continue;
      const Damage& chosen = chance.of(damages);
      if (!chosen.applies(raw)) continue;
      made[{row, cell}] = {&chosen, raw};
      raw = chosen.made(raw);
    }
  }
  return made;
}

} // namespace

TEST_CASE("a cell that was mended says again what it said before it was damaged")
{
  std::map<std::string_view, int> undone;
  for (const tests::Vendor& vendor : tests::all_vendors()) {
    Chance chance{11};
    for (int i = 0; i != tests::rounds(600); ++i) {
      Running job{vendor.schema, vendor.directory};
      job.context = vendor.context;
      job.options.dialect.lenient = i % 2 == 1;
      const std::string made = made_file(vendor, chance, {.tame = true});
      const std::string good = mended(job, made, true).text;
      std::vector<RowSeen> rows = tests::rows_of(good);
      const std::map<Spot, Damaged> places = damage(rows, vendor, chance);
      const std::string bad = tests::text_of(rows);
      for (const bool unsafe : {false, true}) {
        const Mended again = mended(job, bad, unsafe);
        if (again.done.refusal != Refusal::none) continue;
        const std::vector<RowSeen> after = tests::rows_of(again.text, again.done.dialect);
        REQUIRE(after.size() == rows.size());
        for (const auto& place : places) {
          const auto& spot = place.first;
          const auto& damaged = place.second;
          const std::string& left = rows[spot.first].cells[spot.second];
          REQUIRE(after[spot.first].cells.size() == rows[spot.first].cells.size());
          if (after[spot.first].cells[spot.second] == left) continue;
          const std::string& now = after[spot.first].values[spot.second];
          CAPTURE(vendor.schema.id);
          CAPTURE(rows[0].cells[spot.second]);
          CAPTURE(damaged.damage->name);
          CAPTURE(left);
          CHECK(said(now) == said(damaged.value));
          ++undone[damaged.damage->name];
        }
      }
    }
  }
  for (const Damage& each : damages) {
    CAPTURE(each.name);
    CHECK((undone[each.name] != 0) == each.can_be_undone);
  }
}
