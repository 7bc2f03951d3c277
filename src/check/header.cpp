// header.cpp: reads the first record as names, and says all that is wrong with them at once.
#include "check/header.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/errors_among.hpp"
#include "base/facts.hpp"
#include "base/utf8.hpp"
#include "check/value_parts.hpp"
#include "csv/cell.hpp"
#include "csv/delimiter.hpp"
#include "csv/fault_finding.hpp"
#include "csv/guard.hpp"

namespace rollcall::check {
namespace {

Finding about_cell(Code code, const csv::RowBatch& batch, std::size_t cell, std::string_view name)
{
  csv::Lines lines{batch};
  Finding made = finding(code, {.line = lines.of(0), .byte = batch.byte(0)});
  made.place.column = static_cast<std::int32_t>(cell);
  made.column = name;
  return made;
}

// An address, a number, or several cells with another delimiter between them: no column is called
// that.
bool is_like_data(std::string_view name)
{
  const bool is_several =
      name.find_first_of(";\t|") != name.npos || std::count(name.begin(), name.end(), ',') > 1;
  if (is_several) return true;
  const auto is_letter = [](char c) {
    return (is_alphanumeric(c) && !is_digit(c)) || static_cast<unsigned char>(c) >= 0x80;
  };
  return name.find('@') != name.npos || (std::any_of(name.begin(), name.end(), is_digit) &&
                                         std::none_of(name.begin(), name.end(), is_letter));
}

bool is_known(const schema::CompiledSchema& schema, std::string_view name)
{
  return schema.find_column(name) || schema.is_result_header(name) ||
         !schema.nearest_header(name).empty();
}

void judge_names(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
                 Header& header)
{
  std::size_t known = 0;
  std::size_t unknown = 0;
  for (const std::string& name : header.names) {
    if (name.empty()) continue;
    ++(is_known(schema, name) ? known : unknown);
    header.may_be_data = header.may_be_data || is_like_data(name);
  }
  header.names_most = known >= unknown;
  std::vector<bool> is_there(columns.size());
  for (const std::string& name : header.names)
    if (const auto column = schema.find_column(name)) is_there[*column] = true;
  for (std::size_t column = 0; column != columns.size() && !header.names_most; ++column)
    header.may_be_data = header.may_be_data || (columns[column].is_mandatory && !is_there[column]);
}

void add_faults(const csv::RowBatch& batch, const Limits& limits, Header& header)
{
  for (const csv::Fault& fault : batch.faults()) {
    const std::string_view name =
        header.may_be_data ? std::string_view{} : header.name_of_cell(fault.cell);
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

// Of names that others are as near to so many are named.
constexpr std::size_t named_max = 3;

// "the column Emial is not known and is ignored; it and Emall are nearly Email".
std::string unknown_beside(std::string_view name, std::span<const std::string> rivals,
                           const schema::Column& column)
{
  std::string says = "the column " + std::string{name} + " is not known and is ignored; it";
  std::size_t named = 0;
  for (const std::string& each : rivals) {
    if (each == name) continue;
    if (named == named_max) break;
    says += " and " + each;
    ++named;
  }
  const std::size_t others = rivals.size() - 1;
  if (others == 0) says += " and another one of that name";
  if (others > named) says += " and " + std::to_string(others - named) + " more";
  return says + " are nearly " + column.header;
}

// Of several that a name is as near to none is a guess, and all are named.
std::string unknown_among(const Finding& finding)
{
  std::string says = "the column " + finding.column + " is not known and is ignored; did you mean ";
  for (const Fact& each : finding.facts) {
    if (&each != &finding.facts.front()) says += &each == &finding.facts.back() ? " or " : ", ";
    says += each.value;
  }
  return says + "?";
}

void add_column(const schema::CompiledSchema& schema, const csv::RowBatch& batch, std::size_t cell,
                Header& header)
{
  const std::string& name = header.names[cell];
  const auto column = name.empty() ? std::nullopt : schema.find_column(name);
  header.column_of.push_back(column);
  if (!column) {
    if (schema.is_result_header(name)) return;
    const auto near = name.empty() ? std::vector<std::string_view>{} : schema.nearest_headers(name);
    const bool is_told = !name.empty() && (!near.empty() || !header.may_be_data);
    header.findings.push_back(
        about_cell(Code::header_unknown_column, batch, cell, is_told ? name : std::string{}));
    Finding& made = header.findings.back();
    for (const std::string_view each : near) made.facts.push_back(fact("near", each));
    if (is_told) return;
    made.facts.push_back(fact("number", cell + 1));
    made.says = "cell " + std::to_string(cell + 1) + " of the header " +
                (name.empty() ? "is blank" : "names no column") + ", and its column is ignored";
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

// A column that is there already is not what another name was meant to be. Of several that a name
// may have been meant to be none is guessed at, and of several names that are near to one none is:
// each names the others.
void drop_vain_guesses(const schema::CompiledSchema& schema, Header& header)
{
  std::map<std::size_t, std::vector<Finding*>> meant;
  for (Finding& each : header.findings) {
    if (each.code != Code::header_unknown_column || !find_fact(each, "near")) continue;
    std::erase_if(each.facts, [&](const Fact& fact) {
      return header.cell_of[*schema.find_column(fact.value)].has_value();
    });
    if (each.facts.size() == 1)
      meant[*schema.find_column(each.facts.front().value)].push_back(&each);
    if (each.facts.size() > 1) {
      each.says = unknown_among(each);
      each.facts.clear();
    }
  }
  for (const auto& [column, findings] : meant) {
    if (findings.size() == 1) continue;
    std::vector<std::string> rivals;
    for (Finding* const each : findings) {
      rivals.push_back(each->column);
      each->facts.clear();
    }
    std::sort(rivals.begin(), rivals.end());
    rivals.erase(std::unique(rivals.begin(), rivals.end()), rivals.end());
    for (Finding* const each : findings)
      each->says = unknown_beside(each->column, rivals, *schema.columns[column].column);
  }
}

// The columns that names which are not known may have been meant to be.
std::vector<bool> meant_columns(const schema::CompiledSchema& schema, const Header& header)
{
  std::vector<bool> meant(schema.columns.size());
  for (const Finding& each : header.findings)
    for (const Fact& fact : each.facts)
      if (fact.name == "near") meant[*schema.find_column(fact.value)] = true;
  return meant;
}

// No guess makes a header good that lacks a column which no name is near to, or has one twice. What
// its names may have been meant to be is said all the same.
void drop_guesses_of_no_use(const schema::CompiledSchema& schema, const std::vector<bool>& meant,
                            Header& header)
{
  const auto stays_bad = [&](const Finding& each) {
    return each.code == Code::header_missing_column ? !meant[*schema.find_column(each.column)]
                                                    : each.severity == Severity::error;
  };
  if (std::none_of(header.findings.begin(), header.findings.end(), stays_bad)) return;
  for (Finding& each : header.findings) {
    if (each.code != Code::header_unknown_column || !find_fact(each, "near")) continue;
    each.says = render_message(each);
    each.facts.clear();
  }
}

void add_missing(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
                 Header& header)
{
  std::string found;
  std::size_t others = 0;
  for (const std::string& name : header.names) {
    if (header.names_most || is_known(schema, name))
      found += (found.empty() ? "" : ", ") + name;
    else
      others += name.empty() ? 0U : 1U;
  }
  if (others != 0) found += (found.empty() ? "" : " and ") + std::to_string(others) + " others";
  for (std::size_t column = 0; column != schema.columns.size(); ++column) {
    if (!columns[column].is_mandatory || header.cell_of[column]) continue;
    Finding made = finding(Code::header_missing_column);
    made.column = schema.columns[column].column->header;
    if (!header.may_be_data) made.facts.push_back(fact("found", found));
    header.findings.push_back(std::move(made));
  }
}

// The first name of a row that names no column, if that can be one: as much of it as no delimiter
// parts, since it is not known which of them is that of the file. Else nothing.
std::string first_name(const Header& header)
{
  constexpr std::size_t characters_max = 40;
  std::string_view name = header.names.empty() ? std::string_view{} : header.names.front();
  name = csv::trimmed(name.substr(0, name.find_first_of(",;\t|")));
  const bool is_one =
      name.find('@') == name.npos && std::none_of(name.begin(), name.end(), is_digit);
  return is_one && count_code_points(name) <= characters_max ? std::string{name} : std::string{};
}

// What passwords and PINs are called where people name columns.
bool speaks_of_secrets(std::string_view name)
{
  constexpr std::array<std::string_view, 8> words = {
      "passw", "passphrase", "passcode", "pwd", "kennwort", "secret", "geheim", "contrase"};
  std::string lower{name};
  std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
  const auto is_in = [&](std::string_view word) { return lower.find(word) != lower.npos; };
  const auto is_letter_at = [&](std::size_t at) {
    return at < lower.size() && (is_alphanumeric(lower[at]) && !is_digit(lower[at]));
  };
  const std::size_t pin = lower.rfind("pin");
  const bool has_pin = pin != lower.npos && !is_letter_at(pin + 3) &&
                       (pin == 0 || !is_letter_at(pin - 1) || name[pin] == 'P');
  return has_pin || std::any_of(words.begin(), words.end(), is_in);
}

} // namespace

std::string_view Header::name_of(const schema::CompiledSchema& schema, std::size_t column) const
{
  const auto& cell = cell_of[column];
  return cell ? std::string_view{names[*cell]}
              : std::string_view{schema.columns[column].column->header};
}

std::vector<Holds> holdings(const schema::CompiledSchema& schema, const Header& header)
{
  const auto of_column = [&](std::size_t column) {
    return schema.columns[column].is_secret ? Holds::secrets : Holds::values;
  };
  std::vector<Holds> cells;
  for (std::size_t cell = 0; cell != header.column_of.size(); ++cell) {
    const std::string_view name = header.names[cell];
    if (header.column_of[cell]) {
      cells.push_back(of_column(*header.column_of[cell]));
    } else if (schema.is_result_header(name)) {
      cells.push_back(Holds::values);
    } else if (speaks_of_secrets(name)) {
      cells.push_back(Holds::secrets);
    } else {
      const std::string_view near = name.empty() ? name : schema.nearest_header(name);
      const auto meant = near.empty() ? std::nullopt : schema.find_column(near);
      cells.push_back(meant ? of_column(*meant) : Holds::anything);
    }
  }
  return cells;
}

Finding header_missing()
{
  Finding made = finding(Code::header_missing);
  made.says = "there is no header row, nor any other";
  return made;
}

std::int32_t Header::place_of(std::int32_t cell) const noexcept
{
  const auto index = static_cast<std::size_t>(cell);
  return cell >= 0 && index < first_of_name.size() ? first_of_name[index] : -1;
}

// Empty of a name that is not told.
std::string_view Header::name_of_cell(std::int32_t cell) const noexcept
{
  const auto index = static_cast<std::size_t>(cell);
  if (cell < 0 || index >= names.size()) return {};
  const bool is_known = index < column_of.size() && column_of[index];
  return is_known || !may_be_data ? std::string_view{names[index]} : std::string_view{};
}

Header read_header(const schema::CompiledSchema& schema, std::span<const ReadyColumn> columns,
                   const csv::RowBatch& batch, const Limits& limits)
{
  Header header;
  header.cell_of.resize(schema.columns.size());
  std::string scratch;
  for (std::size_t cell = 0; cell != batch.cells(0); ++cell)
    header.names.emplace_back(csv::without_guard(csv::trimmed(batch.value(0, cell, scratch))));
  judge_names(schema, columns, header);
  add_faults(batch, limits, header);
  if (has_error(header.findings)) return header;

  // Blank cells at the end are no columns (spec E11).
  while (!header.names.empty() && header.names.back().empty()) header.names.pop_back();
  number_names(header);
  for (std::size_t cell = 0; cell != header.names.size(); ++cell)
    add_column(schema, batch, cell, header);
  const std::vector<bool> meant = meant_columns(schema, header);
  drop_vain_guesses(schema, header);
  const bool names_none = std::none_of(header.cell_of.begin(), header.cell_of.end(),
                                       [](const auto& cell) { return cell.has_value(); });
  if (names_none) {
    header.findings.clear();
    header.findings.push_back(about_cell(Code::header_missing, batch, 0, {}));
    header.findings.back().place.column = -1;
    header.findings.back().facts.push_back(fact("format", schema.schema().id));
    if (const std::string found = first_name(header); !found.empty())
      header.findings.back().facts.push_back(fact("found", found));
    return header;
  }
  add_missing(schema, columns, header);
  drop_guesses_of_no_use(schema, meant, header);
  return header;
}

char choose_delimiter(const schema::CompiledSchema& schema, const csv::Reader& reader)
{
  char best = csv::delimiters.front();
  std::size_t most = 0;
  for (const char delimiter : csv::delimiters) {
    std::size_t known = 0;
    for (const std::string& name : csv::first_names(reader, delimiter))
      known += schema.find_column(name) ? 1U : 0U;
    if (known > most) {
      most = known;
      best = delimiter;
    }
  }
  return best;
}

} // namespace rollcall::check
