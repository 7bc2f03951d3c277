// likely_format.hpp: of which format a file may be that is not of the one that was asked for.
#ifndef ROLLCALL_FORMATS_LIKELY_FORMAT_HPP
#define ROLLCALL_FORMATS_LIKELY_FORMAT_HPP

#include <cstddef>
#include <string>
#include <vector>

#include "rollcall/csv.hpp"
#include "rollcall/finding.hpp"
#include "schema/compiled.hpp"

namespace rollcall::formats {

// The one built in of which the first row names most columns, three at least, whatever parts its
// cells; empty if there is none.
[[nodiscard]] Result<std::string> likely_format(const csv::Reader& reader);

// Says beside a header that names no column what the file may be: one of another format, or one
// with a note for spreadsheets (sep=;) or a title above the header.
[[nodiscard]] Result<void> add_likely(const schema::CompiledSchema& schema,
                                      const csv::Reader& reader, std::vector<Finding>& findings);

// Of a file whose first row names no column: how many of the rows behind it are looked at for one
// that does.
inline constexpr std::size_t rows_under_title_max = 10;

} // namespace rollcall::formats

#endif // ROLLCALL_FORMATS_LIKELY_FORMAT_HPP
