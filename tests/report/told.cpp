// Rows are read by the reader itself, so what is told of them stands where it would.
#include "report/told.hpp"

#include <optional>

#include "support/must.hpp"

namespace rollcall::tests {

using report::FindingsOptions;

namespace {

const check::FactName near = check::FactName::near;

check::Found at(check::Found found, const check::Header& header)
{
  if (found.column != check::no_column && header.cell_of[found.column])
    found.cell = static_cast<std::int32_t>(*header.cell_of[found.column]);
  return found;
}

} // namespace

void write_rows(report::FindingsWriter& writer, const Case& that)
{
  check::Header header;
  std::optional<report::Messages> messages;
  read_batches(that.text, that.reader, [&](const csv::RowBatch& batch) {
    if (!messages) {
      header = header_of(batch);
      messages.emplace(people(), header);
      writer.begin({people(), header, *messages}, batch);
      return;
    }
    std::vector<Finding> readings;
    csv::Lines lines{batch};
    for (std::size_t row = 0; row != batch.size(); ++row) {
      std::vector<check::Found> found;
      for (const csv::Fault& fault : batch.faults()) {
        if (fault.row != row) continue;
        found.push_back(found_in_row(fault.code));
        found.back().reading = static_cast<std::uint32_t>(readings.size());
        readings.push_back(finding(fault.code, {.row = batch.number(row),
                                                .line = fault.line,
                                                .byte = fault.byte,
                                                .column = fault.cell}));
        readings.back().column = header.name_of_cell(fault.cell);
        readings.back().facts = {fact("encoding", "utf-8"), fact("character", "U+0007"),
                                 fact("reason", "text follows the closing quote")};
      }
      for (const Told& told : that.told)
        if (told.row == batch.number(row)) found.push_back(at(told.found, header));
      writer.put_row({.number = batch.number(row),
                      .line = lines.of(row),
                      .row = row,
                      .outcome = plan::Outcome::rejected,
                      .findings = found},
                     batch, readings);
    }
  });
}

namespace {

std::string written(report::FindingsWriter& writer, const std::pmr::string& text, const Case& that)
{
  if (!that.text.empty()) write_rows(writer, that);
  for (const Finding& each : that.of_file) writer.put(each);
  must(writer.finish());
  return std::string{text};
}

} // namespace

std::string written(FindingsForm form, const Case& that, const FindingsOptions& options)
{
  std::pmr::string text;
  TextSink sink{text};
  return written(*must(report::open_findings(sink, form, options)), text, that);
}

std::string written(Opens opens, const Case& that, const FindingsOptions& options)
{
  std::pmr::string text;
  TextSink sink{text};
  return written(*must(opens(sink, options)), text, that);
}

Case everyday()
{
  check::Found short_row = found_in_row(Code::row_short);
  short_row.add(check::FactName::cells, std::uint64_t{3});
  short_row.add(check::FactName::columns, std::uint64_t{8});
  check::Found team = found_in(Code::rule, "team");
  team.rule = 0;
  team.says = "who has a device is in a team";
  return {.text =
              "ID,Full Name,Email,Password,PIN,Devices,Active,Team\n"
              "17,Ada Byron,ada@example,hunter2,,2,yes,Sales\n"
              ",\"Eve \"\"E\"\" Adams\",eve@b.example,,1234,1,maybe,\n"
              "x-9,,eve@b.example,tops3cret,0000,1,yes,Suport\n"
              "18,Bob,bob@b.example\n",
          .told = {{1, with(found_in(Code::value_email, "email", "ada@example"),
                            check::FactName::reason, std::string_view{"the domain has one part"})},
                   {2, with(found_in(Code::value_boolean, "active", "maybe"),
                            check::FactName::known, std::string_view{"true, false"})},
                   {2, team},
                   {2, with(found_in(Code::secret_weak, "pin"), check::FactName::reason,
                            std::string_view{"digits in a row"})},
                   {3, found_in(Code::value_required, "name")},
                   {3, with(found_in(Code::claim_duplicate_in_file, "email", "eve@b.example"),
                            check::FactName::other_line, std::uint64_t{3})},
                   {3, with(with(found_in(Code::reference_unknown, "team", "Suport"),
                                 check::FactName::kind, std::string_view{"team"}),
                            near, std::string_view{"Support"})},
                   {4, short_row},
                   {4, with(found_in(Code::value_plus_restored, "team", "4420"),
                            check::FactName::replace, std::string_view{"+4420"})}}};
}

} // namespace rollcall::tests
