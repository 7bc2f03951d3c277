// How a CSV was read, without any format: its rows as JSON Lines or as clean CSV, and what there is
// to say about the file.
//
// A row is measured by the header (row.short, row.extra_cells), unless the header could not be read
// itself. Rows are written as they are read, so what was written of a file that is then refused
// stays: the last line says so.
#ifndef ROLLCALL_ROWS_HPP
#define ROLLCALL_ROWS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rollcall/csv.hpp"
#include "rollcall/finding.hpp"
#include "rollcall/job_watcher.hpp"
#include "rollcall/sink.hpp"
#include "rollcall/source.hpp"

namespace rollcall::report {

enum class RowsForm : std::uint8_t {
  // {"row": 1, "line": 2, "cells": ["..."], "findings": []} for each record, the header being row
  // 0, and a last line {"file": {...}}. Bytes that cannot be decoded become U+FFFD.
  json_lines,
  // The last line alone.
  count,
  // The cells as clean CSV: UTF-8, comma, CRLF, quotes where they are needed. Also rows that could
  // not be read well are written, as far as they were read: `findings` is told what was wrong.
  csv
};

struct RowsOptions {
  csv::ReaderOptions reader = {};
  RowsForm form = RowsForm::json_lines;
  std::string file_name = {};      // empty: the file has no name
  FindingSink* findings = nullptr; // is given those of rows as they are found, then the file's
  JobWatcher* watcher = nullptr;   // null: nobody. Who stops it ends it with the error `cancelled`
};

// What was read. Neither size nor digest are known of a file that was not read to its end.
struct RowsSummary {
  std::string file_name = {};
  csv::Dialect dialect = {}; // as settled
  std::uint64_t rows = 0;    // without header and blank ones
  std::uint64_t blank_rows = 0;
  std::optional<std::uint64_t> bytes = {}; // of the source
  std::string sha256 = {};
  std::uint64_t columns = 0;          // of the header, without blank ones at its end
  FindingCounts counts = {};          // of rows and file
  std::vector<Finding> findings = {}; // about the file as a whole
  bool is_refused = false;
};

// Writes the rows of a source. Limits that are passed and a source that cannot be read any further
// are findings about the file (`file.too_large`, `file.unreadable`); errors are those of memory, of
// the sink and of options that make no sense.
[[nodiscard]] Result<RowsSummary> write_rows(Source& source, const RowsOptions& options,
                                             Sink& sink);

// The same for a file that could not even be opened.
[[nodiscard]] Result<RowsSummary> write_unreadable(const Error& why, const RowsOptions& options,
                                                   Sink& sink);

} // namespace rollcall::report

#endif // ROLLCALL_ROWS_HPP
