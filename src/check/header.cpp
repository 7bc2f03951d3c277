// header.cpp: reads the first record as names, and says all that is wrong with them at once.
#include "check/header.hpp"

#include <algorithm>
#include <map>

#include "csv/cell.hpp"
#include "csv/delimiter.hpp"
#include "csv/fault_finding.hpp"

namespace rollcall::check {
namespace {

bool has_error(const std::vector<Finding>& findings)
{
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::error; });
}

Finding about_cell(Code code, const csv::RowBatch& batch, std::size_t cell, std::string_view name)
{
  csv::Lines lines{batch};
  Finding made = finding(code, {.line = lines.of(0), .byte = batch.byte(0)});
  made.place.column = static_cast<std::int32_t>(cell);
  made.column = name;
  return made;
}

void add_faults(const csv::RowBatch& batch, const Limits& limits, Header& header)
{
  for (const csv::Fault& fault : batch.faults()) {
    const std::string_view name = header.name_of_cell(fault.cell);
    header.findings.push_back(csv::finding_of(fault, batch, limits, name));
    if (fault.code == Code::csv_repaired) header.findings.back().value = name;
  }
}

void number_names(Header& header)
{
  std::map<std::string_view, std::int32_t> first;
  for (std::size_t cell = 0; cell != header.names.size(); ++cell)
    header.first_of_name.push_back(
        first.emplace(header.names[cell], static_cast<std::int32_t>(cell)).first->second);
}

void add_column(const schema::CompiledSchema& schema, const csv::RowBatch& batch, std::size_t cell,
                Header& header)
{
  const std::string& name = header.names[cell];
  const auto column = name.empty() ? std::nullopt : schema.find_column(name);
  header.column_of.push_back(column);
  if (!column) {
    if (schema.is_result_header(name)) return;
    header.findings.push_back(about_cell(Code::header_unknown_column, batch, cell, name));
    if (!name.empty()) {
      if (const std::string_view near = schema.nearest_header(name); !near.empty())
        header.findings.back().facts.push_back(fact("near", near));
      return;
    }
    header.findings.back().facts.push_back(fact("number", cell + 1));
    header.findings.back().says =
        "cell " + std::to_string(cell + 1) + " of the header is blank, and its column is ignored";
    return;
  }
  auto& known = header.cell_of[*column];
  if (known) {
    Finding made = about_cell(Code::header_duplicate_column, batch, cell, name);
    if (header.names[*known] != name) made.facts.push_back(fact("other", header.names[*known]));
    header.findings.push_back(std::move(made));
    return;
  }
  known = cell;
}

void add_missing(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
                 Header& header)
{
  std::string found;
  for (const std::string& name : header.names) found += (found.empty() ? "" : ", ") + name;
  for (std::size_t column = 0; column != schema.columns.size(); ++column) {
    if (!columns[column].is_mandatory || header.cell_of[column]) continue;
    Finding made = finding(Code::header_missing_column);
    made.column = schema.columns[column].column->header;
    made.facts.push_back(fact("found", found));
    header.findings.push_back(std::move(made));
  }
}

} // namespace

std::string_view Header::name_of(const schema::CompiledSchema& schema, std::size_t column) const
{
  const auto& cell = cell_of[column];
  return cell ? std::string_view{names[*cell]}
              : std::string_view{schema.columns[column].column->header};
}

Finding header_missing()
{
  return finding(Code::header_missing);
}

std::int32_t Header::place_of(std::int32_t cell) const noexcept
{
  const auto index = static_cast<std::size_t>(cell);
  const bool has_name = cell >= 0 && index < first_of_name.size() && !names[index].empty();
  return has_name ? first_of_name[index] : -1;
}

std::string_view Header::name_of_cell(std::int32_t cell) const noexcept
{
  const auto index = static_cast<std::size_t>(cell);
  return cell >= 0 && index < names.size() ? std::string_view{names[index]} : std::string_view{};
}

Header read_header(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
                   const csv::RowBatch& batch, const Limits& limits)
{
  Header header;
  header.cell_of.resize(schema.columns.size());
  std::string scratch;
  for (std::size_t cell = 0; cell != batch.cells(0); ++cell)
    header.names.emplace_back(csv::trimmed(batch.value(0, cell, scratch)));
  add_faults(batch, limits, header);
  if (has_error(header.findings)) return header;

  // Blank cells at the end are no columns (spec E11).
  while (!header.names.empty() && header.names.back().empty()) header.names.pop_back();
  number_names(header);
  for (std::size_t cell = 0; cell != header.names.size(); ++cell)
    add_column(schema, batch, cell, header);
  const bool names_none = std::none_of(header.cell_of.begin(), header.cell_of.end(),
                                       [](const auto& cell) { return cell.has_value(); });
  if (names_none) {
    header.findings.clear();
    header.findings.push_back(about_cell(Code::header_missing, batch, 0, {}));
    header.findings.back().place.column = -1;
    if (!header.names.empty())
      header.findings.back().facts.push_back(fact("found", header.names.front()));
    return header;
  }
  add_missing(schema, columns, header);
  return header;
}

char choose_delimiter(const schema::CompiledSchema& schema, const csv::Reader& reader)
{
  char best = csv::delimiters.front();
  std::size_t most = 0;
  for (const char delimiter : csv::delimiters) {
    std::size_t known = 0;
    for (const std::string& cell : csv::first_record(reader.head(), reader.dialect(), delimiter))
      known += schema.find_column(csv::trimmed(cell)) ? 1U : 0U;
    if (known > most) {
      most = known;
      best = delimiter;
    }
  }
  return best;
}

} // namespace rollcall::check
