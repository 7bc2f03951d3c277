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
  std::vector<std::string> names;                    // as in the file, trimmed and unguarded
  std::vector<std::optional<std::size_t>> column_of; // the column that a cell is, if it is one
  std::vector<std::optional<std::size_t>> cell_of;   // the cell that a column has, if it has one
  std::vector<std::int32_t> first_of_name;           // of each cell: the first one of that name
  std::vector<Finding> findings;                     // an error among them refuses the file

  // Where a file has no header its first row of data stands in the place of it, secrets and all. So
  // names that are not known are not told of a row that has an address or a number among them, or
  // that names less than half of its columns and not all that it must; and never all at once where
  // it names less than half.
  bool may_be_data = false;
  bool names_most = true;
  [[nodiscard]] bool may_be_shown() const noexcept { return names_most && !may_be_data; }

  // The header of a column as the file has it, else as the schema does.
  [[nodiscard]] std::string_view name_of(const schema::CompiledSchema& schema,
                                         std::size_t column) const;

  // Where in the file a finding about a cell stands: cells under the same name are one place, those
  // under a blank one, too; and so are those beyond the header and the row as a whole, -1 (spec
  // E10, E19).
  [[nodiscard]] std::int32_t place_of(std::int32_t cell) const noexcept;
  [[nodiscard]] std::string_view name_of_cell(std::int32_t cell) const noexcept;
};

// Of a batch that holds the header alone. With faults in it these are all that is found.
[[nodiscard]] Header read_header(const schema::CompiledSchema& schema,
                                 std::span<const ReadyColumn> columns, const csv::RowBatch& batch,
                                 const Limits& limits);

// What the cells under a name may be: secret, where the column is, or is unknown and probably meant
// to be such a one, by what it is called; anything, where its name is like none that is known.
enum class Holds : std::uint8_t { values, anything, secrets };
[[nodiscard]] std::vector<Holds> holdings(const schema::CompiledSchema& schema,
                                          const Header& header);

// The finding for a file that has no record at all.
[[nodiscard]] Finding header_missing();

// The delimiter under which most cells of the first record name a column (spec E2).
[[nodiscard]] char choose_delimiter(const schema::CompiledSchema& schema,
                                    const csv::Reader& reader);

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_HEADER_HPP
