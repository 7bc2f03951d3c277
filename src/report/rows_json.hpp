// rows_json.hpp: a row, and a file, as a line of JSON that says how it was read.
#ifndef ROLLCALL_REPORT_ROWS_JSON_HPP
#define ROLLCALL_REPORT_ROWS_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "json/writer.hpp"
#include "rollcall/rows.hpp"

namespace rollcall::report {

// {"row": 1, "line": 2, "cells": ["..."], "findings": []}. `scratch` is for cells that do not stand
// in the text as they read.
void put_row(json::Writer& writer, const csv::RowBatch& batch, std::size_t row, std::uint64_t line,
             std::span<const Finding> findings, std::string& scratch);

// {"file": {...}}. What is not known of a file that could not be read is null.
void put_file(json::Writer& writer, const RowsSummary& file);

} // namespace rollcall::report

#endif // ROLLCALL_REPORT_ROWS_JSON_HPP
