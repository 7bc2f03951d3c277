// All that a reader says of a source, kept, so that two ways of reading can be compared.
//
// The rows of a file that was refused are left out: how many come before the refusal is up to the
// size of the window.
#ifndef ROLLCALL_TESTS_SUPPORT_CSV_READING_HPP
#define ROLLCALL_TESTS_SUPPORT_CSV_READING_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rollcall/csv.hpp"

namespace rollcall::tests {

struct FaultSeen {
  Code code = Code::csv_quote;
  std::int32_t cell = -1;
  std::uint64_t byte = 0;
  std::uint64_t line = 0;

  friend bool operator==(const FaultSeen&, const FaultSeen&) = default;
};

struct RowSeen {
  std::uint64_t number = 0;
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  std::string raw = {};
  std::vector<std::string> cells = {};
  std::vector<std::string> values = {};
  std::vector<FaultSeen> faults = {};

  friend bool operator==(const RowSeen&, const RowSeen&) = default;
};

struct Reading {
  std::vector<RowSeen> rows = {};
  std::uint64_t blank_rows = 0;
  std::optional<Code> refusal = {};
  std::optional<std::uint64_t> first_undecodable = {};
  csv::Encoding encoding = csv::Encoding::utf_8;

  friend bool operator==(const Reading&, const Reading&) = default;
};

// Reads to the end. What is said twice must agree (numbers, counts, places): if not, or if there is
// an error, `fault` says so.
struct Read {
  Reading reading = {};
  std::string digest = {};
  std::uint64_t source_bytes = 0;
  char delimiter = '\0';
  std::string fault = {};
};
[[nodiscard]] Read read_all(Source& source, const csv::ReaderOptions& options);
[[nodiscard]] Read read_all(std::string_view text, const csv::ReaderOptions& options);

// Bytes in pieces of some size, their number known before or not.
class PieceSource final : public Source {
 public:
  PieceSource(std::string_view bytes, std::size_t piece_bytes) noexcept
      : bytes_{bytes}, piece_bytes_{piece_bytes}
  {
  }

  [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into) override;
  [[nodiscard]] Result<void> rewind() override;

 private:
  std::string_view bytes_;
  std::size_t piece_bytes_;
  std::size_t at_ = 0;
};

// The first difference of two readings, for people; empty if there is none.
[[nodiscard]] std::string difference(const Reading& a, const Reading& b);

// A reading in a few signs: of each row its number, line, byte, values, and faults with cell (if it
// is of one), byte and line; then what else there is to tell.
//   "1 @2+8 <a><b> csv.quote[1] @2+10\n" "2 blank\n" "file.too_large\n"
[[nodiscard]] std::string told(const Reading& reading);

// A text with all that is not plain ASCII as \xNN.
[[nodiscard]] std::string shown(std::string_view text);

// The kernels that this processor can run.
[[nodiscard]] const std::vector<csv::Kernel>& kernels();

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_SUPPORT_CSV_READING_HPP
