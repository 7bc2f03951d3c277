// libcsv_peer.cpp: a file through libcsv, the C library that Debian has: one call back a cell and
// one a row. Prints how many rows and cells there were, and what it took by either clock.
#include <csv.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <vector>

#include "support/stopwatch.hpp"

namespace {

struct Counts {
  unsigned long rows = 0;
  unsigned long cells = 0;
};

void count_cell(void*, size_t, void* counts)
{
  ++static_cast<Counts*>(counts)->cells;
}

void count_row(int, void* counts)
{
  ++static_cast<Counts*>(counts)->rows;
}

bool parse(int file, csv_parser& parser, Counts& counts)
{
  std::vector<char> buffer(256 * 1024);
  for (;;) {
    const ssize_t size = ::read(file, buffer.data(), buffer.size());
    if (size < 0) return false;
    if (size == 0) return csv_fini(&parser, count_cell, count_row, &counts) == 0;
    const auto wanted = static_cast<size_t>(size);
    if (csv_parse(&parser, buffer.data(), wanted, count_cell, count_row, &counts) != wanted)
      return false;
  }
}

} // namespace

int main(int argc, char** argv)
{
  const rollcall::bench::Stopwatch watch;
  const int file = argc == 2 ? ::open(argv[1], O_RDONLY) : -1;
  csv_parser parser;
  if (file < 0 || csv_init(&parser, 0) != 0) return 1;
  Counts counts;
  const bool is_well = parse(file, parser, counts);
  csv_free(&parser);
  const rollcall::bench::Taken taken = watch.taken();
  std::printf("%lu %lu %.6f %.6f\n", counts.rows, counts.cells, taken.wall, taken.cpu);
  return is_well ? 0 : 1;
}
