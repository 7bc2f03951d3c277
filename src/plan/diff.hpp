// diff.hpp: what a judged row would change.
#ifndef ROLLCALL_PLAN_DIFF_HPP
#define ROLLCALL_PLAN_DIFF_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "check/judged_batch.hpp"
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

// Where the value of a secret comes from; the value itself is in no change.
enum class SecretFrom : std::uint8_t { none, column, generated };

struct FieldChange {
  std::size_t field = 0; // of the own kind
  std::optional<std::string_view> before = {}, after = {};
  SecretFrom secret = SecretFrom::none;
};

// Borrowed from the batch that it is made from.
struct RowChange {
  Outcome outcome = Outcome::unchanged;
  std::optional<std::string_view> key = {}; // a new object has none yet
  std::vector<FieldChange> fields = {};
};

[[nodiscard]] RowChange diff(const schema::CompiledSchema& schema, const check::JudgedBatch& batch,
                             std::size_t row);

} // namespace rollcall::plan

#endif // ROLLCALL_PLAN_DIFF_HPP
