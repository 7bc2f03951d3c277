// likely_format.cpp: asks each format for the names.
#include "formats/likely_format.hpp"

#include <algorithm>
#include <cstdint>

#include "base/unicode.hpp"
#include "csv/delimiter.hpp"
#include "rollcall/formats.hpp"
#include "schema/compiled.hpp"

namespace rollcall::formats {
namespace {

constexpr std::size_t names_min = 3;

// "sep=;": Excel takes it for a word about the delimiter, and shows it to nobody.
bool is_note(const csv::NamedRow& row)
{
  const bool is_alone = row.names.size() == 1 || (row.names.size() == 2 && row.names[1].empty());
  if (!is_alone) return false;
  std::string scratch;
  const std::string_view name = fold_for_comparing(row.names.front(), scratch);
  return name.starts_with("sep=") && name.size() <= 5;
}

// At least two names of columns, and no more others.
bool is_like_header(const schema::CompiledSchema& schema, const std::vector<std::string>& names)
{
  std::size_t known = 0;
  std::size_t others = 0;
  for (const std::string& name : names)
    if (!name.empty()) ++(schema.find_column(name) ? known : others);
  return known >= 2 && known >= others;
}

// "ID,Name,Email" as one cell, quotes and all: a sheet of one column was saved.
bool is_row_in_a_cell(const schema::CompiledSchema& schema, const csv::Reader& reader,
                      const csv::NamedRow& row)
{
  return row.names.size() == 1 &&
         std::any_of(csv::delimiters.begin(), csv::delimiters.end(), [&](char delimiter) {
           return is_like_header(schema,
                                 csv::first_record(row.names.front(), reader.dialect(), delimiter));
         });
}

// The first row that reads as a header does, and the sign that parts its cells; line 0 if there is
// none.
struct LikelyHeader {
  std::uint64_t line = 0;
  char delimiter = ',';
};

LikelyHeader header_in(const schema::CompiledSchema& schema, const csv::Reader& reader)
{
  LikelyHeader found;
  for (const char delimiter : csv::delimiters) {
    for (const csv::NamedRow& row : csv::first_rows(reader, delimiter, rows_under_title_max + 1)) {
      if (!is_like_header(schema, row.names)) continue;
      if (found.line == 0 || row.line < found.line)
        found = {.line = row.line, .delimiter = delimiter};
      break;
    }
  }
  return found;
}

void say_what_stands_above(const schema::CompiledSchema& schema, const csv::Reader& reader,
                           Finding& finding)
{
  const auto first = csv::first_rows(reader, ',', 1);
  if (first.empty()) return;
  const LikelyHeader header = header_in(schema, reader);
  if (is_note(first.front()))
    finding.says = "the first row is a note for Excel and names no column; take it out";
  else if (header.line == first.front().line)
    finding.says = "the file is read as separated by " +
                   std::string{csv::name_of_delimiter(reader.dialect().separator())} +
                   "; by its first row it is separated by " +
                   std::string{csv::name_of_delimiter(header.delimiter)};
  else if (is_row_in_a_cell(schema, reader, first.front()))
    finding.says =
        "the first row stands in quotes as a whole, so it is a single cell; take out the quotes "
        "around each row";
  else if (header.line != 0)
    finding.says = "the first row names no column of " + schema.schema().id + "; line " +
                   std::to_string(header.line) +
                   " looks like the header: take out the lines above it";
}

} // namespace

Result<std::string> likely_format(const csv::Reader& reader)
{
  std::string likely;
  std::size_t most = names_min - 1;
  for (const Format& format : builtin()) {
    const schema::Schema schema = format.make();
    ROLLCALL_TRY(const auto compiled, schema::CompiledSchema::compile(schema));
    for (const char delimiter : csv::delimiters) {
      std::size_t known = 0;
      for (const std::string& name : csv::first_names(reader, delimiter))
        known += compiled.find_column(name) ? 1U : 0U;
      if (known <= most) continue;
      most = known;
      likely = format.id;
    }
  }
  return likely;
}

Result<void> add_likely(const schema::CompiledSchema& schema, const csv::Reader& reader,
                        std::vector<Finding>& findings)
{
  for (Finding& each : findings) {
    if (each.code != Code::header_missing) continue;
    ROLLCALL_TRY(const std::string likely, likely_format(reader));
    if (likely.empty() || likely == schema.schema().id)
      say_what_stands_above(schema, reader, each);
    else
      each.facts.push_back(fact("near", likely));
  }
  return success();
}

} // namespace rollcall::formats
