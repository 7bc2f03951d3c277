// How much memory reading takes, and what happens when there is none.
//
// This file replaces operator new for the whole executable; it counts and fails only where a test
// says so. (The memory resource that most of the reader lives in does not come here.)
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "support/csv_reading.hpp"
#include "support/memory.hpp"
#include "support/must.hpp"

namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

struct Heap {
  std::size_t allocations_left = unlimited;
  std::size_t bytes_now = 0;
  std::size_t bytes_most = 0;
};

thread_local Heap heap;

// In front of each piece stands how large it is, where there is room for it.
constexpr std::size_t before = alignof(std::max_align_t);

void* allocate(std::size_t bytes) noexcept
{
  if (heap.allocations_left == 0) return nullptr;
  if (heap.allocations_left != unlimited) --heap.allocations_left;
  void* const at = std::malloc(bytes + before);
  if (at == nullptr) return nullptr;
  *static_cast<std::size_t*>(at) = bytes;
  heap.bytes_now += bytes;
  heap.bytes_most = std::max(heap.bytes_most, heap.bytes_now);
  return static_cast<char*>(at) + before;
}

void release(void* at) noexcept
{
  if (at == nullptr) return;
  void* const begin = static_cast<char*>(at) - before;
  heap.bytes_now -= *static_cast<std::size_t*>(begin);
  std::free(begin);
}

} // namespace

