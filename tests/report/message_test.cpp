// Messages made straight from facts: they are those of the findings that the facts are of.
#include "report/message.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "report/reporting.hpp"
#include "support/failing_new.hpp"

using namespace rollcall;
using namespace rollcall::tests;
using report::FoundIn;
using report::Messages;
using report::TextBuffer;

namespace {

constexpr std::string_view file =
    "ID,Name,Email,Password,PIN,Devices,Active,Team\n17,Ada,a@b.example";

// The one row of that file, as a batch.
template <class Show>
void with_row(Show show)
{
  bool is_first = true;
  check::Header header;
  read_batches(file, {}, [&](const csv::RowBatch& batch) {
    if (is_first)
      header = header_of(batch);
    else
      show(header, batch);
    is_first = false;
  });
}

std::string message_of(const check::Found& found, const FoundIn& in = {})
{
  const check::Header header = header_of(file);
  const Messages messages{people(), header};
  TextBuffer text{std::pmr::new_delete_resource()};
  messages.append(text, found, in);
  return std::string{text.view()};
}

const std::vector<std::string_view>& values()
{
  static const std::vector<std::string_view> all = {
      "",
      "a",
      "ada@example",
      "{value}[; {near}]",
      "\"\\\n\t\x1B[31m",
      "Ren\xE9 Ren\u00E9e \U0001F600",
      "\u202Eevil\u200B",
      "0123456789012345678901234567890123456789012345678901234567890123456789"
      "012345678901234567890123456789",
      "012345678901234567890123456789012345678901234567890123456789012345678\u00E9"
      "0123456789012345678901234567890"};
  return all;
}

} // namespace

