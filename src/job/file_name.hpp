// file_name.hpp: what a format says of the names of files.
#ifndef ROLLCALL_JOB_FILE_NAME_HPP
#define ROLLCALL_JOB_FILE_NAME_HPP

#include <optional>
#include <string>

#include "rollcall/finding.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::job {

// file.type, if the name has none of the endings. A file without a name is taken (spec F8).
[[nodiscard]] std::optional<Finding> fault_of_name(const schema::FileChecks& file,
                                                   const std::string& name);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_FILE_NAME_HPP
