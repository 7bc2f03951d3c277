// csv_entrants.cpp: each entrant is one pass over a file, which says what it saw.
//
// All passes of ours do what a user of the library would: nothing is set up beforehand, and what
// they need they allocate themselves.
#include "support/csv_entrants.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "csv/kernel_select.hpp"
#include "rollcall/csv.hpp"
#include "support/child.hpp"
#include "support/must.hpp"

namespace rollcall::bench {
namespace {

constexpr std::size_t window_bytes = 128 * 1024;
constexpr std::size_t read_bytes = 256 * 1024;
constexpr std::size_t buffer_bytes_max = 1024 * 1024;

// Keeps the compiler from leaving out work whose result nobody wants.
template <class Value>
void keep(const Value& value)
{
  asm volatile("" : : "r,m"(value) : "memory");
}

// --- yardsticks --------------------------------------------------------------------------------

Pass count_lines(const DataFile& file)
{
  const ChildRun run = run_child({"wc", "-l"}, file.path);
  if (!run.is_well) throw std::runtime_error{"there is no wc"};
  return {.seen = {.lines = std::stoull(run.output)}, .taken = run.taken};
}

void add_up(std::string_view text)
{
  constexpr std::size_t lanes = 16;
  std::array<std::uint64_t, lanes> sums = {};
  const char* at = text.data();
  for (std::size_t left = text.size() / (lanes * 8); left != 0; --left, at += lanes * 8) {
    std::array<std::uint64_t, lanes> words;
    std::memcpy(words.data(), at, sizeof words);
    for (std::size_t lane = 0; lane != lanes; ++lane) sums[lane] += words[lane];
  }
  keep(sums);
}

Pass sum(const DataFile& file)
{
  add_up(file.text);
  return {};
}

Pass sum_mapped(const DataFile& file)
{
  SystemFiles files;
  const MappedSource source = must(MappedSource::open(files, file.path));
  const std::span<const std::byte> bytes = source.bytes().value_or(std::span<const std::byte>{});
  add_up({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return {};
}

Pass copy(const DataFile& file)
{
  static std::string to; // touched in the round that does not count
  to.resize(std::max(to.size(), file.text.size()));
  std::memcpy(to.data(), file.text.data(), file.text.size());
  keep(to.data());
  return {};
}

Pass read_only(const DataFile& file)
{
  const auto buffer = std::make_unique_for_overwrite<char[]>(read_bytes);
  const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  while (::read(descriptor, buffer.get(), read_bytes) > 0) keep(buffer.get());
  ::close(descriptor);
  return {};
}

// --- ours --------------------------------------------------------------------------------------

// Window by window, as the reader does it: the next begins where the last whole row ended.
Pass index_all(const DataFile& file, csv::Kernel kernel)
{
  const csv::IndexFunction index = csv::index_function(kernel);
  std::vector<std::uint32_t> ends(window_bytes / 4);
  Facts seen;
  for (std::size_t at = 0; at != file.text.size();) {
    const char* const text = file.text.data() + at;
    const std::size_t size = std::min(window_bytes, file.text.size() - at);
    const csv::Index found = index(text, static_cast<std::uint32_t>(size), {}, ends.data(),
                                   static_cast<std::uint32_t>(ends.size()));
    std::uint32_t cells = found.count;
    while (cells != 0 && text[ends[cells - 1]] != '\n') --cells;
    if (cells == 0 || found.misplaced_quote)
      throw std::runtime_error{"the kernel cannot index the " + file.shape + " file"};
    seen.records += found.row_ends;
    seen.cells += cells;
    at += ends[cells - 1] + 1;
  }
  return {.seen = seen};
}

// How a caller looks at the cells.
enum class Visit : std::uint8_t { by_ends, by_column, by_cell };

std::uint64_t visit_by_cell(const csv::RowBatch& batch)
{
  std::uint64_t bytes = 0;
  for (std::size_t row = 0; row != batch.size(); ++row) {
    const std::size_t cells = batch.cells(row);
    for (std::size_t cell = 0; cell != cells; ++cell) bytes += batch.cell(row, cell).size();
  }
  return bytes;
}

// Where each cell begins and ends, in the order of the file. In files without CR only: this way,
// and the next, take the CR of a CRLF for a part of the last cell.
//
// A cell begins behind the end of the one before it. Told so, and not with a `begin` that is
// carried from cell to cell, a compiler looks at several at once.
std::uint64_t visit_by_ends(const csv::RowBatch& batch)
{
  if (batch.width() == 0) return visit_by_cell(batch);
  const std::span<const std::uint32_t> ends = batch.ends();
  std::uint64_t bytes = ends[0];
  for (std::size_t at = 1; at < ends.size(); ++at) bytes += ends[at] - ends[at - 1] - 1;
  return bytes;
}

std::uint64_t visit_by_column(const csv::RowBatch& batch)
{
  const std::size_t width = batch.width();
  if (width == 0) return visit_by_cell(batch);
  const std::span<const std::uint32_t> ends = batch.ends();
  std::uint64_t bytes = ends[0]; // the one cell that no other stands before
  for (std::size_t column = 0; column != width; ++column)
    for (std::size_t at = column == 0 ? width : column; at < ends.size(); at += width)
      bytes += ends[at] - ends[at - 1] - 1;
  return bytes;
}

std::uint64_t cells_of(const csv::RowBatch& batch)
{
  if (batch.width() != 0) return batch.width() * batch.size();
  std::uint64_t cells = 0;
  for (std::size_t row = 0; row != batch.size(); ++row) cells += batch.cells(row);
  return cells;
}

// Notes how much memory was in use at once.
class Gauge final : public std::pmr::memory_resource {
 public:
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override
  {
    most_ = std::max(most_, now_ += bytes);
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override
  {
    now_ -= bytes;
    std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
  }
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override
  {
    return this == &other;
  }

  std::size_t now_ = 0;
  std::size_t most_ = 0;
};

Pass read_all(Source& source, csv::Kernel kernel, Visit visit, bool digest)
{
  Gauge gauge;
  csv::Reader reader = must(csv::Reader::open(source, {.limits = {.file_bytes = UINT64_MAX},
                                                       .memory = &gauge,
                                                       .kernel = kernel,
                                                       .digest = digest}));
  Facts seen;
  while (must(reader.next())) {
    const csv::RowBatch& batch = reader.batch();
    if (!batch.faults().empty()) throw std::runtime_error{"the reader finds faults"};
    seen.records += batch.size();
    seen.cell_bytes += visit == Visit::by_ends     ? visit_by_ends(batch)
                       : visit == Visit::by_column ? visit_by_column(batch)
                                                   : visit_by_cell(batch);
    seen.cells += cells_of(batch);
  }
  if (reader.refusal()) throw std::runtime_error{"the reader refuses the file"};
  if (digest && reader.digest().empty()) throw std::runtime_error{"there is no digest"};
  if (gauge.most() > buffer_bytes_max)
    throw std::runtime_error{fmt::format("the reader holds {} bytes", gauge.most())};
  return {.seen = seen};
}

using Opener = std::function<std::unique_ptr<Source>(const DataFile&)>;

std::unique_ptr<Source> in_memory(const DataFile& file)
{
  return std::make_unique<MemorySource>(std::string_view{file.text});
}

std::unique_ptr<Source> mapped(const DataFile& file)
{
  SystemFiles files;
  return std::make_unique<MappedSource>(must(MappedSource::open(files, file.path)));
}

std::unique_ptr<Source> from_file(const DataFile& file)
{
  SystemFiles files;
  return std::make_unique<FileSource>(must(FileSource::open(files, file.path)));
}

void add_reader(std::vector<Entrant>& entrants, const std::string& name, const Opener& open,
                csv::Kernel kernel, Visit visit, bool digest = false)
{
  entrants.push_back(
      {.name = name + " " + std::string{slug(kernel)}, .run = [=](const DataFile& file) {
         const std::unique_ptr<Source> source = open(file);
         return read_all(*source, kernel, visit, digest);
       }});
}

void add_ours(std::vector<Entrant>& entrants)
{
  std::vector<csv::Kernel> kernels;
  for (const csv::Kernel kernel :
       {csv::Kernel::avx512, csv::Kernel::avx2, csv::Kernel::neon, csv::Kernel::swar})
    if (is_supported(kernel)) kernels.push_back(kernel);
  for (const csv::Kernel kernel : kernels)
    entrants.push_back({.name = "kernel " + std::string{slug(kernel)},
                        .run = [=](const DataFile& file) { return index_all(file, kernel); }});
  for (const csv::Kernel kernel : kernels) {
    add_reader(entrants, "memory, ends", in_memory, kernel, Visit::by_ends);
    add_reader(entrants, "memory, cell()", in_memory, kernel, Visit::by_cell);
    add_reader(entrants, "mmap, ends", mapped, kernel, Visit::by_ends);
    add_reader(entrants, "mmap, cell()", mapped, kernel, Visit::by_cell);
    add_reader(entrants, "read, ends", from_file, kernel, Visit::by_ends);
    add_reader(entrants, "read, columns", from_file, kernel, Visit::by_column);
    add_reader(entrants, "read, cell()", from_file, kernel, Visit::by_cell);
  }
  add_reader(entrants, "read, ends, SHA-256", from_file, csv::best_kernel(), Visit::by_ends, true);
}

// --- peers -------------------------------------------------------------------------------------

// A program that prints the rows it saw, and perhaps the cells, and what it took by either clock.
Pass run_peer(std::vector<std::string> command, const std::string& path, std::uint64_t unseen)
{
  command.push_back(path);
  const ChildRun run = run_child(command);
  if (!run.is_well) throw std::runtime_error{"a peer failed: " + command.front()};
  Pass pass;
  Taken own;
  std::istringstream words{run.output};
  words >> pass.seen.records >> pass.seen.cells >> own.wall >> own.cpu;
  pass.taken = words ? own : run.taken;
  pass.seen.records += unseen;
  return pass;
}

void add_peer(std::vector<Entrant>& entrants, Entrant entrant,
              const std::vector<std::string>& command, bool is_here, std::string_view how_to_get,
              std::uint64_t unseen = 0)
{
  if (is_here) {
    entrant.run = [=, of_sample = entrant.of_sample](const DataFile& file) {
      return run_peer(command, of_sample ? file.sample_path : file.path, unseen);
    };
  } else {
    entrant.note = how_to_get;
  }
  entrants.push_back(std::move(entrant));
}

// The first of the Pythons here that has the module.
std::string python_with(const std::string& module)
{
  for (std::string python : {"python3", "/usr/bin/python3"})
    if (run_child({python, "-c", "import " + module}).is_well) return python;
  return {};
}

void add_peers(std::vector<Entrant>& entrants)
{
  const std::string scripts = ROLLCALL_BENCH_PEERS;
  const std::string libcsv_peer = ROLLCALL_BENCH_LIBCSV;
  add_peer(
      entrants,
      {.name = std::string{libcsv}, .note = "its own time, without starting; a call back a cell"},
      {libcsv_peer}, !libcsv_peer.empty(), "libcsv-dev");
  const std::string python = python_with("csv");
  add_peer(
      entrants,
      {.name = std::string{python_csv}, .note = "its own time, without starting; every row a list"},
      {python, scripts + "/python_csv.py"}, !python.empty(), "python3");
  const std::string pandas = python_with("pandas");
  add_peer(entrants,
           {.name = "pandas",
            .note = "C engine, all columns text; its own time, without loading; a file of a tenth "
                    "of the rows",
            .of_sample = true},
           {pandas, scripts + "/pandas_csv.py"}, !pandas.empty(), "python3-pandas");
  add_peer(entrants,
           {.name = "Miller",
            .note = "mlr count, whole process, several threads; it says nothing of cells"},
           {"mlr", "--icsv", "--onidx", "count"}, run_child({"mlr", "--version"}).is_well, "miller",
           1);
}

} // namespace

std::vector<Entrant> csv_entrants()
{
  std::vector<Entrant> entrants = {
      {.name = std::string{wc},
       .run = count_lines,
       .note = "whole process, file as standard input"},
      {.name = "sum of the bytes, memory", .run = sum},
      {.name = "sum of the bytes, mmap", .run = sum_mapped},
      {.name = "memcpy", .run = copy},
      {.name = "read(2) only", .run = read_only, .note = "256 KiB at a time"},
  };
  add_ours(entrants);
  add_peers(entrants);
  return entrants;
}

} // namespace rollcall::bench
