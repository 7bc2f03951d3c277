// row_result.hpp: what a row came to, as every report tells it. Borrowed from the batch in which
// the row is judged: it lives until the next batch.
#ifndef ROLLCALL_PLAN_ROW_RESULT_HPP
#define ROLLCALL_PLAN_ROW_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "check/found.hpp"
#include "check/judged_batch.hpp"
#include "rollcall/csv.hpp"
#include "rollcall/directory.hpp"
#include "schema/compiled.hpp"

namespace rollcall::plan {

enum class Outcome : std::uint8_t {
  created,
  updated,
  unchanged,
  rejected,
  withheld,
  stale,
  failed,
  unknown
};
inline constexpr std::size_t outcome_count = 8;

// "created".
[[nodiscard]] std::string_view slug(Outcome outcome) noexcept;

// {"effect": "email.pin", "to": "a@b.example"}.
struct EffectPart {
  std::string_view name = {};
  std::string_view value = {};
  bool is_given_key = false; // a guess at the key that the host gives
};
struct EffectView {
  const schema::CompiledEffect* effect = nullptr;
  std::span<const EffectPart> parts = {}; // those that are not null
};

struct RowResult {
  std::uint64_t number = 0;  // data rows count from 1
  std::uint64_t line = 0;    // the physical line in which it begins
  std::uint64_t retries = 0; // in a retry: its number in the file that was imported first
  std::size_t row = 0;       // in its batch
  Outcome outcome = Outcome::unchanged;
  std::optional<std::string_view> key = {}; // as reports show it (spec F3)
  std::span<const Change> changes = {};     // the row's own object first; empty unless asked for
  std::span<const EffectView> effects = {}; // likewise
  // Of an undo: effects of the row that it takes back, which nobody has done and nobody shall.
  std::span<const std::string_view> withdraws = {};
  std::span<const check::Found> findings = {}; // ordered by severity, column of the file, code

  // Of the file that people know, as `line` is.
  [[nodiscard]] std::uint64_t shown_number() const noexcept
  {
    return retries != 0 ? retries : number;
  }
};

// Is there anything to be done? Such rows are in a group of the plan.
[[nodiscard]] inline bool acts(const RowResult& row) noexcept
{
  return !row.changes.empty() || !row.effects.empty();
}

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_ROW_RESULT_HPP
