// Who gets what only one may have: word for word what spec section 4 and E33 to E36 say, and slow.
#ifndef ROLLCALL_TESTS_PLAN_CLAIMS_MODEL_HPP
#define ROLLCALL_TESTS_PLAN_CLAIMS_MODEL_HPP

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/unicode.hpp"

namespace rollcall::tests::claims {

inline constexpr std::size_t fields = 3;
// Two fields hold values of one claim, the third those of another.
inline constexpr std::array<std::size_t, fields> claim_of = {0, 0, 1};
inline constexpr std::array<std::string_view, fields> headers = {"Line", "Second Line", "Email"};

using Value = std::optional<std::string>;
using Values = std::array<Value, fields>;
using Objects = std::map<std::string, Values>;

struct Row {
  std::string id = {}; // empty: a new one
  Values cells = {};
  bool is_bad = false; // its level is no good
};

struct Verdict {
  bool is_rejected = false;
  std::set<std::string> findings = {}; // "claim.taken Line"
};

inline bool is_alike(const Value& a, const Value& b)
{
  return a && b && is_same_without_case(*a, *b);
}

inline bool has(const Values& values, std::size_t claim, const Value& value)
{
  for (std::size_t f = 0; f != fields; ++f)
    if (claim_of[f] == claim && is_alike(values[f], value)) return true;
  return false;
}

class Model {
 public:
  Model(const Objects& objects, const std::vector<Row>& rows, bool every)
      : objects_{objects}, rows_{rows}, every_{every}, verdicts_(rows.size())
  {
    check_rows();
    find_repeats();
    share_out();
    stand_together();
    report();
  }

  [[nodiscard]] const std::vector<Verdict>& verdicts() const { return verdicts_; }
  [[nodiscard]] const std::set<std::size_t>& standing() const { return standing_; }

  // What the directory comes to. Ids of new users count up from the highest.
  [[nodiscard]] Objects after() const
  {
    Objects made = objects_;
    std::size_t next = objects_.empty() ? 1 : std::stoul(objects_.rbegin()->first) + 1;
    for (std::size_t row = 0; row != rows_.size(); ++row) {
      if (standing_.count(row) == 0) continue;
      made[rows_[row].id.empty() ? std::to_string(next++) : rows_[row].id] = values_after(row);
    }
    return made;
  }

  // Could these rows stand together, by the verdicts on who wants what first?
  [[nodiscard]] bool can_stand(const std::set<std::size_t>& rows) const
  {
    for (const std::size_t row : rows)
      for (std::size_t f = 0; f != fields; ++f)
        if (wants(row, f) && (is_second(row, f) || !is_free(row, f, rows))) return false;
    return true;
  }
  [[nodiscard]] const std::set<std::size_t>& taking_part() const { return taking_part_; }

 private:
  [[nodiscard]] bool is_new(std::size_t row) const { return rows_[row].id.empty(); }
  [[nodiscard]] bool is_known(std::size_t row) const
  {
    return is_new(row) || objects_.count(rows_[row].id) != 0;
  }
  [[nodiscard]] Values values_before(std::size_t row) const
  {
    return is_new(row) ? Values{} : objects_.at(rows_[row].id);
  }
  [[nodiscard]] Values values_after(std::size_t row) const
  {
    Values made = rows_[row].cells;
    if (!made[1]) made[1] = values_before(row)[1];
    return made;
  }

  void reject(std::size_t row, const std::string& code, std::string_view column)
  {
    verdicts_[row].is_rejected = true;
    verdicts_[row].findings.insert(code + " " + std::string{column});
  }

  // Steps 1 to 4.
  void check_rows()
  {
    for (std::size_t row = 0; row != rows_.size(); ++row) {
      if (rows_[row].is_bad) reject(row, "value.integer", "Level");
      if (!is_known(row)) reject(row, "object.unknown", "ID");
      if (!verdicts_[row].is_rejected) taking_part_.insert(row);
    }
  }

  void find_repeats()
  {
    std::set<std::string> seen;
    const std::set<std::size_t> passed = taking_part_;
    for (const std::size_t row : passed) {
      if (is_new(row) || seen.insert(rows_[row].id).second) continue;
      reject(row, "row.repeats_key", "ID");
      repeats_.insert(row);
      taking_part_.erase(row);
    }
  }

  // E33.
  [[nodiscard]] bool wants(std::size_t row, std::size_t f) const
  {
    const Value& cell = rows_[row].cells[f];
    return cell && is_known(row) && repeats_.count(row) == 0 &&
           !has(values_before(row), claim_of[f], cell);
  }

  [[nodiscard]] bool wants_too(std::size_t row, std::size_t claim, const Value& value) const
  {
    for (std::size_t f = 0; f != fields; ++f)
      if (claim_of[f] == claim && wants(row, f) && is_alike(rows_[row].cells[f], value))
        return true;
    return false;
  }

  // Is another row first, or is the value shared with any?
  [[nodiscard]] bool is_second(std::size_t row, std::size_t f) const
  {
    for (std::size_t other = 0; other != rows_.size(); ++other) {
      if (other == row || (!every_ && other > row)) continue;
      if (!every_ && taking_part_.count(other) == 0) continue;
      if (wants_too(other, claim_of[f], rows_[row].cells[f])) return true;
    }
    return false;
  }

  void share_out()
  {
    for (std::size_t row = 0; row != rows_.size(); ++row)
      for (std::size_t f = 0; f != fields; ++f)
        if ((every_ || taking_part_.count(row) != 0) && wants(row, f) && is_second(row, f))
          reject(row, "claim.duplicate_in_file", headers[f]);
  }

  // Held by nobody else, or only by those whose rows are among these and give it up.
  [[nodiscard]] bool is_free(std::size_t row, std::size_t f,
                             const std::set<std::size_t>& rows) const
  {
    for (const auto& [id, held] : objects_) {
      if (id == rows_[row].id || !has(held, claim_of[f], rows_[row].cells[f])) continue;
      bool gives_up = false;
      for (const std::size_t other : rows)
        if (rows_[other].id == id && !has(values_after(other), claim_of[f], rows_[row].cells[f]))
          gives_up = true;
      if (!gives_up) return false;
    }
    return true;
  }

  // From above: whoever cannot stand falls, until all can.
  void stand_together()
  {
    for (const std::size_t row : taking_part_)
      if (!verdicts_[row].is_rejected) standing_.insert(row);
    for (bool has_changed = true; has_changed;) {
      has_changed = false;
      const std::set<std::size_t> rows = standing_;
      for (const std::size_t row : rows) {
        bool stands = true;
        for (std::size_t f = 0; f != fields; ++f)
          stands = stands && (!wants(row, f) || is_free(row, f, standing_));
        if (stands) continue;
        standing_.erase(row);
        has_changed = true;
      }
    }
  }

  // E36.
  void report()
  {
    for (const std::size_t row : taking_part_)
      for (std::size_t f = 0; f != fields; ++f)
        if (wants(row, f) && !is_second(row, f) && !is_free(row, f, standing_))
          reject(row, "claim.taken", headers[f]);
  }

  const Objects& objects_;
  const std::vector<Row>& rows_;
  bool every_;
  std::vector<Verdict> verdicts_;
  std::set<std::size_t> taking_part_;
  std::set<std::size_t> repeats_;
  std::set<std::size_t> standing_;
};

} // namespace rollcall::tests::claims

#endif // ROLLCALL_TESTS_PLAN_CLAIMS_MODEL_HPP
