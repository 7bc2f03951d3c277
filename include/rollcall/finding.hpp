// A Finding: one thing that is wrong, or worth knowing, about the file, the actor or the host's
// data.
//
// Findings are facts, not prose: they are rendered to text only when somebody reads them. The value
// of a secret cell never enters one.
#ifndef ROLLCALL_FINDING_HPP
#define ROLLCALL_FINDING_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rollcall/code.hpp"

namespace rollcall {

struct Place {
  std::uint64_t row = 0;    // data rows count from 1; 0 is the file as a whole, or its header
  std::uint64_t line = 0;   // physical lines count from 1; 0 if there is none
  std::uint64_t byte = 0;   // offset in the source, as it was before decoding
  std::int32_t column = -1; // index in the file from 0; -1 if it is about no column of the file

  friend bool operator==(const Place&, const Place&) = default;
};

// What a message quotes, and what a report carries beside it: {"holder": "alex@contoso.com"}.
struct Fact {
  std::string name;
  std::string value;
  bool is_number = false; // written as a number where the output knows numbers

  friend bool operator==(const Fact&, const Fact&) = default;
};

[[nodiscard]] Fact fact(std::string_view name, std::string_view value);
[[nodiscard]] Fact fact(std::string_view name, std::uint64_t value);

// A repair that is certain. It is offered, never made silently.
struct Fix {
  std::string column;
  std::string replace;

  friend bool operator==(const Fix&, const Fix&) = default;
};

struct Finding {
  Code code = Code::rule;
  Severity severity = Severity::error;
  Place place = {};
  std::string column = {}; // header as the file has it; empty if it is about no column
  std::string value = {};  // the cell; empty for secrets and where no cell is meant
  std::vector<Fact> facts = {};
  std::optional<Fix> fix = {};
  std::string rule = {}; // the slug, if the code is Code::rule
  std::string says = {}; // the message itself, where it is not the code's

  friend bool operator==(const Finding&, const Finding&) = default;
};

// A finding with the severity of its code.
[[nodiscard]] Finding finding(Code code, Place place = {});

// The slug of its code, or of the schema's rule.
[[nodiscard]] std::string_view slug(const Finding& finding) noexcept;

// The message in words: lower case, no full stop. In the template, {column}, {value}, {row},
// {line}, {byte}, {rule} and the names of facts are filled in; a name that the finding lacks stays
// visible as {name}. A part in square brackets is left out if it lacks a name ("[; did you mean
// {near}?]"). Words of the finding's own, Finding::says, are no template. Long values are cut and
// control characters shown as escapes, so that a message is always one line.
[[nodiscard]] std::string render_message(const Finding& finding);

// How findings are written for people (text, html) and programs (docs/guides/show-findings.md).
enum class FindingsForm : std::uint8_t { text, jsonl, csv, junit, sarif, github, html };

inline constexpr std::size_t findings_form_count = 7;

// "sarif".
[[nodiscard]] std::string_view slug(FindingsForm form) noexcept;
[[nodiscard]] std::optional<FindingsForm> findings_form_of(std::string_view slug) noexcept;

// Where findings go, in the order in which they are found. A sink that writes keeps its first
// failure to itself until it is closed: who judges a cell has nothing better to do about a full
// disk.
class FindingSink {
 public:
  virtual ~FindingSink() = default;
  virtual void add(Finding&& finding) = 0;
};

// How many findings offer a fix that is certain, and how many others a guess (rollcall/fixes.hpp).
struct MendableCounts {
  std::uint64_t certain = 0, guess = 0;
  friend bool operator==(const MendableCounts&, const MendableCounts&) = default;
};

// How many findings of each code and severity there were.
class FindingCounts {
 public:
  FindingCounts() = default;
  // As they were, for who has kept them: of each slug, and of each severity in the order of the
  // enumeration.
  FindingCounts(std::map<std::string, std::uint64_t, std::less<>> by_slug,
                std::array<std::uint64_t, 3> by_severity) noexcept
      : by_slug_{std::move(by_slug)}, by_severity_{by_severity}
  {
  }

  void count(const Finding& finding, std::uint64_t times = 1);
  // Of findings that were counted without what mends them.
  void add(const MendableCounts& mendable) noexcept
  {
    mendable_.certain += mendable.certain;
    mendable_.guess += mendable.guess;
  }

  [[nodiscard]] std::uint64_t of(Code code) const noexcept;
  [[nodiscard]] std::uint64_t of(Severity severity) const noexcept;
  // Of a rule code or of a built-in one.
  [[nodiscard]] std::uint64_t of(std::string_view slug) const noexcept;
  [[nodiscard]] std::uint64_t total() const noexcept;
  // As far as they were judged here: what is kept of a job does not say it.
  [[nodiscard]] const MendableCounts& mendable() const noexcept { return mendable_; }

  // Every slug that was counted, with its count, by slug.
  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& by_slug() const noexcept
  {
    return by_slug_;
  }

 private:
  std::map<std::string, std::uint64_t, std::less<>> by_slug_; // as many as the schema has codes
  std::array<std::uint64_t, 3> by_severity_ = {};
  MendableCounts mendable_ = {};
};

// Keeps the first findings and counts all of them: what a file can do to memory is bounded.
class FindingList final : public FindingSink {
 public:
  static constexpr std::size_t kept_max_default = 10'000;

  explicit FindingList(std::size_t kept_max = kept_max_default) noexcept : kept_max_{kept_max} {}

  void add(Finding&& finding) override;

  [[nodiscard]] const std::vector<Finding>& kept() const noexcept { return kept_; }
  [[nodiscard]] const FindingCounts& counts() const noexcept { return counts_; }
  // How many were counted and not kept.
  [[nodiscard]] std::uint64_t dropped() const noexcept { return counts_.total() - kept_.size(); }
  void clear() noexcept;

 private:
  std::size_t kept_max_;
  std::vector<Finding> kept_;
  FindingCounts counts_;
};

} // namespace rollcall

#endif // ROLLCALL_FINDING_HPP
