// header.hpp: which cell of a row is which column of the schema.
#ifndef ROLLCALL_CHECK_HEADER_HPP
#define ROLLCALL_CHECK_HEADER_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/columns.hpp"
#include "rollcall/csv.hpp"
#include "schema/compiled.hpp"

namespace rollcall::check {

struct Header {
  std::vector<std::string> names;                    // of the cells, trimmed, as in the file
  std::vector<std::optional<std::size_t>> column_of; // the column that a cell is, if it is one
  std::vector<std::optional<std::size_t>> cell_of;   // the cell that a column has, if it has one
  std::vector<std::int32_t> first_of_name;           // of each cell: the first one of that name
  std::vector<Finding> findings;                     // an error among them refuses the file

  // The header of a column as the file has it, else as the schema does.
  [[nodiscard]] std::string_view name_of(const schema::CompiledSchema& schema,
                                         std::size_t column) const;

  // Where in the file a finding about a cell stands: cells under the same name are one place, and
  // so are those under none and the row as a whole, -1 (spec E10, E19).
  [[nodiscard]] std::int32_t place_of(std::int32_t cell) const noexcept;
  [[nodiscard]] std::string_view name_of_cell(std::int32_t cell) const noexcept;
};

// Of a batch that holds the header alone. With faults in it these are all that is found.
[[nodiscard]] Header read_header(const schema::CompiledSchema& schema,
                                 std::span<const ReadyColumn> columns, const csv::RowBatch& batch,
                                 const Limits& limits);

// The finding for a file that has no record at all.
[[nodiscard]] Finding header_missing();

// The delimiter under which most cells of the first record name a column (spec E2).
[[nodiscard]] char choose_delimiter(const schema::CompiledSchema& schema,
                                    const csv::Reader& reader);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_HEADER_HPP
