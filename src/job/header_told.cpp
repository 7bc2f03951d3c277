// header_told.cpp: cells that name no column may be those of a row of data, and are hidden then.
#include "job/header_told.hpp"

#include "check/found.hpp"

namespace rollcall::job {

std::string header_told(const csv::RowBatch& batch, const check::Header& header)
{
  if (header.may_be_shown()) return std::string{batch.raw(0)};
  std::string told;
  for (std::size_t cell = 0; cell != header.names.size(); ++cell) {
    if (cell != 0) told += batch.dialect().separator();
    const bool is_known = header.names[cell].empty() || header.column_of[cell];
    told += is_known ? batch.cell(0, cell) : check::hidden_value;
  }
  return told;
}

} // namespace rollcall::job
