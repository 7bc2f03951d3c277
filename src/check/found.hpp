// found.hpp: a finding as long as its batch lives: a few numbers and views, which become a Finding,
// or text, only for who reads it.
//
// A file in which every cell is wrong has as many of these as cells, so none owns memory.
#ifndef ROLLCALL_CHECK_FOUND_HPP
#define ROLLCALL_CHECK_FOUND_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rollcall/code.hpp"

namespace rollcall::check {

// What a message quotes beside column and value; the names are those of the templates.
enum class FactName : std::uint8_t {
  asked,
  cells,
  character,
  columns,
  dropped,
  holder,
  holders,
  kind,
  known,
  least,
  length,
  more_lines,
  most,
  near,
  now,
  other_line,
  reason,
  replace, // what the cell was certainly meant to be: the finding's fix
  taken,
  written
};

inline constexpr std::size_t fact_name_count = 20;

// "other_line".
[[nodiscard]] std::string_view slug(FactName name) noexcept;

// In the place of what may be a secret, as many dots whatever it is.
inline constexpr std::string_view hidden_value = "\u2022\u2022\u2022\u2022\u2022\u2022";

struct FoundFact {
  FactName name = FactName::reason;
  bool is_number = false;
  std::uint64_t number = 0;
  std::string_view text = {};
};

inline constexpr std::uint16_t no_column = 0xFFFF;
inline constexpr std::uint16_t no_rule = 0xFFFF;
inline constexpr std::uint32_t no_reading = 0xFFFFFFFF;

struct Found {
  std::uint32_t row = 0;            // in the batch
  std::int32_t cell = -1;           // where in the file its column stands; -1 if nowhere
  std::uint16_t column = no_column; // of the schema
  Code code = Code::rule;
  Severity severity = Severity::error;
  std::uint8_t fact_count = 0;
  std::uint16_t rule = no_rule;       // CompiledSchema::rules: of a code that is not in the list,
                                      // or whose message is the schema's
  std::uint32_t reading = no_reading; // JudgedBatch::readings: a fault of the reader, whole
  std::string_view value = {};        // never of a secret
  std::string_view says = {};         // the message, where the schema has one
  std::array<FoundFact, 3> facts = {};

  void add(FactName name, std::uint64_t number) noexcept
  {
    facts[fact_count++] = {.name = name, .is_number = true, .number = number};
  }
  void add(FactName name, std::string_view text) noexcept
  {
    facts[fact_count++] = {.name = name, .text = text};
  }
};

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_FOUND_HPP