TEST_CASE("what is said straight from facts is what is said of the finding, whatever is in it")
{
  with_row([](const check::Header& header, const csv::RowBatch& batch) {
    const Messages messages{people(), header};
    TextBuffer text{std::pmr::new_delete_resource()};
    Dice dice{1};
    std::vector<Code> codes{all_codes().begin(), all_codes().end()};
    codes.push_back(Code::rule);
    const auto any = [&] { return values()[dice.roll(values().size())]; };
    for (int round = 0; round != 20'000; ++round) {
      check::Found found = found_in_row(codes[dice.roll(codes.size())]);
      if (dice.roll(4) != 0) found.column = static_cast<std::uint16_t>(dice.roll(8));
      if (dice.roll(4) != 0) found.cell = static_cast<std::int32_t>(dice.roll(9));
      found.value = any();
      if (found.code == Code::rule && dice.roll(2) != 0) found.rule = 0;
      if (dice.roll(3) == 0) found.says = any();
      if (dice.roll(6) == 0) found.says = "left out {dropped}[, {kind} {near}] [as is";
      while (found.fact_count != 3 && dice.roll(4) != 0) {
        const auto name = static_cast<check::FactName>(dice.roll(check::fact_name_count));
        if (dice.roll(2) != 0)
          found.add(name, any());
        else
          found.add(name, std::uint64_t{dice.roll(1'000'000'000)});
      }
      const plan::RowResult row{.number = dice.roll(3), .line = dice.roll(3)};
      const Finding made = messages.finding_of(found, row, batch, {});
      text.clear();
      messages.append(text, found, {.number = row.number, .line = row.line});
      CAPTURE(slug(found.code));
      CAPTURE(found.says);
      if (render_message(made).find("{byte}") == std::string::npos &&
          message_template(found.code).find("{byte}") == std::string_view::npos)
        REQUIRE(text.view() == render_message(made));
      REQUIRE(messages.slug(found) == slug(made));
      REQUIRE(text.view().find('\n') == std::string_view::npos);
    }
  });
}

TEST_CASE("faults of the reader say what they say as findings")
{
  const check::Header header = header_of(file);
  const Messages messages{people(), header};
  std::vector<Finding> readings;
  for (const Code code : {Code::csv_unclosed_quote, Code::text_encoding, Code::csv_repaired}) {
    readings.push_back(finding(code, {.row = 3, .line = 4, .byte = 71, .column = 1}));
    readings.back().column = "Name";
    readings.back().facts = {fact("encoding", "utf-8"), fact("reason", "text follows")};
  }
  readings.back().value = "Ada";
  for (std::uint32_t i = 0; i != readings.size(); ++i) {
    check::Found found = found_in_row(readings[i].code);
    found.reading = i;
    CHECK(message_of(found, {.number = 3, .line = 3, .readings = readings}) ==
          render_message(readings[i]));
  }
}

TEST_CASE("the cell of a secret is in no message and no finding, though somebody puts it there")
{
  with_row([](const check::Header& header, const csv::RowBatch& batch) {
    const Messages messages{people(), header};
    const check::Found found = found_in(Code::value_characters, "password", "hunter2");
    CHECK(message_of(found).find("hunter2") == std::string::npos);
    CHECK(messages.finding_of(found, {}, batch, {}).value.empty());
    Finding repaired = finding(Code::csv_repaired, {.row = 1, .line = 2, .column = 3});
    repaired.value = "hunter2";
    check::Found reading = found_in_row(Code::csv_repaired);
    reading.reading = 0;
    CHECK(message_of(reading, {.readings = {&repaired, 1}}).find("hunter2") == std::string::npos);
    CHECK(messages.finding_of(reading, {}, batch, {&repaired, 1}).value.empty());
  });
}

TEST_CASE("a finding has the place of its cell, and the repair that is certain")
{
  with_row([](const check::Header& header, const csv::RowBatch& batch) {
    const Messages messages{people(), header};
    check::Found found = found_in(Code::value_plus_restored, "email", "4420");
    found.cell = 2;
    found.add(check::FactName::replace, "+4420");
    const Finding made = messages.finding_of(found, {.number = 1, .line = 2}, batch, {});
    CHECK(made.place == Place{.row = 1, .line = 2, .byte = file.find("a@b"), .column = 2});
    CHECK(made.column == "Email");
    CHECK(made.fix == Fix{.column = "Email", .replace = "+4420"});
    CHECK(render_message(made) == "\"4420\" was taken as +4420");
    found.cell = 7; // the row has no such cell
    CHECK(messages.finding_of(found, {}, batch, {}).place.byte == file.find("17,"));
  });
}

TEST_CASE("a column is named as the file names it, else as the schema does")
{
  const check::Header header = header_of("NAME;id;Nobody\n", {.delimiter = ';'});
  const Messages messages{people(), header};
  CHECK(messages.column(found_in(Code::value_required, "name")) == "NAME");
  CHECK(messages.column(found_in(Code::value_required, "team")) == "Team");
  check::Found unknown = found_in_row(Code::text_control_character);
  unknown.cell = 2;
  CHECK(messages.column(unknown) == "Nobody");
  CHECK(messages.column(found_in_row(Code::row_short)).empty());
}

TEST_CASE("the notes of a row name the columns that they are about, and errors alone are errors")
{
  const check::Header header = header_of(file);
  const Messages messages{people(), header};
  std::vector<check::Found> found = {found_in(Code::value_email, "email", "ada"),
                                     found_in(Code::value_required, "name"),
                                     found_in(Code::rule, "team"), found_in_row(Code::row_short)};
  found[2].rule = 0;
  found[2].says = "who has a device is in a team";
  found[3].add(check::FactName::cells, std::uint64_t{3});
  found[3].add(check::FactName::columns, std::uint64_t{8});
  TextBuffer text{std::pmr::new_delete_resource()};
  const std::size_t errors_size = messages.append_notes(text, {.findings = found}, {});
  const std::string errors =
      "Email: \"ada\" is not an email address; Name is blank and must not be; Team: who has a "
      "device is in a team";
  CHECK(text.view() ==
        errors + "; the header has 8 cells, the row 3; the missing ones count as blank");
  CHECK(text.view().substr(0, errors_size) == errors);
}

TEST_CASE("messages need no memory once there is room for the longest")
{
  const check::Header header = header_of(file);
  const Messages messages{people(), header};
  TextBuffer text{std::pmr::new_delete_resource()};
  std::vector<check::Found> found;
  for (const Code code : all_codes()) {
    found.push_back(found_in(code, "email", "Ren\u00E9 <ada@example>"));
    found.back().add(check::FactName::kind, std::string_view{"phone_model"});
    found.back().add(check::FactName::length, std::uint64_t{71});
  }
  found.push_back(found_in(Code::rule, "team"));
  found.back().rule = 0;
  found.back().says = "left out {kind}[ {near}]";
  const plan::RowResult row{.number = 1, .line = 2, .findings = found};
  messages.append_notes(text, row, {});
  const std::string once{text.view()};
  text.clear();
  {
    const AllocationsLeft none{0};
    messages.append_notes(text, row, {});
  }
  CHECK(text.view() == once);
}
