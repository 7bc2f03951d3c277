// workbook.hpp: a workbook of libxlsxwriter that is written to a file and closed whatever happens;
// of that library nobody else sees anything.
#ifndef ROLLCALL_XLSX_WORKBOOK_HPP
#define ROLLCALL_XLSX_WORKBOOK_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "rollcall/result.hpp"

namespace rollcall::xlsx {

// A column of the sheet that is filled in.
struct SheetColumn {
  std::string header = {};
  std::string note = {};
  std::vector<std::string> choices = {}; // empty: anything
};

struct Sheet {
  std::string title = {}; // of the document
  std::int64_t created_ms = 0;
  std::vector<SheetColumn> columns = {};
};

// The folder is for what libxlsxwriter keeps on disk while it writes; the file is overwritten.
[[nodiscard]] Result<void> write_workbook(const Sheet& sheet, const std::string& path,
                                          const std::string& folder);

} // namespace rollcall::xlsx

#endif // ROLLCALL_XLSX_WORKBOOK_HPP
