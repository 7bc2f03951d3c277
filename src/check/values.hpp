// values.hpp: how a cell reads, by type: whether it is good, and its canonical text.
//
// A cell comes here cleaned up, which cell_text.hpp does: unquoted, trimmed, without a guard and in
// normal form C (secrets: as read), not blank, without controls, valid UTF-8. Column::words are
// looked up before. One file a kind of value, value_*.cpp; these are whole, and the quick way for
// the cells of a batch stands before them in value_quick.hpp.
#ifndef ROLLCALL_CHECK_VALUES_HPP
#define ROLLCALL_CHECK_VALUES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/nearest.hpp"
#include "check/value_words.hpp"
#include "expr/char_class.hpp"
#include "rollcall/code.hpp"
#include "rollcall/schema.hpp"

namespace rollcall::check {

// ---- Types whose bounds are settled: those of schema_types.hpp, ready for the cells of a job ----

struct ReadyText {
  std::uint64_t min = 0;
  std::uint64_t max = 65'536;
  const expr::CharClass* chars = nullptr; // null: any
};

struct ReadyDigits {
  std::uint64_t min = 1;
  std::uint64_t max = 64;
  schema::Plus plus = schema::Plus::none;
};

struct ReadyInteger {
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

struct ReadyBoolean {
  ReadyBoolean() = default;
  explicit ReadyBoolean(const schema::Boolean& type);
  Words words; // numbers are indices in `boolean_texts`
  NameList names;
};
inline constexpr std::array<std::string_view, 2> boolean_texts = {"false", "true"};

// A cell that is good reads as one of `spelled`, so it outlives the readings.
struct ReadyChoice {
  ReadyChoice() = default;
  explicit ReadyChoice(std::vector<std::string> of);
  Words words; // numbers are indices in `spelled`
  std::vector<std::string> spelled;
  NameList names;
};

struct ReadyEmail {};

struct ReadyPhone {
  bool ext = false;
  bool restores_plus = false;
};

struct ReadyExtension {
  std::uint64_t min = 2;
  std::uint64_t max = 10;
  std::uint64_t range_max = 1;
};

struct ReadyMac {};
struct ReadyIp {};
struct ReadyId {};

struct ReadySecret {
  bool digits = false;
  std::uint64_t min = 1;
  std::uint64_t max = 65'536;
};

using ReadyType =
    std::variant<ReadyText, ReadyDigits, ReadyInteger, ReadyBoolean, ReadyChoice, ReadyEmail,
                 ReadyPhone, ReadyExtension, ReadyMac, ReadyIp, ReadyId, ReadySecret>;

// ---- Reading -----------------------------------------------------------------------------------

enum class Verdict : std::uint8_t {
  good,
  range,       // good, and stands for several extensions: range_of
  bare_digits, // of Phone::restores_plus: `+` and these digits, good if the inventory has that
  bad,         // `code`
  blank,       // nothing is left of the cell
  word,        // one of Column::words, and stands for this text
  nothing      // one that stands for null
};

// The text is canonical if the cell is good. If it is bad, it is what the fault is about: of
// value.too_short and value.too_long what was measured (of a range that side), of value.characters
// the first character that is none of the class, else the cell.
//
// It is a piece of the cell, a word of the type or of ours; or, if `is_made`, it stands in the
// scratch until that is used again.
struct Reading {
  const char* data = nullptr;
  std::uint32_t size = 0;
  Code code = Code::rule; // of a bad one
  Verdict verdict = Verdict::good;
  bool is_made = false;

