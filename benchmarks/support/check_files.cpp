// check_files.cpp: read with our own reader, which csv_bench compares with others.
#include "support/check_files.hpp"

#include <fstream>
#include <vector>

#include "rollcall/csv.hpp"
#include "support/must.hpp"

namespace rollcall::bench {
namespace {

bool is_claimed(std::string_view header)
{
  return header == "Email" || header == "Extension" || header == "Mac Address";
}

} // namespace

UserFile look_at(const std::string& path)
{
  SystemFiles files;
  FileSource source = must(FileSource::open(files, path));
  csv::Reader reader = must(csv::Reader::open(source, {}));
  UserFile file;
  std::vector<std::size_t> claimed;
  std::string scratch;
  while (must(reader.next())) {
    const csv::RowBatch& batch = reader.batch();
    for (std::size_t row = 0; row != batch.size(); ++row) {
      if (batch.number(row) == 0) {
        for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
          if (is_claimed(batch.value(row, cell, scratch))) claimed.push_back(cell);
        continue;
      }
      ++file.rows;
      for (const std::size_t cell : claimed)
        if (cell < batch.cells(row) && !batch.cell(row, cell).empty()) ++file.claim_values;
    }
  }
  return file;
}

std::string first_rows(const std::string& path, std::uint64_t rows)
{
  SystemFiles files;
  FileSource source = must(FileSource::open(files, path));
  csv::Reader reader = must(csv::Reader::open(source, {}));
  std::uint64_t end = 0;
  bool is_cut = false;
  while (!is_cut && must(reader.next())) {
    const csv::RowBatch& batch = reader.batch();
    for (std::size_t row = 0; row != batch.size() && !is_cut; ++row) {
      is_cut = batch.number(row) > rows;
      end = batch.byte(row);
    }
  }
  if (!is_cut) end = source.size().value_or(0);
  std::string text(end, '\0');
  std::ifstream{path, std::ios::binary}.read(text.data(), static_cast<std::streamsize>(end));
  return text;
}

} // namespace rollcall::bench