void* operator new(std::size_t bytes)
{
  if (void* const at = allocate(bytes)) return at;
  throw std::bad_alloc{};
}
void* operator new(std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept
{
  return allocate(bytes);
}
void* operator new[](std::size_t bytes)
{
  return operator new(bytes);
}
void operator delete(void* at) noexcept
{
  release(at);
}
void operator delete(void* at, std::size_t /*bytes*/) noexcept
{
  release(at);
}
void operator delete(void* at, const std::nothrow_t& /*tag*/) noexcept
{
  release(at);
}
void operator delete[](void* at) noexcept
{
  release(at);
}
void operator delete[](void* at, std::size_t /*bytes*/) noexcept
{
  release(at);
}

using namespace rollcall;
using namespace rollcall::tests;
using csv::Reader;

namespace {

// Reads without keeping anything, but looks at every cell.
Result<std::uint64_t> look_at_all(Source& source, const csv::ReaderOptions& options)
{
  ROLLCALL_TRY(Reader reader, Reader::open(source, options));
  std::uint64_t sum = 0;
  std::string scratch;
  for (;;) {
    ROLLCALL_TRY(const bool more, reader.next());
    if (!more) break;
    const csv::RowBatch& batch = reader.batch();
    for (std::size_t row = 0; row != batch.size(); ++row) {
      for (std::size_t cell = 0; cell != batch.cells(row); ++cell)
        sum += batch.cell(row, cell).size();
    }
    sum += batch.faults().size();
  }
  return sum;
}

// The most that reading held at once: of the resource and of the heap.
std::size_t peak_of(std::string_view text, csv::ReaderOptions options, std::size_t piece_bytes)
{
  // What libraries allocate once and keep is not the reader's.
  static_cast<void>(read_all("caf\xC3\xA9\n", {}));
  CountingMemory memory;
  options.memory = &memory;
  PieceSource source{text, piece_bytes};
  const std::size_t heap_before = heap.bytes_now;
  heap.bytes_most = heap.bytes_now;
  const auto result = look_at_all(source, options);
  const std::size_t heap_most = heap.bytes_most - heap_before;
  const bool is_freed = memory.bytes_now() == 0 && heap.bytes_now == heap_before;
  CHECK(is_freed);
  REQUIRE(result.has_value());
  return memory.bytes_most() + heap_most;
}

std::string repeated(std::string_view piece, std::size_t bytes)
{
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

constexpr std::size_t kib = 1024;
constexpr std::size_t mib = 1024 * kib;

// Files that could make a reader grow.
const std::vector<std::string>& greedy_texts()
{
  static const std::vector<std::string> texts = {
      repeated("a,b,c\n", 3 * mib),
      std::string(3 * mib, 'x'),                         // one row
      "\"" + std::string(3 * mib, 'x'),                  // one open quote
      "\"" + repeated("x\n", 3 * mib),                   //
      repeated("\"\"", 3 * mib),                         // one cell of quotes
      "\"" + repeated("\"\"", mib - 2) + "\"\n",         // as long as a row may be
      std::string(3 * mib, ','),                         // too many cells
      repeated(std::string(1023, ',') + "x\n", 3 * mib), // as many as may be
      std::string(mib, '\n') + "a\"\n",                  // blank rows only
      "a\n" + std::string(mib, '\n') + "a\"\n",          //
      "a\n" + repeated(" , \n", mib),                    //
      "a,b\n" + repeated("\x01,\x01\n", mib),            // a fault in every cell
      "a\n" + repeated("\xFF,\"a\"b,\x7F\n1\n", mib),    //
      "a\n" + repeated("1\n1,2\n", mib),                 // rows of two widths
      std::string(3 * mib, '\0'),                        //
      repeated("a\r\"b\"\r", mib),                       //
      "a\n" + repeated("\xC3\xA9", mib - 1) + "\nb\n",   //
      // All of it: bad rows of several widths, then a row that does not end.
      "a\n" + repeated("\xFF,\"a\"b,\x7F\n1\n", mib) + std::string(2 * mib, 'x'),
      "a\n" + repeated("1\n1,2\n", mib) + std::string(2 * mib, 'x'),
  };
  return texts;
}

} // namespace

TEST_CASE("reading holds at most twice the row limit and 256 KiB, whatever the file")
{
  const std::size_t most = 2 * mib + 256 * kib;
  for (const std::string& text : greedy_texts()) {
    CAPTURE(shown(text.substr(0, 20)));
    CHECK(peak_of(text, {}, 100'000) <= most);
    CHECK(peak_of(text, {.dialect = {.delimiter = ',', .lenient = true}}, 1000) <= most);
    CHECK(peak_of(text, {.dialect = {.encoding = csv::Encoding::utf_16le}}, 100'000) <= most);
    CHECK(peak_of(text, {.dialect = {.encoding = csv::Encoding::latin_1, .lenient = true}},
                  50'000) <= most);
  }
}

TEST_CASE("what reading holds follows the row limit, from some buffers on")
{
  for (const std::string& text : greedy_texts()) {
    for (const std::size_t row_bytes : {100 * std::size_t{1}, 64 * kib, 2 * mib}) {
      CAPTURE(shown(text.substr(0, 20)));
      CAPTURE(row_bytes);
      const csv::ReaderOptions options{.limits = {.field_bytes = 64, .row_bytes = row_bytes}};
      CHECK(peak_of(text, options, 100'000) <= 2 * row_bytes + 512 * kib);
    }
  }
}

TEST_CASE("when there is no memory, at whatever point, that is the error and nothing is lost")
{
  // All that a text can make the reader ask memory for.
  const std::string text = "h,i\n" + repeated("a,\"b\nc\"\n", 3000) +
                           "x\"y,\x01\n\n1\n\"\"\"\"\xFF\n" + std::string(20'000, 'x') + "\nz\n";
  const auto read = [&](std::pmr::memory_resource* memory, std::size_t piece_bytes) {
    PieceSource source{text, piece_bytes};
    return look_at_all(
        source,
        {.limits = {.row_bytes = 10'000}, .memory = memory, .window_bytes = 1000, .digest = true});
  };
  const std::uint64_t whole = must(read(nullptr, 4000));
  for (const bool in_resource : {true, false}) {
    for (std::size_t allocations = 0;; ++allocations) {
      REQUIRE(allocations < 10'000);
      FailingMemory failing{in_resource ? allocations : unlimited};
      const std::size_t heap_before = heap.bytes_now;
      if (!in_resource) heap.allocations_left = allocations;
      auto result = read(&failing, 4000);
      const bool has_failed = in_resource ? failing.has_failed() : heap.allocations_left == 0;
      heap.allocations_left = unlimited;
      if (result.has_value()) {
        CHECK(result.assume_value() == whole);
        if (!has_failed) break;
      } else {
        CHECK(result.assume_error().code() == ErrorCode::out_of_memory);
      }
      CHECK(heap.bytes_now == heap_before);
    }
  }
}

TEST_CASE("a reader that had no memory goes on where it was, once there is some")
{
  const std::string text = "h\n" + repeated("a,b\n", 5000) + std::string(5000, 'x') + "\n" +
                           repeated("c\"d,\x01\n", 3000);
  // Fails one allocation, and none after that.
  class FailingOnce final : public std::pmr::memory_resource {
   public:
    explicit FailingOnce(std::size_t at) : left_{at} {}
    [[nodiscard]] bool has_failed() const { return left_ == unlimited; }

   private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override
    {
      if (left_ == 0) {
        left_ = unlimited;
        throw std::bad_alloc{};
      }
      if (left_ != unlimited) --left_;
      return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override
    {
      std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
    }
    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override
    {
      return this == &other;
    }
    std::size_t left_;
  };
  const csv::ReaderOptions options{.dialect = {.delimiter = ','}, .window_bytes = 700};
  const std::uint64_t rows = read_all(text, options).reading.rows.size() - 1;
  for (std::size_t at = 0;; ++at) {
    REQUIRE(at < 1000);
    FailingOnce memory{at};
    csv::ReaderOptions failing = options;
    failing.memory = &memory;
    MemorySource source{text};
    auto reader = Reader::open(source, failing);
    if (!reader.has_value()) continue;
    for (;;) {
      const auto more = reader.assume_value().next();
      if (more.has_value() && !more.assume_value()) break;
      if (!more.has_value()) REQUIRE(more.assume_error().code() == ErrorCode::out_of_memory);
    }
    CHECK(reader.assume_value().rows() == rows);
    if (!memory.has_failed()) break;
  }
}