  [[nodiscard]] std::string_view text() const noexcept { return {data, size}; }
  [[nodiscard]] bool is_good() const noexcept { return verdict == Verdict::good; }
  [[nodiscard]] bool is_bad() const noexcept { return verdict == Verdict::bad; }
};

[[nodiscard]] inline Reading good(std::string_view text, bool is_made = false) noexcept
{
  return {.data = text.data(), .size = static_cast<std::uint32_t>(text.size()), .is_made = is_made};
}
[[nodiscard]] inline Reading bad(Code code, std::string_view about) noexcept
{
  return {.data = about.data(),
          .size = static_cast<std::uint32_t>(about.size()),
          .code = code,
          .verdict = Verdict::bad};
}

// Room for what cannot be a view. Reused from cell to cell, one a thread.
struct Scratch {
  std::array<char, 64> made; // canonical addresses, numbers
  std::string unquoted;      // cell_text
  std::string composed;      // cell_text
  std::string folded;        // words
};

[[nodiscard]] Reading read_value(const ReadyText&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyDigits&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyInteger&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyBoolean&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyChoice&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyEmail&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyPhone&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyExtension&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyMac&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyIp&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyId&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadySecret&, std::string_view cell, Scratch&);
[[nodiscard]] Reading read_value(const ReadyType&, std::string_view cell, Scratch&);

// Column::words: neither type-checked nor looked up.
class ReadyWords {
 public:
  ReadyWords() = default;
  explicit ReadyWords(const std::vector<schema::Word>& words);
  [[nodiscard]] bool is_empty() const noexcept { return means_.empty(); }

  // False if no word begins like this cell, which is not empty.
  [[nodiscard]] bool may_have(std::string_view raw) const noexcept
  {
    return begins_[static_cast<unsigned char>(raw.front())];
  }

  // `word` or `nothing`, with a text that lives as long as this; else `bad`.
  [[nodiscard]] Reading read(std::string_view cell, std::string& scratch) const
  {
    return read_word(words_.find(cell, scratch));
  }
  // As Words::find_short.
  [[nodiscard]] Reading read_short(std::uint64_t bytes) const noexcept
  {
    return read_word(words_.find_short(bytes));
  }

 private:
  [[nodiscard]] Reading read_word(std::uint32_t number) const noexcept
  {
    if (number == Words::none) return {.verdict = Verdict::bad};
    const auto& means = means_[number];
    Reading reading = means ? good(*means) : Reading{};
    reading.verdict = means ? Verdict::word : Verdict::nothing;
    return reading;
  }

  Words words_;
  std::vector<std::optional<std::string>> means_;
  std::array<bool, 256> begins_ = {};
};

// ---- About values ------------------------------------------------------------------------------

// What a spreadsheet makes of a number or takes for a date (spec E25).
[[nodiscard]] bool is_spreadsheet_damage(std::string_view cell) noexcept;

// Of digits with one point or comma among them, perhaps behind a sign, as programs write a column
// of numbers: what stands before one or two zeros (201 of 201.0), empty if it is anything else
// that stands behind the point; none of a text that is no such number.
[[nodiscard]] std::optional<std::string_view> whole_part(std::string_view text) noexcept;

// A range that was read: "200-249".
struct ExtensionRange {
  std::string_view first = {};
  std::string_view last = {};
  std::uint64_t count = 0;

  // Both are digits of one width; it has none if they go backwards.
  [[nodiscard]] static ExtensionRange between(std::string_view first,
                                              std::string_view last) noexcept;
};
[[nodiscard]] ExtensionRange range_of(std::string_view canonical) noexcept;

// The extension that comes `index` after the first, in `into`, which has room for its width.
[[nodiscard]] std::string_view extension_in(const ExtensionRange& range, std::uint64_t index,
                                            std::span<char> into) noexcept;

// What an extension may have been before a spreadsheet took its zeros: with one, two and three of
// them in front (value.leading_zero_lost), written into `into`. An extension as long as that cannot
// be one that exists.
inline constexpr std::size_t zeros_lost_max = 3;
inline constexpr std::size_t zeros_lost_room = 64;
[[nodiscard]] std::array<std::string_view, zeros_lost_max> with_zeros(
    std::string_view extension, std::array<char, zeros_lost_room>& into) noexcept;

// Why a cell is no email, phone or MAC address, for {reason}: "it has 11 digits". Empty if there is
// nothing to say that the message does not say already.
[[nodiscard]] std::string reason_of(const ReadyType& type, Code code, std::string_view cell);

// The text that `--fix` may put in the place of a bad cell: only where what was meant is beyond
// doubt, so the list is short (value_fix.cpp).
[[nodiscard]] std::optional<std::string> certain_fix(const ReadyType& type, Code code,
                                                     std::string_view cell, Scratch& scratch);

[[nodiscard]] constexpr bool is_digit(char c) noexcept
{
  return c >= '0' && c <= '9';
}
[[nodiscard]] bool is_all_digits(std::string_view text) noexcept;

} // namespace rollcall::check

#endif // ROLLCALL_CHECK_VALUES_HPP
