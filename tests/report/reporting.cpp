// reporting.cpp: makes what the tests of the report work on.
#include "report/reporting.hpp"

#include <doctest/doctest.h>

#include <map>

#include "csv/cell.hpp"
#include "support/must.hpp"

namespace rollcall::tests {
namespace {

schema::Schema people_schema()
{
  using namespace schema;
  using enum Blank;
  return {
      .id = "people",
      .title = "People",
      .roles = {{.name = "writer", .may = {Action::validate, Action::execute}}},
      .kinds = {{.name = "user", .key = {"id", Id{}}, .keys = Keys::from_host},
                {.name = "phone_model", .key = {"name"}, .fields = {{"lines", Integer{}}}}},
      .columns = {{.field = "id", .header = "ID", .type = Id{}},
                  {.field = "name", .header = "Full Name", .aliases = {"Name"}},
                  {.field = "email", .header = "Email", .type = Email{}},
                  {.field = "password",
                   .header = "Password",
                   .type = Secret{},
                   .on_create = generate,
                   .on_update = keep},
                  {.field = "pin",
                   .header = "PIN",
                   .type = Secret{.digits = true, .min = 4, .max = 8, .length = 6},
                   .on_create = generate,
                   .on_update = keep},
                  {.field = "devices", .header = "Devices", .type = Integer{}},
                  {.field = "active", .header = "Active", .type = Boolean{}},
                  {.field = "team", .header = "Team"}},
      .rules = {{.code = "team.required",
                 .blame = "team",
                 .when = "present(devices)",
                 .require = "present(team)",
                 .says = "who has a device is in a team"}},
      .objects = {{.kind = "user", .key = "id", .create = "blank(id)", .update = "present(id)"}},
      .effects = {{.name = "email.pin", .fields = {{"to", "email"}}}},
      .result = {.columns = {{"Status", "row.outcome"}, {"Notes", "row.messages"}},
                 .error_rows = true,
                 .error_log = true},
  };
}

} // namespace

const schema::CompiledSchema& people()
{
  static const auto compiled = must(schema::CompiledSchema::compile(people_schema()));
  return compiled;
}

std::uint16_t column_named(std::string_view field)
{
  const auto& columns = people().columns;
  for (std::size_t i = 0; i != columns.size(); ++i)
    if (columns[i].column->field == field) return static_cast<std::uint16_t>(i);
  FAIL("no such column");
  return 0;
}

FieldId field_named(std::string_view field)
{
  const auto& fields = people().kinds.front().fields;
  for (std::size_t i = 0; i != fields.size(); ++i)
    if (fields[i].name == field) return static_cast<FieldId>(i);
  FAIL("no such field");
  return 0;
}

check::Header header_of(const csv::RowBatch& batch)
{
  check::Header header;
  std::string scratch;
  for (std::size_t cell = 0; cell != batch.cells(0); ++cell)
    header.names.emplace_back(csv::trimmed(batch.value(0, cell, scratch)));
  while (!header.names.empty() && header.names.back().empty()) header.names.pop_back();
  header.cell_of.resize(people().columns.size());
  std::map<std::string_view, std::int32_t> first;
  for (std::size_t cell = 0; cell != header.names.size(); ++cell) {
    const auto column = people().find_column(header.names[cell]);
    header.column_of.emplace_back(column);
    if (column) header.cell_of[*column] = cell;
    header.first_of_name.push_back(
        first.emplace(header.names[cell], static_cast<std::int32_t>(cell)).first->second);
  }
  return header;
}

void read_batches(std::string_view text, const csv::ReaderOptions& options, const ShowBatch& show)
{
  MemorySource source{text};
  auto reader = must(csv::Reader::open(source, options));
  while (must(reader.next())) show(reader.batch());
}

check::Header header_of(std::string_view text, const csv::Dialect& dialect)
{
  check::Header header;
  bool is_first = true;
  read_batches(text, {.dialect = dialect}, [&](const csv::RowBatch& batch) {
    if (is_first) header = header_of(batch);
    is_first = false;
  });
  return header;
}

Table read_table(std::string_view text, const csv::Dialect& dialect)
{
  Table table;
  std::string scratch;
  read_batches(text, {.dialect = dialect}, [&](const csv::RowBatch& batch) {
    for (std::size_t row = 0; row != batch.size(); ++row) {
      table.emplace_back();
      for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
        table.back().emplace_back(batch.value(row, cell, scratch));
    }
  });
  return table;
}

check::Found found_in(Code code, std::string_view field, std::string_view value)
{
  check::Found found = found_in_row(code);
  found.column = column_named(field);
  found.value = value;
  return found;
}

check::Found found_in_row(Code code)
{
  check::Found found;
  found.code = code;
  found.severity = severity(code);
  return found;
}

Result<void> FailingSink::write(std::string_view)
{
  if (writes_++ >= fail_at_) return Error{ErrorCode::disk_full, "no space left"};
  return success();
}

std::size_t Dice::roll(std::size_t sides) noexcept
{
  state_ ^= state_ << 13U;
  state_ ^= state_ >> 7U;
  state_ ^= state_ << 17U;
  return static_cast<std::size_t>(state_ % sides);
}

void insert_beside_secrets(std::string& line, Dice& dice, std::string_view text)
{
  for (;;) {
    const std::size_t at = dice.roll(line.size());
    const std::size_t secret = line.rfind("s3cret", at);
    if (secret != std::string::npos && secret < at && at < line.find(',', secret)) continue;
    line.insert(at, text);
    return;
  }
}

} // namespace rollcall::tests
