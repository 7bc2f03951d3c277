// A format, files and rows for the tests of the report, made by hand: nothing is judged, a test
// says itself what was found.
#ifndef ROLLCALL_TESTS_REPORT_REPORTING_HPP
#define ROLLCALL_TESTS_REPORT_REPORTING_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "check/header.hpp"
#include "plan/row_result.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/sink.hpp"
#include "schema/compiled.hpp"

namespace rollcall::tests {

// ID, Full Name, Email, Password (secret), PIN (secret), Devices (integer), Active (boolean),
// Team. The result file adds Status and Notes.
[[nodiscard]] const schema::CompiledSchema& people();

// The number of a column, or of a field of the first kind, by the name of its field.
[[nodiscard]] std::uint16_t column_named(std::string_view field);
[[nodiscard]] FieldId field_named(std::string_view field);

// What a header says, of the batch that holds it.
[[nodiscard]] check::Header header_of(const csv::RowBatch& batch);
[[nodiscard]] check::Header header_of(std::string_view text, const csv::Dialect& dialect = {});

// Shows the batches of a text, the header's first.
using ShowBatch = std::function<void(const csv::RowBatch&)>;
void read_batches(std::string_view text, const csv::ReaderOptions& options, const ShowBatch& show);

// The values of all records of a text.
using Table = std::vector<std::vector<std::string>>;
[[nodiscard]] Table read_table(std::string_view text, const csv::Dialect& dialect = {});

// Something found in a cell, or in the row as a whole.
[[nodiscard]] check::Found found_in(Code code, std::string_view field, std::string_view value = {});
[[nodiscard]] check::Found found_in_row(Code code);

// A sink that fails at one of its writes.
class FailingSink final : public Sink {
 public:
  explicit FailingSink(std::size_t fail_at) noexcept : fail_at_{fail_at} {}

  [[nodiscard]] Result<void> write(std::string_view bytes) override;
  [[nodiscard]] std::size_t writes() const noexcept { return writes_; }
  [[nodiscard]] bool has_failed() const noexcept { return writes_ > fail_at_; }

 private:
  std::size_t fail_at_;
  std::size_t writes_ = 0;
};

// Small random numbers, the same in every run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) noexcept : state_{seed * 2654435761U + 88172645463325252U} {}
  // 0 to below `sides`.
  [[nodiscard]] std::size_t roll(std::size_t sides) noexcept;

 private:
  std::uint64_t state_;
};

// Puts a text anywhere into a line, but not into a secret, which begins with "s3cret".
void insert_beside_secrets(std::string& line, Dice& dice, std::string_view text);

} // namespace rollcall::tests

#endif // ROLLCALL_TESTS_REPORT_REPORTING_HPP
