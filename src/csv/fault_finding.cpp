// fault_finding.cpp: looks at the text once more, for what a fault alone does not say.
#include "csv/fault_finding.hpp"

#include <string>

#include "base/utf8.hpp"

namespace rollcall::csv {
namespace {

// As Unicode writes it: "U+0007".
std::string name_of_first_control(std::string_view cell)
{
  constexpr std::string_view digits = "0123456789ABCDEF";
  while (!cell.empty()) {
    const Decoded next = decode_next(cell);
    const char32_t point = next.code_point;
    if (next.is_valid && is_control(point) && point != '\t' && point != '\n' && point != '\r')
      return {'U', '+', '0', '0', digits[point >> 4U], digits[point & 15U]};
    cell.remove_prefix(next.bytes);
  }
  return "U+FFFD";
}

std::string_view reason_of(std::string_view cell, const Dialect& dialect)
{
  return cell.starts_with(dialect.quote.value_or('"')) ? "text follows the closing quote"
                                                       : "a cell without quotes holds one";
}

// A header may have passed the limit of cells, or have as many before it was cut off at that of
// bytes; where a row is cut there is no line end, and at most a character less than the limit.
bool is_too_wide(const RowBatch& batch, std::size_t row, const Limits& limits)
{
  if (batch.number(row) != 0 || batch.cells(row) < limits.columns) return false;
  const std::string_view text = batch.text().substr(batch.row_begin(row));
  constexpr std::uint64_t character_bytes_max = 4;
  return text.ends_with('\n') || text.ends_with('\r') ||
         text.size() + character_bytes_max <= limits.row_bytes;
}

} // namespace

Finding finding_of(const Fault& fault, const RowBatch& batch, const Limits& limits,
                   std::string_view column)
{
  Finding made = finding(fault.code, {.row = batch.number(fault.row),
                                      .line = fault.line,
                                      .byte = fault.byte,
                                      .column = fault.cell});
  made.column = column;
  const std::string_view cell =
      fault.cell >= 0 ? batch.cell(fault.row, static_cast<std::size_t>(fault.cell)) : "";
  const auto add = [&](std::string_view name, auto value) {
    made.facts.push_back(fact(name, value));
  };
  switch (fault.code) {
    case Code::text_encoding:
      add("encoding", slug(batch.dialect().encoding));
      break;
    case Code::text_control_character:
      add("character", std::string_view{name_of_first_control(cell)});
      break;
    case Code::csv_quote:
    case Code::csv_repaired:
      add("reason", reason_of(cell, batch.dialect()));
      break;
    case Code::csv_field_too_large: {
      std::string scratch;
      const std::string_view value =
          batch.value(fault.row, static_cast<std::size_t>(fault.cell), scratch);
      add("length", std::uint64_t{value.size()});
      add("limit", limits.field_bytes);
      break;
    }
    case Code::csv_row_too_large: {
      const bool by_columns = is_too_wide(batch, fault.row, limits);
      add("limit", by_columns ? limits.columns : limits.row_bytes);
      add("unit", std::string_view{by_columns ? "cells" : "bytes"});
      break;
    }
    case Code::row_extra_cells:
      add("cells", std::string_view{"more than " + std::to_string(limits.columns)});
      break;
    default:
      break;
  }
  return made;
}

} // namespace rollcall::csv
