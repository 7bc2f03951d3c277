// likely_format.hpp: of which format a file may be that is not of the one that was asked for.
#ifndef ROLLCALL_FORMATS_LIKELY_FORMAT_HPP
#define ROLLCALL_FORMATS_LIKELY_FORMAT_HPP

#include <string>
#include <vector>

#include "rollcall/csv.hpp"
#include "rollcall/finding.hpp"

namespace rollcall::formats {

// The one built in of which the first row names most columns, three at least, whatever parts its
// cells; empty if there is none.
[[nodiscard]] Result<std::string> likely_format(const csv::Reader& reader);

// Says so beside a header that names no column.
[[nodiscard]] Result<void> add_likely_format(std::vector<Finding>& findings,
                                             const csv::Reader& reader);

} // namespace rollcall::formats

#endif // ROLLCALL_FORMATS_LIKELY_FORMAT_HPP
