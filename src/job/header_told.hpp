// header_told.hpp: the header of a file, as far as it is told.
#ifndef ROLLCALL_JOB_HEADER_TOLD_HPP
#define ROLLCALL_JOB_HEADER_TOLD_HPP

#include <string>

#include "check/header.hpp"
#include "rollcall/csv.hpp"

namespace rollcall::job {

// The header as it was read. Where it may be a row of data, only what names columns is told of it.
[[nodiscard]] std::string header_told(const csv::RowBatch& batch, const check::Header& header);

} // namespace rollcall::job

#endif // ROLLCALL_JOB_HEADER_TOLD_HPP
